using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace LatchLab.Foundation;

/// <summary>
/// Finds the settings of a definition by their <see cref="SettingAttribute"/>, and changes them by name. A record of
/// records becomes a flat list of names, values, ranges and sources. A name is the property name in kebab case; a path
/// is the name after the section of the nested definition (<see cref="SettingSectionAttribute"/>). Every writable
/// property of a definition is either a setting, a collection, which has no settings, or a nested definition; one that
/// is null has no settings.
/// </summary>
public static class Settings
{
    private static readonly ConcurrentDictionary<Enum, string> ChoiceTexts = [];
    private static readonly ConcurrentDictionary<Type, object?> DefaultsByType = [];

    /// <summary>Every setting of a definition, in the order of declaration.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="section">The section of its own settings; empty for none.</param>
    public static IReadOnlyList<Setting> GetAll(object definition, string section = "")
        => [.. FindSettings(definition, section).Select(item => item.Member.Setting! with
        {
            Value = FormatValue(item.Member.Property.GetValue(item.Definition)!),
        })];

    /// <summary>The definition with some settings changed, whose new values are text.</summary>
    /// <param name="definition">A record whose properties are settings or nested records of settings.</param>
    /// <param name="changes">Name or path, and new value as text.</param>
    /// <param name="errors">Receives every validation error; the field of an error is the path of the setting.</param>
    public static TDefinition With<TDefinition>(
        TDefinition definition, IReadOnlyDictionary<string, string> changes, ICollection<ValidationError> errors)
        where TDefinition : class
        => With(definition, Parse(definition, changes, errors));

    /// <summary>
    /// The definition with some settings changed; nested definitions that do not change are shared with the original.
    /// </summary>
    /// <param name="definition">A record whose properties are settings or nested records of settings.</param>
    /// <param name="values">
    /// Values by path, as <see cref="Parse"/> returns them. Null keeps the value of the definition; a path that the
    /// definition does not have is skipped.
    /// </param>
    public static TDefinition With<TDefinition>(TDefinition definition, IReadOnlyDictionary<string, object?> values)
        where TDefinition : class
        => (TDefinition)SetValues(definition, "", values);

    /// <summary>Returns the valid values of settings by path: numbers, words and texts in the type of each.</summary>
    /// <param name="definition">The definition with the settings.</param>
    /// <param name="changes">Name or path, and value as text.</param>
    /// <param name="errors">Receives every validation error; the field of an error is the path of the setting.</param>
    public static Dictionary<string, object?> Parse(
        object definition, IReadOnlyDictionary<string, string> changes, ICollection<ValidationError> errors)
    {
        var values = new Dictionary<string, object?>();
        foreach ((_, DefinitionMember member) in FindSettings(definition))
        {
            Setting setting = member.Setting!;
            if ((changes.TryGetValue(setting.Path, out string? text) || changes.TryGetValue(setting.Name, out text))
                && member.Parse(text, errors) is { } value)
                values[setting.Path] = value;
        }

        return values;
    }

    /// <summary>The name at the end of a path.</summary>
    public static string GetName(string path) => path[(path.LastIndexOf('.') + 1)..];

    /// <summary>
    /// Returns an error for every setting whose value is outside its range. Values that were read from text are in
    /// range already; those of a definition written in C# may not be.
    /// </summary>
    public static IEnumerable<ValidationError> ValidateRanges(object definition)
    {
        foreach ((object owner, DefinitionMember member) in FindSettings(definition))
        {
            object? value = member.Property.GetValue(owner);
            if (!member.Allows(value))
            {
                yield return new("", member.Setting!.Path, string.Create(
                    CultureInfo.InvariantCulture, $"'{value}' is not allowed: give {member.Setting.AllowedValues}"));
            }
        }
    }

    /// <summary>
    /// Returns the settings that have no effect, by path, with the reason (<see cref="IConditionalSettings"/>).
    /// </summary>
    public static IReadOnlyDictionary<string, string> FindIdle(object definition)
    {
        var reasons = new Dictionary<string, string>();
        AddIdle(definition, "", reasons);
        return reasons;
    }

    /// <summary>Words separated by hyphens: <c>LearningRate</c> becomes <c>learning-rate</c>.</summary>
    public static string KebabCase(string name)
    {
        var words = new StringBuilder();
        foreach (char c in name)
        {
            if (char.IsUpper(c) && words.Length > 0)
                words.Append('-');
            words.Append(char.ToLowerInvariant(c));
        }

        return words.ToString();
    }

    /// <summary>A value as a user would write it.</summary>
    public static string FormatValue(object value) => value switch
    {
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        int number => number.ToString(CultureInfo.InvariantCulture),
        string text => text,
        Enum choice => ChoiceTexts.GetOrAdd(choice, static one => KebabCase(one.ToString())),
        _ => KebabCase(value.ToString()!),
    };

