using LatchLab.Tasks;

namespace LatchLab.Formats.Csv;

/// <summary>A second file that says the labels of the sequences (and whether they test), a row for each.</summary>
internal sealed class LabelTable
{
    private readonly Dictionary<string, (int Line, Saying?[] Said)> _rows = [];
    private readonly HashSet<string> _taken = [];
    private readonly Mistakes _mistakes;

    private LabelTable(string path, Mistakes mistakes) => (Path, _mistakes) = (path, mistakes);

    /// <summary>What messages call it.</summary>
    public string Path { get; }

    /// <summary>Whether it has the column that says which sequences test.</summary>
    public bool HasSplit { get; private init; }

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="task">Which of its columns is what.</param>
    /// <param name="mistakes">Receives what is wrong with its rows.</param>
    /// <param name="errors">Receives what is wrong with its columns.</param>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static LabelTable Read(
        string path, SequencesTask task, Mistakes mistakes, ICollection<InputError> errors)
    {
        using var file = new CsvFile(path, mistakes);
        var columns = new SequenceColumns(file, path, errors);
        int[] labels = [.. SequencesTask.Names(task.Label).Select(name => columns.Require(name, "label"))];
        int split = task.Split.Length == 0 ? -1 : columns.Find(task.Split);
        var table = new LabelTable(path, mistakes) { HasSplit = split >= 0 };
        var sayings = new Sayings(file, [.. labels, split], mistakes);
        while (columns.Sequence >= 0 && file.MoveNext())
        {
            var name = file[columns.Sequence].ToString();
            sayings.Take();
            if (!table._rows.TryAdd(name, (file.Line, sayings.Finish())))
            {
                mistakes.Add(file.Line, SequenceColumns.SequenceName,
                    $"{Quotation.Of(name)} has a row already, line {table._rows[name].Line}; one is needed");
            }
        }

        return table;
    }

    /// <summary>What it says of a sequence; null where it does not know it.</summary>
    public Saying?[]? Take(string sequence)
    {
        _taken.Add(sequence);
        return _rows.GetValueOrDefault(sequence).Said;
    }

    /// <summary>Calls every row a mistake whose sequence was not asked for.</summary>
    /// <param name="data">The file of the sequences.</param>
    public void RefuseOthers(string data)
    {
        foreach ((string name, (int line, _)) in _rows.Where(row => !_taken.Contains(row.Key)))
            _mistakes.Add(line, SequenceColumns.SequenceName, $"{Quotation.Of(name)} has no row in {data}");
    }
}
