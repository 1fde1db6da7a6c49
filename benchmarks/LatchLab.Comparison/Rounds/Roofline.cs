using System.Globalization;
using LatchLab.Experiments.Results;
using LatchLab.Numerics;
using LatchLab.Reporting;

namespace LatchLab.Comparison.Rounds;

/// <summary>
/// The roofline (Williams, Waterman and Patterson, 2009): how many operations a nanosecond each contestant does in a
/// kernel, over the operations for each byte that the kernel moves, below what the machine's caches and its arithmetic
/// allow. All points and roofs are of least times. The counts are those of <see cref="KernelCost"/> for everybody, so
/// that of two points above each other the higher one is the faster program.
/// </summary>
internal sealed class Roofline(Measurements measured, MachineSpeed speed)
{
    private const double Leftmost = 0.05, Rightmost = 5.0;

    private static readonly (string Label, string Name, Mark Mark)[] Contestants =
    [
        (Plan.ArithmeticLabel, "arithmetic limit of the work", Mark.Cross),
        (Plan.LimitLabel, "C++ by hand", Mark.FilledDiamond),
        (Plan.LaneLabel(LaneKind.Wide512), "LatchLab, 512 bits", Mark.Disc),
        (Plan.LaneLabel(LaneKind.Wide256), "256 bits", Mark.FilledSquare),
        (Plan.LaneLabel(LaneKind.Scalar), "scalar", Mark.FilledTriangle),
        (Plan.PlainLabel, "plain C++", Mark.Circle),
        (Plan.PyTorchLabel, "PyTorch", Mark.TriangleDown),
    ];

    /// <summary>Writes <c>roofline.svg</c> and <c>roofline.png</c>.</summary>
    public void Write(string folder)
    {
        Figure figure = Draw();
        File.WriteAllText(Path.Combine(folder, "roofline.svg"), FigureRenderer.Svg(figure, Theme.Light));
        File.WriteAllBytes(Path.Combine(folder, "roofline.png"), FigureRenderer.Png(figure, Theme.Light));
    }

    private Figure Draw()
    {
        Series[] points = [.. Contestants.Select(Points).Where(series => series.Points.Count > 0)];
        string places = string.Join(", ", KernelCost.Known.Where(one => IsMeasured(one.Key))
            .OrderBy(one => one.Value.Intensity)
            .Select(one => $"{one.Key.Replace('-', ' ')} {Number(one.Value.Intensity, "0.00")}"));
        double least = points.SelectMany(series => series.Points).Min(point => point.Y);
        double bottom = Math.Min(1.0, least / 1.5);
        var chart = new Chart(
            $"Roofline of one core; operations a byte: {places}",
            new Axis("operations for each byte read or written", Leftmost, Rightmost, Logarithmic: true),
            new Axis("operations in a nanosecond", bottom, 2.0 * speed.Operations, Logarithmic: true),
            [.. points, Arithmetic(), Divisions(), Memory(bottom)]);
        return new("roofline", chart.Title, "", [chart], 1, Data(points));
    }

    private Series Points((string Label, string Name, Mark Mark) contestant, int index)
        => new(
            contestant.Name,
            SeriesKind.Dots,
            [
                .. from work in KernelCost.Known
                   let time = measured.Times(work.Key, contestant.Label)?.Least
                   where time is not null
                   select new DataPoint(work.Value.Intensity, work.Value.Operations / time.Value),
            ],
            index == 0 ? Series.Ink : index - 1,
            contestant.Mark);

    private Series Arithmetic()
        => new(
            $"all operations at issue width: {Number(speed.Operations, "0.0")}",
            SeriesKind.Path,
            [
                new(speed.Operations / speed.Bandwidths.First().Value, speed.Operations),
                new(Rightmost, speed.Operations),
            ],
            Series.Ink);

    private Series Divisions()
    {
        KernelCost latch = KernelCost.Known[Plan.Latch];
        double ceiling = latch.Operations / latch.Limit(speed);
        return Series.Level(
            $"with a division among {latch.Operations}, as latch: {Number(ceiling, "0.0")}", ceiling);
    }

    /// <summary>The slanted roofs, one after the other, up to the flat one.</summary>
    private Series Memory(double bottom)
        => new(
            "reading " + string.Join(", ", speed.Bandwidths.Select(one =>
                $"{Number(one.Value, "0")} GB/s ({one.Key})")) + ", from the left",
            SeriesKind.Path,
            [
                .. speed.Bandwidths.SelectMany(one => new DataPoint[]
                {
                    new(Math.Max(Leftmost, bottom / one.Value), Math.Max(Leftmost * one.Value, bottom)),
                    new(speed.Operations / one.Value, speed.Operations),
                    new(double.NaN, double.NaN),
                }),
            ],
            Series.Grey);

    private bool IsMeasured(string work) => measured.Times(work, Plan.ArithmeticLabel) is not null;

    private static Table Data(IEnumerable<Series> series)
        => new(
            ["contestant", "operations_per_byte", "operations_per_nanosecond"],
            [
                .. from one in series
                   from point in one.Points
                   select (string[])[one.Name, Table.Number(point.X), Table.Number(point.Y)],
            ]);

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