    /// <summary>Returns an error for each given setting that has no effect.</summary>
    /// <param name="definition">The definition with the given settings.</param>
    /// <param name="given">Names or paths.</param>
    public static IEnumerable<ValidationError> RefuseIdle(object definition, IEnumerable<string> given)
        => RefuseIdle(FindIdle(definition), given);

    /// <summary>Returns an error for each given setting that has no effect.</summary>
    /// <param name="idle">What <see cref="FindIdle"/> returned.</param>
    /// <param name="given">Names or paths.</param>
    public static IEnumerable<ValidationError> RefuseIdle(
        IReadOnlyDictionary<string, string> idle, IEnumerable<string> given)
    {
        if (idle.Count == 0)
            return [];
        HashSet<string> givenNames = [.. given];
        return idle
            .Where(entry => givenNames.Contains(entry.Key) || givenNames.Contains(GetName(entry.Key)))
            .Select(entry => CreateIdleError(entry.Key, entry.Value));
    }

    /// <summary>
    /// Returns an error for each setting that has no effect and whose value is not the default: a definition written in
    /// C# does not tell which settings were given.
    /// </summary>
    /// <param name="definition">The definition.</param>
    /// <param name="defaults">
    /// A definition whose values count as defaults, too, except in the nested definitions that both share; null for
    /// none.
    /// </param>
    public static IEnumerable<ValidationError> FindChangedIdle(object definition, object? defaults = null)
    {
        IReadOnlyDictionary<string, string> idle = FindIdle(definition);
        if (idle.Count == 0)
            yield break;
        var otherDefaults = (defaults is null ? [] : FindSettings(defaults)).ToDictionary(
            item => item.Member.Setting!.Path,
            item => (item.Definition, Value: item.Member.Property.GetValue(item.Definition)));
        foreach ((object owner, DefinitionMember member) in FindSettings(definition))
        {
            string path = member.Setting!.Path;
            if (!idle.TryGetValue(path, out string? reason))
                continue;
            object? value = member.Property.GetValue(owner);
            // The defaults of a type that needs arguments are unknown.
            object? pristine = DefaultsByType.GetOrAdd(owner.GetType(), static type
                => type.GetConstructor(Type.EmptyTypes) is null ? null : Activator.CreateInstance(type));
            if (pristine is not null && !Equals(value, member.Property.GetValue(pristine))
                && !(otherDefaults.TryGetValue(path, out var other) && !ReferenceEquals(owner, other.Definition)
                    && Equals(value, other.Value)))
                yield return CreateIdleError(path, reason);
        }
    }

    private static ValidationError CreateIdleError(string path, string reason)
        => new("", path, $"has no effect: {reason}");

    private static void AddIdle(object definition, string section, Dictionary<string, string> reasons)
    {
        DefinitionMember[] members = DefinitionMember.Find(definition.GetType(), section);
        foreach (DefinitionMember member in members)
        {
            if (member.Setting is null && member.Property.GetValue(definition) is { } child)
                AddIdle(child, member.Section, reasons);
        }

        if (definition is IConditionalSettings conditional)
        {
            foreach ((string setting, string reason) in conditional.FindIdleSettings())
                reasons.TryAdd(
                    Array.Find(members, member => member.Property.Name == setting)?.Setting?.Path ?? setting, reason);
        }
    }

    private static object SetValues(object definition, string section, IReadOnlyDictionary<string, object?> values)
    {
        object? copy = null;
        foreach (DefinitionMember member in DefinitionMember.Find(definition.GetType(), section))
        {
            object? value = null, changed = null;
            if (member.Setting is not null)
            {
                changed = values.GetValueOrDefault(member.Setting.Path);
            }
            else if ((value = member.Property.GetValue(definition)) is not null)
            {
                changed = SetValues(value, member.Section, values);
            }

            if (changed is null || ReferenceEquals(changed, value))
                continue;
            copy ??= definition.GetType().GetMethod("<Clone>$")!.Invoke(definition, null)!;
            member.Property.SetValue(copy, changed);
        }

        return copy ?? definition;
    }

    private static IEnumerable<(object Definition, DefinitionMember Member)> FindSettings(
        object definition, string section = "")
    {
        foreach (DefinitionMember member in DefinitionMember.Find(definition.GetType(), section))
        {
            if (member.Setting is not null)
            {
                yield return (definition, member);
            }
            else if (member.Property.GetValue(definition) is { } child)
            {
                foreach (var item in FindSettings(child, member.Section))
                    yield return item;
            }
        }
    }
}
