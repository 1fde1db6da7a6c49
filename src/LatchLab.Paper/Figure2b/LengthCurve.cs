using System.Globalization;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Paper.Experiments;
using LatchLab.Statistics;
using LatchLab.Training;

namespace LatchLab.Paper.Figure2b;

/// <summary>
/// Convergence against T under one interpretation, with the weight frozen or trained: the learning runs and, for each,
/// the same trial with the perfect latch, a latch with ideal parameters. If w is frozen, no learner can exceed the
/// perfect latch: x_T is monotonic in each trainable input, so very large inputs are optimal. If w is trained, the
/// perfect latch is only one very good latch, not a bound.
/// </summary>
internal sealed class LengthCurve(WeightUse weight, SweepOutcomes learned, SweepOutcomes perfect)
{
    private static readonly TableColumns<(LengthCurve Curve, int Index)> Columns = new(
        ("weight", row => Settings.FormatValue(row.Curve.Weight)),
        ("length", row => row.Curve.Lengths[row.Index]),
        ("converged", row => row.Curve.LearnedAt(row.Index).Successes),
        ("runs", row => row.Curve.LearnedAt(row.Index).Trials),
        ("frequency", row => row.Curve.LearnedAt(row.Index).Frequency),
        ("lower_95", row => row.Curve.LearnedAt(row.Index).Lower),
        ("upper_95", row => row.Curve.LearnedAt(row.Index).Upper),
        ("diverged", row => row.Curve.RunsAt(row.Index).Count(run => run.StopReason == StopReason.Diverged)),
        ("perfect_latch_converged", row => row.Curve.CeilingAt(row.Index).Successes),
        ("perfect_latch_frequency", row => row.Curve.CeilingAt(row.Index).Frequency),
        ("converged_where_perfect_latch_did", row => row.Curve.LearnedOfSolvableAt(row.Index).Successes),
        ("evaluation_presentations", row => row.Curve.RunsAt(row.Index).Sum(run => (long)run.EvaluationPresentations)));

    /// <summary>An activation at which tanh rounds to 1; a larger activation has no effect.</summary>
    private const double SaturatedActivation = 20.0;

    /// <summary>
    /// The weight of the perfect latch where w is trained. Its h* is 7.67, which no noise of the default
    /// interpretations reaches.
    /// </summary>
    internal const double PerfectLatchWeight = 10.0;

    /// <summary>Whether w is frozen or trained.</summary>
    public WeightUse Weight => weight;

    /// <summary>The values of T.</summary>
    public IReadOnlyList<int> Lengths { get; } = [
        .. learned.Sweep.Configurations.Select(configuration => configuration.MaxLength)];

    public double MeanFrequency => Lengths.Select((_, i) => LearnedAt(i).Frequency).Average();

    /// <summary>Creates the two sweeps of a curve: the learning runs, and the perfect latch.</summary>
    public static IEnumerable<Sweep> CreateSweeps(ReproductionSettings settings, Interpretation interpretation,
        WeightUse weight, int trials)
    {
        TrainingConfiguration[] learning =
        [
            .. CreateLengths(settings).Select(length => interpretation.Configure(
                settings, task => task with { Length = length }, weight)),
        ];
        string name = $"figure-2b, {interpretation}, w {Settings.FormatValue(weight)}";
        yield return new Sweep(name, learning, trials);
        yield return new Sweep($"{name}, perfect latch",
            [.. learning.Select(configuration => CreatePerfectLatch(settings, configuration))], trials);
    }

    /// <summary>The share of the learning runs at the i-th length that converged.</summary>
    public Proportion LearnedAt(int i) => new(learned.CountConverged(i), learned.Sweep.TrialsPerConfiguration);

    /// <summary>
    /// The noise ceiling at the i-th length: the share of trials in which the perfect latch meets the rule.
    /// </summary>
    public Proportion CeilingAt(int i) => new(perfect.CountConverged(i), perfect.Sweep.TrialsPerConfiguration);

    /// <summary>Of the trials at the i-th length that the perfect latch solves, the share that was learned.</summary>
    public Proportion LearnedOfSolvableAt(int i)
        => new(
            RunsAt(i).Zip(perfect.GetOutcomes(i).ToArray())
                .Count(pair => pair.First.IsConverged && pair.Second.IsConverged),
            perfect.CountConverged(i));

