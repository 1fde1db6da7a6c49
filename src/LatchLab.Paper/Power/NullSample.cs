using LatchLab.Numerics;
using LatchLab.Paper.Claims;

namespace LatchLab.Paper.Power;

/// <summary>
/// Draws synthetic trials of a part whose quantity equals its threshold, by resampling real trials. The real trials of
/// a mean are drawn with weights that decrease or increase exponentially with their value, so that the mean is exactly
/// the threshold: the distribution with this mean that is nearest to that of the trials (in relative entropy). The ends
/// of the range count as half a trial each, without which a part whose trials all agree has no such distribution. The
/// trials of a trend are drawn from all lengths together.
/// </summary>
internal sealed class NullSample
{
    private readonly PartSample _part;
    private readonly double[] _values;
    private readonly double[] _cumulativeWeights;

    /// <summary>Prepares the draws.</summary>
    /// <param name="part">A part with real trials.</param>
    public NullSample(PartSample part)
    {
        _part = part;
        Statistic statistic = part.Rule.Statistic;
        bool isTrend = statistic == Statistic.Trend;
        (double Value, double Count)[] trials =
        [
            .. part.Groups.SelectMany(group => group).Select(value => (value, 1.0))
                .Concat(isTrend ? [] : [(statistic.Minimum, 0.5), (statistic.Maximum, 0.5)])
                .GroupBy(trial => trial.Item1).OrderBy(group => group.Key)
                .Select(group => (group.Key, group.Sum(trial => trial.Item2))),
        ];
        _values = [.. trials.Select(trial => trial.Value)];
        double tilt = isTrend ? 0.0 : FindTilt(trials, part.Rule.Threshold);
        _cumulativeWeights = ComputeCumulativeWeights(trials, tilt);
    }

    /// <summary>Draws a data set.</summary>
    /// <param name="trials">The trials of each group.</param>
    /// <param name="random">The random numbers.</param>
    public PartSample Draw(int trials, UniformStream random)
        => _part with { Groups = [.. _part.Groups.Select(_ => DrawGroup(trials, random))] };

    private double[] DrawGroup(int trials, UniformStream random)
    {
        var group = new double[trials];
        for (int i = 0; i < trials; i++)
        {
            int index = Array.BinarySearch(_cumulativeWeights, random.Next());
            group[i] = _values[Math.Min(index >= 0 ? index + 1 : ~index, _values.Length - 1)];
        }

        return group;
    }

    /// <summary>The rate λ of weights exp(λx) with which the mean is the threshold; by bisection.</summary>
    private static double FindTilt((double Value, double Count)[] trials, double threshold)
    {
        double range = trials[^1].Value - trials[0].Value;
        double lower = -1000.0 / range, upper = 1000.0 / range;
        for (int i = 0; i < 200; i++)
        {
            double middle = 0.5 * (lower + upper);
            double[] cumulative = ComputeCumulativeWeights(trials, middle);
            double mean = trials.Select(
                (trial, k) => trial.Value * (cumulative[k] - (k == 0 ? 0.0 : cumulative[k - 1]))).Sum();
            if (mean > threshold)
                upper = middle;
            else
                lower = middle;
        }

        return 0.5 * (lower + upper);
    }

    /// <summary>The distribution function at each value, with the largest exponent as the unit.</summary>
    private static double[] ComputeCumulativeWeights((double Value, double Count)[] trials, double tilt)
    {
        double largest = trials.Max(trial => tilt == 0.0 ? 0.0 : tilt * trial.Value), sum = 0.0;
        double[] cumulative =
        [
            .. trials.Select(trial => sum += trial.Count
                * Elementary.Exp((tilt == 0.0 ? 0.0 : tilt * trial.Value) - largest)),
        ];
        return [.. cumulative.Select(weight => weight / sum)];
    }
}
