using LatchLab.Figures;
using ScottPlot;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// The geometry of a figure: rows and columns of panels with equal data areas, and the space that titles, tick labels,
/// axis labels and legends need around them. Computed once, then drawn in any theme on any canvas.
/// </summary>
internal sealed class FigureLayout
{
    private const float Margin = 12f;
    private const float ColumnGap = 18f;
    private const float RowGap = 12f;
    private const float TickLabelHeight = 22f;
    private const float AxisLabelHeight = 20f;
    private const float BandHeight = 34f;
    private const float MaxAspectRatio = 1.1f; // height / width of a panel with equal scales

    private readonly int _columnCount;
    private readonly float[] _leftInsets;
    private PanelLayout[] _panels;

    /// <summary>Lays out a figure of at least one panel.</summary>
    public FigureLayout(Figure figure)
    {
        _panels = [.. SharedAxes.Arrange(figure)];
        _columnCount = _panels.Max(panelLayout => panelLayout.Column) + 1;
        _leftInsets = new float[_columnCount];
        Width = _panels switch
        {
            [{ Panel: Diagram diagram }] => DiagramPanel.MeasureWidth(diagram) + (2f * Margin),
            [{ Panel.HasEqualScales: true }] => 520f,
            [_] => 600f,
            _ => Math.Max(720f, _columnCount * 160f),
        };
        HasPanelLegends = !Legend.IsConsistent(figure);
        SharedXLabel = HasPanelLegends ? null : SharedAxes.FindSharedLabel(_panels, vertical: false);
        SharedYLabel = SharedAxes.FindSharedLabel(_panels, vertical: true);

        // Heights depend on widths, widths on the tick labels of the vertical axes, and these labels on heights. The
        // second pass uses the results of the first.
        Arrange();
        Arrange();
    }

    public float Width { get; }

    public float Height { get; private set; }

    /// <summary>The y coordinate where the panels end and the shared labels begin.</summary>
    public float PanelsBottom { get; private set; }

    /// <summary>The panels, in reading order.</summary>
    public IReadOnlyList<PanelLayout> Panels => _panels;

    /// <summary>The label of all horizontal axes; null if each has its own.</summary>
    public string? SharedXLabel { get; }

    /// <summary>The label of all vertical axes; null if each has its own.</summary>
    public string? SharedYLabel { get; }

    /// <summary>Whether each panel has its own legend below it.</summary>
    public bool HasPanelLegends { get; }

    public static IReadOnlyList<string> WrapTitle(PanelLayout panelLayout)
        => FigureCanvas.Wrap(panelLayout.Panel.Title, FigureCanvas.TitleSize, panelLayout.DataArea.Width);

    public static IReadOnlyList<string> WrapXLabel(PanelLayout panelLayout)
        => FigureCanvas.Wrap(panelLayout.Axes!.Value.X.Label, FigureCanvas.LabelSize, panelLayout.DataArea.Width);

    public static Legend CreatePanelLegend(PanelLayout panelLayout)
        => new(LegendEntry.Create(panelLayout.Panel), panelLayout.ColumnWidth);

    public static float MeasureTickLabelWidth(PanelLayout panelLayout)
        => AxesPanel.TickLabelOffset
            + panelLayout.YTicks.Select(tick => FigureCanvas.MeasureWidth(tick.Label, FigureCanvas.TickSize))
                .DefaultIfEmpty().Max();

    private void Arrange()
    {
        for (int column = 0; column < _columnCount; column++)
            _leftInsets[column] = _panels.Where(panelLayout => panelLayout.Column == column).Max(MeasureLeftInset);

        float outerLeft = Margin + (SharedYLabel is null ? 0f : AxisLabelHeight);
        float availableWidth = Width - outerLeft - Margin - _leftInsets.Sum() - ((_columnCount - 1) * ColumnGap);
        float dataWidth = availableWidth / _columnCount;
        float top = Margin;
        foreach (var row in _panels.GroupBy(panelLayout => panelLayout.Row).ToList())
            top = ArrangeRow([.. row], outerLeft, dataWidth, top) + RowGap;

        PanelsBottom = top - RowGap;
        Height = PanelsBottom + (SharedXLabel is null ? 0f : AxisLabelHeight) + Margin;
    }

