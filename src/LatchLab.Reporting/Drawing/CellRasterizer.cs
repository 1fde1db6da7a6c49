namespace LatchLab.Reporting.Drawing;

/// <summary>
/// Cells as a small picture that is scaled without smoothing: evenly spaced cells are its pixels, others are resampled
/// finely enough to stand where they belong.
/// </summary>
internal static class CellRasterizer
{
    private const int ResampledPixels = 480;

    /// <summary>[pixel] → the cell that covers its middle.</summary>
    /// <param name="edges">Positions where cells end, ascending: one more than there are cells.</param>
    /// <param name="minCells">So few cells, or more, can be pixels themselves.</param>
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
