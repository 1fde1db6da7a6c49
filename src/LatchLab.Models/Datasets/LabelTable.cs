using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Tasks;

namespace LatchLab.Models.Datasets;

/// <summary>A second file that says the labels of the sequences (and whether they test), a row for each.</summary>
internal sealed class LabelTable
{
    private readonly Dictionary<string, (int Line, SequenceAttribute?[] Said)> _rows = [];
    private readonly HashSet<string> _usedSequences = [];
    private readonly ValidationErrors _rowErrors;

    private LabelTable(string path, ValidationErrors rowErrors) => (Path, _rowErrors) = (path, rowErrors);

    /// <summary>What messages call it.</summary>
    public string Path { get; }

    /// <summary>Whether it has the column that says which sequences test.</summary>
    public bool HasSplit { get; private init; }

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="task">Which of its columns is what.</param>
    /// <param name="rowErrors">Receives what is wrong with its rows.</param>
    /// <param name="columnErrors">Receives what is wrong with its columns.</param>
    /// <exception cref="ValidationException">It cannot be read.</exception>
    public static LabelTable Read(
        string path, DatasetTask task, ValidationErrors rowErrors, ICollection<ValidationError> columnErrors)
    {
        using var file = new CsvReader(path, rowErrors);
        var columns = new ColumnResolver(file, path, columnErrors);
        int[] labels = [.. DatasetTask.SplitNames(task.Label).Select(name => columns.Require(name, "label"))];
        int split = task.Split.Length == 0 ? -1 : columns.Find(task.Split);
        var table = new LabelTable(path, rowErrors) { HasSplit = split >= 0 };
        var attributes = new SequenceAttributes(file, [.. labels, split], rowErrors);
        while (columns.Sequence >= 0 && file.MoveNext())
        {
            var name = file[columns.Sequence].ToString();
            attributes.ReadRow();
            if (!table._rows.TryAdd(name, (file.Line, attributes.TakeAll())))
            {
                rowErrors.Add(file.Line, ColumnResolver.SequenceColumnName,
                    $"{Escape.Quote(name)} has a row already, line {table._rows[name].Line}; one is needed");
            }
        }

        return table;
    }

    /// <summary>What it says of a sequence; null where it does not know it.</summary>
    public SequenceAttribute?[]? GetAttributes(string sequence)
    {
        _usedSequences.Add(sequence);
        return _rows.GetValueOrDefault(sequence).Said;
    }

    /// <summary>Calls every row a mistake whose sequence was not asked for.</summary>
    /// <param name="datasetPath">The file of the sequences.</param>
    public void ReportUnusedRows(string datasetPath)
    {
        foreach ((string name, (int line, _)) in _rows.Where(row => !_usedSequences.Contains(row.Key)))
            _rowErrors.Add(line, ColumnResolver.SequenceColumnName,
                $"{Escape.Quote(name)} has no row in {datasetPath}");
    }
}
