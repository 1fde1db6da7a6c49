using LatchLab.Formats.Json;

namespace LatchLab.Formats;

/// <summary>
/// The fields of an object by their names, each given once. A misspelt name is one mistake, not a missing field and an
/// unknown one: its value is read under the name that was meant.
/// </summary>
internal sealed class FieldNames
{
    private readonly JsonValue _object;
    private readonly Mistakes _mistakes;
    private readonly List<Field> _unclaimed;
    private readonly Dictionary<string, Field> _claimed = [];

    /// <summary>Starts on an object, none of whose fields has a meaning yet.</summary>
    public FieldNames(JsonValue @object, Mistakes mistakes)
    {
        _object = @object;
        _mistakes = mistakes;
        _unclaimed =
        [
            .. from field in @object.Fields() select new Field(field.Name.Text, field.Name, field.Value),
        ];
    }

    /// <summary>Gives a meaning to the fields with these names, or with a misspelling of a missing one.</summary>
    public void Claim(IReadOnlyList<string> names)
    {
        foreach (Field field in _unclaimed.Where(field => names.Contains(field.Name)))
        {
            if (!_claimed.TryAdd(field.Name, field))
            {
                int line = _claimed[field.Name].Place.Line;
                AddMistake(field, $"given twice; line {line} has it already", group: field.Name);
            }
        }

        _ = _unclaimed.RemoveAll(field => names.Contains(field.Name));
        _ = _unclaimed.RemoveAll(field => ClaimMisspelt(field, names));
    }

    /// <summary>Calls every field that has got no meaning a mistake.</summary>
    /// <param name="owner">What has no such field.</param>
    /// <param name="names">The fields it has.</param>
    public void RefuseOthers(string owner, IReadOnlyList<string> names)
    {
        foreach (Field field in _unclaimed)
            AddMistake(field, $"unknown field; {owner} has {string.Join(", ", names)}", group: "");
    }

    /// <summary>The value of a field; null where it is missing, which is a mistake.</summary>
    /// <param name="name">A claimed name.</param>
    /// <param name="needed">What would be right.</param>
    public JsonValue? Find(string name, string needed)
    {
        if (_claimed.TryGetValue(name, out Field field))
            return field.Value;
        _mistakes.Add(_object.Line, name, $"missing; {needed} is needed");
        return null;
    }

    /// <summary>Calls it a mistake if neither of two claimed fields is there, or both.</summary>
    public void RequireOne(string name, string other)
    {
        if (!Has(name) && !Has(other))
            _mistakes.Add(_object.Line, name, $"missing; it or {Quotation.Of(other)} in its place is needed");
        if (Has(name) && Has(other))
        {
            int line = _claimed[name].Place.Line;
            AddMistake(_claimed[other], $"excludes {Quotation.Of(name)} (line {line}): give one of the two", group: other);
        }
    }

    /// <summary>Whether a claimed field is there.</summary>
    public bool Has(string name) => _claimed.ContainsKey(name);

    private bool ClaimMisspelt(Field field, IReadOnlyList<string> names)
    {
        if (NearestName.Of(field.Name, names.Where(name => !_claimed.ContainsKey(name))) is not { } meant)
            return false;
        _claimed.Add(meant, field);
        AddMistake(field, $"unknown field; did you mean {Quotation.Of(meant)}?", group: "");
        return true;
    }

    private void AddMistake(Field field, string problem, string group)
    {
        string name = field.Name.Length == 0 ? Quotation.Of("") : Quotation.Plain(field.Name);
        _mistakes.Add(field.Place.Line, name, problem, group);
    }

    private readonly record struct Field(string Name, JsonValue Place, JsonValue Value);
}
