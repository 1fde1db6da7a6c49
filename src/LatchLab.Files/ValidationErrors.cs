using LatchLab.Foundation;

namespace LatchLab.Files;

/// <summary>
/// Collects the errors found in a file. All errors are counted. At most ten are shown per field (or in all, for a file
/// without fields), which bounds output and memory for a table in an unexpected format. Duplicates count once.
/// </summary>
/// <param name="fileName">The name of the file in messages.</param>
public sealed class ValidationErrors(string fileName)
{
    /// <summary>The maximum number of errors shown per group, which is usually a field.</summary>
    public const int MaximumShownPerGroup = 10;

    private const int MaximumNamedGroups = 5;

    private readonly List<(SourceLocation Place, ValidationError Error)> _shown = [];
    private readonly HashSet<ValidationError> _reported = [];
    private readonly Dictionary<string, int> _counts = [];

    /// <summary>
    /// The maximum number of errors shown in all, for a table whose rows may all be invalid; one more line then counts
    /// the others.
    /// </summary>
    public int MaximumShown { get; init; } = int.MaxValue;

    /// <summary>Whether there are any errors.</summary>
    public bool HasErrors => _shown.Count > 0;

    /// <summary>Adds an error.</summary>
    /// <param name="line">The line, from 1.</param>
    /// <param name="field">The field; empty in a file without fields.</param>
    /// <param name="problem">The problem and what is expected.</param>
    /// <param name="group">The group; for example, all unknown fields share one. Null for that of the field.</param>
    public void Add(int line, string field, string problem, string? group = null)
        => Add(new SourceLocation(line, Column: 0), field, problem, group);

    /// <summary>Adds an error at a line and column.</summary>
    public void Add(SourceLocation location, string field, string problem, string? group = null)
    {
        string where = location.Line == 0 ? "" // not in the file, but on the command line
            : location.Column == 0 ? $"{fileName}:{location.Line}"
            : $"{fileName}:{location.Line}:{location.Column}";
        Add(location, new ValidationError(where, field, problem), group ?? field);
    }

    /// <summary>Adds an error in another file. The caller limits the number of such errors.</summary>
    public void Add(ValidationError error)
    {
        if (_reported.Add(error))
            _shown.Add((new SourceLocation(int.MaxValue, Column: 0), error));
    }

    private void Add(SourceLocation location, ValidationError error, string group)
    {
        if (_reported.Contains(error))
            return;
        int count = _counts.GetValueOrDefault(group);
        _counts[group] = count + 1;
        if (count >= MaximumShownPerGroup)
            return;
        _reported.Add(error);
        _shown.Add((location, error));
    }

    /// <summary>Whether further errors of a group are counted but not shown.</summary>
    public bool IsAtLimit(string group) => _counts.GetValueOrDefault(group) >= MaximumShownPerGroup;

    /// <summary>Whether a field has errors.</summary>
    public bool HasErrorsFor(string field) => _counts.ContainsKey(field);

    /// <summary>Returns the shown errors in source order, then the number of omitted errors of each group.</summary>
    public IReadOnlyList<ValidationError> GetErrors()
    {
        IEnumerable<ValidationError> inOrder = _shown
            .OrderBy(entry => entry.Place.Line).ThenBy(entry => entry.Place.Column)
            .Select(entry => entry.Error);
        if (_counts.Values.Sum() > MaximumShown)
            return [.. inOrder.Take(MaximumShown), CountOmitted()];
        IEnumerable<ValidationError> truncated = _counts
            .Where(group => group.Value > MaximumShownPerGroup)
            .Select(
                group => new ValidationError(fileName, group.Key, $"and {group.Value - MaximumShownPerGroup} more"));
        return [.. inOrder, .. truncated];
    }

    /// <summary>Counts the errors that are not shown, by field.</summary>
    private ValidationError CountOmitted()
    {
        (string Field, int Count)[] groups = [.. _counts.Select(group => (group.Key, group.Value))
            .OrderByDescending(group => group.Value)];
        string fields =
            string.Join(", ", groups.Take(MaximumNamedGroups)
                .Select(group => $"{group.Field} {group.Count}".TrimStart()))
            + (groups.Length > MaximumNamedGroups ? ", …" : "");
        return new(fileName, "", $"and {_counts.Values.Sum() - MaximumShown} more; in all: {fields}");
    }

    /// <summary>Throws all errors in one exception; does nothing if there are none.</summary>
    public void ThrowIfAny()
    {
        if (HasErrors)
            throw new ValidationException(GetErrors());
    }
}

/// <summary>A location in a text.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1; 0 for the whole line.</param>
public readonly record struct SourceLocation(int Line, int Column);
