using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// A labelled input sequence for each lane, aligned at their ends: all lanes finish at t = <see cref="Length"/>, and a
/// lane with a shorter sequence waits for <see cref="Start"/> steps. The target counts at the last step only.
/// </summary>
/// <typeparam name="TLane">The numbers it is made of.</typeparam>
public readonly ref struct Sequence<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>A sequence in every lane.</summary>
    /// <param name="inputs">u_t at [t − 1].</param>
    /// <param name="start">Steps that each lane waits.</param>
    /// <param name="latestStart">The largest of them; 0 where all lanes have the same length.</param>
    /// <param name="sign">+1 for class 1, −1 for class 0.</param>
    public Sequence(ReadOnlySpan<TLane> inputs, TLane start, int latestStart, TLane sign)
    {
        Inputs = inputs;
        Start = start;
        LatestStart = latestStart;
        Sign = sign;
    }

    /// <summary>u_t at [t − 1], t = 1 … <see cref="Length"/>.</summary>
    public ReadOnlySpan<TLane> Inputs { get; }

    /// <summary>Steps before a lane's own sequence begins: its own time is t − Start.</summary>
    public TLane Start { get; }

    /// <summary>From the step after this one on, all lanes are in step.</summary>
    public int LatestStart { get; }

    /// <summary>+1 for class 1, −1 for class 0.</summary>
    public TLane Sign { get; }

    /// <summary>Number of steps T of the longest lane.</summary>
    public int Length => Inputs.Length;
}
