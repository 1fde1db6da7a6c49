using LatchLab.Figures;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// The legend of lines, markers and cell colours, in rows below the panels, so that it never covers data. The panels of
/// a figure share one legend if their entries are consistent; otherwise each panel has its own. The arrow of a censored
/// point, and a bar that ends at the edge, are explained where one is drawn.
/// </summary>
internal sealed class Legend
{
    private const float Gap = 20f;
    private const float RowHeight = 20f;

    private readonly IReadOnlyList<LegendEntry> _distinctEntries;
    private readonly List<List<LegendEntry>> _entryRows;

    /// <summary>Arranges the entries in as few rows of at most the given width as possible, evenly filled.</summary>
    public Legend(IEnumerable<LegendEntry> entries, float width)
    {
        List<LegendEntry> shown = [.. entries];
        _distinctEntries = [.. shown.Where(entry => entry.Name.Length > 0).DistinctBy(GetKey)];
        if (shown.Any(entry => entry.Series is { } series && CurveDrawing.HasCensoredPoints(series)))
            _distinctEntries = [.. _distinctEntries, LegendEntry.CensoredArrow];
        if (shown.Any(entry => entry.Series is { } series && CurveDrawing.HasUnboundedBars(series)))
            _distinctEntries = [.. _distinctEntries, LegendEntry.UnboundedBar];
        _entryRows = BreakIntoRows(width);
        for (float narrower = width - 10f; narrower > width / 3f; narrower -= 10f)
        {
            var rows = BreakIntoRows(narrower);
            if (rows.Count > _entryRows.Count || rows.Any(row => MeasureRow(row) > narrower))
                break;
            _entryRows = rows;
        }
    }

    /// <summary>The height, including the space above; 0 without entries.</summary>
    public float Height => _entryRows.Count == 0 ? 0f : 8f + (_entryRows.Count * RowHeight);

    /// <summary>Whether names and appearances correspond one to one in the whole figure.</summary>
    public static bool IsConsistent(Figure figure)
    {
        var entries = figure.Panels
            .SelectMany(LegendEntry.Create)
            .Where(entry => entry.Name.Length > 0)
            .Select(GetKey)
            .Distinct()
            .ToList();
        return entries.Select(entry => entry.Name).Distinct().Count() == entries.Count
            && entries.Select(entry => entry.Look).Distinct().Count() == entries.Count;
    }

    /// <summary>Draws the rows, each centred on <paramref name="centre"/>, below <paramref name="top"/>.</summary>
    public void Draw(FigureCanvas palette, float centre, float top)
    {
        float middle = top + 8f + (RowHeight / 2f);
        foreach (var row in _entryRows)
        {
            float x = centre - (MeasureRow(row) / 2f);
            foreach (var entry in row)
            {
                LegendSymbol.Draw(palette, entry, _distinctEntries, x, middle);
                palette.DrawText(entry.Name, x + LegendSymbol.Width + 6f, middle + 4.5f, FigureCanvas.LabelSize);
                x += MeasureEntry(entry) + Gap;
            }

            middle += RowHeight;
        }
    }

    private List<List<LegendEntry>> BreakIntoRows(float width)
    {
        var rows = new List<List<LegendEntry>>();
        foreach (var entry in _distinctEntries)
        {
            if (rows.Count > 0 && MeasureRow([.. rows[^1], entry]) <= width)
                rows[^1].Add(entry);
            else
                rows.Add([entry]);
        }

        return rows;
    }

    private static (string Name, object Look) GetKey(LegendEntry entry) => (entry.Name, entry.Appearance);

    private static float MeasureEntry(LegendEntry entry)
        => LegendSymbol.Width + 6f + FigureCanvas.MeasureWidth(entry.Name, FigureCanvas.LabelSize);

    private static float MeasureRow(List<LegendEntry> row) => row.Sum(MeasureEntry) + ((row.Count - 1) * Gap);
}
