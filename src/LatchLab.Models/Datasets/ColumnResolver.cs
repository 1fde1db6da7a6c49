using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Tasks;

namespace LatchLab.Models.Datasets;

/// <summary>
/// Maps column names to column indices. Names match the header; a case-insensitive match is accepted if it is unique.
/// An unknown name is reported at the setting that gives it, together with the nearest column name.
/// </summary>
internal sealed class ColumnResolver
{
    private const string WideHint = "; if each row is a whole sequence, give layout=wide";

    private readonly ITable _file;
    private readonly string _path;
    private readonly ICollection<ValidationError> _errors;
    private readonly bool _hasDefaultSequence;

    /// <summary>Validates the header and finds the sequence column.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">The name of the file in messages.</param>
    /// <param name="task">Names the columns.</param>
    /// <param name="errors">Receives errors.</param>
    /// <exception cref="ValidationException">The first line has numbers, and is no header.</exception>
    public ColumnResolver(ITable file, string path, DatasetTask task, ICollection<ValidationError> errors)
    {
        (_file, _path, _errors) = (file, path, errors);
        ValidateHeader([task.Sequence, DatasetTask.DefaultLabel, .. DatasetTask.SplitNames(task.Label)]);
        _hasDefaultSequence = task.Sequence == DatasetTask.DefaultSequence;
        Sequence = _hasDefaultSequence ? Find(task.Sequence)
            : Require(task.Sequence, "sequence");
    }

    /// <summary>The same for a network that is already trained.</summary>
    /// <exception cref="ValidationException">The first line has numbers, and is no header.</exception>
    public ColumnResolver(ITable file, string path, NetworkData data, ICollection<ValidationError> errors)
    {
        (_file, _path, _errors) = (file, path, errors);
        ValidateHeader([data.SequenceColumn, DatasetTask.DefaultLabel, .. data.Labels, .. data.Columns]);
        Sequence = Find(data.SequenceColumn);
    }

    /// <summary>The column of the sequence name; −1 if it is missing.</summary>
    public int Sequence { get; }

    /// <summary>Reports an error if the column of the sequence is missing and its name is the default.</summary>
    public void RequireSequence()
    {
        const string name = DatasetTask.DefaultSequence;
        if (Sequence >= 0 || !_hasDefaultSequence)
            return;
        string availableColumns = string.Join(", ", _file.Header.Take(12).Select(Escape.Quote));
        string omitted = _file.Header.Count > 12 ? $" and {_file.Header.Count - 12} more" : "";
        string? nearest = NearestName.Find(name, _file.Header.Select(Escape.Text));
        string hint = $"; if one of them is it, give sequence={nearest ?? "NAME"}" + (nearest is null ? WideHint : "");
        _errors.Add(new($"{_path}:1", name, "no column has this name; each row is a step, and this column names its " +
            $"sequence; the columns are {availableColumns}{omitted}{hint}"));
    }

