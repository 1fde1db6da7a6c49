using LatchLab.Figures;
using ScottPlot;
using Point = LatchLab.Figures.DataPoint;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// Draws series that are not ordered by X: paths, orbits, closed curves, balls, and markers alone. Over cells they get
/// an outline in the background colour, so that they stay visible on every shade. Parts far outside the axes are
/// clipped: a divergent orbit would exceed the coordinates of a canvas.
/// </summary>
internal sealed class PathDrawing(Plot plot, PanelLayout panelLayout, Theme theme, bool hasOutline)
{
    private const int MaxLargeMarkers = 60;
    private const float LineOutlineWidth = 1.1f;
    private const float MarkerOutlineWidth = 1.3f;

    private readonly ClipRegion _clipRegion = new(panelLayout.X!, panelLayout.Y!);

    public static float GetLineWidth(SeriesKind kind) => kind == SeriesKind.Path ? 1.8f : 1.1f;

    /// <summary>The size of the markers of a series; smaller for many points.</summary>
    public static float GetMarkerSize(Series series)
        => series.Kind == SeriesKind.Orbit ? 4.2f : series.Points.Count > MaxLargeMarkers ? 2.4f : 8f;

    public static MarkerStyle CreateMarkerStyle(Series series, Color colour, Color background, bool hasOutline)
    {
        var style = MarkerStyles.Create(MarkerStyles.GetMark(series), GetMarkerSize(series), colour, background);
        bool isLarge = series.Kind == SeriesKind.Dots && series.Points.Count <= MaxLargeMarkers;
        if (hasOutline && isLarge && style.OutlineWidth == 0f && style.LineWidth == 0f)
            (style.OutlineColor, style.OutlineWidth) = (background, MarkerOutlineWidth);
        return style;
    }

    public void Add(Series series, Color colour)
    {
        switch (series.Kind)
        {
            case SeriesKind.Balls:
                List<CoordinateRect> balls = [.. GetBallBounds(series)];
                AddOutlined(series.Kind, colour, (hue, width) => Strokes.CreateEllipses(hue, width, balls));
                break;
            case SeriesKind.Path or SeriesKind.Orbit or SeriesKind.Outlines:
                List<Coordinates[]> pieces = [.. ChartPanel.SplitAtGaps(series.Points, panelLayout.CanPlot)
                    .SelectMany(
                        run => _clipRegion.ClipPolyline([.. run.Select(ToCoordinates)],
                            series.Kind == SeriesKind.Outlines))];
                AddOutlined(series.Kind, colour, (hue, width) => Strokes.CreatePolylines(hue, width, pieces));
                break;
        }

        if (series.Kind is SeriesKind.Dots or SeriesKind.Orbit)
            AddMarkers(series, colour);
    }

    private void AddOutlined(SeriesKind kind, Color colour, Func<Color, float, IPlottable> strokes)
    {
        if (hasOutline)
            plot.Add.Plottable(
                strokes(Color.FromHex(theme.Background).WithAlpha(0.75), GetLineWidth(kind) + (2f * LineOutlineWidth)));
        plot.Add.Plottable(strokes(colour, GetLineWidth(kind)));
    }

    private void AddMarkers(Series series, Color colour)
    {
        Coordinates[] visible = [
            .. series.Points.Where(panelLayout.CanPlot).Select(ToCoordinates).Where(_clipRegion.Contains)];
        if (visible.Length > 0)
            plot.Add.ScatterPoints(visible, colour).MarkerStyle = CreateMarkerStyle(series, colour,
                Color.FromHex(theme.Background), hasOutline);
    }

    private IEnumerable<CoordinateRect> GetBallBounds(Series series)
        => from point in series.Points
           where panelLayout.CanPlot(point)
           let radius = (point.Upper - point.Lower) / 2.0
           let box = new CoordinateRect(
               panelLayout.X!.ToPosition(point.X - radius), panelLayout.X.ToPosition(point.X + radius),
               panelLayout.Y!.ToPosition(point.Y - radius), panelLayout.Y.ToPosition(point.Y + radius))
           where _clipRegion.IntersectsOutline(box)
           select box;

    private Coordinates ToCoordinates(Point point)
        => new(ClampToFinite(panelLayout.X!.ToPosition(point.X)), ClampToFinite(panelLayout.Y!.ToPosition(point.Y)));

    // Clamping keeps differences of positions finite.
    private static double ClampToFinite(double position) => Math.Clamp(position, -1e100, 1e100);
}
