using LatchLab.Foundation;

namespace LatchLab.Cli;

/// <summary>Parses the name of one of several choices.</summary>
internal static class ChoiceParser
{
    /// <summary>Returns the choice with the given name; for an unknown name, adds an error and returns null.</summary>
    /// <param name="option">The option that gives the name.</param>
    /// <param name="name">The given name.</param>
    /// <param name="choices">The choices by name.</param>
    /// <param name="errors">Receives the error.</param>
    /// <param name="otherNames">Other valid names, listed in the message only.</param>
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
    /// Returns the enum value that an option names; the default if the option is absent. An unknown name adds an error
    /// and returns the default.
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

    /// <summary>Joins names with commas.</summary>
    public static string JoinNames(IEnumerable<string> names) => string.Join(", ", names);
}
