using System.Text;
using LatchLab.Experiments.Results;

namespace LatchLab.Reporting.Page;

/// <summary>A part of the page in words, with its table.</summary>
internal static class TextSection
{
    private static readonly char[] Signs = [.. "+-−±≈<>≤≥ "];

    /// <summary>The section; its anchor is its id.</summary>
    public static string Of(ReportSection part)
    {
        var section = new StringBuilder($"""
            <section id="{ReportFiles.Checked(part.Id)}">
            <h2>{Html.Escape(part.Title)}</h2>

            """);
        foreach (string paragraph in part.Paragraphs)
            section.Append($"<p>{Html.Escape(paragraph)}</p>\n");
        if (part.Table is { } table)
        {
            Append(section, table, part.Title);
            section.Append($"""
                <p class="note">{Html.Escape(part.Note)}
                <span class="files"><a href="{ReportFiles.Data(part)}">CSV</a></span></p>

                """);
        }
        else if (part.Note.Length > 0)
        {
            section.Append($"<p class=\"note\">{Html.Escape(part.Note)}</p>\n");
        }

        return section.Append("</section>\n").ToString();
    }

    private static void Append(StringBuilder section, ReportTable table, string title)
    {
        bool[] numeric = [.. table.Headings.Select((_, column) => table.Rows.All(row => IsNumber(row[column])))];
        section.Append($"""
            <div class="scroll" role="region" aria-label="{Html.Escape(title)}" tabindex="0">
            <table class="plain">
            <thead><tr>{Cells("th", table.Headings)}</tr></thead>
            <tbody>

            """);
        foreach (var row in table.Rows)
            section.Append($"<tr>{Cells("td", row)}</tr>\n");
        section.Append("</tbody>\n</table>\n</div>\n");

        string Cells(string element, IReadOnlyList<string> texts) => string.Concat(texts.Select((text, column)
            => $"<{element}{(numeric[column] ? " class=\"number\"" : "")}>{Html.Escape(text)}</{element}>"));
    }

    // A column of numbers, and of what takes their place, is aligned at the right; a sign may come before each.
    private static bool IsNumber(string cell)
        => cell is "" or "—" or "NaN"
            || (cell.TrimStart(Signs) is [var first, ..] && (char.IsAsciiDigit(first) || first == '∞'));
}
