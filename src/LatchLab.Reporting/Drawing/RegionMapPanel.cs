using LatchLab.Experiments.Results;
using ScottPlot;
using SkiaSharp;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// A region map: cells in the pale colour of their region, or the stronger one of its core, as one small picture (see
/// <see cref="CellPixels"/>), and the overlays upon it. Hatched cells are holes in the picture, through which lines
/// that lie beneath all of it are seen.
/// </summary>
internal static class RegionMapPanel
{
    /// <summary>Draws the map into its place.</summary>
    public static void Draw(RegionMap map, PanelPlace place, Ink ink)
    {
        using var plot = AxesPanel.Create(place, ink.Theme, grid: false);
        if (map.Regions.Any(region => region.Colour == Region.Hatched))
        {
            var colour = Color.FromHex(ink.Theme.Cells(Region.Hatched, core: false));
            plot.Add.Plottable(Strokes.Hatching(colour, place.Data));
        }

        double[] xEdges = [.. map.XEdges.Select(place.X!.Position)];
        double[] yEdges = [.. map.YEdges.Select(place.Y!.Position)];
        using var cells = Picture(map, xEdges, yEdges, ink.Theme);
        plot.Add.Plottable(new CellPicture(cells, new CoordinateRect(xEdges[0], xEdges[^1], yEdges[0], yEdges[^1])));
        var overlays = new Chart(map.Title, map.X, map.Y, map.Overlays);
        ChartPanel.AddSeries(plot, overlays, place, ink.Theme, onCells: true);
        AxesPanel.Draw(plot, ink, place);
    }

    // The first row of the picture is at the top; ours has the lowest y first.
    private static SKImage Picture(RegionMap map, double[] xEdges, double[] yEdges, Theme theme)
    {
        int[] columns = CellPixels.Along(xEdges, fewest: 1);
        int[] rows = CellPixels.Along(yEdges, fewest: 1);
        var paper = Color.FromHex(theme.Paper).ToSKColor();
        SKColor[] pale = [.. map.Regions.Select(region => Colour(region, core: false))];
        SKColor[] strong = [.. map.Regions.Select(region => Colour(region, core: true))];
        int width = map.XEdges.Count - 1;
        var pixels = new SKColor[columns.Length * rows.Length];
        for (int y = 0; y < rows.Length; y++)
        {
            for (int x = 0; x < columns.Length; x++)
            {
                int cell = (rows[rows.Length - 1 - y] * width) + columns[x];
                bool core = map.Cores.Count > 0 && map.Cores[cell];
                int region = map.Cells[cell];
                pixels[(y * columns.Length) + x] = region == RegionMap.Nowhere ? paper : (core ? strong : pale)[region];
            }
        }

        using var bitmap = new SKBitmap(new SKImageInfo(columns.Length, rows.Length, SKColorType.Rgba8888));
        bitmap.Pixels = pixels;
        return SKImage.FromBitmap(bitmap);

        SKColor Colour(Region region, bool core) => region.Colour == Region.Hatched
            ? SKColor.Empty
            : Color.FromHex(theme.Cells(region.Colour, core)).ToSKColor();
    }

    private sealed class CellPicture(SKImage picture, CoordinateRect extent) : IPlottable
    {
        public bool IsVisible { get; set; } = true;

        public IAxes Axes { get; set; } = new Axes();

        public IEnumerable<LegendItem> LegendItems => [];

        public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

        public void Render(RenderPack rp)
        {
            var area = Axes.GetPixelRect(extent).ToSKRect();
            rp.Canvas.DrawImage(picture, area, new SKSamplingOptions(SKFilterMode.Nearest));
        }
    }
}
