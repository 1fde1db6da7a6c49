using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace LatchLab.Numerics;

/// <summary>A lane type that a user can choose. Lane types differ in speed only.</summary>
/// <param name="Name">Option value.</param>
/// <param name="IsSupported">Whether this machine supports it in hardware.</param>
/// <param name="Requirements">The hardware that it requires, in words.</param>
public sealed record LaneKind(string Name, bool IsSupported, string Requirements)
{
    /// <summary>One trial at a time.</summary>
    public static LaneKind Scalar { get; } = new("scalar", true, "nothing");

    /// <summary>128-bit vectors.</summary>
    public static LaneKind Wide128 { get; } = new(
        "128",
        Vector128.IsHardwareAccelerated && (Fma.IsSupported || AdvSimd.Arm64.IsSupported),
        "AVX2 with FMA, or ARM64");

    /// <summary>256-bit vectors.</summary>
    public static LaneKind Wide256 { get; } = new(
        "256", Vector256.IsHardwareAccelerated && Fma.IsSupported, "AVX2 with FMA");

    /// <summary>512-bit vectors.</summary>
    public static LaneKind Wide512 { get; } = new(
        "512", Vector512.IsHardwareAccelerated && Avx512DQ.IsSupported, "AVX-512 (F, BW, CD, DQ and VL)");

    /// <summary>Every lane type, the narrowest first.</summary>
    public static IReadOnlyList<LaneKind> All { get; } = [Scalar, Wide128, Wide256, Wide512];

    /// <summary>The widest lane type that this machine supports in hardware.</summary>
    public static LaneKind Widest => All.Last(kind => kind.IsSupported);

    /// <summary>
    /// Runs <paramref name="visitor"/> with four vectors of this lane type taken together
    /// (<see cref="Unrolled4{TLane}"/>). This is no slower for few trials: the latency of a step of one vector is as
    /// long as the time for four vectors.
    /// </summary>
    public TResult AcceptUnrolled<TResult>(ILaneVisitor<TResult> visitor)
    {
        InitializeConstants();
        return this == Wide512 ? visitor.Visit<Unrolled4<Wide512>>()
            : this == Wide256 ? visitor.Visit<Unrolled4<Wide256>>()
            : this == Wide128 ? visitor.Visit<Unrolled4<Wide128>>()
            : visitor.Visit<Scalar>();
    }

    /// <summary>Runs <paramref name="visitor"/> with this lane type: the only mapping from a name to a type.</summary>
    public TResult Accept<TResult>(ILaneVisitor<TResult> visitor)
    {
        InitializeConstants();
        return this == Wide512 ? visitor.Visit<Wide512>()
            : this == Wide256 ? visitor.Visit<Wide256>()
            : this == Wide128 ? visitor.Visit<Wide128>()
            : visitor.Visit<Scalar>();
    }

    private void InitializeConstants()
    {
        if (this == Wide512)
            LaneConstants<Wide512>.Initialize();
        else if (this == Wide256)
            LaneConstants<Wide256>.Initialize();
        else if (this == Wide128)
            LaneConstants<Wide128>.Initialize();
        else
            LaneConstants<Scalar>.Initialize();
    }
}

/// <summary>An operation that is generic over the lane type.</summary>
public interface ILaneVisitor<out TResult>
{
    /// <summary>Performs the operation in a lane type.</summary>
    TResult Visit<TLane>()
        where TLane : unmanaged, IBitLane<TLane>;
}
