using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace LatchLab.Foundation;

/// <summary>A number, word or text that a user can choose.</summary>
/// <param name="Name">Option name, for example <c>learning-rate</c>.</param>
/// <param name="Value">The value as a user would write it.</param>
/// <param name="AllowedValues">The allowed values, in words.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Source">Where the default comes from.</param>
public sealed record Setting(string Name, string Value, string AllowedValues, string Description, string Source)
{
    /// <summary>The definition it belongs to, in words, for example <c>minimal task</c>.</summary>
    public string Group { get; init; } = "";

    /// <summary>What kind of value it has.</summary>
    public SettingKind Kind { get; init; } = SettingKind.Text;
}

/// <summary>Kinds of setting values.</summary>
public enum SettingKind
{
    /// <summary>A finite number.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>One of a fixed list of words.</summary>
    Choice,

    /// <summary>A text; the code that parses it validates it.</summary>
    Text,
}

/// <summary>
/// Finds the settings of a definition by their <see cref="SettingAttribute"/>, and changes them by name. A record of
/// records becomes a flat list of names, values, ranges and sources. Names are the property names in kebab case. Every
/// writable property of a definition is either a setting or a nested definition; a nested definition that is null has
/// no settings.
/// </summary>
public static class Settings
{
    private static readonly ConcurrentDictionary<Type, DefinitionMember[]> MembersByType = [];

    /// <summary>Every setting of a definition, in the order of declaration.</summary>
    public static IReadOnlyList<Setting> GetAll(object definition)
        => [.. FindSettings(definition).Select(item => new Setting(
            item.Member.Name,
            FormatValue(item.Member.Property.GetValue(item.Definition)!),
            item.Member.AllowedValues,
            item.Member.Setting!.Description,
            item.Member.Setting.Source)
        {
            Group = item.Member.Group,
            Kind = GetKind(item.Member.Property.PropertyType),
        })];

    /// <summary>
    /// The definition with some settings changed; nested definitions that do not change are shared with the original.
    /// </summary>
    /// <param name="definition">A record whose properties are settings or nested records of settings.</param>
    /// <param name="changes">Name and new value as text.</param>
    /// <param name="errors">Receives every validation error.</param>
    public static TDefinition With<TDefinition>(
        TDefinition definition, IReadOnlyDictionary<string, string> changes, ICollection<ValidationError> errors)
        where TDefinition : class
        => (TDefinition)ApplyChanges(definition, changes, errors);

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
        _ => KebabCase(value.ToString()!),
    };

    private static object ApplyChanges(
        object definition, IReadOnlyDictionary<string, string> changes, ICollection<ValidationError> errors)
    {
        object? copy = null;
        foreach (DefinitionMember member in GetMembers(definition.GetType()))
        {
            object? value = null, changed = null;
            if (member.Setting is null)
            {
                value = member.Property.GetValue(definition);
                changed = value is null ? null : ApplyChanges(value, changes, errors);
            }
            else if (changes.TryGetValue(member.Name, out string? text))
            {
                changed = ParseValue(member.Property, member.Setting, text, member.Name, errors);
            }

            if (changed is null || ReferenceEquals(changed, value))
                continue;
            copy ??= definition.GetType().GetMethod("<Clone>$")!.Invoke(definition, null)!;
            member.Property.SetValue(copy, changed);
        }

        return copy ?? definition;
    }

    private static IEnumerable<(object Definition, DefinitionMember Member)> FindSettings(object definition)
    {
        foreach (DefinitionMember member in GetMembers(definition.GetType()))
        {
            if (member.Setting is not null)
            {
                yield return (definition, member);
            }
            else if (member.Property.GetValue(definition) is { } child)
            {
                foreach (var item in FindSettings(child))
                    yield return item;
            }
        }
    }

    /// <summary>
    /// Reflects over each type only once: a sweep reads and writes hundreds of thousands of configurations.
    /// </summary>
    private static DefinitionMember[] GetMembers(Type type)
        => MembersByType.GetOrAdd(type, static definitionType =>
        [
            .. from property in definitionType.GetProperties()
               where property.CanWrite
               let setting = property.GetCustomAttribute<SettingAttribute>()
               select new DefinitionMember(
                   property,
                   setting,
                   KebabCase(property.Name),
                   setting is null ? "" : DescribeAllowedValues(property.PropertyType, setting),
                   KebabCase(definitionType.Name).Replace('-', ' ')),
        ]);

    private static object? ParseValue(
        PropertyInfo property, SettingAttribute setting, string text, string name, ICollection<ValidationError> errors)
    {
        object? value = null;
        bool inRange = true;
        if (property.PropertyType == typeof(double))
        {
            if (NumberFormat.TryParseFinite(text, out double number))
                (value, inRange) = (number, IsInRange(number, setting));
        }
        else if (property.PropertyType == typeof(int))
        {
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
                (value, inRange) = (number, IsInRange(number, setting));
        }
        else if (property.PropertyType == typeof(string))
        {
            value = text;
        }
        else
        {
            value = Enum.GetValues(property.PropertyType).Cast<object>().FirstOrDefault(v => FormatValue(v) == text);
        }

        if (value is not null && inRange)
            return value;
        string hint = property.PropertyType.IsEnum
            ? NearestName.FormatSuggestion(text, GetChoices(property.PropertyType)) : "";
        errors.Add(new(
            $"--{name}", "",
            $"'{text}' is not allowed: give {DescribeAllowedValues(property.PropertyType, setting)}{hint}"));
        return null;
    }

    private static SettingKind GetKind(Type type)
        => type.IsEnum ? SettingKind.Choice
            : type == typeof(int) ? SettingKind.Integer
            : type == typeof(double) ? SettingKind.Number
            : SettingKind.Text;

    private static string[] GetChoices(Type type) => [.. Enum.GetValues(type).Cast<object>().Select(FormatValue)];

    private static bool IsInRange(double number, SettingAttribute setting)
        => number <= setting.Maximum
            && (setting.IsMinimumExclusive ? number > setting.Minimum : number >= setting.Minimum);

    private static string DescribeAllowedValues(Type type, SettingAttribute setting)
    {
        if (type == typeof(string))
            return setting.AllowedValues;
        if (type.IsEnum)
        {
            string[] choices = GetChoices(type);
            return $"{string.Join(", ", choices[..^1])} or {choices[^1]}";
        }

        string kind = type == typeof(int) ? "a whole number" : "a number";
        string minimum = FormatLimit(setting.Minimum, setting.IsMinimumExclusive ? "above" : "from");
        return kind + minimum + FormatLimit(setting.Maximum, setting.IsMinimumExclusive ? "up to" : "to");
    }

    private static string FormatLimit(double limit, string preposition)
        => double.IsFinite(limit) ? $" {preposition} {limit.ToString(CultureInfo.InvariantCulture)}" : "";

    /// <summary>A writable property; without a setting attribute it is a nested definition.</summary>
    private sealed record DefinitionMember(
        PropertyInfo Property, SettingAttribute? Setting, string Name, string AllowedValues, string Group);
}
