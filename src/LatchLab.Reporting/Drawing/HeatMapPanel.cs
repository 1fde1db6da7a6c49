using LatchLab.Figures;
using ScottPlot;
using ScottPlot.Colormaps;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// Draws a heat map: each cell has one colour of viridis and is centred on its value. The cells form one small image,
/// scaled without smoothing: see <see cref="CellRasterizer"/>. Cells without a finite number are transparent.
/// </summary>
internal static class HeatMapPanel
{
    private static readonly AxisScale Shares = new(0.0, 1.0, IsLogarithmic: false);

    /// <summary>The colour map for positions from 0 to 1.</summary>
    public static IColormap Colormap { get; } = new Viridis();

    /// <summary>The scale of the colours of a map.</summary>
    public static AxisScale GetColourScale(HeatMap map)
        => map.ColourAxis is { } axis ? AxisScale.FitToPoints(axis, [], before: 0.0, after: 0.0) : Shares;

    public static void Draw(HeatMap map, PanelLayout panelLayout, FigureCanvas palette)
    {
        using var plot = AxesPanel.Create(panelLayout, palette.Theme, hasGrid: false);
        double[] xEdges = [.. ComputeCellEdges(map.XValues, map.X.IsLogarithmic).Select(panelLayout.X!.ToPosition)];
        double[] yEdges = [.. ComputeCellEdges(map.YValues, map.Y.IsLogarithmic).Select(panelLayout.Y!.ToPosition)];

        double[,] picture = Resample(map, xEdges, yEdges);
        if (picture.Cast<double>().Any(double.IsFinite)) // ScottPlot draws no heat map without a number
        {
            var (left, right) = ComputeOuterCentres(xEdges, picture.GetLength(1));
            var (bottom, top) = ComputeOuterCentres(yEdges, picture.GetLength(0));
            var cells = plot.Add.Heatmap(picture);
            cells.Extent = new CoordinateRect(left, right, bottom, top);
            cells.Colormap = Colormap;
            cells.ManualRange = new ScottPlot.Range(0.0, 1.0);
            cells.NaNCellColor = Colors.Transparent;
            cells.Smooth = false;
        }

        AxesPanel.Draw(plot, palette, panelLayout);
    }

    /// <summary>
    /// The cell edges: halfway between neighbouring centres in the drawing; the outer cells extend equally to both
    /// sides. There is one more edge than cells.
    /// </summary>
    public static IReadOnlyList<double> ComputeCellEdges(IReadOnlyList<double> centres, bool logarithmic)
    {
        double[] positions = [.. centres.Select(value => logarithmic ? Math.Log10(value) : value)];
        int last = positions.Length - 1;
        double[] edges = new double[positions.Length + 1];
        for (int i = 1; i <= last; i++)
            edges[i] = (positions[i - 1] + positions[i]) / 2.0;
        edges[0] = last > 0 ? (2.0 * positions[0]) - edges[1] : positions[0] - 0.5;
        edges[^1] = last > 0 ? (2.0 * positions[last]) - edges[last] : positions[last] + 0.5;
        return [.. edges.Select(position => logarithmic ? Math.Pow(10.0, position) : position)];
    }

    // ScottPlot's first row is at the top; the first row of the values has the lowest y.
    private static double[,] Resample(HeatMap map, double[] xEdges, double[] yEdges)
    {
        AxisScale scale = GetColourScale(map);
        // ScottPlot derives the pixel width from the distance between pixels, so a single pixel is not enough.
        int[] columns = CellRasterizer.MapPixelsToCells(xEdges, minCells: 2);
        int[] rows = CellRasterizer.MapPixelsToCells(yEdges, minCells: 2);
        var picture = new double[rows.Length, columns.Length];
        for (int y = 0; y < rows.Length; y++)
        {
            for (int x = 0; x < columns.Length; x++)
            {
                double position = scale.ToPosition(map.Values[rows[y]][columns[x]]);
                picture[rows.Length - 1 - y, x] = double.IsFinite(position) // ScottPlot skips NaN
                    ? (position - scale.Low) / (scale.High - scale.Low) : double.NaN;
            }
        }

        return picture;
    }

    // ScottPlot expects the centres of the outer pixels.
    private static (double First, double Last) ComputeOuterCentres(double[] edges, int pixels)
    {
        double half = (edges[^1] - edges[0]) / pixels / 2.0;
        return (edges[0] + half, edges[^1] - half);
    }
}
