using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Models.Json;

namespace LatchLab.Models;

/// <summary>
/// The fields of an object by name. Each may be given once. A misspelt name counts as one error, not as a missing
/// and an unknown field: its value is read under the nearest known name.
/// </summary>
internal sealed class JsonFieldTable
{
    private readonly JsonTreeValue _object;
    private readonly ValidationErrors _errors;
    private readonly List<Field> _unmatched;
    private readonly Dictionary<string, Field> _matched = [];

    /// <summary>Takes the fields of an object; all of them are unmatched at first.</summary>
    public JsonFieldTable(JsonTreeValue @object, ValidationErrors errors)
    {
        _object = @object;
        _errors = errors;
        _unmatched =
        [
            .. from field in @object.Fields() select new Field(field.Name.Value, field.Name, field.Value),
        ];
    }

    /// <summary>Gives fields with a former name today's name.</summary>
    /// <param name="formerNames">Today's name by former name.</param>
    /// <param name="note">Receives line and message for each renamed field; null to rename silently.</param>
    public void Rename(IReadOnlyDictionary<string, string> formerNames, Action<string>? note)
    {
        for (int i = 0; i < _unmatched.Count; i++)
        {
            Field field = _unmatched[i];
            if (!formerNames.TryGetValue(field.Name, out string? name))
                continue;
            _unmatched[i] = field with { Name = name };
            note?.Invoke(
                $"{field.NameToken.Line}: the field {Escape.Quote(field.Name)} is now called {Escape.Quote(name)}");
        }
    }

    /// <summary>Matches fields to these names, including fields that misspell a missing name.</summary>
    public void Match(IReadOnlyList<string> names)
    {
        foreach (Field field in _unmatched.Where(field => names.Contains(field.Name)))
        {
            if (!_matched.TryAdd(field.Name, field))
            {
                int line = _matched[field.Name].NameToken.Line;
                AddError(field, $"given twice; line {line} has it already", group: field.Name);
            }
        }

        _ = _unmatched.RemoveAll(field => names.Contains(field.Name));
        _ = _unmatched.RemoveAll(field => MatchMisspelled(field, names));
    }

    /// <summary>Reports every unmatched field as an error.</summary>
    /// <param name="owner">The name of the owner of the fields, for messages.</param>
    /// <param name="names">The fields that the owner has.</param>
    public void ReportUnknownFields(string owner, IReadOnlyList<string> names)
    {
        foreach (Field field in _unmatched)
            AddError(field, $"unknown field; {owner} has {string.Join(", ", names)}", group: "");
    }

    /// <summary>Returns the value of a field; reports an error and returns null if it is missing.</summary>
    /// <param name="name">A matched name.</param>
    /// <param name="expected">The expected value, for the message.</param>
    public JsonTreeValue? Find(string name, string expected)
    {
        if (_matched.TryGetValue(name, out Field field))
            return field.Value;
        _errors.Add(_object.Line, name, $"missing; {expected} is needed");
        return null;
    }

    /// <summary>Reports an error unless exactly one of two fields is present.</summary>
    public void RequireOne(string name, string other)
    {
        if (!Has(name) && !Has(other))
            _errors.Add(_object.Line, name, $"missing; either it or {Escape.Quote(other)} is needed");
        if (Has(name) && Has(other))
        {
            int line = _matched[name].NameToken.Line;
            string problem = $"cannot be combined with {Escape.Quote(name)} (line {line}): give one of the two";
            AddError(_matched[other], problem, group: other);
        }
    }

    /// <summary>Whether a field is present.</summary>
    public bool Has(string name) => _matched.ContainsKey(name);

    private bool MatchMisspelled(Field field, IReadOnlyList<string> names)
    {
        if (NearestName.Find(field.Name, names.Where(name => !_matched.ContainsKey(name))) is not { } nearest)
            return false;
        _matched.Add(nearest, field);
        AddError(field, $"unknown field; did you mean {Escape.Quote(nearest)}?", group: "");
        return true;
    }

    private void AddError(Field field, string problem, string group)
    {
        string name = field.Name.Length == 0 ? Escape.Quote("") : Escape.Text(field.Name);
        _errors.Add(field.NameToken.Line, name, problem, group);
    }

    private readonly record struct Field(string Name, JsonTreeValue NameToken, JsonTreeValue Value);
}
