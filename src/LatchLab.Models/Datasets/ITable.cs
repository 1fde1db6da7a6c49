namespace LatchLab.Models.Datasets;

/// <summary>
/// A table with named columns, which is read row by row so that it does not have to fit in memory.
/// </summary>
internal interface ITable : IDisposable
{
    /// <summary>The names of the columns.</summary>
    IReadOnlyList<string> Header { get; }

    /// <summary>The line or row number of the current row, in messages.</summary>
    int Line { get; }

    /// <summary>What <see cref="Line"/> counts: "line" or "row".</summary>
    string RowName { get; }

    /// <summary>Whether invalid rows were skipped immediately before the current row or the end of the file.</summary>
    bool HasSkippedRow { get; }

    /// <summary>What a message about a column without a name proposes.</summary>
    string TrailingColumnHint { get; }

    /// <summary>What is unusual about the format of the file, for the summary; empty if nothing is.</summary>
    string Format { get; }

    /// <summary>The share of the file that has been read.</summary>
    double ReadShare { get; }

    /// <summary>A field of the current row; empty if it is missing.</summary>
    ReadOnlySpan<char> this[int column] { get; }

    /// <summary>Advances to the next valid row.</summary>
    bool MoveNext();

    /// <summary>Parses a field of the current row as a finite number.</summary>
    bool TryGetDouble(int column, out double number);

    /// <summary>Parses a text of the file as a finite number.</summary>
    bool TryParse(ReadOnlySpan<char> text, int line, out double number);

    /// <summary>Describes why a text is no number, if its decimal sign is the reason; otherwise null.</summary>
    string? DescribeDecimalSign(string text);
}
