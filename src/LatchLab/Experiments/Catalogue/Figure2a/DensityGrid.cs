using LatchLab.Experiments.Results;
using LatchLab.Experiments.Statistics;

namespace LatchLab.Experiments.Catalogue.Figure2a;

/// <summary>The plane of Figure 2(a) on a grid of n × n cells, with the runs that converged in each.</summary>
internal sealed class DensityGrid
{
    /// <summary>Columns of <see cref="Rows"/>.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        "initial_weight", "noise", "converged", "runs", "frequency", "lower_95", "upper_95", "diverged",
        "judging_presentations", "negative_weight", "median_presentations",
    ];

    private readonly double[] weights;
    private readonly double[] noises;
    private readonly SweepOutcomes outcomes;

    /// <summary>The grid of a sweep made by <see cref="Sweep"/>.</summary>
    public DensityGrid(Study study, int points, SweepOutcomes outcomes)
    {
        weights = Points(study.Fineness.LargestWeight, points);
        noises = Points(study.Fineness.LargestNoise, points);
        this.outcomes = outcomes;
    }

    /// <summary>The runs of the whole plane.</summary>
    public Proportion All
        => new(Enumerable.Range(0, outcomes.Sweep.Cells.Count).Sum(outcomes.Converged), outcomes.Sweep.Count);

    /// <summary>The cells of a grid under a reading; w0 runs faster.</summary>
    public static Sweep Sweep(Study study, Reading reading, int points)
    {
        MinimalCell cell = reading.Apply(study.Cell);
        return new(
            $"figure-2a, {reading}",
            [
                .. from s in Points(study.Fineness.LargestNoise, points)
                   from w in Points(study.Fineness.LargestWeight, points)
                   select cell with
                   {
                       Task = cell.Task with { Noise = s },
                       Start = cell.Start with { InitialWeight = w, Weight = WeightUse.Trained },
                   },
            ],
            study.Fineness.Runs)
        {
            KeptParameters = 1,
        };
    }

    /// <summary>Runs that converged to w &lt; −1, from a start in [0, 1) and from 1 on.</summary>
    public (Proportion Below, Proportion From) Flipping()
    {
        Proportion below = default, from = default;
        for (int i = 0; i < noises.Length; i++)
        {
            for (int j = 0; j < weights.Length; j++)
            {
                var flips = new Proportion(CountFlipping(Index(i, j)), At(i, j).Successes);
                if (weights[j] < 1.0)
                    below += flips;
                else
                    from += flips;
            }
        }

        return (below, from);
    }

    /// <summary>The runs with w0, or s, in the lowest or highest fifth of its axis.</summary>
    public Proportion End(bool ofWeight, bool highest)
    {
        var sum = new Proportion(0, 0);
        int last = weights.Length - 1;
        for (int i = 0; i <= last; i++)
        {
            for (int j = 0; j <= last; j++)
            {
                int position = ofWeight ? j : i;
                if (5 * (highest ? last - position : position) <= last)
                    sum += At(i, j);
            }
        }

        return sum;
    }

    /// <summary>Trend of convergence along s, within each w0.</summary>
    public TrendTest TrendInNoise()
        => TrendTest.Of(Enumerable.Range(0, weights.Length)
            .Select(j => noises.Select((s, i) => (s, At(i, j))).ToList()));

    /// <summary>Trend of convergence along w0, within each s.</summary>
    public TrendTest TrendInWeight()
        => TrendTest.Of(Enumerable.Range(0, noises.Length)
            .Select(i => weights.Select((w, j) => (w, At(i, j))).ToList()));

    /// <summary>The plane as a heat map.</summary>
    public HeatMap Draw(string title)
        => new(
            title,
            new Axis("initial weight w₀"),
            new Axis("noise s"),
            weights,
            noises,
            [.. noises.Select((_, i) => weights.Select((_, j) => At(i, j).Frequency).ToList())],
            "frequency of convergence");

    /// <summary>A row for each cell.</summary>
    public IEnumerable<IReadOnlyList<string>> Rows()
        => from i in Enumerable.Range(0, noises.Length)
           from j in Enumerable.Range(0, weights.Length)
           select Row(i, j);

    private string[] Row(int i, int j)
    {
        Proportion p = At(i, j);
        Outcome[] runs = outcomes.OfCell(Index(i, j)).ToArray();
        int[] presentations = [.. runs.Where(run => run.Converged).Select(run => run.Presentations).Order()];
        return
        [
            Table.Number(weights[j]),
            Table.Number(noises[i]),
            Table.Count(p.Successes),
            Table.Count(p.Trials),
            Table.Number(p.Frequency),
            Table.Number(p.Lower),
            Table.Number(p.Upper),
            Table.Count(runs.Count(run => run.Ending == Ending.Diverged)),
            Table.Count(runs.Sum(run => (long)run.JudgingPresentations)),
            Table.Count(CountFlipping(Index(i, j))),
            Median(presentations),
        ];
    }

    private static string Median(int[] ascending)
        => ascending.Length == 0
            ? ""
            : Table.Number(0.5 * ((double)ascending[(ascending.Length - 1) / 2] + ascending[ascending.Length / 2]));

    private int CountFlipping(int cell)
        => Enumerable.Range(0, outcomes.Sweep.Trials)
            .Count(n => outcomes.OfCell(cell)[n].Converged && outcomes.Parameters(cell, n)[0] < -1.0);

    private Proportion At(int i, int j) => new(outcomes.Converged(Index(i, j)), outcomes.Sweep.Trials);

    private int Index(int i, int j) => (i * weights.Length) + j;

    private static double[] Points(double largest, int count)
        => [.. Enumerable.Range(0, count).Select(i => largest * i / (count - 1))];
}
