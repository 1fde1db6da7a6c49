using LatchLab.Figures;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// The horizontal offsets of curves that share X values: large enough to separate the markers, but small enough to keep
/// each point away from the next X and inside the axis. The offsets affect only the drawing. Positions and distances
/// are those of <see cref="AxisScale"/>.
/// </summary>
internal sealed class Dodge
{
    // In figure pixels: less than the width of a marker, so that seven markers fit within a quarter of an inch.
    private const double MaxStep = 4.0;
    private const double MarkerRadius = 3.5;

    private readonly List<Series> _curves;
    private readonly AxisScale _axis;
    private readonly double _pixelSize;
    private readonly double[] _positions;

    public Dodge(Chart chart, PanelLayout panelLayout)
    {
        _curves = [.. chart.Series.Where(series => series.Kind == SeriesKind.Curve)];
        _axis = panelLayout.X!;
        _pixelSize = (_axis.High - _axis.Low) / panelLayout.DataArea.Width;
        _positions = !chart.IsDodged ? [] : [.. _curves
            .SelectMany(series => series.Points)
            .Where(panelLayout.CanPlot)
            .Select(point => _axis.ToPosition(point.X))
            .Distinct()
            .Order()];
    }

    /// <summary>
    /// The offset of a curve from the shared X, in steps from one curve to the next; negative for the first curve.
    /// </summary>
    public double GetOffsetInSteps(Series series) => _curves.IndexOf(series) - ((_curves.Count - 1) / 2.0);

    /// <summary>The step from one curve to the next at a position; 0 in a chart that is not dodged.</summary>
    public double GetStepWidth(double x)
    {
        int index = Array.BinarySearch(_positions, x);
        if (index < 0 || _curves.Count < 2)
            return 0.0;

        double step = MaxStep * _pixelSize;
        foreach (int next in new[] { index - 1, index + 1 }.Where(next => next >= 0 && next < _positions.Length))
            step = Math.Min(step, 0.75 * Math.Abs(_positions[next] - x) / _curves.Count);
        double border = Math.Min(x - _axis.Low, _axis.High - x) - (MarkerRadius * _pixelSize);
        return Math.Max(0.0, Math.Min(step, 2.0 * border / (_curves.Count - 1)));
    }
}
