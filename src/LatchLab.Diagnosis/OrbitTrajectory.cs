using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Diagnosis;

/// <summary>
/// The figure of an orbit by time: the inputs, the outputs of the units, a band with the attractor to which the state
/// is latched, and the gradient with respect to the first state.
/// </summary>
internal static class OrbitTrajectory
{
    private const int MaximumPoints = 2000;   // more than the number of pixels of a figure
    private const int CurvesPerChart = 6;     // as many as a reader can tell apart
    private const int MaximumCharts = 4;
    private const int MaximumMarkedSteps = 60;
    private const string Latched = "robustly latched to";

    /// <summary>Creates the figure.</summary>
    public static Figure CreateFigure(OrbitAnalysis analysis, DrivenSystem driven)
    {
        double[][] outputs = [.. analysis.Orbit.States.Select(state => driven.Outputs(state))];
        int steps = outputs.Length - 1, stride = Math.Max(1, (steps + MaximumPoints) / MaximumPoints);
        int shownUnits = Math.Min(driven.Dimension, CurvesPerChart * MaximumCharts);
        int shownInputs = Math.Min(driven.Inputs, CurvesPerChart);
        var time = new Axis("time step t");
        SeriesKind kind = steps <= MaximumMarkedSteps ? SeriesKind.Curve : SeriesKind.Path;
        int[] times = [.. Enumerable.Range(0, outputs.Length).Where(t => t % stride == 0 || t == steps)];
        Series CreateCurve(string name, int colour, Func<int, double> value, int first = 0)
            => new(
                name, kind,
                [.. times.Where(t => t >= first).Select(t => new DataPoint(t + analysis.FirstTime, value(t)))], colour);

        // The input u_t leads to the state at t.
        int firstInput = 1 - analysis.FirstTime;
        var inputs = new Chart(
            "inputs", time, new Axis("uₜ"),
            [
                .. Enumerable.Range(0, shownInputs).Select(k => CreateCurve(
                    NameOf("input", k, driven.Inputs), k, t => analysis.Inputs[t - firstInput][k], firstInput)),
            ]);
        IEnumerable<Chart> states = Enumerable.Range(0, shownUnits).Chunk(CurvesPerChart).Select(units => new Chart(
            "outputs of the units", time, new Axis("xₜ"),
            [
                .. units.Select(unit => CreateCurve(
                    NameOf("unit", unit, driven.Dimension), unit % CurvesPerChart, t => outputs[t][unit])),
            ]));
        var gradient = new Chart(
            "gradient with respect to the first state", time,
            new Axis($"log₁₀ ‖∂aₜ/∂a{(analysis.FirstTime == 0 ? "₀" : "₁")}‖"),
            [CreateCurve("gradient", 3, analysis.GetLog10Gradient)]);
        return new(
            OrbitReport.TrajectoryId,
            "Inputs, outputs, latching and gradient by time",
            "From top to bottom: the inputs u_t; the outputs x_t = f(a_t) of the units; the attractor X of the " +
                "network without inputs in whose reduced attracting set Γ the state lies (Definition 5); the norm of " +
                "the gradient of a_t with respect to the first state." +
                DescribeOmitted(driven, shownUnits, shownInputs, stride),
            [inputs, .. states, CreateBand(analysis, times, time), gradient],
            Columns: 1,
            CreateTable(analysis, outputs));
    }

    /// <summary>One row of cells: the attractor to which the state is latched at each time that is drawn.</summary>
    private static RegionMap CreateBand(OrbitAnalysis analysis, int[] times, Axis time)
    {
        int?[] latched = [.. times.Select(analysis.GetLatchedAttractor)];
        int[] attractors = [.. latched.OfType<int>().Distinct().Order()];
        // the colour of its first point in the plane
        int ColourOf(int number)
            => analysis.Sets.Balls.Index().First(
                entry => entry.Item.Orbit == analysis.Sets.Attractors[number - 1]).Index;

        List<Region> regions = [.. attractors.Select(number => new Region("", ColourOf(number), $"X{number}"))];
        if (latched.Any(number => number is null))
            regions.Add(new("none", Region.Grey));
        double[] edges =
        [
            times[0] - 0.5, .. times.Zip(times.Skip(1), (before, after) => 0.5 * (before + after)), times[^1] + 0.5,
        ];
        return new(
            Latched, time, new Axis("") { HasTickLabels = false },
            [.. edges.Select(edge => edge + analysis.FirstTime)], [0.0, 1.0], regions,
            [.. latched.Select(number => number is { } known ? Array.IndexOf(attractors, known) : attractors.Length)],
            [])
        {
            IsCore = [.. latched.Select(number => number is not null)],
        };
    }

    private static string NameOf(string kind, int index, int count) => count == 1 ? kind : $"{kind} {index}";

    private static string DescribeOmitted(DrivenSystem driven, int units, int inputs, int stride)
        => (units < driven.Dimension || inputs < driven.Inputs
                ? $" The first {NumberFormat.WithNoun(units, "unit")} and {NumberFormat.WithNoun(inputs, "input")} " +
                    "are drawn; the data contain all." : "")
            + (stride == 1 ? ""
                : $" One step in {NumberFormat.GroupThousands(stride)} is drawn; the data contain all.");

    private static Table CreateTable(OrbitAnalysis analysis, double[][] outputs)
        => new(
            [
                "t", .. Enumerable.Range(0, analysis.Inputs[0].Length).Select(k => $"input_{k}"),
                .. Enumerable.Range(0, outputs[0].Length).Select(i => $"output_{i}"), "latched_to", "log10_gradient",
            ],
            [
                .. outputs.Select((x, t) => (IReadOnlyList<string>)
                [
                    Table.FormatInteger(t + analysis.FirstTime),
                    .. t + analysis.FirstTime == 0 ? analysis.Inputs[0].Select(_ => "")
                        : analysis.Inputs[t + analysis.FirstTime - 1].Select(Table.FormatNumber),
                    .. x.Select(Table.FormatNumber),
                    analysis.GetLatchedAttractor(t) is { } number ? Table.FormatInteger(number) : "",
                    Table.FormatNumber(analysis.Orbit.LogGradientNorms[t] / Elementary.Ln10),
                ]),
            ]);
}
