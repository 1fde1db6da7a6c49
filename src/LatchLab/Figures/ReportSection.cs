namespace LatchLab.Figures;

/// <summary>A part of a report in words, with a table where there is one: the attractors of a network, say.</summary>
/// <param name="Id">
/// Its anchor in the page and the name of its CSV file, for example <c>attractors</c>: letters, digits and hyphens; no
/// figure of the report has it, and it is neither <c>claims</c> nor <c>settings</c>.
/// </param>
/// <param name="Title">Its heading.</param>
/// <param name="Paragraphs">Its text.</param>
public sealed record ReportSection(string Id, string Title, IReadOnlyList<string> Paragraphs)
{
    /// <summary>What stands below the text; null where there is no table.</summary>
    public ReportTable? Table { get; init; }

    /// <summary>What is to be said of the table, below it; may be empty.</summary>
    public string Note { get; init; } = "";
}

/// <summary>A table as people read it, and as its file has it.</summary>
/// <param name="Headings">What stands above the columns of the page.</param>
/// <param name="Rows">Cells of the page, one for each heading; numbers as short as a reader wants them.</param>
/// <param name="Data">The file, with every digit; its columns may be others.</param>
public sealed record ReportTable(
    IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<string>> Rows, Table Data)
{
    /// <summary>A table whose page shows what its file holds, under other names.</summary>
    public ReportTable(IReadOnlyList<string> headings, Table data)
        : this(headings, data.Rows, data)
    {
    }
}
