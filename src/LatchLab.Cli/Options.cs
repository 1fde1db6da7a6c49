using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using LatchLab.Foundation;
using LatchLab.Training;

namespace LatchLab.Cli;

/// <summary>
/// Creates the arguments and the options of commands, one method for each kind of value. An option declares once what
/// it allows and its default; System.CommandLine parses the value, and <see cref="ParsedOptions"/> reports the errors.
/// </summary>
internal static class Options
{
    private const string FiniteNumber = "a finite number, such as 1.25";

    /// <summary>The option that selects JSON as the output.</summary>
    public static Option<bool> Json { get; } = Flag("--json", "print one JSON document on standard output");

    /// <summary>An argument.</summary>
    /// <param name="name">Its name in the help text and in messages, for example <c>FILE.json</c>.</param>
    /// <param name="description">The description in the help text; it also completes “give …” in messages.</param>
    public static Argument<string> Argument(string name, string description)
        => new(name) { Description = description };

    /// <summary>The last argument of a command, which takes any number of words.</summary>
    public static Argument<string[]> Arguments(string name, string description)
        => new(name) { Description = description };

    /// <summary>An option without a value.</summary>
    public static Option<bool> Flag(string name, string description, params string[] aliases)
        => new(name, aliases) { Description = description, Arity = ArgumentArity.Zero };

    /// <summary>A text; null by default.</summary>
    /// <param name="name">The name of the option, with the hyphens.</param>
    /// <param name="valueName">The name of its value in the help text.</param>
    /// <param name="description">The description in the help text.</param>
    /// <param name="suggestions">What a shell completes as its value; empty if it takes other texts.</param>
    public static Option<string?> Text(
        string name, string valueName, string description, params IEnumerable<string> suggestions)
        => Declare<string?>(new(name), valueName, description, null, (texts, _) => texts[0], suggestions);

    /// <summary>A value with a text of its own form, which the message about any other text describes.</summary>
    public static Option<T> Parsed<T>(
        string name, string valueName, string description, string expected, Func<string, T?> parse, T defaultValue)
        where T : class?
        => Declare<T>(new(name), valueName, description, defaultValue,
            (texts, result) => parse(texts[0]) ?? Reject<T>(result, texts[0], expected)!);

    /// <summary>Texts, one each time the option is given.</summary>
    public static Option<string[]> Repeated(string name, string valueName, string description)
        => Declare<string[]>(new(name), valueName, description, [], (texts, _) => texts);

    /// <summary>A whole number.</summary>
    public static Option<T> Integer<T>(
        string name, string valueName, string description, T minimum, T maximum, T defaultValue)
        where T : struct, IBinaryInteger<T>
        => Declare<T>(new(name), valueName, description, defaultValue, (texts, result)
            => T.TryParse(texts[0], NumberStyles.None, CultureInfo.InvariantCulture, out T number)
                && number >= minimum && number <= maximum
                ? number : Reject<T>(result, texts[0], $"a whole number from {minimum} to {maximum}"));

    /// <summary>A finite number; null by default.</summary>
    public static Option<double?> Number(string name, string valueName, string description)
        => Declare<double?>(new(name), valueName, description, null,
            (texts, result) => ParseNumber(result, texts[0], FiniteNumber));

    /// <summary>A number above 0 up to a maximum.</summary>
    public static Option<double> PositiveNumber(
        string name, string valueName, string description, double maximum, double defaultValue)
        => Declare<double>(new(name), valueName, description, defaultValue, (texts, result)
            => ParseNumber(result, texts[0], FiniteNumber) is not { } number ? 0.0
                : number > 0.0 && number <= maximum ? number
                : Reject<double>(result, texts[0], $"a number above 0 up to {maximum}"));

    /// <summary>Finite numbers, separated by commas; null by default.</summary>
    public static Option<IReadOnlyList<double>?> Numbers(string name, string valueName, string description)
        => Declare<IReadOnlyList<double>?>(new(name), valueName, description, null, (texts, result) =>
        {
            string[] parts = texts[0].Split(',', StringSplitOptions.TrimEntries);
            string expected = parts.Length == 1 ? FiniteNumber : "finite numbers, such as 0.5,-1";
            return [.. parts.Select(part => ParseNumber(result, part, expected) ?? 0.0)];
        });

