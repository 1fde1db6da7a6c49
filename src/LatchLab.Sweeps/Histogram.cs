using System.Runtime.InteropServices;

namespace LatchLab.Sweeps;

/// <summary>
/// How often numbers fell into intervals whose ends are in nearly equal ratios, 32 to an octave: quantiles are right
/// to 1.6 %, and those of whole numbers below 64 exactly. Histograms of parts add up to that of the whole.
/// </summary>
public sealed class Histogram
{
    // The exponent of a number and the first five bits after it: the upper 17 bits of a positive double.
    private const int MantissaShift = 47;

    private readonly Dictionary<int, long> _counts = [];

    /// <summary>Each interval that holds numbers, by its number, in ascending order.</summary>
    public IEnumerable<KeyValuePair<int, long>> BinCounts => _counts.OrderBy(bin => bin.Key);

    /// <summary>How many numbers there are.</summary>
    public long TotalCount { get; private set; }

    /// <summary>The number of the interval of a number.</summary>
    /// <param name="value">At least 0, finite.</param>
    public static int GetBin(double value)
        => (int)(BitConverter.DoubleToUInt64Bits(value + 0.0) >> MantissaShift);

    /// <summary>The least number of an interval.</summary>
    public static double GetBinStart(int bin) => BitConverter.UInt64BitsToDouble((ulong)bin << MantissaShift);

    /// <summary>Adds a number.</summary>
    public void Add(double value) => Add(GetBin(value), 1);

    /// <summary>Adds numbers of an interval.</summary>
    public void Add(int bin, long count)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, bin, out _) += count;
        TotalCount += count;
    }

    /// <summary>
    /// The number that has this rank, from 1: the middle of its interval, or its least number if they are whole numbers
    /// of which there is no other in it.
    /// </summary>
    /// <param name="rank">1 … <see cref="TotalCount"/>.</param>
    /// <param name="isInteger">Whether all numbers are whole.</param>
    public double GetValueAtRank(long rank, bool isInteger)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, TotalCount);
        int bin = 0;
        foreach ((int candidate, long count) in BinCounts)
        {
            bin = candidate;
            rank -= count;
            if (rank <= 0)
                break;
        }

        if (bin == 0)
            return 0.0; // numbers below 10⁻³⁰⁹ are with it
        double binStart = GetBinStart(bin), nextBinStart = GetBinStart(bin + 1);
        bool isZero = binStart == 0.0; // the middle of that interval would be a number that nobody has heard of
        return isZero || (isInteger && nextBinStart - Math.Ceiling(binStart) <= 1.0) ? Math.Ceiling(binStart)
            : 0.5 * (binStart + nextBinStart);
    }
}
