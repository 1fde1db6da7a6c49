using LatchLab.Figures;
using LatchLab.Networks;
using LatchLab.Paper.Experiments;
using LatchLab.Statistics;
using LatchLab.Training;

namespace LatchLab.Paper.Figure2a;

/// <summary>The plane of Figure 2(a) on a grid of n × n points, with the runs that converged at each.</summary>
internal sealed class DensityGrid
{
    private static readonly TableColumns<GridPoint> Columns = new(
        ("initial_weight", point => point.InitialWeight),
        ("noise", point => point.Noise),
        ("converged", point => point.Converged.Successes),
        ("runs", point => point.Converged.Trials),
        ("frequency", point => point.Converged.Frequency),
        ("lower_95", point => point.Converged.Lower),
        ("upper_95", point => point.Converged.Upper),
        ("diverged", point => point.Runs.Count(run => run.StopReason == StopReason.Diverged)),
        ("evaluation_presentations", point => point.Runs.Sum(run => (long)run.EvaluationPresentations)),
        ("negative_weight", point => point.SignFlipping),
        ("median_presentations", point => FormatMedian(
            [.. point.Runs.Where(run => run.IsConverged).Select(run => run.Presentations).Order()])));

    private readonly double[] _weights;
    private readonly double[] _noises;
    private readonly SweepOutcomes _outcomes;

    /// <summary>The runs at a point of the grid.</summary>
    private sealed record GridPoint(
        double InitialWeight, double Noise, Proportion Converged, Outcome[] Runs, int SignFlipping);

    /// <summary>Creates the grid from the outcomes of a sweep made by <see cref="CreateSweep"/>.</summary>
    public DensityGrid(ReproductionSettings settings, int points, SweepOutcomes outcomes)
    {
        _weights = GridPoints(settings.Resolution.LargestWeight, points);
        _noises = GridPoints(settings.Resolution.LargestNoise, points);
        _outcomes = outcomes;
    }

    /// <summary>The runs of the whole plane.</summary>
    public Proportion Overall
        => new(Enumerable.Range(0, _outcomes.Sweep.Configurations.Count).Sum(_outcomes.CountConverged),
            _outcomes.Sweep.TrialCount);

    /// <summary>Creates the sweep of a grid under an interpretation; w0 is the inner index.</summary>
    public static Sweep CreateSweep(ReproductionSettings settings, Interpretation interpretation, int points)
    {
        return new(
            $"figure-2a, {interpretation}",
            [
                .. from s in GridPoints(settings.Resolution.LargestNoise, points)
                   from w in GridPoints(settings.Resolution.LargestWeight, points)
                   select interpretation.Configure(
                       settings, task => task with { Noise = s }, WeightUse.Trained, initialWeight: w),
            ],
            settings.Resolution.Runs)
        {
            StoredParameters = 1,
        };
    }

    /// <summary>Of the converged runs, those with w &lt; −1, for initial weights in [0, 1) and from 1 on.</summary>
    public (Proportion BelowOne, Proportion FromOne) SignFlipping()
    {
        return (Count(weight => weight < 1.0), Count(weight => weight >= 1.0));

        Proportion Count(Func<double, bool> selects) => Sum(
            (_, j) => selects(_weights[j]),
            (i, j) => new(CountSignFlipping(Index(i, j)), Convergence(i, j).Successes));
    }

    /// <summary>
    /// 1 for each run that converged and 0 for each other run at the points with w0, or s, in the lowest or highest
    /// fifth of its axis.
    /// </summary>
    public double[] ConvergenceInEdgeFifth(bool alongWeight, bool atUpperEnd)
    {
        int last = _weights.Length - 1;
        return ConvergenceAt(
            from i in Enumerable.Range(0, _noises.Length)
            from j in Enumerable.Range(0, _weights.Length)
            where 5 * DistanceFromEnd(alongWeight ? j : i) <= last
            select (i, j));

        int DistanceFromEnd(int position) => atUpperEnd ? last - position : position;
    }

    /// <summary>The same of the runs with each value of w0, or of s.</summary>
    public double[][] GroupAlong(bool weight)
        => weight
            ? [.. _weights.Select((_, j) => ConvergenceAt(_noises.Select((_, i) => (i, j))))]
            : [.. _noises.Select((_, i) => ConvergenceAt(_weights.Select((_, j) => (i, j))))];

    public HeatMap ToHeatMap(string title)
        => new(
            title,
            new Axis("initial weight w₀"),
            new Axis("noise s"),
            _weights,
            _noises,
            [.. _noises.Select((_, i) => _weights.Select((_, j) => Convergence(i, j).Frequency).ToList())],
            "frequency of convergence");

    /// <summary>One row per grid point.</summary>
    public Table ToTable()
        => Columns.CreateTable(
            from i in Enumerable.Range(0, _noises.Length)
            from j in Enumerable.Range(0, _weights.Length)
            select new GridPoint(_weights[j], _noises[i], Convergence(i, j),
                _outcomes.GetOutcomes(Index(i, j)).ToArray(), CountSignFlipping(Index(i, j))));

    private static string FormatMedian(int[] ascending)
        => ascending.Length == 0
            ? ""
            : Table.FormatNumber(
                0.5 * ((double)ascending[(ascending.Length - 1) / 2] + ascending[ascending.Length / 2]));

    private int CountSignFlipping(int configurationIndex)
        => Enumerable.Range(0, _outcomes.Sweep.TrialsPerConfiguration)
            .Count(
                n => _outcomes.GetOutcomes(configurationIndex)[n].IsConverged
                    && _outcomes.GetParameters(configurationIndex, n)[0] < -1.0);

    private double[] ConvergenceAt(IEnumerable<(int I, int J)> points)
        => [.. from point in points
               from outcome in _outcomes.GetOutcomes(Index(point.I, point.J)).ToArray()
               select outcome.IsConverged ? 1.0 : 0.0];

    private Proportion Convergence(int i, int j)
        => new(_outcomes.CountConverged(Index(i, j)), _outcomes.Sweep.TrialsPerConfiguration);

    private Proportion Sum(Func<int, int, bool> selects, Func<int, int, Proportion> count)
        => (from i in Enumerable.Range(0, _noises.Length)
            from j in Enumerable.Range(0, _weights.Length)
            where selects(i, j)
            select count(i, j)).Aggregate(default(Proportion), (sum, proportion) => sum + proportion);

    private int Index(int i, int j) => (i * _weights.Length) + j;

    private static double[] GridPoints(double largest, int count)
        => [.. Enumerable.Range(0, count).Select(i => largest * i / (count - 1))];
}
