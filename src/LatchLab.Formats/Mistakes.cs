namespace LatchLab.Formats;

/// <summary>
/// The mistakes found in a file so far. All are counted; of one field (or of the lines of a file without fields) at
/// most ten are shown, so that a table in the wrong format fills no screen, and no memory. One that is found twice is
/// one.
/// </summary>
/// <param name="fileName">What messages call the file.</param>
internal sealed class Mistakes(string fileName)
{
    /// <summary>How many mistakes of one field are shown.</summary>
    public const int Shown = 10;

    private readonly List<(TextPlace Place, InputError Error)> _shown = [];
    private readonly HashSet<InputError> _told = [];
    private readonly Dictionary<string, int> _counts = [];

    /// <summary>Whether there are any.</summary>
    public bool Any => _shown.Count > 0;

    /// <summary>Takes a mistake.</summary>
    /// <param name="line">Line, from 1.</param>
    /// <param name="field">The field; empty in a file without fields.</param>
    /// <param name="problem">What is wrong and what would be right.</param>
    public void Add(int line, string field, string problem) => Add(line, field, problem, group: field);

    /// <summary>Takes a mistake that counts with others: there may be any number of fields nobody knows.</summary>
    public void Add(int line, string field, string problem, string group)
        => Add(new TextPlace(line, Column: 0), field, problem, group);

    /// <summary>Takes a mistake at a line and a column.</summary>
    public void Add(TextPlace place, string field, string problem) => Add(place, field, problem, group: field);

    /// <summary>Takes a mistake at a line and a column that counts with others.</summary>
    public void Add(TextPlace place, string field, string problem, string group)
    {
        string where = place.Column == 0 ? $"{fileName}:{place.Line}" : $"{fileName}:{place.Line}:{place.Column}";
        Add(place, new InputError(where, field, problem), group);
    }

    /// <summary>Takes a mistake in another file, which bounds their number by itself.</summary>
    public void Add(InputError error)
    {
        if (_told.Add(error))
            _shown.Add((new TextPlace(int.MaxValue, Column: 0), error));
    }

    private void Add(TextPlace place, InputError error, string group)
    {
        if (_told.Contains(error))
            return;
        int count = _counts.GetValueOrDefault(group);
        _counts[group] = count + 1;
        if (count >= Shown)
            return;
        _told.Add(error);
        _shown.Add((place, error));
    }

    /// <summary>Whether one more of a group is only counted.</summary>
    public bool IsFull(string group) => _counts.GetValueOrDefault(group) >= Shown;

    /// <summary>Whether a field has mistakes.</summary>
    public bool Concern(string field) => _counts.ContainsKey(field);

    /// <summary>Those that are shown, in the order of the text, and how many there are besides.</summary>
    public IReadOnlyList<InputError> All()
    {
        IEnumerable<InputError> inOrder = _shown
            .OrderBy(mistake => mistake.Place.Line).ThenBy(mistake => mistake.Place.Column)
            .Select(mistake => mistake.Error);
        IEnumerable<InputError> rest = _counts
            .Where(group => group.Value > Shown)
            .Select(group => new InputError(fileName, group.Key, $"and {group.Value - Shown} more"));
        return [.. inOrder, .. rest];
    }

    /// <summary>Throws everything at once; does nothing where all was right.</summary>
    public void ThrowIfAny()
    {
        if (Any)
            throw new InputException(All());
    }
}

/// <summary>A place in a text.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1; 0 for the whole line.</param>
internal readonly record struct TextPlace(int Line, int Column);
