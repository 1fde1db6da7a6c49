using LatchLab.Dynamics;
using LatchLab.Figures;

namespace LatchLab.Diagnosis.Questions;

/// <summary>
/// The phase portrait at rest: fixed and slow points among the states that the data visit, in the plane in which these
/// vary most.
/// </summary>
internal static class PortraitFigure
{
    /// <summary>Creates the figure; null without a plane.</summary>
    public static Figure? Create(TrainedNetworkDiagnosis diagnosis)
    {
        if (diagnosis.Visited is not { } visited || StatePlane.Find(visited.States) is not { } plane)
            return null;
        Series[] series =
        [
            .. diagnosis.FixedPoints is [var rest, ..] ? rest.Points.GroupBy(DescribeStability)
                .OrderBy(kind => kind.First().UnstableDirections).Select((kind, index) => new Series(
                    kind.Key, SeriesKind.Dots, Place(plane, kind.Select(point => point.State)), index + 1,
                    (Marker)(index % Enum.GetValues<Marker>().Length))) : [],
            .. diagnosis.SlowPoints is { Points.Count: > 0 } slow ? new[]
            {
                new Series("slow", SeriesKind.Dots, Place(plane, slow.Points.Select(point => point.State)),
                    Series.TextColour, Marker.Cross),
            } : [],
            new("first sequence", SeriesKind.Orbit, Place(plane, visited.FirstOrbit), 0),
            new("visited states", SeriesKind.Dots, Place(plane, visited.States), Series.Grey),
        ];
        return new(
            "portrait", "Phase portrait",
            FormattableString.Invariant($"States in the plane of their two leading principal components, which has ") +
                FormattableString.Invariant($"{100.0 * plane.VarianceShare:0} % of the variance of the visited ") +
                "states; points that look close may lie far apart. Fixed points are those at rest.",
            [
                new Chart("", new Axis("first principal component"), new Axis("second principal component"), series),
            ], 1,
            new Table(
                ["series", "x", "y"],
                [
                    .. series.SelectMany(one => one.Points.Select(point => (IReadOnlyList<string>)
                        [one.Name, Table.FormatNumber(point.X), Table.FormatNumber(point.Y)])),
                ]));
    }

    private static string DescribeStability(RestPoint point)
        => point.Stability == RestPointStability.Saddle
            ? FormattableString.Invariant($"saddle, {point.UnstableDirections} unstable")
            : VerdictText.GetName(point.Stability);

    private static DataPoint[] Place(StatePlane plane, IEnumerable<IReadOnlyList<double>> states)
        => [.. states.Select(state =>
        {
            (double x, double y) = plane.Project(state);
            return new DataPoint(x, y);
        })];
}