    /// <summary>Creates the curve with its intervals, and the curve of its ceiling.</summary>
    public IEnumerable<Series> ToSeries(int colour)
    {
        DataPoint[] points = [.. Lengths.Select((length, i) =>
            new DataPoint(length, LearnedAt(i).Frequency, LearnedAt(i).Lower, LearnedAt(i).Upper))];
        DataPoint[] bound = [.. Lengths.Select((length, i) => new DataPoint(length, CeilingAt(i).Frequency))];
        yield return new Series($"w {Settings.FormatValue(weight)}", SeriesKind.Curve, points, colour);
        yield return new Series($"ceiling, w {Settings.FormatValue(weight)}", SeriesKind.Bound, bound, colour);
    }

    /// <summary>Creates the table of some curves: one row per length.</summary>
    public static Table CreateTable(IEnumerable<LengthCurve> curves)
        => Columns.CreateTable(curves.SelectMany(curve => curve.Lengths.Select((_, i) => (curve, i))));

    /// <summary>1 for each trial at the i-th length that was learned, 0 for the others.</summary>
    public double[] LearnedValuesAt(int i) => [.. RunsAt(i).Select(run => run.IsConverged ? 1.0 : 0.0)];

    /// <summary>The same for the trials that the perfect latch solves.</summary>
    public double[] LearnedValuesOfSolvableAt(int i)
        => [.. from pair in RunsAt(i).Zip(perfect.GetOutcomes(i).ToArray())
               where pair.Second.IsConverged
               select pair.First.IsConverged ? 1.0 : 0.0];

    private Outcome[] RunsAt(int i) => learned.GetOutcomes(i).ToArray();

    /// <summary>
    /// Creates the same configuration with the perfect latch. With frozen noise its outputs are the same in every
    /// epoch, so one epoch suffices. With noise drawn afresh it has as many presentations as the learner.
    /// </summary>
    private static TrainingConfiguration CreatePerfectLatch(
        ReproductionSettings settings, TrainingConfiguration configuration)
    {
        NetworkDesign network = configuration.Network;
        double weight = network.Weight == WeightUse.Frozen ? network.InitialWeight : PerfectLatchWeight;

        // With w < 0 the state changes its sign at each of the T − L steps after the last trainable input.
        bool changesSign = weight < 0.0 && (configuration.MaxLength - configuration.Task.TrainableInputs) % 2 != 0;
        double inputs = (SaturatedActivation + Math.Abs(weight)) * (changesSign ? -1.0 : 1.0);
        return configuration with
        {
            // w0 selects the random numbers of the trial, which are those of the learning run.
            Network = network with
            {
                InitialRange = ReproductionSettings.DefaultConfiguration.Network.InitialRange,
                Prior = string.Create(
                    CultureInfo.InvariantCulture, $"w:={weight:R}; u1:={inputs:R}; u0:={-inputs:R}"),
            },
            Learner = new Backpropagation(),
            Limits = configuration.Task.VariesBetweenPasses ? configuration.Limits
                : configuration.Limits with { Presentations = configuration.TrainingSequences },

            // The cost is minimal at x_T = ±0.8, not at ±1, so only the rule on signs bounds every learner.
            ConvergenceRule = configuration.ConvergenceRule.Rule == ConvergenceRuleKind.SignAndCost
                ? configuration.ConvergenceRule with { Rule = ConvergenceRuleKind.Sign }
                    : configuration.ConvergenceRule,
        };
    }

    /// <summary>Distinct lengths in nearly equal ratios from L + 1 to the longest.</summary>
    private static IEnumerable<int> CreateLengths(ReproductionSettings settings)
    {
        double first = settings.BaseTask.Inputs + 1, last = settings.Resolution.LongestLength;
        int count = settings.Resolution.Lengths;
        double logRatio = Elementary.Log(last / first);
        return Enumerable.Range(0, count)
            .Select(i => (int)Math.Round(first * Elementary.Exp(logRatio * i / (count - 1))))
            .Distinct();
    }
}
