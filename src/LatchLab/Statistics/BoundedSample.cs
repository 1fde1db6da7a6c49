using LatchLab.Numerics;

namespace LatchLab.Statistics;

/// <summary>A sample of values in a known range, with its exponential tilting.</summary>
internal sealed class BoundedSample
{
    private readonly double[] _values; // distinct, ascending
    private readonly double[] _counts;

    private BoundedSample(double[] values, double[] counts, double mean, double minimum, double maximum)
    {
        (_values, _counts, Mean, Minimum, Maximum) = (values, counts, mean, minimum, maximum);
        Count = counts.Sum();
        LargestGap = values.Zip(values.Skip(1), (lower, upper) => upper - lower).DefaultIfEmpty().Max();
    }

    /// <summary>n, at least 1.</summary>
    public double Count { get; }

    /// <summary>The mean; exactly the value if all values agree.</summary>
    public double Mean { get; }

    /// <summary>The smallest possible value.</summary>
    public double Minimum { get; }

    /// <summary>The largest possible value.</summary>
    public double Maximum { get; }

    /// <summary>The largest difference between neighbouring values in ascending order.</summary>
    public double LargestGap { get; }

    /// <summary>The variance with divisor n − 1; 0 for a single value.</summary>
    public double Variance
        => _values.Zip(_counts, (value, count) => count * (value - Mean) * (value - Mean)).Sum()
            / Math.Max(1.0, Count - 1.0);

    /// <summary>The sample with all signs reversed.</summary>
    public BoundedSample Mirrored
        => new([.. _values.Reverse().Select(value => -value)], [.. _counts.Reverse()], -Mean, -Maximum, -Minimum);

    /// <summary>Computes the moments; the order of the values does not change any bit.</summary>
    /// <param name="values">At least one value, each in the range.</param>
    /// <param name="minimum">The smallest possible value.</param>
    /// <param name="maximum">The largest possible value.</param>
    public static BoundedSample Create(IEnumerable<double> values, double minimum, double maximum)
    {
        (double Value, int Count)[] groups = [.. values.Order().CountBy(value => value).Select(pair =>
            (pair.Key, pair.Value))];
        double first = groups[0].Value, sum = groups.Sum(group => group.Count * (group.Value - first));
        return new([.. groups.Select(group => group.Value)], [.. groups.Select(group => (double)group.Count)],
            first + (sum / groups.Sum(group => group.Count)), minimum, maximum);
    }

    /// <summary>
    /// The distribution with weights proportional to e^(rate·x): the distribution with its mean that is nearest to the
    /// sample in relative entropy.
    /// </summary>
    /// <param name="rate">At least 0; +∞ leaves the largest value.</param>
    /// <param name="includesUnseen">Whether one value at <see cref="Maximum"/> is added to the sample.</param>
    /// <returns>
    /// The mean minus that of the sample, the variance, increased by n/(n − 1), and the third central moment.
    /// </returns>
    public (double Shift, double Variance, double ThirdMoment) Tilt(double rate, bool includesUnseen)
    {
        int last = _values.Length - 1;
        double largest = includesUnseen ? Maximum : _values[last];
        Span<double> weights = _values.Length <= 512 ? stackalloc double[_values.Length] : new double[_values.Length];
        double total = includesUnseen ? 1.0 : 0.0, shift = total * (Maximum - Mean);
        for (int i = 0; i <= last; i++)
        {
            // At an infinite rate ∞·0 would be NaN.
            weights[i] = _values[i] == largest ? _counts[i]
                : _counts[i] * Elementary.Exp(rate * (_values[i] - largest));
            total += weights[i];
            shift += weights[i] * (_values[i] - Mean);
        }

        shift /= total;
        double unseen = includesUnseen ? Maximum - Mean - shift : 0.0;
        double variance = unseen * unseen, thirdMoment = unseen * unseen * unseen;
        for (int i = 0; i <= last; i++)
        {
            double deviation = _values[i] - Mean - shift, square = weights[i] * deviation * deviation;
            variance += square;
            thirdMoment += square * deviation;
        }

        double correction = Count / Math.Max(1.0, Count - 1.0);
        return (shift, correction * variance / total, thirdMoment / total);
    }
}
