using System.Runtime.InteropServices;

namespace LatchLab.Experiments;

/// <summary>
/// How often numbers fell into intervals whose ends are in nearly equal ratios, 32 to an octave: quantiles are right
/// to 1.6 %, and those of whole numbers below 64 exactly. Histograms of parts add up to that of the whole.
/// </summary>
public sealed class Histogram
{
    // The exponent of a number and the first five bits after it: the upper 17 bits of a positive double.
    private const int DroppedBits = 47;

    private readonly Dictionary<int, long> counts = [];

    /// <summary>Each interval that holds numbers, by its number, in ascending order.</summary>
    public IEnumerable<KeyValuePair<int, long>> Counts => counts.OrderBy(interval => interval.Key);

    /// <summary>How many numbers there are.</summary>
    public long Total { get; private set; }

    /// <summary>The number of the interval of a number.</summary>
    /// <param name="number">At least 0, finite.</param>
    public static int IntervalOf(double number)
        => (int)(BitConverter.DoubleToUInt64Bits(number + 0.0) >> DroppedBits);

    /// <summary>The least number of an interval.</summary>
    public static double LeastOf(int interval) => BitConverter.UInt64BitsToDouble((ulong)interval << DroppedBits);

    /// <summary>Adds a number.</summary>
    public void Add(double number) => Add(IntervalOf(number), 1);

    /// <summary>Adds numbers of an interval.</summary>
    public void Add(int interval, long count)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(counts, interval, out _) += count;
        Total += count;
    }

    /// <summary>
    /// The number that has this rank, from 1: the middle of its interval, or its least number if they are whole numbers
    /// of which there is no other in it.
    /// </summary>
    /// <param name="rank">1 … <see cref="Total"/>.</param>
    /// <param name="isWhole">Whether all numbers are whole.</param>
    public double OfRank(long rank, bool isWhole)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, Total);
        int interval = 0;
        foreach ((int candidate, long count) in Counts)
        {
            interval = candidate;
            rank -= count;
            if (rank <= 0)
                break;
        }

        if (interval == 0)
            return 0.0; // numbers below 10⁻³⁰⁹ are with it
        double least = LeastOf(interval), next = LeastOf(interval + 1);
        bool isZero = least == 0.0; // the middle of that interval would be a number that nobody has heard of
        return isZero || (isWhole && next - Math.Ceiling(least) <= 1.0) ? Math.Ceiling(least) : 0.5 * (least + next);
    }
}
