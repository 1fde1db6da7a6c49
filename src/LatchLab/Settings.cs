using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace LatchLab;

/// <summary>A number, word or text that a user can choose.</summary>
/// <param name="Name">Option name, for example <c>learning-rate</c>.</param>
/// <param name="Value">The value as a user would write it.</param>
/// <param name="Allowed">What may stand there, in words.</param>
/// <param name="Meaning">One sentence.</param>
/// <param name="Source">Where the default comes from.</param>
public sealed record Setting(string Name, string Value, string Allowed, string Meaning, string Source)
{
    /// <summary>The definition it belongs to, in words, for example <c>minimal task</c>.</summary>
    public string Group { get; init; } = "";

    /// <summary>What kind of value it has.</summary>
    public SettingKind Kind { get; init; } = SettingKind.Text;
}

/// <summary>Kinds of values of settings.</summary>
public enum SettingKind
{
    /// <summary>A finite number.</summary>
    Number,

    /// <summary>A whole number.</summary>
    WholeNumber,

    /// <summary>One of some words.</summary>
    Word,

    /// <summary>A text, which whoever reads it checks.</summary>
    Text,
}

/// <summary>
/// The settings of a definition, found by their <see cref="SettingAttribute"/>: a record of records becomes a flat list
/// of names, values, ranges and sources, and can be changed by name. Names are the property names in kebab case. Every
/// property of a definition that can be written is a setting or again a definition; one that is null has no settings.
/// </summary>
public static class Settings
{
    private static readonly ConcurrentDictionary<Type, Member[]> Known = [];

    /// <summary>Every setting of a definition, in the order of declaration.</summary>
    public static IReadOnlyList<Setting> Of(object definition)
        => [.. Found(definition).Select(found => new Setting(
            found.Member.Name,
            InWords(found.Member.Property.GetValue(found.Owner)!),
            found.Member.Allowed,
            found.Member.Setting!.Meaning,
            found.Member.Setting.Source)
        {
            Group = found.Member.Group,
            Kind = KindOf(found.Member.Property.PropertyType),
        })];

    /// <summary>The definition with some settings changed; parts of it where nothing changes are shared.</summary>
    /// <param name="definition">A record whose properties are settings, or records of such.</param>
    /// <param name="changes">Name and new value as text.</param>
    /// <param name="errors">Receives every mistake.</param>
    public static TDefinition With<TDefinition>(
        TDefinition definition, IReadOnlyDictionary<string, string> changes, ICollection<InputError> errors)
        where TDefinition : class
        => (TDefinition)Changed(definition, changes, errors);

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
    public static string InWords(object value) => value switch
    {
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        int number => number.ToString(CultureInfo.InvariantCulture),
        string text => text,
        _ => KebabCase(value.ToString()!),
    };

    private static object Changed(
        object definition, IReadOnlyDictionary<string, string> changes, ICollection<InputError> errors)
    {
        object? copy = null;
        foreach (Member member in MembersOf(definition.GetType()))
        {
            object? value = null, changed = null;
            if (member.Setting is null)
            {
                value = member.Property.GetValue(definition);
                changed = value is null ? null : Changed(value, changes, errors);
            }
            else if (changes.TryGetValue(member.Name, out string? text))
            {
                changed = TryRead(member.Property, member.Setting, text, member.Name, errors);
            }

            if (changed is null || ReferenceEquals(changed, value))
                continue;
            copy ??= definition.GetType().GetMethod("<Clone>$")!.Invoke(definition, null)!;
            member.Property.SetValue(copy, changed);
        }

        return copy ?? definition;
    }

    private static IEnumerable<(object Owner, Member Member)> Found(object owner)
    {
        foreach (Member member in MembersOf(owner.GetType()))
        {
            if (member.Setting is not null)
            {
                yield return (owner, member);
            }
            else if (member.Property.GetValue(owner) is { } part)
            {
                foreach (var inner in Found(part))
                    yield return inner;
            }
        }
    }

    /// <summary>Looked up once a type: cells are read and written by the hundred thousand.</summary>
    private static Member[] MembersOf(Type type)
        => Known.GetOrAdd(type, static owner =>
        [
            .. from property in owner.GetProperties()
               where property.CanWrite
               let setting = property.GetCustomAttribute<SettingAttribute>()
               select new Member(
                   property,
                   setting,
                   KebabCase(property.Name),
                   setting is null ? "" : Allowed(property.PropertyType, setting),
                   KebabCase(owner.Name).Replace('-', ' ')),
        ]);

    private static object? TryRead(
        PropertyInfo property, SettingAttribute setting, string text, string name, ICollection<InputError> errors)
    {
        object? value = null;
        bool inRange = true;
        if (property.PropertyType == typeof(double))
        {
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                && double.IsFinite(number))
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
            value = Enum.GetValues(property.PropertyType).Cast<object>().FirstOrDefault(v => InWords(v) == text);
        }

        if (value is not null && inRange)
            return value;
        string hint = property.PropertyType.IsEnum ? NearestName.Hint(text, Words(property.PropertyType)) : "";
        errors.Add(new(
            $"--{name}", "", $"'{text}' is not allowed: give {Allowed(property.PropertyType, setting)}{hint}"));
        return null;
    }

    private static SettingKind KindOf(Type type)
        => type.IsEnum ? SettingKind.Word
            : type == typeof(int) ? SettingKind.WholeNumber
            : type == typeof(double) ? SettingKind.Number
            : SettingKind.Text;

    private static string[] Words(Type type) => [.. Enum.GetValues(type).Cast<object>().Select(InWords)];

    private static bool IsInRange(double number, SettingAttribute setting)
        => number <= setting.Maximum && (setting.AboveMinimum ? number > setting.Minimum : number >= setting.Minimum);

    private static string Allowed(Type type, SettingAttribute setting)
    {
        if (type == typeof(string))
            return setting.Allowed;
        if (type.IsEnum)
        {
            string[] words = Words(type);
            return $"{string.Join(", ", words[..^1])} or {words[^1]}";
        }

        string kind = type == typeof(int) ? "a whole number" : "a number";
        string minimum = Limit(setting.Minimum, setting.AboveMinimum ? "above" : "from");
        return kind + minimum + Limit(setting.Maximum, setting.AboveMinimum ? "up to" : "to");
    }

    private static string Limit(double limit, string word)
        => double.IsFinite(limit) ? $" {word} {limit.ToString(CultureInfo.InvariantCulture)}" : "";

    /// <summary>A property that can be written; without a setting it is a definition.</summary>
    private sealed record Member(
        PropertyInfo Property, SettingAttribute? Setting, string Name, string Allowed, string Group);
}
