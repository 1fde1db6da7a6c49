namespace LatchLab.Figures;

/// <summary>A section of a report with text and an optional table, for example the attractors of a network.</summary>
/// <param name="Id">
/// The anchor in the page and the name of the CSV file, for example <c>attractors</c>: letters, digits and hyphens. It
/// differs from the ids of all figures of the report and from <c>claims</c> and <c>settings</c>.
/// </param>
/// <param name="Title">Its heading.</param>
/// <param name="Paragraphs">Its text.</param>
public sealed record ReportSection(string Id, string Title, IReadOnlyList<string> Paragraphs)
{
    /// <summary>The table below the text; null if there is none.</summary>
    public ReportTable? Table { get; init; }

    /// <summary>A note below the table; may be empty.</summary>
    public string Note { get; init; } = "";
}

/// <summary>A table in two forms: formatted for the page, and as data for the CSV file.</summary>
/// <param name="Headings">Column headings of the page.</param>
/// <param name="Rows">Cells of the page, one for each heading; numbers are rounded for readers.</param>
/// <param name="Data">The contents of the file, with full precision; its columns may differ.</param>
public sealed record ReportTable(
    IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<string>> Rows, Table Data)
{
    /// <summary>Creates a table whose page shows the cells of its file under other headings.</summary>
    public ReportTable(IReadOnlyList<string> headings, Table data)
        : this(headings, data.Rows, data)
    {
    }
}