    private float ArrangeRow(PanelLayout[] row, float outerLeft, float width, float top)
    {
        int lines =
            row.Max(
                panelLayout => FigureCanvas.Wrap(panelLayout.Panel.Title, FigureCanvas.TitleSize,
                    ComputeDataSize(panelLayout, width).Width).Count);
        float dataTop = top + (lines == 0 ? 4f : (lines * FigureCanvas.LineHeight) + 5f);
        float height = row.Max(panelLayout => ComputeDataSize(panelLayout, width).Height);
        float bottomInset = 0f;
        foreach (var panelLayout in row)
        {
            float left = outerLeft + _leftInsets.Take(panelLayout.Column + 1).Sum()
                + (panelLayout.Column * (width + ColumnGap));
            var arranged = AddTicks(panelLayout with
            {
                ColumnWidth = width,
                DataArea = ComputeDataArea(panelLayout, left, width, dataTop, height),
            });
            _panels[Array.IndexOf(_panels, panelLayout)] = arranged;
            bottomInset = Math.Max(bottomInset, MeasureBottomInset(arranged));
        }

        return dataTop + height + bottomInset;
    }

    private PixelRect ComputeDataArea(PanelLayout panelLayout, float left, float width, float upper, float height)
    {
        float right = left + width;
        if (panelLayout.Axes is null)
            left -= _leftInsets[panelLayout.Column];
        if (!panelLayout.Panel.HasEqualScales)
            return new PixelRect(left, right, upper + height, upper);
        var size = ComputeDataSize(panelLayout, width);
        float inset = (width - size.Width) / 2f;
        return new PixelRect(left + inset, left + inset + size.Width, upper + size.Height, upper);
    }

    private static PanelLayout AddTicks(PanelLayout panelLayout) => panelLayout with
    {
        XTicks = panelLayout.Axes?.X.HasTickLabels == true
            ? Ticks.Create(panelLayout.X!, panelLayout.XValues, panelLayout.DataArea.Width,
                label => FigureCanvas.MeasureWidth(label, FigureCanvas.TickSize) + 9f)
            : [],
        YTicks = panelLayout.Axes?.Y.HasTickLabels == true
            ? Ticks.Create(panelLayout.Y!, panelLayout.YValues, panelLayout.DataArea.Height,
                _ => Math.Max(24f, panelLayout.DataArea.Height / 9f))
            : [],
    };

    private float MeasureLeftInset(PanelLayout panelLayout)
        => panelLayout.Axes is not { } axes || !panelLayout.HasYTickLabels
            ? 0f
            : Math.Max(MeasureTickLabelWidth(panelLayout), 16f)
                + (SharedYLabel is null && axes.Y.Label.Length > 0 ? AxisLabelHeight : 0f);

    private float MeasureBottomInset(PanelLayout panelLayout)
    {
        float legend = HasPanelLegends ? CreatePanelLegend(panelLayout).Height : 0f;
        if (panelLayout.Axes is null || !panelLayout.HasXTickLabels)
            return legend;
        int lines = SharedXLabel is null ? WrapXLabel(panelLayout).Count : 0;
        return legend + TickLabelHeight + (lines * FigureCanvas.LineHeight) + (lines > 0 ? 3f : 0f);
    }

    // With equal scales the height follows from the width; a panel that would be much higher than wide is narrowed.
    private (float Width, float Height) ComputeDataSize(PanelLayout panelLayout, float width)
    {
        if (!panelLayout.Panel.HasEqualScales)
            return (width, ComputeDataHeight(panelLayout, width));
        double aspectRatio = (panelLayout.Y!.High - panelLayout.Y.Low) / (panelLayout.X!.High - panelLayout.X.Low);
        double height = Math.Min(aspectRatio, MaxAspectRatio) * width;
        return ((float)(height / aspectRatio), (float)height);
    }

    private float ComputeDataHeight(PanelLayout panelLayout, float width)
    {
        bool isSinglePanel = _panels.Length == 1;
        return panelLayout.Panel switch
        {
            Diagram diagram => DiagramPanel.MeasureHeight(diagram, width + _leftInsets[panelLayout.Column]),
            RegionMap { Y.HasTickLabels: false } => BandHeight,
            HeatMap or RegionMap => width * (isSinglePanel ? 0.72f : _columnCount == 1 ? 0.5f : 0.92f),
            _ => width * (isSinglePanel ? 0.6f : _columnCount switch { 1 => 0.32f, 2 => 0.62f, 3 => 0.75f, _ => 0.9f }),
        };
    }
}