    /// <summary>One of several values, by name.</summary>
    public static Option<T> Choice<T>(
        string name, string valueName, string description, T defaultValue,
        params IEnumerable<(string Name, T Value)> choices)
        => Declare<T>(new(name), valueName, description, defaultValue,
            (texts, result) => Find(result, texts[0], choices)!, choices.Select(choice => choice.Name));

    /// <summary>One of the values of an enum.</summary>
    public static Option<T> Choice<T>(string name, string valueName, string description, T defaultValue)
        where T : struct, Enum
        => Choice(name, valueName, description, defaultValue,
            Enum.GetValues<T>().Select(value => (Settings.FormatValue(value), value)));

    /// <summary>Any of several values, by their names, separated by commas; all by default.</summary>
    public static Option<IReadOnlyList<T>> Choices<T>(
        string name, string purpose, IReadOnlyList<T> all, Func<T, string> nameOf)
        => Declare<IReadOnlyList<T>>(new(name), "ID,…",
            $"{purpose}: {string.Join(", ", all.Select(nameOf))} (default: all)", all, (texts, result)
                => [.. texts[0].Split(',', StringSplitOptions.TrimEntries).CountBy(text => text)
                    .Select(text => text.Value == 1
                        ? Find(result, text.Key, all.Select(value => (nameOf(value), value)))!
                        : Reject<T>(result, text.Key, "each name once")!)],
            all.Select(nameOf));

    /// <summary>Declares the value of an option.</summary>
    /// <param name="option">The option.</param>
    /// <param name="valueName">The name of the value in the help text.</param>
    /// <param name="description">The description in the help text.</param>
    /// <param name="defaultValue">The value if none is given, or an invalid one.</param>
    /// <param name="parse">Parses the given texts, one at least; adds an error to the result if one is invalid.</param>
    /// <param name="suggestions">What a shell completes as the value; null if it takes any text.</param>
    public static Option<T> Declare<T>(
        Option<T> option, string valueName, string description, T defaultValue,
        Func<string[], ArgumentResult, T> parse, IEnumerable<string>? suggestions = null)
    {
        option.HelpName = valueName;
        option.Description = description;
        option.Arity = ArgumentArity.ZeroOrMore; // ParsedOptions reports missing and surplus values
        option.DefaultValueFactory = _ => defaultValue;
        option.CustomParser = result =>
        {
            string[] texts = [.. from token in result.Tokens
                                 where IsValue(token.Value)
                                 select FormerNames.GetValue(option.Name[2..], token.Value)];
            return texts.Length == 0 ? default : parse(texts, result);
        };
        option.CompletionSources.Clear(); // an enum would suggest the names of its members in C#
        option.CompletionSources.Add(_ => suggestions ?? []);
        return option;
    }

    /// <summary>Whether a text after an option is its value, not another option or nothing.</summary>
    public static bool IsValue(string? text)
        => !string.IsNullOrWhiteSpace(text) && !text.StartsWith("--", StringComparison.Ordinal);

    /// <summary>The message about an unknown name.</summary>
    public static string DescribeUnknown(string name, IEnumerable<string> known)
        => $"'{name}' is not known; there are {string.Join(", ", known)}{NearestName.FormatSuggestion(name, known)}";

    private static double? ParseNumber(ArgumentResult result, string text, string expected)
        => NumberFormat.TryParseFinite(text, out double number) ? number : Reject<double?>(result, text, expected);

    private static T? Find<T>(ArgumentResult result, string name, IEnumerable<(string Name, T Value)> choices)
    {
        foreach ((string known, T value) in choices)
        {
            if (known == name)
                return value;
        }

        result.AddError(DescribeUnknown(name, choices.Select(choice => choice.Name)));
        return default;
    }

    private static T? Reject<T>(ArgumentResult result, string text, string expected)
    {
        result.AddError($"'{text}' is not allowed: give {expected}");
        return default;
    }
}
