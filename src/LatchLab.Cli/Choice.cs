namespace LatchLab.Cli;

/// <summary>One of several things that have names.</summary>
internal static class Choice
{
    /// <summary>The thing of that name; null, and a mistake noted, where there is none.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="name">The name that was given.</param>
    /// <param name="choices">The things.</param>
    /// <param name="errors">Receives the mistake.</param>
    /// <param name="others">Names that are allowed besides.</param>
    public static T? Of<T>(
        string option,
        string name,
        IReadOnlyDictionary<string, T> choices,
        List<InputError> errors,
        params string[] others)
        where T : class
    {
        if (choices.TryGetValue(name, out T? choice))
            return choice;
        errors.Add(new(option, "", $"'{name}' is not known; there are {Names(choices.Keys.Concat(others))}"));
        return null;
    }

    /// <summary>
    /// The value whose name in words an option gives; the standard one where it gives none or, which is noted, another.
    /// </summary>
    public static TChoice Word<TChoice>(GivenOptions given, TextOption option, TChoice standard)
        where TChoice : struct, Enum
    {
        if (given.Text(option) is not { } text)
            return standard;
        TChoice[] choices = Enum.GetValues<TChoice>();
        int place = Array.FindIndex(choices, choice => Settings.InWords(choice) == text);
        if (place >= 0)
            return choices[place];
        string names = Names(choices.Select(choice => Settings.InWords(choice)));
        given.Mistakes.Add(new(option.Name, "", $"'{text}' is not known; there are {names}"));
        return standard;
    }

    /// <summary>Names in a row.</summary>
    public static string Names(IEnumerable<string> names) => string.Join(", ", names);
}
