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
}

/// <summary>
/// The settings of a definition, found by their <see cref="SettingAttribute"/>: a record of records becomes a flat list
/// of names, values, ranges and sources, and can be changed by name. Names are the property names in kebab case. Every
/// property of a definition that can be written is a setting or again a definition; one that is null has no settings.
/// </summary>
public static class Settings
{
    /// <summary>Every setting of a definition, in the order of declaration.</summary>
    public static IReadOnlyList<Setting> Of(object definition)
        => [.. Properties(definition).Select(found => new Setting(
            KebabCase(found.Property.Name),
            InWords(found.Property.GetValue(found.Owner)!),
            Allowed(found.Property.PropertyType, found.Setting),
            found.Setting.Meaning,
            found.Setting.Source)
        {
            Group = KebabCase(found.Owner.GetType().Name).Replace('-', ' '),
        })];

    /// <summary>A copy of the definition with some settings changed.</summary>
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
        object copy = definition.GetType().GetMethod("<Clone>$")!.Invoke(definition, null)!;
        foreach (PropertyInfo property in definition.GetType().GetProperties().Where(p => p.CanWrite))
        {
            if (property.GetCustomAttribute<SettingAttribute>() is { } setting)
            {
                string name = KebabCase(property.Name);
                if (changes.TryGetValue(name, out string? text)
                    && TryRead(property, setting, text, name, errors) is { } value)
                    property.SetValue(copy, value);
            }
            else if (property.GetValue(definition) is { } part)
            {
                property.SetValue(copy, Changed(part, changes, errors));
            }
        }

        return copy;
    }

    private static IEnumerable<(object Owner, PropertyInfo Property, SettingAttribute Setting)> Properties(object owner)
    {
        foreach (PropertyInfo property in owner.GetType().GetProperties().Where(p => p.CanWrite))
        {
            if (property.GetCustomAttribute<SettingAttribute>() is { } setting)
            {
                yield return (owner, property, setting);
            }
            else if (property.GetValue(owner) is { } part)
            {
                foreach (var inner in Properties(part))
                    yield return inner;
            }
        }
    }

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
        errors.Add(new($"--{name}", "", $"'{text}' is not allowed: give {Allowed(property.PropertyType, setting)}"));
        return null;
    }

    private static bool IsInRange(double number, SettingAttribute setting)
        => number <= setting.Maximum && (setting.AboveMinimum ? number > setting.Minimum : number >= setting.Minimum);

    private static string Allowed(Type type, SettingAttribute setting)
    {
        if (type == typeof(string))
            return setting.Allowed;
        if (type.IsEnum)
        {
            string[] words = [.. Enum.GetValues(type).Cast<object>().Select(InWords)];
            return $"{string.Join(", ", words[..^1])} or {words[^1]}";
        }

        string kind = type == typeof(int) ? "a whole number" : "a number";
        string minimum = Limit(setting.Minimum, setting.AboveMinimum ? "above" : "from");
        return kind + minimum + Limit(setting.Maximum, setting.AboveMinimum ? "up to" : "to");
    }

    private static string Limit(double limit, string word)
        => double.IsFinite(limit) ? $" {word} {limit.ToString(CultureInfo.InvariantCulture)}" : "";
}
