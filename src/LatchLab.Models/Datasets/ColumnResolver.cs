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
    public const string SequenceColumnName = "sequence", StepColumnName = "step";

    private const string LabelColumnName = "label";

    private const string WideFileHint =
        "; if each row is a whole sequence, convert the file (docs/reference/sequences.md)";

    private readonly CsvReader _file;
    private readonly string _path;
    private readonly ICollection<ValidationError> _errors;

    /// <summary>Validates the header and finds the sequence column.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">The name of the file in messages.</param>
    /// <param name="errors">Receives errors.</param>
    /// <exception cref="ValidationException">The first line has numbers, and is no header.</exception>
    public ColumnResolver(CsvReader file, string path, ICollection<ValidationError> errors)
    {
        (_file, _path, _errors) = (file, path, errors);
        if (Find(SequenceColumnName) < 0 && Find(LabelColumnName) < 0
            && file.Header.Any(name => NumberFormat.TryParseFinite(name, out _)))
        {
            throw new ValidationException($"{path}:1", "", "has numbers, where the header with the names of the " +
                "columns is needed; add a first line such as sequence,label,x,y");
        }

        foreach ((string name, int count) in file.Header.CountBy(name => name))
        {
            if (count > 1 && name.Length > 0)
                errors.Add(new($"{path}:1", Escape.Text(name), $"is the name of {count} columns"));
            if (name.Contains('\uFFFD'))
                errors.Add(new($"{path}:1", Escape.Text(name), "is not UTF-8 text; save the file as UTF-8"));
            if (name.Any(char.IsControl))
                errors.Add(new($"{path}:1", Escape.Text(name), "is a name with unprintable characters"));
        }

        Sequence = Find(SequenceColumnName);
        if (Sequence < 0)
        {
            string availableColumns = string.Join(", ", file.Header.Take(12).Select(Escape.Quote));
            string? nearest = NearestName.Find(SequenceColumnName, file.Header.Select(Escape.Text));
            string hint = nearest is null ? WideFileHint : $"; if {Escape.Quote(nearest)} is this column, rename it";
            string omitted = file.Header.Count > 12 ? $" and {file.Header.Count - 12} more" : "";
            errors.Add(
                new($"{path}:1", SequenceColumnName, "no column has this name; each row is a step, and this column " +
                $"names its sequence; the columns are {availableColumns}{omitted}{hint}"));
        }
    }

    /// <summary>The column of the sequence name; −1 if it is missing.</summary>
    public int Sequence { get; }

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

    /// <summary>Returns the input columns: those that the task names, or all columns without another role.</summary>
    public int[] ResolveInputs(DatasetTask task, IReadOnlyCollection<int> others)
    {
        IReadOnlyList<string> names = DatasetTask.SplitNames(task.Inputs);
        if (names.Count > 0)
        {
            foreach (string twice in names.CountBy(name => name).Where(name => name.Value > 1).Select(name => name.Key))
                _errors.Add(new("", "task.inputs", $"has {Escape.Quote(twice)} more than once; name each column once"));
            return [.. names.Select(name => Require(name, "inputs"))];
        }

        int[] remaining = [.. Enumerable.Range(0, _file.Header.Count).Except(others)];
        foreach (int column in remaining.Where(column => _file.Header[column].Length == 0))
        {
            string advice = column == _file.Header.Count - 1
                ? $"{_file.TrailingSeparatorHint} from every line, or name the inputs" : "name it, or name the inputs";
            _errors.Add(new($"{_path}:1", "", $"column {column + 1} has no name; {advice}"));
        }

        if (remaining.Length == 0)
            _errors.Add(new($"{_path}:1", "", "no column is left for the inputs; at least one is needed"));
        return remaining;
    }
}
