using LatchLab.Experiments.Results;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// What lines, markers and the colours of cells mean, set in rows below what they belong to, so that it never covers
/// data. The panels of a figure have one legend in common where no two of them contradict each other, else each has its
/// own. The arrow of a censored point is explained wherever there is one.
/// </summary>
internal sealed class Legend
{
    private const float Gap = 20f;
    private const float RowHeight = 20f;

    private readonly IReadOnlyList<LegendEntry> _all;
    private readonly List<List<LegendEntry>> _rows;

    /// <summary>Breaks the entries into as few rows of at most the given width as will do, evenly filled.</summary>
    public Legend(IEnumerable<LegendEntry> entries, float width)
    {
        List<LegendEntry> shown = [.. entries];
        _all = [.. shown.Where(entry => entry.Name.Length > 0).DistinctBy(Meaning)];
        if (shown.Any(entry => entry.Series is { } series && CurveDrawing.Censored(series)))
            _all = [.. _all, LegendEntry.LowerBound];
        _rows = Rows(width);
        for (float narrower = width - 10f; narrower > width / 3f; narrower -= 10f)
        {
            var rows = Rows(narrower);
            if (rows.Count > _rows.Count || rows.Any(row => RowWidth(row) > narrower))
                break;
            _rows = rows;
        }
    }

    /// <summary>What it takes up, the room above it included; 0 without entries.</summary>
    public float Height => _rows.Count == 0 ? 0f : 8f + (_rows.Count * RowHeight);

    /// <summary>Whether each name has one look, and each look one name, all over the figure.</summary>
    public static bool Agree(Figure figure)
    {
        var entries = figure.Panels
            .SelectMany(LegendEntry.Of)
            .Where(entry => entry.Name.Length > 0)
            .Select(Meaning)
            .Distinct()
            .ToList();
        return entries.Select(entry => entry.Name).Distinct().Count() == entries.Count
            && entries.Select(entry => entry.Look).Distinct().Count() == entries.Count;
    }

    /// <summary>Draws the rows, each centred on <paramref name="centre"/>, below <paramref name="top"/>.</summary>
    public void Draw(Ink ink, float centre, float top)
    {
        float middle = top + 8f + (RowHeight / 2f);
        foreach (var row in _rows)
        {
            float x = centre - (RowWidth(row) / 2f);
            foreach (var entry in row)
            {
                LegendSample.Draw(ink, entry, _all, x, middle);
                ink.Text(entry.Name, x + LegendSample.Width + 6f, middle + 4.5f, Ink.LabelSize, ink.Theme.Ink);
                x += EntryWidth(entry) + Gap;
            }

            middle += RowHeight;
        }
    }

    private List<List<LegendEntry>> Rows(float width)
    {
        var rows = new List<List<LegendEntry>>();
        foreach (var entry in _all)
        {
            if (rows.Count > 0 && RowWidth([.. rows[^1], entry]) <= width)
                rows[^1].Add(entry);
            else
                rows.Add([entry]);
        }

        return rows;
    }

    private static (string Name, object Look) Meaning(LegendEntry entry) => (entry.Name, entry.Look);

    private static float EntryWidth(LegendEntry entry)
        => LegendSample.Width + 6f + Ink.Width(entry.Name, Ink.LabelSize);

    private static float RowWidth(List<LegendEntry> row) => row.Sum(EntryWidth) + ((row.Count - 1) * Gap);
}
