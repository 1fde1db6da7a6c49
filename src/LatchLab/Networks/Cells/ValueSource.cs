using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Networks.Cells;

/// <summary>Where the values that weights multiply are: in the state before or after a step, or in its tape.</summary>
/// <param name="Place">The vector.</param>
/// <param name="Index">Index of the first value.</param>
public readonly record struct ValueSource(ValuePlace Place, int Index)
{
    /// <summary>The values of a step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public UncheckedSpan<TLane> Find<TLane>(scoped in StepValues<TLane> step)
        where TLane : unmanaged, ILane<TLane>
    {
        UncheckedSpan<TLane> values = Place switch
        {
            ValuePlace.StateBefore => step.Before,
            ValuePlace.StateAfter => step.After,
            _ => step.Tape,
        };
        return values.Slice(Index);
    }
}

/// <summary>The vectors that contain such values.</summary>
public enum ValuePlace
{
    /// <summary>s_{t−1}.</summary>
    StateBefore,

    /// <summary>s_t.</summary>
    StateAfter,

    /// <summary>The tape of step t.</summary>
    Tape,
}

/// <summary>What one step reads and wrote.</summary>
public readonly ref struct StepValues<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>u_t.</summary>
    public required UncheckedSpan<TLane> Input { get; init; }

    /// <summary>s_{t−1}.</summary>
    public required UncheckedSpan<TLane> Before { get; init; }

    /// <summary>s_t.</summary>
    public required UncheckedSpan<TLane> After { get; init; }

    /// <summary>The tape.</summary>
    public required UncheckedSpan<TLane> Tape { get; init; }
}

/// <summary>Several steps, the latest first.</summary>
public readonly ref struct StepSeries<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>The latest step.</summary>
    public required StepValues<TLane> Latest { get; init; }

    /// <summary>Distance from a step to the one before it in memory, in values: of states and tapes.</summary>
    public required nint StepStride { get; init; }

    /// <summary>The same of inputs.</summary>
    public required nint InputStride { get; init; }

    /// <summary>Number of steps.</summary>
    public required int Count { get; init; }
}
