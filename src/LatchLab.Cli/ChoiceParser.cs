using LatchLab.Foundation;

namespace LatchLab.Cli;

/// <summary>One of several things that have names.</summary>
internal static class ChoiceParser
{
    /// <summary>The thing of that name; null, and a mistake noted, where there is none.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="name">The name that was given.</param>
    /// <param name="choices">The things.</param>
    /// <param name="errors">Receives the mistake.</param>
    /// <param name="otherNames">Names that are allowed besides.</param>
    public static T? Find<T>(
        string option,
        string name,
        IReadOnlyDictionary<string, T> choices,
        List<ValidationError> errors,
        params string[] otherNames)
        where T : class
    {
        if (choices.TryGetValue(name, out T? choice))
            return choice;
        errors.Add(new(option, "", $"'{name}' is not known; there are {JoinNames(choices.Keys.Concat(otherNames))}"));
        return null;
    }

    /// <summary>
    /// The value whose name in words an option gives; the standard one where it gives none or, which is noted, another.
    /// </summary>
    public static TChoice ParseEnum<TChoice>(ParsedOptions parsedOptions, TextOption option, TChoice defaultValue)
        where TChoice : struct, Enum
    {
        if (parsedOptions.GetString(option) is not { } text)
            return defaultValue;
        TChoice[] choices = Enum.GetValues<TChoice>();
        int index = Array.FindIndex(choices, choice => Settings.FormatValue(choice) == text);
        if (index >= 0)
            return choices[index];
        string names = JoinNames(choices.Select(choice => Settings.FormatValue(choice)));
        parsedOptions.ValidationErrors.Add(new(option.Name, "", $"'{text}' is not known; there are {names}"));
        return defaultValue;
    }

    /// <summary>Names in a row.</summary>
    public static string JoinNames(IEnumerable<string> names) => string.Join(", ", names);
}
