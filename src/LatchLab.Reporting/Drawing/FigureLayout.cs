using LatchLab.Experiments.Results;
using ScottPlot;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// The geometry of a figure: rows and columns of panels with equal data areas, and around them just the room that
/// titles, numbers, labels and legends need. Computed once, then drawn in any theme on any canvas.
/// </summary>
internal sealed class FigureLayout
{
    private const float Margin = 12f;
    private const float ColumnGap = 18f;
    private const float RowGap = 12f;
    private const float NumberHeight = 22f;
    private const float LabelHeight = 20f;
    private const float BandHeight = 34f;
    private const float MostUpright = 1.1f; // height of a panel of equal scales, in widths

    private readonly int _columns;
    private readonly float[] _left;
    private PanelPlace[] _places;

    private FigureLayout(Figure figure)
    {
        _places = [.. SharedAxes.Settle(figure)];
        _columns = _places.Max(place => place.Column) + 1;
        _left = new float[_columns];
        Width = _places switch
        {
            [{ Panel: Diagram diagram }] => DiagramPanel.NaturalWidth(diagram) + (2f * Margin),
            [{ Panel: RegionMap { EqualScales: true } }] => 520f,
            [_] => 600f,
            _ => Math.Max(720f, _columns * 160f),
        };
        OwnLegends = !Legend.Agree(figure);
        CommonX = OwnLegends ? null : SharedAxes.CommonLabel(_places, vertical: false);
        CommonY = SharedAxes.CommonLabel(_places, vertical: true);
    }

    /// <summary>Of the whole figure.</summary>
    public float Width { get; }

    /// <summary>Of the whole figure.</summary>
    public float Height { get; private set; }

    /// <summary>Where the panels end and what is common to all of them begins.</summary>
    public float PanelsBottom { get; private set; }

    /// <summary>The panels, in reading order.</summary>
    public IReadOnlyList<PanelPlace> Places => _places;

    /// <summary>The label of all horizontal axes; null if each has its own.</summary>
    public string? CommonX { get; }

    /// <summary>The label of all vertical axes; null if each has its own.</summary>
    public string? CommonY { get; }

    /// <summary>Whether each panel has its legend below itself.</summary>
    public bool OwnLegends { get; }

    /// <summary>Lays out a figure of at least one panel.</summary>
    public static FigureLayout Of(Figure figure)
    {
        var layout = new FigureLayout(figure);

        // Heights follow from widths, these from the numbers at the vertical axes, and these from heights: the second
        // round knows all of them.
        layout.Arrange();
        layout.Arrange();
        return layout;
    }

    /// <summary>The lines of a panel's title.</summary>
    public static IReadOnlyList<string> TitleLines(PanelPlace place)
        => Ink.Wrap(place.Panel.Title, Ink.TitleSize, place.Data.Width);

    /// <summary>The lines of a horizontal axis' own label.</summary>
    public static IReadOnlyList<string> XLabelLines(PanelPlace place)
        => Ink.Wrap(place.Axes!.Value.X.Label, Ink.LabelSize, place.Data.Width);

    /// <summary>The legend below a panel.</summary>
    public static Legend OwnLegend(PanelPlace place)
        => new(LegendEntry.Of(place.Panel), place.Slot);

    /// <summary>What the numbers of a vertical axis take up beside it.</summary>
    public static float NumberWidth(PanelPlace place)
        => AxesPanel.TickRoom + place.YTicks.Select(tick => Ink.Width(tick.Label, Ink.TickSize)).DefaultIfEmpty().Max();

    private void Arrange()
    {
        for (int column = 0; column < _columns; column++)
            _left[column] = _places.Where(place => place.Column == column).Max(LeftNeed);

        float outer = Margin + (CommonY is null ? 0f : LabelHeight);
        float free = Width - outer - Margin - _left.Sum() - ((_columns - 1) * ColumnGap);
        float dataWidth = free / _columns;
        float top = Margin;
        foreach (var row in _places.GroupBy(place => place.Row).ToList())
            top = ArrangeRow([.. row], outer, dataWidth, top) + RowGap;

        PanelsBottom = top - RowGap;
        Height = PanelsBottom + (CommonX is null ? 0f : LabelHeight) + Margin;
    }

