
namespace LatchLab.Numerics;

/// <summary>Options of a run. Threads and lane type do not change any result.</summary>
/// <param name="Seed">The seed of all random numbers, on which results depend.</param>
/// <param name="Threads">Number of threads, at least 1.</param>
/// <param name="Lane">The lane type.</param>
public sealed record RunOptions(ulong Seed, int Threads, LaneKind Lane);
