using LatchLab.Tasks;

namespace LatchLab.Formats.Csv;

/// <summary>
/// Which column of a file is what. Names are those of the header, to the letter; a name that no column has is told with
/// the nearest, at the setting that gives it.
/// </summary>
internal sealed class SequenceColumns
{
    public const string SequenceName = "sequence", StepName = "step";

    private readonly CsvFile _file;
    private readonly string _path;
    private readonly ICollection<InputError> _errors;

    /// <summary>Looks for the columns.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">What messages call it.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public SequenceColumns(CsvFile file, string path, ICollection<InputError> errors)
    {
        (_file, _path, _errors) = (file, path, errors);
        foreach ((string name, int count) in file.Header.CountBy(name => name))
        {
            if (count > 1 && name.Length > 0)
                errors.Add(new($"{path}:1", Quotation.Plain(name), $"is the name of {count} columns"));
        }

        Sequence = Find(SequenceName);
        if (Sequence < 0)
        {
            string found = string.Join(", ", file.Header.Take(12).Select(Quotation.Of));
            string more = file.Header.Count > 12 ? $" and {file.Header.Count - 12} more" : "";
            errors.Add(new($"{path}:1", SequenceName, "no column has this name; a row is a step, and this column " +
                $"says of which sequence; there are {found}{more}{NearestName.Hint(SequenceName, file.Header)}"));
        }
    }

    /// <summary>The column that names the sequence; −1 where it is missing.</summary>
    public int Sequence { get; }

    /// <summary>The index of a column; −1 where there is none of that name.</summary>
    public int Find(string name) => ((List<string>)_file.Header).IndexOf(name);

    /// <summary>The column that a setting names; −1, and a mistake, where there is none.</summary>
    public int Require(string name, string setting, string wayOut = "")
    {
        int column = Find(name);
        if (column < 0)
        {
            string there = string.Join(", ", _file.Header.Select(Quotation.Plain));
            _errors.Add(new($"--{setting}", "", $"{_path} has no column {Quotation.Of(name)}; it has {there}" +
                $"{NearestName.Hint(name, _file.Header)}{wayOut}"));
        }

        return column;
    }

    /// <summary>The columns that are named, or all that are nothing else.</summary>
    public int[] Inputs(SequencesTask task, IReadOnlyCollection<int> others)
    {
        IReadOnlyList<string> names = SequencesTask.Names(task.Inputs);
        if (names.Count > 0)
            return [.. names.Select(name => Require(name, "inputs"))];
        int[] rest = [.. Enumerable.Range(0, _file.Header.Count).Except(others)];
        foreach (int column in rest.Where(column => _file.Header[column].Length == 0))
        {
            _errors.Add(new($"{_path}:1", "", $"column {column + 1} has no name; name it, or name the inputs"));
        }

        if (rest.Length == 0)
            _errors.Add(new($"{_path}:1", "", "no column is left for the inputs; at least one is needed"));
        return rest;
    }
}
