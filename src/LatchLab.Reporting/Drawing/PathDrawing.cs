using LatchLab.Experiments.Results;
using ScottPlot;
using Point = LatchLab.Experiments.Results.DataPoint;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// What has its own order in place of that of X: paths, orbits, closed curves, balls, and marks alone. Over cells each
/// has a rim in the colour of the paper, so that it is seen on every shade. What is far outside the axes is left out:
/// an orbit that diverges soon has no place on any canvas.
/// </summary>
internal sealed class PathDrawing(Plot plot, PanelPlace place, Theme theme, bool rimmed)
{
    private const int MostLargeMarks = 60;
    private const float LineRim = 1.1f;
    private const float MarkRim = 1.3f;

    private readonly Clipping _window = new(place.X!, place.Y!);

    /// <summary>The width of the line of a series.</summary>
    public static float LineWidth(SeriesKind kind) => kind == SeriesKind.Path ? 1.8f : 1.1f;

    /// <summary>The size of the marks of a series; very many are mere dots.</summary>
    public static float MarkSize(Series series)
        => series.Kind == SeriesKind.Orbit ? 4.2f : series.Points.Count > MostLargeMarks ? 2.4f : 8f;

    /// <summary>The mark of a series as it is drawn.</summary>
    public static MarkerStyle Mark(Series series, Color colour, Color paper, bool rimmed)
    {
        var style = Marks.Style(Marks.Of(series), MarkSize(series), colour, paper);
        bool large = series.Kind == SeriesKind.Dots && series.Points.Count <= MostLargeMarks;
        if (rimmed && large && style.OutlineWidth == 0f && style.LineWidth == 0f)
            (style.OutlineColor, style.OutlineWidth) = (paper, MarkRim);
        return style;
    }

    /// <summary>Draws a series over what has been drawn.</summary>
    public void Add(Series series, Color colour)
    {
        switch (series.Kind)
        {
            case SeriesKind.Balls:
                List<CoordinateRect> balls = [.. Balls(series)];
                Line(series.Kind, colour, (hue, width) => new Ovals(hue, width, balls));
                break;
            case SeriesKind.Path or SeriesKind.Orbit or SeriesKind.Outlines:
                List<Coordinates[]> pieces = [.. ChartPanel.Runs(series.Points, place.Holds)
                    .SelectMany(run => _window.Pieces([.. run.Select(Position)], series.Kind == SeriesKind.Outlines))];
                Line(series.Kind, colour, (hue, width) => Strokes.Lines(hue, width, pieces));
                break;
        }

        if (series.Kind is SeriesKind.Dots or SeriesKind.Orbit)
            Dots(series, colour);
    }

    private void Line(SeriesKind kind, Color colour, Func<Color, float, IPlottable> strokes)
    {
        if (rimmed)
            plot.Add.Plottable(strokes(Color.FromHex(theme.Paper).WithAlpha(0.75), LineWidth(kind) + (2f * LineRim)));
        plot.Add.Plottable(strokes(colour, LineWidth(kind)));
    }

    private void Dots(Series series, Color colour)
    {
        Coordinates[] seen = [.. series.Points.Where(place.Holds).Select(Position).Where(_window.Holds)];
        if (seen.Length > 0)
            plot.Add.ScatterPoints(seen, colour).MarkerStyle = Mark(series, colour, Color.FromHex(theme.Paper), rimmed);
    }

    private IEnumerable<CoordinateRect> Balls(Series series)
        => from point in series.Points
           where place.Holds(point)
           let radius = (point.Upper - point.Lower) / 2.0
           let box = new CoordinateRect(
               place.X!.Position(point.X - radius), place.X.Position(point.X + radius),
               place.Y!.Position(point.Y - radius), place.Y.Position(point.Y + radius))
           where _window.Crosses(box)
           select box;

    private Coordinates Position(Point point)
        => new(Bounded(place.X!.Position(point.X)), Bounded(place.Y!.Position(point.Y)));

    // Differences of positions have to be finite.
    private static double Bounded(double position) => Math.Clamp(position, -1e100, 1e100);
}
