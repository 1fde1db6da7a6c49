using LatchLab.Figures;
using ScottPlot;
using ScottPlot.Colormaps;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// A heat map: each cell a flat colour of viridis, centred on its value. The cells are one small picture, scaled
/// without smoothing: see <see cref="CellRasterizer"/>. NaN stays as blank as the paper.
/// </summary>
internal static class HeatMapPanel
{
    /// <summary>From 0 to 1.</summary>
    public static IColormap Colormap { get; } = new Viridis();

    /// <summary>Draws the heat map into its place.</summary>
    public static void Draw(HeatMap map, PanelLayout panelLayout, FigureCanvas palette)
    {
        using var plot = AxesPanel.Create(panelLayout, palette.Theme, hasGrid: false);
        double[] xEdges = [.. ComputeCellEdges(map.XValues, map.X.IsLogarithmic).Select(panelLayout.X!.ToPosition)];
        double[] yEdges = [.. ComputeCellEdges(map.YValues, map.Y.IsLogarithmic).Select(panelLayout.Y!.ToPosition)];

        double[,] picture = Resample(map.Values, xEdges, yEdges);
        var (left, right) = ComputeOuterCentres(xEdges, picture.GetLength(1));
        var (bottom, top) = ComputeOuterCentres(yEdges, picture.GetLength(0));
        var cells = plot.Add.Heatmap(picture);
        cells.Extent = new CoordinateRect(left, right, bottom, top);
        cells.Colormap = Colormap;
        cells.ManualRange = new ScottPlot.Range(0.0, 1.0);
        cells.NaNCellColor = Colors.Transparent;
        cells.Smooth = false;
        AxesPanel.Draw(plot, palette, panelLayout);
    }

    /// <summary>
    /// Where cells end: half-way between neighbouring centres, on the paper; the outer cells are as wide outwards as
    /// inwards. One more than there are cells.
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

    // ScottPlot's picture has its first row at the top; ours has the lowest y first.
    private static double[,] Resample(IReadOnlyList<IReadOnlyList<double>> values, double[] xEdges, double[] yEdges)
    {
        // A single pixel has no distance to a next one, from which ScottPlot could know its width.
        int[] columns = CellRasterizer.MapPixelsToCells(xEdges, minCells: 2);
        int[] rows = CellRasterizer.MapPixelsToCells(yEdges, minCells: 2);
        var picture = new double[rows.Length, columns.Length];
        for (int y = 0; y < rows.Length; y++)
        {
            for (int x = 0; x < columns.Length; x++)
                picture[rows.Length - 1 - y, x] = values[rows[y]][columns[x]];
        }

        return picture;
    }

    // ScottPlot asks where the outer pixels have their middles.
    private static (double First, double Last) ComputeOuterCentres(double[] edges, int pixels)
    {
        double half = (edges[^1] - edges[0]) / pixels / 2.0;
        return (edges[0] + half, edges[^1] - half);
    }
}
