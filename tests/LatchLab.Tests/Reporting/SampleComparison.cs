using LatchLab.Figures;

namespace LatchLab.Tests.Reporting;

/// <summary>
/// A large sample figure: seven learners on three tasks, errors and times side by side, two budgets, and runs censored
/// by them. The curves are synthetic.
/// </summary>
internal static class SampleComparison
{
    private const double FirstBudget = 1e5;
    private const double SecondBudget = 5e6;

    private static readonly double[] Lengths = [5, 10, 20, 50, 100, 200, 500];

    private static readonly
        (string Name, Marker Mark, int Colour, double Start, double Slope, double Error)[] Learners =
    [
        ("back-propagation", Marker.Square, 0, 1500, 1.7, 40),
        ("pseudo-Newton", Marker.TriangleDown, 5, 900, 1.6, 60),
        ("time-weighted pseudo-Newton", Marker.TriangleUp, 2, 700, 1.15, 130),
        ("discrete error propagation", Marker.Circle, 1, 1100, 0.45, 900),
        ("multi-grid random search", Marker.Disc, 3, 3000, 0.65, 1500),
        ("simulated annealing", Marker.FilledSquare, 4, 60000, 0.75, 2500),
        ("random guessing", Marker.Cross, Series.Grey, 2500, 0.25, 4000),
    ];

    public static Figure Figure { get; } = new(
        "comparison", "Seven learners on three tasks", "18 runs a point, 95 % intervals.",
        [.. Row("Latch", 1.0), .. Row("2-Sequence", 3.0), .. Row("Parity", 40.0)], 2, new Table(["t"], []));

    private static IEnumerable<Panel> Row(string task, double hardness)
    {
        var lengths = new Axis("sequence length T", 5, 500, IsLogarithmic: true);
        yield return new Chart(
            task, lengths, new Axis("classification error", 0, 0.55),
            [
                .. Learners.Select(learner => new Series(
                    learner.Name, SeriesKind.Curve,
                    [.. Lengths.Select(length => Error(length, learner.Error / hardness))],
                    learner.Colour, learner.Mark)),
            ])
        {
            IsDodged = true,
        };
        yield return new Chart(
            task, lengths, new Axis("presentations", 100, SecondBudget, IsLogarithmic: true),
            [
                .. Learners.Select((learner, index) => new Series(
                    learner.Name, SeriesKind.Curve,
                    [
                        .. Lengths.Select(length => Presentations(
                            length, learner.Start * hardness * Math.Pow(length / 5.0, learner.Slope),
                            index < 4 ? FirstBudget : SecondBudget)),
                    ],
                    learner.Colour, learner.Mark)),
                Series.CreateLevel("budget, gradients", FirstBudget),
                Series.CreateLevel("budget, searches", SecondBudget, colour: 6),
            ])
        {
            IsDodged = true,
        };
    }

    private static DataPoint Error(double length, double half)
    {
        double error = 0.5 * length / (length + half);
        double margin = 2.0 * Math.Sqrt(error * (1.0 - error) / 900.0);
        return new DataPoint(length, error, Math.Max(0.0, error - margin), error + margin);
    }

    // At most the budget. If most runs needed more, only a lower bound of the median is known.
    private static DataPoint Presentations(double length, double median, double budget)
    {
        double upper = 1.8 * median < budget ? 1.8 * median : double.PositiveInfinity;
        return new DataPoint(length, Math.Min(budget, median), Math.Min(budget, median / 1.6), upper)
        {
            IsCensored = median >= budget,
        };
    }
}
