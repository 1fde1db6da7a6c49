namespace LatchLab.Formats;

/// <summary>
/// The mistakes found in a file so far. All are counted; of one field (or of the lines of a file without fields) at
/// most ten are shown, so that a table in the wrong format fills no screen, and no memory.
/// </summary>
/// <param name="fileName">What messages call the file.</param>
internal sealed class Mistakes(string fileName)
{
    /// <summary>How many mistakes of one field are shown.</summary>
    public const int Shown = 10;

    private readonly List<(int Line, InputError Error)> _shown = [];
    private readonly Dictionary<string, int> _counts = [];

    /// <summary>Takes a mistake.</summary>
    /// <param name="line">Line, from 1.</param>
    /// <param name="field">The field; empty in a file without fields.</param>
    /// <param name="problem">What is wrong and what would be right.</param>
    public void Add(int line, string field, string problem) => Add(line, field, problem, group: field);

    /// <summary>Takes a mistake that counts with others: there may be any number of fields nobody knows.</summary>
    public void Add(int line, string field, string problem, string group)
    {
        int count = _counts.GetValueOrDefault(group);
        _counts[group] = count + 1;
        if (count < Shown)
            _shown.Add((line, new InputError($"{fileName}:{line}", field, problem)));
    }

    /// <summary>Whether there are any.</summary>
    public bool Any => _shown.Count > 0;

    /// <summary>Whether a field has mistakes.</summary>
    public bool Concern(string field) => _counts.ContainsKey(field);

    /// <summary>Those that are shown, in the order of the lines, and how many there are besides.</summary>
    public IReadOnlyList<InputError> All()
    {
        IEnumerable<InputError> inOrder = _shown.OrderBy(mistake => mistake.Line).Select(mistake => mistake.Error);
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
