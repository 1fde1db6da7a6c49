using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Models.Json;

namespace LatchLab.Models;

/// <summary>
/// The fields of an object by their names, each given once. A misspelt name is one mistake, not a missing field and an
/// unknown one: its value is read under the name that was meant.
/// </summary>
internal sealed class JsonFieldTable
{
    private readonly JsonTreeValue _object;
    private readonly ValidationErrors _errors;
    private readonly List<Field> _unmatched;
    private readonly Dictionary<string, Field> _matched = [];

    /// <summary>Starts on an object, none of whose fields has a meaning yet.</summary>
    public JsonFieldTable(JsonTreeValue @object, ValidationErrors errors)
    {
        _object = @object;
        _errors = errors;
        _unmatched =
        [
            .. from field in @object.Fields() select new Field(field.Name.Value, field.Name, field.Value),
        ];
    }

    /// <summary>Gives a meaning to the fields with these names, or with a misspelling of a missing one.</summary>
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

    /// <summary>Calls every field that has got no meaning a mistake.</summary>
    /// <param name="owner">What has no such field.</param>
    /// <param name="names">The fields it has.</param>
    public void ReportUnknownFields(string owner, IReadOnlyList<string> names)
    {
        foreach (Field field in _unmatched)
            AddError(field, $"unknown field; {owner} has {string.Join(", ", names)}", group: "");
    }

    /// <summary>The value of a field; null where it is missing, which is a mistake.</summary>
    /// <param name="name">A claimed name.</param>
    /// <param name="expected">What would be right.</param>
    public JsonTreeValue? Find(string name, string expected)
    {
        if (_matched.TryGetValue(name, out Field field))
            return field.Value;
        _errors.Add(_object.Line, name, $"missing; {expected} is needed");
        return null;
    }

    /// <summary>Calls it a mistake if neither of two claimed fields is there, or both.</summary>
    public void RequireOne(string name, string other)
    {
        if (!Has(name) && !Has(other))
            _errors.Add(_object.Line, name, $"missing; it or {Escape.Quote(other)} in its place is needed");
        if (Has(name) && Has(other))
        {
            int line = _matched[name].NameToken.Line;
            string problem = $"excludes {Escape.Quote(name)} (line {line}): give one of the two";
            AddError(_matched[other], problem, group: other);
        }
    }

    /// <summary>Whether a claimed field is there.</summary>
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