    /// <summary>
    /// Returns the index of a column: an exact match, or a unique case-insensitive match; −1 if there is neither.
    /// </summary>
    public int Find(string name)
    {
        List<string> header = [.. _file.Header];
        int exact = header.IndexOf(name);
        if (exact >= 0)
            return exact;
        int first = header.FindIndex(IsAlike);
        return first == header.FindLastIndex(IsAlike) ? first : -1;

        bool IsAlike(string other) => other.Equals(name, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Returns the column that a setting names; reports an error and returns −1 if there is none.</summary>
    public int Require(string name, string setting, string alternative = "")
    {
        int column = Find(name);
        if (column < 0)
        {
            string availableColumns = string.Join(", ", _file.Header.Select(Escape.Text));
            _errors.Add(
                new("", $"task.{setting}", $"{_path} has no column {Escape.Quote(name)}; it has {availableColumns}" +
                $"{GetNearestNameHint(name)}{alternative}"));
        }

        return column;
    }

    private string GetNearestNameHint(string name)
        => NearestName.FormatSuggestion(name, _file.Header.Select(Escape.Text));

    /// <summary>Returns the input columns of a long table: named by the task, or all without another role.</summary>
    public (int[] Columns, IReadOnlyList<string> Names) ResolveInputs(
        DatasetTask task, IReadOnlyCollection<int> others)
    {
        IReadOnlyList<string> names = ReadInputNames(task);
        int[] columns = names.Count > 0 ? [.. names.Select(name => Require(name, "inputs"))] : FindRemaining(others);
        return (columns, [.. columns.Where(column => column >= 0).Select(column => _file.Header[column])]);
    }

    /// <summary>Returns the input columns of a wide table: [step][input].</summary>
    public (int[] Columns, IReadOnlyList<string> Names) ResolveWideInputs(
        DatasetTask task, IReadOnlyCollection<int> others)
    {
        int[] remaining = FindRemaining(others);
        var numbered = new NumberedColumns(_file.Header, remaining, _path);
        IReadOnlyList<string> names = ReadInputNames(task);
        foreach (string unknown in names.Except(numbered.Names))
        {
            _errors.Add(new("", "task.inputs", $"{_path} has no column {Escape.Quote(unknown + "1")} for the first " +
                $"step of {Escape.Quote(unknown)}{NearestName.FormatSuggestion(unknown, numbered.Names)}"));
        }

        foreach (int column in names.Count > 0 ? [] : numbered.OtherColumns)
        {
            string inputs = numbered.Names.Count == 0 ? "" : $": inputs={string.Join(',', numbered.Names)}";
            _errors.Add(new($"{_path}:1", Escape.Text(_file.Header[column]), "is no step of an input, such as x1, " +
                $"x2, x3; if it is no input, name the inputs{inputs}" + (Sequence >= 0 ? ""
                : $"; if it names the sequences, give sequence={Escape.Text(_file.Header[column])}")));
        }

        if (names.Count == 0)
            names = numbered.Names;
        return (_errors.Count > 0 ? [] : numbered.Resolve(names, _errors), names);
    }

    /// <summary>Returns the columns of the labels of every step of a wide table: [step][label].</summary>
    public int[] ResolveWideLabels(IReadOnlyList<string> names)
    {
        var numbered = new NumberedColumns(_file.Header, [.. Enumerable.Range(0, _file.Header.Count)], _path);
        foreach (string unknown in names.Except(numbered.Names))
        {
            _errors.Add(new("", "task.label", $"{_path} has no column {Escape.Quote(unknown + "1")} for the label of " +
                $"the first step{NearestName.FormatSuggestion(unknown, numbered.Names)}"));
        }

        return _errors.Count > 0 ? [] : numbered.Resolve(names, _errors);
    }

    /// <summary>Reports an error if the labels of a wide table have other steps than the inputs.</summary>
    public static void RequireEqualSteps(
        string path, int labelSteps, int inputSteps, ICollection<ValidationError> errors)
    {
        if (labelSteps != inputSteps)
        {
            errors.Add(new($"{path}:1", "", $"the labels have {labelSteps} steps and the inputs {inputSteps}; with " +
                "label-per=step every step has a label"));
        }
    }

    private IReadOnlyList<string> ReadInputNames(DatasetTask task)
    {
        IReadOnlyList<string> names = DatasetTask.SplitNames(task.Inputs);
        foreach (string twice in names.CountBy(name => name).Where(name => name.Value > 1).Select(name => name.Key))
            _errors.Add(new("", "task.inputs", $"has {Escape.Quote(twice)} more than once; name each column once"));
        return names;
    }

    /// <summary>The columns without another role.</summary>
    private int[] FindRemaining(IReadOnlyCollection<int> others)
    {
        int[] remaining = [.. Enumerable.Range(0, _file.Header.Count).Except(others)];
        foreach (int column in remaining.Where(column => _file.Header[column].Length == 0))
        {
            string advice = column == _file.Header.Count - 1
                ? $"{_file.TrailingColumnHint} from every line, or name the inputs" : "name it, or name the inputs";
            _errors.Add(new($"{_path}:1", "", $"column {column + 1} has no name; {advice}"));
        }

        if (remaining.Length == 0)
            _errors.Add(new($"{_path}:1", "", "no column is left for the inputs; at least one is needed"));
        return remaining;
    }

    /// <param name="names">Names of columns, of which a header has one if others are numbers.</param>
    /// <exception cref="ValidationException">The first line has numbers, and is no header.</exception>
    private void ValidateHeader(IReadOnlyList<string> names)
    {
        if (_file.Header.Any(name => NumberFormat.TryParseFinite(name, out _)) && names.All(name => Find(name) < 0))
        {
            throw new ValidationException($"{_path}:1", "", "has numbers, where the header with the names of the " +
                "columns is needed; add a first line such as sequence,label,x,y");
        }

        foreach ((string name, int count) in _file.Header.CountBy(name => name))
        {
            if (count > 1 && name.Length > 0)
                _errors.Add(new($"{_path}:1", Escape.Text(name), $"is the name of {count} columns"));
            if (name.Contains('\uFFFD'))
                _errors.Add(new($"{_path}:1", Escape.Text(name), "is not UTF-8 text; save the file as UTF-8"));
            if (name.Any(char.IsControl))
                _errors.Add(new($"{_path}:1", Escape.Text(name), "is a name with unprintable characters"));
        }
    }
}
