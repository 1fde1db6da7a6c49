using System.Runtime.CompilerServices;
using LatchLab.Experiments.KernelTiming;
using LatchLab.Numerics;

namespace LatchLab.Benchmarks;

/// <summary>
/// Hyperbolic tangents of 2048 independent numbers: throughput, where the latch is bound by waiting too.
/// </summary>
internal sealed class TanhWorkload<TLane> : IWorkload
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly LaneMemory<TLane> arguments = new(KnownWork.Numbers / TLane.Count);
    private readonly LaneMemory<TLane> results = new(KnownWork.Numbers / TLane.Count);

    public TanhWorkload()
    {
        Span<double> numbers = arguments.Numbers;
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = 3.0 * Math.Sin(i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Do()
    {
        int count = arguments.Length;
        Row<TLane> x = arguments.Row(0, count), y = results.Row(0, count);
        for (int i = 0; i < count; i++)
            y[i] = TLane.Tanh(x[i]);
    }
}

/// <summary>2048 standard normal numbers, eight vectors of blocks at a time, as an ensemble draws them.</summary>
internal sealed class GaussianWorkload<TLane> : IWorkload
    where TLane : unmanaged, IBitLane<TLane>
{
    private const int NumbersOfBlock = 4, Vectors = 8;

    private readonly LaneMemory<TLane> words = new(NumbersOfBlock * Vectors);   // [word, then number][vector]

    public void Do()
    {
        Row<TLane> row = words.Row(0, words.Length);
        for (int first = 0; first < KnownWork.Numbers; first += words.Length * TLane.Count)
        {
            for (int v = 0; v < Vectors; v++)
            {
                row[v] = TLane.FromBits((ulong)(first + v));
                row[Vectors + v] = TLane.FromBits(RandomNumbers.PurposeWord(Purpose.PresentationNoise, item: 0));
                row[(2 * Vectors) + v] = TLane.FromBits(7);
                row[(3 * Vectors) + v] = TLane.FromBits(3);
            }

            RandomNumbers.Gaussians(seed: 1, row, Vectors);
        }
    }
}

/// <summary>The stream of tangents in any lane type.</summary>
internal sealed class TanhWork : ILaneWork<IWorkload>
{
    public IWorkload Run<TLane>()
        where TLane : unmanaged, IBitLane<TLane>
        => new TanhWorkload<TLane>();
}

/// <summary>The stream of normal numbers in any lane type.</summary>
internal sealed class GaussianWork : ILaneWork<IWorkload>
{
    public IWorkload Run<TLane>()
        where TLane : unmanaged, IBitLane<TLane>
        => new GaussianWorkload<TLane>();
}
