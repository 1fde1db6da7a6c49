using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;

namespace LatchLab.Foundation;

/// <summary>
/// A writable property of a definition: a setting, with the values that its attribute and its type allow, or a nested
/// definition, whose settings have the section.
/// </summary>
/// <param name="Property">The property.</param>
/// <param name="Range">The attribute of a setting; null for a nested definition.</param>
/// <param name="Setting">The setting without its value; null for a nested definition.</param>
/// <param name="Section">The section.</param>
internal sealed record DefinitionMember(
    PropertyInfo Property, SettingAttribute? Range, Setting? Setting, string Section)
{
    private static readonly ConcurrentDictionary<(Type Type, string Section), DefinitionMember[]> ByType = [];

    /// <summary>
    /// The members of a type. Reflects over each type only once: a sweep reads and writes hundreds of thousands of
    /// configurations.
    /// </summary>
    public static DefinitionMember[] Find(Type type, string section)
        => ByType.GetOrAdd((type, section), static key =>
        [
            .. from property in key.Type.GetProperties()
               where property.CanWrite
               let range = property.GetCustomAttribute<SettingAttribute>()
               where range is not null || !property.PropertyType.IsAssignableTo(typeof(IEnumerable))
               select new DefinitionMember(
                   property,
                   range,
                   range is null ? null : CreateSetting(property, range, key.Section),
                   property.GetCustomAttribute<SettingSectionAttribute>()?.Name ?? key.Section),
        ]);

    /// <summary>Whether a value of the setting is allowed.</summary>
    public bool Allows(object? value) => value switch
    {
        double number => double.IsFinite(number) && IsInRange(number, Range!),
        int number => IsInRange(number, Range!),
        Enum choice => Enum.IsDefined(choice.GetType(), choice),
        string text => Range!.NamesOf is not { } list || GetNames(list).Contains(text),
        _ => value is not null,
    };

    /// <summary>The value of a text; null if it is not allowed.</summary>
    public object? Parse(string text, ICollection<ValidationError> errors)
    {
        SettingAttribute range = Range!;
        object? value = null;
        bool inRange = true;
        if (Property.PropertyType == typeof(double))
        {
            if (NumberFormat.TryParseFinite(text, out double number))
                (value, inRange) = (number, IsInRange(number, range));
        }
        else if (Property.PropertyType == typeof(int))
        {
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
                (value, inRange) = (number, IsInRange(number, range));
        }
        else if (Property.PropertyType == typeof(string))
        {
            value = text;
            inRange = range.NamesOf is not { } list || GetNames(list).Contains(text);
        }
        else
        {
            value = Enum.GetValues(Property.PropertyType).Cast<object>().FirstOrDefault(
                choice => Settings.FormatValue(choice) == text);
        }

        if (value is not null && inRange)
            return value;
        string hint = Setting!.Choices.Count == 0 ? "" : NearestName.FormatSuggestion(text, Setting.Choices);
        errors.Add(new("", Setting.Path, $"'{text}' is not allowed: give {Setting.AllowedValues}{hint}"));
        return null;
    }

    /// <summary>The setting of a property, without its value.</summary>
    private static Setting CreateSetting(PropertyInfo property, SettingAttribute range, string section)
    {
        string name = Settings.KebabCase(property.Name);
        return new(section.Length == 0 ? name : $"{section}.{name}", "",
            DescribeAllowedValues(property.PropertyType, range), range.Description, range.Source)
        {
            Group = Settings.KebabCase(property.ReflectedType!.Name).Replace('-', ' '),
            Kind = range.NamesOf is null ? GetKind(property.PropertyType) : SettingKind.Choice,
            Choices = property.PropertyType.IsEnum ? GetChoices(property.PropertyType)
                : range.NamesOf is { } list ? GetNames(list) : [],
            Probe = range.Probe,
            ProbeBeside = range.ProbeBeside,
        };
    }

    private static SettingKind GetKind(Type type)
        => type.IsEnum ? SettingKind.Choice
            : type == typeof(int) ? SettingKind.Integer
            : type == typeof(double) ? SettingKind.Number
            : SettingKind.Text;

    private static IReadOnlyList<string> GetNames(Type list)
        => (IReadOnlyList<string>)list.GetProperty("Names")!.GetValue(null)!;

    private static string[] GetChoices(Type type)
        => [.. Enum.GetValues(type).Cast<object>().Select(Settings.FormatValue)];

    private static bool IsInRange(double number, SettingAttribute setting)
        => number <= setting.Maximum
            && (setting.IsMinimumExclusive ? number > setting.Minimum : number >= setting.Minimum);

    private static string DescribeAllowedValues(Type type, SettingAttribute setting)
    {
        if (type == typeof(string) && setting.NamesOf is null)
            return setting.AllowedValues;
        if (type.IsEnum || type == typeof(string))
        {
            IReadOnlyList<string> choices = type.IsEnum ? GetChoices(type) : GetNames(setting.NamesOf!);
            return $"{string.Join(", ", choices.SkipLast(1))} or {choices[^1]}";
        }

        string kind = type == typeof(int) ? "a whole number" : "a number";
        string minimum = FormatLimit(setting.Minimum, setting.IsMinimumExclusive ? "above" : "from");
        return kind + minimum + FormatLimit(setting.Maximum, setting.IsMinimumExclusive ? "up to" : "to");
    }

    private static string FormatLimit(double limit, string preposition)
        => double.IsFinite(limit) ? $" {preposition} {limit.ToString(CultureInfo.InvariantCulture)}" : "";
}
