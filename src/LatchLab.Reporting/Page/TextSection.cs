using System.Text;
using LatchLab.Figures;

namespace LatchLab.Reporting.Page;

/// <summary>A section of text with an optional table, of which the rows after the first 20 are folded.</summary>
internal static class TextSection
{
    private const int MaximumOpenRows = 20;

    private static readonly char[] NumberPrefixes = [.. "+-−±≈<>≤≥ "];

    /// <summary>Renders the section; its anchor is its id.</summary>
    public static string Render(ReportSection reportSection)
    {
        var section = new StringBuilder($"""
            <section id="{ReportPaths.ValidateId(reportSection.Id)}">
            <h2>{Html.Escape(reportSection.Title)}</h2>

            """);
        foreach (string paragraph in reportSection.Paragraphs)
            section.Append($"<p>{Html.EscapeProse(paragraph)}</p>\n");
        if (reportSection.Table is { } table)
        {
            AppendTable(section, table, reportSection.Title);
            section.Append($"""
                <p class="note">{Html.EscapeProse(reportSection.Note)}
                <span class="files"><a href="{ReportPaths.GetCsvPath(reportSection)}">CSV</a></span></p>

                """);
        }
        else if (reportSection.Note.Length > 0)
        {
            section.Append($"<p class=\"note\">{Html.EscapeProse(reportSection.Note)}</p>\n");
        }

        return section.Append("</section>\n").ToString();
    }

    private static void AppendTable(StringBuilder section, ReportTable table, string title)
    {
        bool[] numeric = [.. table.Headings.Select((_, column) => table.Rows.All(row => IsNumber(row[column])))];
        AppendRows(table.Rows.Take(MaximumOpenRows));
        if (table.Rows.Count <= MaximumOpenRows)
            return;
        int folded = table.Rows.Count - MaximumOpenRows;
        section.Append($"<details><summary>The other {(folded == 1 ? "row" : $"{folded} rows")}</summary>\n");
        AppendRows(table.Rows.Skip(MaximumOpenRows));
        section.Append("</details>\n");

        void AppendRows(IEnumerable<IReadOnlyList<string>> rows)
        {
            section.Append($"""
                <div class="scroll" role="region" aria-label="{Html.Escape(title)}" tabindex="0">
                <table class="plain">
                <thead><tr>{RenderCells("th", table.Headings)}</tr></thead>
                <tbody>

                """);
            foreach (var row in rows)
                section.Append($"<tr>{RenderCells("td", row)}</tr>\n");
            section.Append("</tbody>\n</table>\n</div>\n");
        }

        string RenderCells(string element, IReadOnlyList<string> texts) => string.Concat(texts.Select((text, column)
            => $"<{element}{(numeric[column] ? " class=\"number\"" : "")}>{Html.EscapeProse(text)}</{element}>"));
    }

    // Columns of numbers, or of placeholders for numbers, are right-aligned; a sign may precede each number.
    private static bool IsNumber(string cell)
        => cell is "" or "—" or "NaN"
            || (cell.TrimStart(NumberPrefixes) is [var first, ..] && (char.IsAsciiDigit(first) || first == '∞'));
}
