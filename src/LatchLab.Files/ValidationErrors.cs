using LatchLab.Foundation;

namespace LatchLab.Files;

/// <summary>
/// The mistakes found in a file so far. All are counted; of one field (or of the lines of a file without fields) at
/// most ten are shown, so that a table in the wrong format fills no screen, and no memory. One that is found twice is
/// one.
/// </summary>
/// <param name="fileName">What messages call the file.</param>
public sealed class ValidationErrors(string fileName)
{
    /// <summary>How many mistakes of one field are shown.</summary>
    public const int MaximumShownPerGroup = 10;

    private readonly List<(SourceLocation Place, ValidationError Error)> _shown = [];
    private readonly HashSet<ValidationError> _reported = [];
    private readonly Dictionary<string, int> _counts = [];

    /// <summary>Whether there are any.</summary>
    public bool HasErrors => _shown.Count > 0;

    /// <summary>Takes a mistake.</summary>
    /// <param name="line">Line, from 1.</param>
    /// <param name="field">The field; empty in a file without fields.</param>
    /// <param name="problem">What is wrong and what would be right.</param>
    public void Add(int line, string field, string problem) => Add(line, field, problem, group: field);

    /// <summary>Takes a mistake that counts with others: there may be any number of fields nobody knows.</summary>
    public void Add(int line, string field, string problem, string group)
        => Add(new SourceLocation(line, Column: 0), field, problem, group);

    /// <summary>Takes a mistake at a line and a column.</summary>
    public void Add(SourceLocation location, string field, string problem)
        => Add(location, field, problem, group: field);

    /// <summary>Takes a mistake at a line and a column that counts with others.</summary>
    public void Add(SourceLocation location, string field, string problem, string group)
    {
        string where = location.Column == 0 ? $"{fileName}:{location.Line}"
            : $"{fileName}:{location.Line}:{location.Column}";
        Add(location, new ValidationError(where, field, problem), group);
    }

    /// <summary>Takes a mistake in another file, which bounds their number by itself.</summary>
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

    /// <summary>Whether one more of a group is only counted.</summary>
    public bool IsAtLimit(string group) => _counts.GetValueOrDefault(group) >= MaximumShownPerGroup;

    /// <summary>Whether a field has mistakes.</summary>
    public bool HasErrorsFor(string field) => _counts.ContainsKey(field);

    /// <summary>Those that are shown, in the order of the text, and how many there are besides.</summary>
    public IReadOnlyList<ValidationError> GetErrors()
    {
        IEnumerable<ValidationError> inOrder = _shown
            .OrderBy(entry => entry.Place.Line).ThenBy(entry => entry.Place.Column)
            .Select(entry => entry.Error);
        IEnumerable<ValidationError> truncated = _counts
            .Where(group => group.Value > MaximumShownPerGroup)
            .Select(
                group => new ValidationError(fileName, group.Key, $"and {group.Value - MaximumShownPerGroup} more"));
        return [.. inOrder, .. truncated];
    }

    /// <summary>Throws everything at once; does nothing where all was right.</summary>
    public void ThrowIfAny()
    {
        if (HasErrors)
            throw new ValidationException(GetErrors());
    }
}

/// <summary>A place in a text.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1; 0 for the whole line.</param>
public readonly record struct SourceLocation(int Line, int Column);
