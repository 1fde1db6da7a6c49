using LatchLab.Reporting.Fonts;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// An empty pair of axes, as ScottPlot draws it: a quiet frame, our own ticks, the data area exactly where the layout
/// wants it. Charts and heat maps put their data in.
/// </summary>
internal static class AxesPanel
{
    private const float TickLength = 4f;

    /// <summary>Where tick labels begin, seen from the axis.</summary>
    public const float TickLabelOffset = TickLength + 3f;

    /// <summary>Axes with a chart in them get lines that guide the eye; a heat map would hide them.</summary>
    public static Plot Create(PanelLayout panelLayout, Theme theme, bool hasGrid)
    {
        var plot = new Plot();
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        plot.FigureBackground.Color = Colors.Transparent;
        plot.DataBackground.Color = Colors.Transparent;
        plot.Layout.Fixed(
            new PixelRect(panelLayout.DataArea.Left, panelLayout.DataArea.Right, panelLayout.DataArea.Bottom,
                panelLayout.DataArea.Top));

        var muted = Color.FromHex(theme.Muted);
        plot.Axes.Right.IsVisible = false;
        plot.Axes.Top.IsVisible = false;
        plot.Axes.Title.IsVisible = false;
        StyleAxis(plot.Axes.Bottom, panelLayout.XTicks, panelLayout.HasXTickLabels, muted, theme);
        StyleAxis(plot.Axes.Left, panelLayout.YTicks, panelLayout.HasYTickLabels, muted, theme);

        // ScottPlot centres the box of a line, descenders included; numbers have none and would stand too high.
        plot.Axes.Left.TickLabelStyle.OffsetY = 2f;
        plot.Axes.SetLimits(panelLayout.X!.Low, panelLayout.X.High, panelLayout.Y!.Low, panelLayout.Y.High);

        plot.Grid.IsVisible = hasGrid;
        plot.Grid.MajorLineColor = Color.FromHex(theme.Grid);
        plot.Grid.MajorLineWidth = 1f;
        return plot;
    }

    /// <summary>Draws the axes and what has been put in.</summary>
    public static void Draw(Plot plot, FigureCanvas palette, PanelLayout panelLayout)
    {
        var area = new PixelRect(panelLayout.DataArea.Left, panelLayout.DataArea.Right, panelLayout.DataArea.Bottom,
            panelLayout.DataArea.Top);

        // ScottPlot draws again, over the first drawing, as long as the limits differ from those it drew before; after
        // a drawing that goes nowhere they do not, and the real one holds everything once.
        using var nullCanvas = new SKNoDrawCanvas(1, 1);
        plot.Render(nullCanvas, area);
        plot.Render(palette.Canvas, area);
    }

    private static void StyleAxis(IAxis axis, IReadOnlyList<Tick> ticks, bool hasLabels, Color colour, Theme theme)
    {
        axis.FrameLineStyle.Color = colour;
        axis.FrameLineStyle.Width = 1f;
        axis.MajorTickStyle = new TickMarkStyle { Length = TickLength, Width = 1f, Color = colour };
        axis.MinorTickStyle = new TickMarkStyle { Length = TickLength - 1.5f, Width = 0.7f, Color = colour };
        axis.TickLabelStyle.FontName = FigureFont.Family;
        axis.TickLabelStyle.FontSize = FigureCanvas.TickSize;
        axis.TickLabelStyle.ForeColor = Color.FromHex(theme.Text);

        var generator = new NumericManual();
        foreach (var tick in ticks)
        {
            if (tick.Label.Length > 0)
                generator.AddMajor(tick.Position, hasLabels ? tick.Label : "");
            else
                generator.AddMinor(tick.Position);
        }

        axis.TickGenerator = generator;
    }
}
