using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Tasks;

namespace LatchLab.Models.Datasets;

/// <summary>A separate file with the label (and optionally the split) of each sequence, one row per sequence.</summary>
internal sealed class LabelTable
{
    private readonly Dictionary<string, (int Line, SequenceAttribute?[] Said)> _rows = [];
    private readonly HashSet<string> _usedSequences = [];
    private readonly ValidationErrors _rowErrors;
    private readonly string _sequenceColumn;

    private LabelTable(string path, string sequenceColumn, ValidationErrors rowErrors)
        => (Path, _sequenceColumn, _rowErrors) = (path, sequenceColumn, rowErrors);

    /// <summary>The name of the file in messages.</summary>
    public string Path { get; }

    /// <summary>Whether the file has the split column, which marks the test sequences.</summary>
    public bool HasSplit { get; private init; }

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="task">Names the columns.</param>
    /// <param name="rowErrors">Receives the errors of rows.</param>
    /// <param name="columnErrors">Receives the errors of columns.</param>
    /// <exception cref="ValidationException">The file cannot be read.</exception>
    public static LabelTable Read(
        string path, DatasetTask task, ValidationErrors rowErrors, ICollection<ValidationError> columnErrors)
    {
        using ITable file = DatasetFileSource.OpenTable(path, rowErrors);
        var columns = new ColumnResolver(file, path, task, columnErrors);
        columns.RequireSequence();
        int[] labels = [.. DatasetTask.SplitNames(task.Label).Select(name => columns.Require(name, "label"))];
        int split = task.Split.Length == 0 ? -1 : columns.Find(task.Split);
        var table = new LabelTable(path, task.Sequence, rowErrors) { HasSplit = split >= 0 };
        var attributes = new SequenceAttributes(file, [.. labels, split], rowErrors);
        while (columns.Sequence >= 0 && file.MoveNext())
        {
            var name = file[columns.Sequence].ToString();
            attributes.ReadRow();
            if (!table._rows.TryAdd(name, (file.Line, attributes.TakeAll())))
            {
                rowErrors.Add(file.Line, table._sequenceColumn,
                    $"{Escape.Quote(name)} already has a row, line {table._rows[name].Line}; only one is allowed");
            }
        }

        return table;
    }

    /// <summary>Returns the attributes of a sequence; null if the file has no row for it.</summary>
    public SequenceAttribute?[]? GetAttributes(string sequence)
    {
        _usedSequences.Add(sequence);
        return _rows.GetValueOrDefault(sequence).Said;
    }

    /// <summary>Reports an error for every row whose sequence is not in the dataset.</summary>
    public void ReportUnusedRows(string datasetPath)
    {
        foreach ((string name, (int line, _)) in _rows.Where(row => !_usedSequences.Contains(row.Key)))
            _rowErrors.Add(line, _sequenceColumn,
                $"{Escape.Quote(name)} has no row in {datasetPath}");
    }
}
