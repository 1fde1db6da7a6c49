using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Tasks;

namespace LatchLab.Models.Datasets;

/// <summary>
/// The columns of a table for a network that is already trained. The table is wide, with a sequence in each row, if its
/// columns are steps of the inputs, such as <c>x1</c> and <c>x2</c>, and none has the name of an input itself.
/// </summary>
internal sealed class RawColumns
{
    private readonly IReadOnlyList<string> _header;
    private readonly string _path;
    private readonly List<ValidationError> _errors = [];
    private readonly NumberedColumns _numbered;

    /// <summary>Finds the columns.</summary>
    /// <exception cref="ValidationException">A column is missing.</exception>
    public RawColumns(ITable file, string path, NetworkData data, bool isSequenceOptional)
    {
        (_header, _path) = (file.Header, path);
        var columns = new ColumnResolver(file, path, data, _errors);
        _numbered = new(_header, [.. Enumerable.Range(0, _header.Count)], path);
        Sequence = columns.Sequence;
        int[] inputs = [.. data.Columns.Select(columns.Find)];
        IsWide = inputs.All(column => column < 0) && _numbered.Names.Intersect(data.Columns).Any();
        Step = IsWide ? -1 : columns.Find(data.StepColumn);
        Inputs = IsWide ? ResolveSteps(data.Columns) : inputs;
        if (!IsWide)
        {
            RequireSequence(data.SequenceColumn, isSequenceOptional);
            _errors.AddRange(data.Columns.Where((_, input) => inputs[input] < 0)
                .Select(name => DescribeMissing(name, _header.Except(data.Columns))));
        }

        Labels = FindLabels(data, columns);
        if (_errors.Count > 0)
            throw new ValidationException(_errors);
        HashSet<int> used = [Sequence, Step, .. Inputs, .. Labels];
        Ignored = [.. _header.Where((_, column) => !used.Contains(column))];
    }

    /// <summary>Whether each row is a sequence, and not a step.</summary>
    public bool IsWide { get; }

    /// <summary>The column of the sequence; −1 if there is none.</summary>
    public int Sequence { get; }

    /// <summary>The column of the number of the step; −1 if there is none.</summary>
    public int Step { get; }

    /// <summary>[step of the row][input].</summary>
    public int[] Inputs { get; }

    /// <summary>[label], or [step of the row][label]; empty if a label is missing.</summary>
    public int[] Labels { get; }

    /// <summary>The names of the others.</summary>
    public IReadOnlyList<string> Ignored { get; }

    private int[] ResolveSteps(IReadOnlyList<string> names)
    {
        string[] missing = [.. names.Except(_numbered.Names)];
        _errors.AddRange(missing.Select(name => DescribeMissing($"{name}1", _header)));
        return missing.Length > 0 ? [] : _numbered.Resolve(names, _errors);
    }

    private int[] FindLabels(NetworkData data, ColumnResolver columns)
    {
        if (!IsWide || !data.HasStepLabels)
        {
            int[] labels = [.. data.Labels.Select(columns.Find)];
            return labels.Contains(-1) ? [] : labels;
        }

        if (data.Labels.Except(_numbered.Names).Any() || _errors.Count > 0)
            return [];
        int[] steps = _numbered.Resolve(data.Labels, _errors);
        if (_errors.Count == 0)
        {
            ColumnResolver.RequireEqualSteps(
                _path, steps.Length / data.Labels.Count, Inputs.Length / data.Columns.Count, _errors);
        }

        return steps;
    }

    private void RequireSequence(string name, bool isOptional)
    {
        if (Sequence >= 0 || isOptional)
            return;
        _errors.Add(new($"{_path}:1", Escape.Text(name), "no column has this name; each row is a step, and this " +
            $"column names its sequence{NearestName.FormatSuggestion(name, _header.Select(Escape.Text))}"));
    }

    private ValidationError DescribeMissing(string column, IEnumerable<string> candidates)
        => new($"{_path}:1", Escape.Text(column), "no column has this name, and the network was trained with it" +
            NearestName.FormatSuggestion(column, candidates.Select(Escape.Text)));
}
