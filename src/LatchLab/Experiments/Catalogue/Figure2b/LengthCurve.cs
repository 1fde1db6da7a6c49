using LatchLab.Experiments.Results;
using LatchLab.Experiments.Statistics;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Experiments.Catalogue.Figure2b;

/// <summary>
/// Convergence against T under one reading, with the weight held or trained: the runs that learn, and beside each the
/// same trial with a perfectly set latch. Where w is held, no learner can beat it: x_T changes in one direction only
/// with each trainable input, so none are better than very large ones. Where w is trained it is one very good latch.
/// </summary>
internal sealed class LengthCurve(WeightUse weight, SweepOutcomes learned, SweepOutcomes perfect)
{
    /// <summary>Columns of <see cref="Rows"/>.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        "weight", "length", "converged", "runs", "frequency", "lower_95", "upper_95", "diverged",
        "perfect_latch_converged", "perfect_latch_frequency", "converged_where_perfect_latch_did",
        "judging_presentations",
    ];

    /// <summary>An activation at which tanh is 1 to the last bit: a larger one changes nothing.</summary>
    private const double Saturation = 20.0;

    /// <summary>
    /// The weight of the perfect latch where w is trained; h* is then 7.67, so that no noise of the default readings
    /// reaches it.
    /// </summary>
    internal const double PerfectWeight = 10.0;

    /// <summary>Whether w is held or trained.</summary>
    public WeightUse Weight => weight;

    /// <summary>The values of T.</summary>
    public IReadOnlyList<int> Lengths { get; } = [.. learned.Sweep.Cells.Select(cell => cell.Length)];

    /// <summary>Mean over all lengths.</summary>
    public double MeanFrequency => Lengths.Select((_, i) => Learned(i).Frequency).Average();

    /// <summary>The two sweeps of a curve: the runs that learn, and the perfect latch.</summary>
    public static IEnumerable<Sweep> Sweeps(Study study, Reading reading, WeightUse weight, int trials)
    {
        MinimalCell cell = reading.Apply(study.Cell);
        MinimalCell[] learning =
        [
            .. LengthsOf(study).Select(length => cell with
            {
                Task = cell.Task with { Length = length },
                Start = cell.Start with { Weight = weight },
            }),
        ];
        string name = $"figure-2b, {reading}, w {Settings.InWords(weight)}";
        yield return new Sweep(name, learning, trials);
        yield return new Sweep($"{name}, perfect latch", [.. learning.Select(Perfect)], trials);
    }

    /// <summary>The runs at the i-th length.</summary>
    public Proportion Learned(int i) => new(learned.Converged(i), learned.Sweep.Trials);

    /// <summary>The noise ceiling at the i-th length: how often the perfect latch meets the same rule.</summary>
    public Proportion Ceiling(int i) => new(perfect.Converged(i), perfect.Sweep.Trials);

    /// <summary>The runs at the i-th length that the perfect latch solves, and how many of them were learned.</summary>
    public Proportion LearnedOfSolvable(int i)
    {
        ReadOnlySpan<Outcome> runs = learned.OfCell(i), ceiling = perfect.OfCell(i);
        int both = 0;
        for (int trial = 0; trial < runs.Length; trial++)
            both += runs[trial].Converged && ceiling[trial].Converged ? 1 : 0;
        return new(both, perfect.Converged(i));
    }

    /// <summary>The curve with its intervals, and its ceiling.</summary>
    public IEnumerable<Series> Draw(int colour)
    {
        DataPoint[] points = [.. Lengths.Select((length, i) =>
            new DataPoint(length, Learned(i).Frequency, Learned(i).Lower, Learned(i).Upper))];
        DataPoint[] bound = [.. Lengths.Select((length, i) => new DataPoint(length, Ceiling(i).Frequency))];
        yield return new Series($"w {Settings.InWords(weight)}", SeriesKind.Curve, points, colour);
        yield return new Series($"ceiling, w {Settings.InWords(weight)}", SeriesKind.Bound, bound, colour);
    }

    /// <summary>A row for each length.</summary>
    public IEnumerable<IReadOnlyList<string>> Rows()
        => Lengths.Select((length, i) => (IReadOnlyList<string>)
        [
            Settings.InWords(weight),
            Table.Count(length),
            Table.Count(Learned(i).Successes),
            Table.Count(Learned(i).Trials),
            Table.Number(Learned(i).Frequency),
            Table.Number(Learned(i).Lower),
            Table.Number(Learned(i).Upper),
            Table.Count(learned.OfCell(i).ToArray().Count(run => run.Ending == Ending.Diverged)),
            Table.Count(Ceiling(i).Successes),
            Table.Number(Ceiling(i).Frequency),
            Table.Count(LearnedOfSolvable(i).Successes),
            Table.Count(learned.OfCell(i).ToArray().Sum(run => (long)run.JudgingPresentations)),
        ]);

    /// <summary>
    /// The same cell with a perfectly set latch. Frozen noise gives it the same outputs in every epoch, so it needs
    /// only one; noise drawn afresh gives it as many chances as the learner has.
    /// </summary>
    private static MinimalCell Perfect(MinimalCell cell)
    {
        double weight = cell.Start.Weight == WeightUse.Held ? cell.Start.InitialWeight : PerfectWeight;

        // Below 0 the state flips its sign at each of the T − L steps after the last trainable input.
        bool flips = weight < 0.0 && (cell.Task.Length - cell.Task.TrainableInputs) % 2 != 0;
        double inputs = (Saturation + Math.Abs(weight)) * (flips ? -1.0 : 1.0);
        return cell with
        {
            Start = cell.Start with { Perfect = new() { PerfectWeight = weight, PerfectInputs = inputs } },
            Training = cell.Task.NoiseDrawn == NoiseDraw.Frozen
                ? cell.Training with { Presentations = cell.Task.Sequences }
                : cell.Training,

            // The cost has its least value at x_T = ±0.8, not at the ends: only the signs bound every learner.
            Rule = cell.Rule.Rule == RuleKind.SignAndCost ? cell.Rule with { Rule = RuleKind.Sign } : cell.Rule,
        };
    }

    /// <summary>Lengths in nearly equal ratios from L + 1 to the longest, each once.</summary>
    private static IEnumerable<int> LengthsOf(Study study)
    {
        double first = study.Cell.Task.TrainableInputs + 1, last = study.Fineness.LongestLength;
        int count = study.Fineness.Lengths;
        double logRatio = Elementary.Log(new Scalar(last / first)).Value;
        return Enumerable.Range(0, count)
            .Select(i => (int)Math.Round(first * Elementary.Exp(new Scalar(logRatio * i / (count - 1))).Value))
            .Distinct();
    }
}
