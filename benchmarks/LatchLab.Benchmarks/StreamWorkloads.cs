using System.Runtime.CompilerServices;
using LatchLab.KernelTiming;
using LatchLab.Numerics;

namespace LatchLab.Benchmarks;

/// <summary>
/// Hyperbolic tangents of 2048 independent numbers: measures throughput, whereas the latch also depends on latency.
/// </summary>
internal sealed class TanhWorkload<TLane> : IPreparedWorkload
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly LaneMemory<TLane> _arguments = new(KnownWorkloads.StreamLength / TLane.Count);
    private readonly LaneMemory<TLane> _results = new(KnownWorkloads.StreamLength / TLane.Count);

    public TanhWorkload()
    {
        Span<double> numbers = _arguments.Doubles;
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = 3.0 * Math.Sin(i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run()
    {
        int count = _arguments.Length;
        UncheckedSpan<TLane> x = _arguments.Slice(0, count), y = _results.Slice(0, count);
        for (int i = 0; i < count; i++)
            y[i] = TLane.Tanh(x[i]);
    }
}

/// <summary>2048 standard normal numbers, eight vectors of blocks at a time, as in a trial batch.</summary>
internal sealed class GaussianWorkload<TLane> : IPreparedWorkload
    where TLane : unmanaged, IBitLane<TLane>
{
    private const int NumbersOfBlock = 4, Vectors = 8;

    private readonly LaneMemory<TLane> _words = new(NumbersOfBlock * Vectors);    // [word, then number][vector]

    public void Run()
    {
        UncheckedSpan<TLane> row = _words.Slice(0, _words.Length);
        for (int first = 0; first < KnownWorkloads.StreamLength; first += _words.Length * TLane.Count)
        {
            for (int v = 0; v < Vectors; v++)
            {
                row[v] = TLane.FromBits((ulong)(first + v));
                row[Vectors + v] = TLane.FromBits(RandomNumbers.PurposeWord(Purpose.PresentationNoise, item: 0));
                row[(2 * Vectors) + v] = TLane.FromBits(7);
                row[(3 * Vectors) + v] = TLane.FromBits(3);
            }

            RandomNumbers.FillGaussians(seed: 1, row, Vectors);
        }
    }
}

/// <summary>Prepares the stream of tangents for any lane type.</summary>
internal sealed class TanhWorkloadFactory : ILaneVisitor<IPreparedWorkload>
{
    public IPreparedWorkload Visit<TLane>()
        where TLane : unmanaged, IBitLane<TLane>
        => new TanhWorkload<TLane>();
}

/// <summary>Prepares the stream of normal numbers for any lane type.</summary>
internal sealed class GaussianWorkloadFactory : ILaneVisitor<IPreparedWorkload>
{
    public IPreparedWorkload Visit<TLane>()
        where TLane : unmanaged, IBitLane<TLane>
        => new GaussianWorkload<TLane>();
}