    private float ArrangeRow(PanelPlace[] row, float outer, float width, float top)
    {
        int lines = row.Max(place => Ink.Wrap(place.Panel.Title, Ink.TitleSize, DataSize(place, width).Width).Count);
        float upper = top + (lines == 0 ? 4f : (lines * Ink.LineHeight) + 5f);
        float height = row.Max(place => DataSize(place, width).Height);
        float need = 0f;
        foreach (var place in row)
        {
            float left = outer + _left.Take(place.Column + 1).Sum() + (place.Column * (width + ColumnGap));
            var settled = place.Axes is not { } axes
                ? place with
                {
                    Slot = width,
                    Data = new PixelRect(left - _left[place.Column], left + width, upper + height, upper),
                }
                : WithTicks(axes, place with { Slot = width, Data = DataArea(place, left, width, upper, height) });
            _places[Array.IndexOf(_places, place)] = settled;
            need = Math.Max(need, BottomNeed(settled));
        }

        return upper + height + need;
    }

    private PixelRect DataArea(PanelPlace place, float left, float width, float upper, float height)
    {
        if (place.Panel is not RegionMap { EqualScales: true })
            return new PixelRect(left, left + width, upper + height, upper);
        var own = DataSize(place, width);
        float aside = (width - own.Width) / 2f;
        return new PixelRect(left + aside, left + aside + own.Width, upper + own.Height, upper);
    }

    private static PanelPlace WithTicks((Axis X, Axis Y) axes, PanelPlace place) => place with
    {
        XTicks = axes.X.Numbered
            ? Ticks.On(place.X!, place.Data.Width, label => Ink.Width(label, Ink.TickSize) + 9f)
            : [],
        YTicks = axes.Y.Numbered
            ? Ticks.On(place.Y!, place.Data.Height, _ => Math.Max(24f, place.Data.Height / 9f))
            : [],
    };

    private float LeftNeed(PanelPlace place)
        => place.Axes is not { } axes || !place.ShowsY
            ? 0f
            : Math.Max(NumberWidth(place), 16f) + (CommonY is null && axes.Y.Label.Length > 0 ? LabelHeight : 0f);

    private float BottomNeed(PanelPlace place)
    {
        float legend = OwnLegends ? OwnLegend(place).Height : 0f;
        if (place.Axes is null || !place.ShowsX)
            return legend;
        int lines = CommonX is null ? XLabelLines(place).Count : 0;
        return legend + NumberHeight + (lines * Ink.LineHeight) + (lines > 0 ? 3f : 0f);
    }

    // Of equal scales a panel is as high as its width asks, and narrower where it would be much higher than wide.
    private (float Width, float Height) DataSize(PanelPlace place, float width)
    {
        if (place.Panel is not RegionMap { EqualScales: true })
            return (width, DataHeight(place, width));
        double steepness = (place.Y!.High - place.Y.Low) / (place.X!.High - place.X.Low);
        double height = Math.Min(steepness, MostUpright) * width;
        return ((float)(height / steepness), (float)height);
    }

    private float DataHeight(PanelPlace place, float width)
    {
        bool alone = _places.Length == 1;
        return place.Panel switch
        {
            Diagram diagram => DiagramPanel.Height(diagram, width + _left[place.Column]),
            RegionMap { Y.Numbered: false } => BandHeight,
            HeatMap or RegionMap => width * (alone ? 0.72f : _columns == 1 ? 0.5f : 0.92f),
            _ => width * (alone ? 0.6f : _columns switch { 1 => 0.32f, 2 => 0.62f, 3 => 0.75f, _ => 0.9f }),
        };
    }
}
