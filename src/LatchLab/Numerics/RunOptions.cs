
namespace LatchLab.Numerics;

/// <summary>How to run: none of it changes a result.</summary>
/// <param name="Seed">The seed of all random numbers (this one does).</param>
/// <param name="Threads">Number of threads, at least 1.</param>
/// <param name="Lane">The lane type.</param>
public sealed record RunOptions(ulong Seed, int Threads, LaneKind Lane);
