namespace LatchLab.Reporting.Drawing;

/// <summary>
/// Rasterizes cells into a small image that is scaled without smoothing. Evenly spaced cells become one pixel each;
/// others are resampled finely enough to keep their positions.
/// </summary>
internal static class CellRasterizer
{
    private const int ResampledPixels = 480;

    /// <summary>Returns, for each pixel, the index of the cell that covers its centre.</summary>
    /// <param name="edges">The positions of the cell edges, ascending: one more than there are cells.</param>
    /// <param name="minCells">The smallest number of cells that can be used as pixels directly.</param>
    public static int[] MapPixelsToCells(double[] edges, int minCells)
    {
        int count = edges.Length - 1;
        double width = (edges[^1] - edges[0]) / count;
        bool isEven = count >= minCells && Enumerable.Range(0, count).All(
            i => Math.Abs(edges[i + 1] - edges[i] - width) < 1e-6 * width);
        int pixels = isEven ? count : Math.Max(ResampledPixels, count);
        return [.. Enumerable.Range(0, pixels).Select(pixel =>
        {
            double middle = edges[0] + ((pixel + 0.5) / pixels * (edges[^1] - edges[0]));
            return isEven ? pixel : Enumerable.Range(0, count - 1).Count(i => edges[i + 1] <= middle);
        })];
    }
}
