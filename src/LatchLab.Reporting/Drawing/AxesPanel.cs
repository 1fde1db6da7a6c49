using LatchLab.Reporting.Fonts;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// An empty pair of axes, drawn by ScottPlot: a thin frame, ticks from <see cref="Ticks"/>, and the data area exactly
/// where the layout places it. Charts and maps add their data.
/// </summary>
internal static class AxesPanel
{
    private const float TickLength = 4f;

    /// <summary>The distance from the axis to its tick labels.</summary>
    public const float TickLabelOffset = TickLength + 3f;

    /// <summary>Creates the axes; only charts get grid lines, because the cells of a map would hide them.</summary>
    public static Plot Create(PanelLayout panelLayout, Theme theme, bool hasGrid)
    {
        var plot = new Plot();
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        plot.FigureBackground.Color = Colors.Transparent;
        plot.DataBackground.Color = Colors.Transparent;
        plot.Layout.Fixed(panelLayout.DataArea);

        var muted = Color.FromHex(theme.Muted);
        plot.Axes.Right.IsVisible = false;
        plot.Axes.Top.IsVisible = false;
        plot.Axes.Title.IsVisible = false;
        StyleAxis(plot.Axes.Bottom, panelLayout.XTicks, panelLayout.HasXTickLabels, muted, theme);
        StyleAxis(plot.Axes.Left, panelLayout.YTicks, panelLayout.HasYTickLabels, muted, theme);

        // ScottPlot centres the line box including descenders; numbers have none and would be drawn too high.
        plot.Axes.Left.TickLabelStyle.OffsetY = 2f;
        plot.Axes.SetLimits(panelLayout.X!.Low, panelLayout.X.High, panelLayout.Y!.Low, panelLayout.Y.High);

        plot.Grid.IsVisible = hasGrid;
        plot.Grid.MajorLineColor = Color.FromHex(theme.Grid);
        plot.Grid.MajorLineWidth = 1f;
        return plot;
    }

    /// <summary>Draws the axes and the data that were added.</summary>
    public static void Draw(Plot plot, FigureCanvas palette, PanelLayout panelLayout)
    {
        // ScottPlot draws a second time over the first if the axis limits changed since its last rendering. Rendering
        // to a null canvas first settles the limits, so that the real canvas contains everything once.
        using var nullCanvas = new SKNoDrawCanvas(1, 1);
        plot.Render(nullCanvas, panelLayout.DataArea);
        plot.Render(palette.Canvas, panelLayout.DataArea);
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
