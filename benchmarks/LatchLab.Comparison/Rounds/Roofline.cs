using System.Globalization;
using LatchLab.Figures;
using LatchLab.Numerics;
using LatchLab.Reporting.Drawing;

namespace LatchLab.Comparison.Rounds;

/// <summary>
/// The roofline (Williams, Waterman and Patterson, 2009): the operations per nanosecond of each implementation of a
/// kernel over the operations per byte, below the limits of the machine's caches and arithmetic. All points and roofs
/// use least times. All implementations use the counts of <see cref="KernelOperationCount"/>, so at the same x a higher
/// point is a faster program.
/// </summary>
internal sealed class Roofline(Measurements measured, MachineSpeed speed)
{
    private const double MinIntensity = 0.05, MaxIntensity = 5.0;

    private static readonly (string Label, string Name, Marker Mark)[] Implementations =
    [
        (BenchmarkPlan.ArithmeticLabel, "arithmetic limit of the work", Marker.Cross),
        (BenchmarkPlan.LimitLabel, "C++ by hand", Marker.FilledDiamond),
        (BenchmarkPlan.FormatLaneLabel(LaneKind.Wide512), "LatchLab, 512 bits", Marker.Disc),
        (BenchmarkPlan.FormatLaneLabel(LaneKind.Wide256), "256 bits", Marker.FilledSquare),
        (BenchmarkPlan.FormatLaneLabel(LaneKind.Scalar), "scalar", Marker.FilledTriangle),
        (BenchmarkPlan.PlainLabel, "plain C++", Marker.Circle),
        (BenchmarkPlan.PyTorchLabel, "PyTorch", Marker.TriangleDown),
    ];

    /// <summary>Writes <c>roofline.svg</c> and <c>roofline.png</c>.</summary>
    public void Write(string folder)
    {
        Figure figure = CreateFigure();
        File.WriteAllText(Path.Combine(folder, "roofline.svg"), FigureRenderer.RenderSvg(figure, Theme.Light));
        File.WriteAllBytes(Path.Combine(folder, "roofline.png"), FigureRenderer.RenderPng(figure, Theme.Light));
    }

    private Figure CreateFigure()
    {
        Series[] points = [.. Implementations.Select(CreatePoints).Where(series => series.Points.Count > 0)];
        string places = string.Join(", ", KernelOperationCount.ByName.Where(one => IsMeasured(one.Key))
            .OrderBy(one => one.Value.ArithmeticIntensity)
            .Select(one => $"{one.Key.Replace('-', ' ')} {FormatNumber(one.Value.ArithmeticIntensity, "0.00")}"));
        double least = points.SelectMany(series => series.Points).Min(point => point.Y);
        double bottom = Math.Min(1.0, least / 1.5);
        var chart = new Chart(
            $"Roofline of one core; operations per byte: {places}",
            new Axis("operations per byte read or written", MinIntensity, MaxIntensity, IsLogarithmic: true),
            new Axis("operations per nanosecond", bottom, 2.0 * speed.OperationsPerNanosecond, IsLogarithmic: true),
            [.. points, CreateArithmeticRoof(), CreateDivisionCeiling(), CreateBandwidthRoofs(bottom)]);
        return new("roofline", chart.Title, "", [chart], 1, CreateTable(points));
    }

    private Series CreatePoints((string Label, string Name, Marker Mark) implementation, int index)
        => new(
            implementation.Name,
            SeriesKind.Dots,
            [
                .. from work in KernelOperationCount.ByName
                   let time = measured.GetTimes(work.Key, implementation.Label)?.Least
                   where time is not null
                   select new DataPoint(work.Value.ArithmeticIntensity, work.Value.Operations / time.Value),
            ],
            index == 0 ? Series.TextColour : index - 1,
            implementation.Mark);

    private Series CreateArithmeticRoof()
        => new(
            "multiply-adds, additions and bit operations together: " +
                FormatNumber(speed.OperationsPerNanosecond, "0.0"),
            SeriesKind.Path,
            [
                new(speed.OperationsPerNanosecond / speed.Bandwidths.First().Value, speed.OperationsPerNanosecond),
                new(MaxIntensity, speed.OperationsPerNanosecond),
            ],
            Series.TextColour);

    private Series CreateDivisionCeiling()
    {
        KernelOperationCount latch = KernelOperationCount.ByName[BenchmarkPlan.Latch];
        double ceiling = latch.Operations / speed.Kernels[BenchmarkPlan.Latch].Total;
        return Series.CreateLevel(
            $"with a division among {latch.Operations}, as latch: {FormatNumber(ceiling, "0.0")}", ceiling);
    }

    /// <summary>The slanted bandwidth roofs up to the flat arithmetic roof, as one path with gaps.</summary>
    private Series CreateBandwidthRoofs(double bottom)
        => new(
            "reading " + string.Join(", ", speed.Bandwidths.Select(one =>
                $"{FormatNumber(one.Value, "0")} GB/s ({one.Key})")) + ", from the left",
            SeriesKind.Path,
            [
                .. speed.Bandwidths.SelectMany(one => new DataPoint[]
                {
                    new(Math.Max(MinIntensity, bottom / one.Value), Math.Max(MinIntensity * one.Value, bottom)),
                    new(speed.OperationsPerNanosecond / one.Value, speed.OperationsPerNanosecond),
                    new(double.NaN, double.NaN),
                }),
            ],
            Series.Grey);

    private bool IsMeasured(string work) => measured.GetTimes(work, BenchmarkPlan.ArithmeticLabel) is not null;

    private static Table CreateTable(IEnumerable<Series> series)
        => new(
            ["implementation", "operations_per_byte", "operations_per_nanosecond"],
            [
                .. from one in series
                   from point in one.Points
                   select (string[])[one.Name, Table.FormatNumber(point.X), Table.FormatNumber(point.Y)],
            ]);

    private static string FormatNumber(double value, string format)
        => value.ToString(format, CultureInfo.InvariantCulture);
}
