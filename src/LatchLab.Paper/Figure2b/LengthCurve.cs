using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.Experiments;
using LatchLab.Statistics;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Paper.Figure2b;

/// <summary>
/// Convergence against T under one reading, with the weight held or trained: the runs that learn, and beside each the
/// same trial with a perfectly set latch. Where w is held, no learner can beat it: x_T changes in one direction only
/// with each trainable input, so none are better than very large ones. Where w is trained it is one very good latch.
/// </summary>
internal sealed class LengthCurve(WeightUse weight, SweepOutcomes learned, SweepOutcomes perfect)
{
    /// <summary>Columns of <see cref="CreateRows"/>.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        "weight", "length", "converged", "runs", "frequency", "lower_95", "upper_95", "diverged",
        "perfect_latch_converged", "perfect_latch_frequency", "converged_where_perfect_latch_did",
        "judging_presentations",
    ];

    /// <summary>An activation at which tanh is 1 to the last bit: a larger one changes nothing.</summary>
    private const double SaturatedActivation = 20.0;

    /// <summary>
    /// The weight of the perfect latch where w is trained; h* is then 7.67, so that no noise of the default readings
    /// reaches it.
    /// </summary>
    internal const double PerfectLatchWeight = 10.0;

    /// <summary>Whether w is held or trained.</summary>
    public WeightUse Weight => weight;

    /// <summary>The values of T.</summary>
    public IReadOnlyList<int> Lengths { get; } = [
        .. learned.Sweep.Configurations.Select(configuration => configuration.MaxLength)];

    /// <summary>Mean over all lengths.</summary>
    public double MeanFrequency => Lengths.Select((_, i) => LearnedAt(i).Frequency).Average();

    /// <summary>The two sweeps of a curve: the runs that learn, and the perfect latch.</summary>
    public static IEnumerable<Sweep> CreateSweeps(ReproductionSettings settings, Interpretation interpretation,
        WeightUse weight, int trials)
    {
        MinimalTaskConfiguration configuration = interpretation.ApplyTo(settings.BaseConfiguration);
        MinimalTaskConfiguration[] learning =
        [
            .. CreateLengths(settings).Select(length => configuration with
            {
                Task = configuration.Task with { Length = length },
                Start = configuration.Start with { Weight = weight },
            }),
        ];
        string name = $"figure-2b, {interpretation}, w {Settings.FormatValue(weight)}";
        yield return new Sweep(name, learning, trials);
        yield return new Sweep($"{name}, perfect latch", [.. learning.Select(CreatePerfectLatch)], trials);
    }

    /// <summary>The runs at the i-th length.</summary>
    public Proportion LearnedAt(int i) => new(learned.CountConverged(i), learned.Sweep.TrialsPerConfiguration);

    /// <summary>The noise ceiling at the i-th length: how often the perfect latch meets the same rule.</summary>
    public Proportion CeilingAt(int i) => new(perfect.CountConverged(i), perfect.Sweep.TrialsPerConfiguration);

    /// <summary>The runs at the i-th length that the perfect latch solves, and how many of them were learned.</summary>
    public Proportion LearnedOfSolvableAt(int i)
    {
        ReadOnlySpan<Outcome> runs = learned.GetOutcomes(i), ceiling = perfect.GetOutcomes(i);
        int solvedByBoth = 0;
        for (int trial = 0; trial < runs.Length; trial++)
            solvedByBoth += runs[trial].IsConverged && ceiling[trial].IsConverged ? 1 : 0;
        return new(solvedByBoth, perfect.CountConverged(i));
    }

    /// <summary>The curve with its intervals, and its ceiling.</summary>
    public IEnumerable<Series> ToSeries(int colour)
    {
        DataPoint[] points = [.. Lengths.Select((length, i) =>
            new DataPoint(length, LearnedAt(i).Frequency, LearnedAt(i).Lower, LearnedAt(i).Upper))];
        DataPoint[] bound = [.. Lengths.Select((length, i) => new DataPoint(length, CeilingAt(i).Frequency))];
        yield return new Series($"w {Settings.FormatValue(weight)}", SeriesKind.Curve, points, colour);
        yield return new Series($"ceiling, w {Settings.FormatValue(weight)}", SeriesKind.Bound, bound, colour);
    }

    /// <summary>A row for each length.</summary>
    public IEnumerable<IReadOnlyList<string>> CreateRows()
        => Lengths.Select((length, i) => (IReadOnlyList<string>)
        [
            Settings.FormatValue(weight),
            Table.FormatInteger(length),
            Table.FormatInteger(LearnedAt(i).Successes),
            Table.FormatInteger(LearnedAt(i).Trials),
            Table.FormatNumber(LearnedAt(i).Frequency),
            Table.FormatNumber(LearnedAt(i).Lower),
            Table.FormatNumber(LearnedAt(i).Upper),
            Table.FormatInteger(learned.GetOutcomes(i).ToArray().Count(run => run.StopReason == StopReason.Diverged)),
            Table.FormatInteger(CeilingAt(i).Successes),
            Table.FormatNumber(CeilingAt(i).Frequency),
            Table.FormatInteger(LearnedOfSolvableAt(i).Successes),
            Table.FormatInteger(learned.GetOutcomes(i).ToArray().Sum(run => (long)run.EvaluationPresentations)),
        ]);

    /// <summary>
    /// The same cell with a perfectly set latch. Frozen noise gives it the same outputs in every epoch, so it needs
    /// only one; noise drawn afresh gives it as many chances as the learner has.
    /// </summary>
    private static MinimalTaskConfiguration CreatePerfectLatch(MinimalTaskConfiguration configuration)
    {
        double weight = configuration.Start.Weight == WeightUse.Held ? configuration.Start.InitialWeight
            : PerfectLatchWeight;

        // Below 0 the state flips its sign at each of the T − L steps after the last trainable input.
        bool changesSign = weight < 0.0 && (configuration.Task.Length - configuration.Task.TrainableInputs) % 2 != 0;
        double inputs = (SaturatedActivation + Math.Abs(weight)) * (changesSign ? -1.0 : 1.0);
        return configuration with
        {
            Start = configuration.Start with { Perfect = new() { PerfectWeight = weight, PerfectInputs = inputs } },
            Training = configuration.Task.NoiseDrawn == NoiseDraw.Frozen
                ? configuration.Training with { Presentations = configuration.Task.Sequences }
                : configuration.Training,

            // The cost has its least value at x_T = ±0.8, not at the ends: only the signs bound every learner.
            ConvergenceRule = configuration.ConvergenceRule.Rule == ConvergenceRuleKind.SignAndCost
                ? configuration.ConvergenceRule with { Rule = ConvergenceRuleKind.Sign }
                    : configuration.ConvergenceRule,
        };
    }

    /// <summary>Lengths in nearly equal ratios from L + 1 to the longest, each once.</summary>
    private static IEnumerable<int> CreateLengths(ReproductionSettings settings)
    {
        double first = settings.BaseConfiguration.Task.TrainableInputs + 1, last = settings.Resolution.LongestLength;
        int count = settings.Resolution.Lengths;
        double logRatio = Elementary.Log(new Scalar(last / first)).Value;
        return Enumerable.Range(0, count)
            .Select(i => (int)Math.Round(first * Elementary.Exp(new Scalar(logRatio * i / (count - 1))).Value))
            .Distinct();
    }
}
