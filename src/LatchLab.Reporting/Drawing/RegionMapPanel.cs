using LatchLab.Figures;
using ScottPlot;
using SkiaSharp;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// Draws a region map: the cells in the pale colour of their region, or the stronger colour of its core, as one small
/// image (see <see cref="CellRasterizer"/>), and the overlays above it. Hatched cells are transparent in the image and
/// show the hatch lines drawn beneath it.
/// </summary>
internal static class RegionMapPanel
{
    public static void Draw(RegionMap map, PanelLayout panelLayout, FigureCanvas palette)
    {
        using var plot = AxesPanel.Create(panelLayout, palette.Theme, hasGrid: false);
        if (map.Regions.Any(region => region.Colour == Region.Hatched))
        {
            var colour = Color.FromHex(palette.Theme.GetRegionColour(Region.Hatched, isCore: false));
            plot.Add.Plottable(Strokes.CreateHatching(colour, panelLayout.DataArea));
        }

        double[] xEdges = [.. map.XEdges.Select(panelLayout.X!.ToPosition)];
        double[] yEdges = [.. map.YEdges.Select(panelLayout.Y!.ToPosition)];
        using var cells = CreateImage(map, xEdges, yEdges, palette.Theme);
        var extent = new CoordinateRect(xEdges[0], xEdges[^1], yEdges[0], yEdges[^1]);
        plot.Add.Plottable(new CanvasPlottable((canvas, axes) => canvas.DrawImage(
            cells, axes.GetPixelRect(extent).ToSKRect(), new SKSamplingOptions(SKFilterMode.Nearest))));
        var overlays = new Chart(map.Title, map.X, map.Y, map.Overlays);
        ChartPanel.AddSeries(plot, overlays, panelLayout, palette.Theme, isOverCells: true);
        AxesPanel.Draw(plot, palette, panelLayout);
    }

    // The first row of the image is at the top; the first row of the cells has the lowest y.
    private static SKImage CreateImage(RegionMap map, double[] xEdges, double[] yEdges, Theme theme)
    {
        int[] columns = CellRasterizer.MapPixelsToCells(xEdges, minCells: 1);
        int[] rows = CellRasterizer.MapPixelsToCells(yEdges, minCells: 1);
        var background = Color.FromHex(theme.Background).ToSKColor();
        SKColor[] regionColours = [.. map.Regions.Select(region => GetColour(region, core: false))];
        SKColor[] coreColours = [.. map.Regions.Select(region => GetColour(region, core: true))];
        int width = map.XEdges.Count - 1;
        var pixels = new SKColor[columns.Length * rows.Length];
        for (int y = 0; y < rows.Length; y++)
        {
            for (int x = 0; x < columns.Length; x++)
            {
                int cell = (rows[rows.Length - 1 - y] * width) + columns[x];
                bool core = map.IsCore.Count > 0 && map.IsCore[cell];
                int region = map.Cells[cell];
                pixels[(y * columns.Length) + x] = region == RegionMap.NoRegion ? background
                    : (core ? coreColours : regionColours)[region];
            }
        }

        using var bitmap = new SKBitmap(new SKImageInfo(columns.Length, rows.Length, SKColorType.Rgba8888));
        bitmap.Pixels = pixels;
        return SKImage.FromBitmap(bitmap);

        SKColor GetColour(Region region, bool core) => region.Colour == Region.Hatched
            ? SKColor.Empty
            : Color.FromHex(theme.GetRegionColour(region.Colour, core)).ToSKColor();
    }
}
