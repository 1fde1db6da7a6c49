using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace LatchLab.Cli;

/// <summary>
/// What stands on the command line, with every mistake in it: a word nobody knows, an argument too many, an option
/// given twice or without its value, and whatever the command finds wrong as it reads on. Nothing runs before all of
/// them have been told.
/// </summary>
internal sealed class GivenOptions
{
    private readonly Dictionary<Option, List<string>> values = [];
    private readonly HashSet<Option> seen = [];
    private readonly IReadOnlyList<Option> options;
    private readonly Command command;
    private readonly IReadOnlyList<TextArgument> arguments;
    private readonly List<string> words = []; // those that stand for the arguments
    private bool mayHaveLostArgument;

    /// <summary>Sorts the words: options, their values, arguments, and what is none of them.</summary>
    public GivenOptions(ParseResult parsed)
    {
        command = parsed.CommandResult.Command;
        options = [.. command.Options, .. parsed.RootCommandResult.Command.Options];
        arguments = [.. command.Arguments.OfType<TextArgument>()];
        IReadOnlyList<Token> tokens = parsed.Tokens;
        bool onlyWords = false;
        for (int i = 0; i < tokens.Count; i++)
        {
            Token? following = i + 1 < tokens.Count ? tokens[i + 1] : null;
            string? next = following?.Type == TokenType.Argument ? following.Value : null;
            onlyWords |= tokens[i].Type == TokenType.DoubleDash;
            bool hasValue = tokens[i].Type switch
            {
                TokenType.Option => AddOption(Named(tokens[i].Value), next),
                TokenType.Argument when !onlyWords && LooksLikeOption(tokens[i].Value)
                    => AddUnknownOption(tokens[i].Value, next),
                TokenType.Argument => AddWord(tokens[i].Value),
                _ => false,
            };
            if (hasValue)
                i++;
        }
    }

    /// <summary>What is wrong so far; commands add to it.</summary>
    public List<InputError> Mistakes { get; } = [];

    /// <summary>Whether a flag was given.</summary>
    public bool Has(Flag flag) => seen.Contains(flag);

    /// <summary>The value of an option; null where it was not given.</summary>
    public string? Text(TextOption option) => values.GetValueOrDefault(option)?[0];

    /// <summary>The values of an option that may be given several times.</summary>
    public IReadOnlyList<string> Texts(TextOption option) => values.GetValueOrDefault(option) ?? [];

    /// <summary>The value of an option that must be given; null, and a mistake noted, where it was not.</summary>
    public string? RequiredText(TextOption option)
    {
        if (!seen.Contains(option))
        {
            string way = $"{option.Name} {option.HelpName}, {option.Description}";
            Mistakes.Add(new(option.Name, "", $"is missing; give {way}"));
        }

        return Text(option);
    }

    /// <summary>Whether any argument was given.</summary>
    public bool HasArguments => words.Count > 0;

    /// <summary>An argument, which must be given; null, and a mistake noted, where it was not.</summary>
    public string? RequiredText(TextArgument wanted)
        => RequiredTexts(wanted) is [string text, ..] ? text : null;

    /// <summary>
    /// What stands for an argument, which must be given; none, and a mistake noted, where it was not. An empty word is
    /// none, and has been told.
    /// </summary>
    public IReadOnlyList<string> RequiredTexts(TextArgument wanted)
    {
        int place = arguments.Index().Single(argument => argument.Item == wanted).Index;

        // A word after an option that nobody knows may have been meant as either; the unknown option is told already.
        if (words.Count <= place && !mayHaveLostArgument)
            Mistakes.Add(new(wanted.Title, "", $"is missing; give {wanted.Description}"));
        IEnumerable<string> own = words.Skip(place).Take(wanted.Repeats ? int.MaxValue : 1);
        return [.. own.Where(word => !string.IsNullOrWhiteSpace(word))];
    }

    /// <summary>A finite number; null where it was not given or, which is noted, is none.</summary>
    public double? Number(TextOption option)
    {
        if (Text(option) is not { } text)
            return null;
        if (TryNumber(text, out double number))
            return number;
        Mistakes.Add(new(option.Name, "", $"'{text}' is not allowed: give a finite number, such as 1.25"));
        return null;
    }

    /// <summary>A finite number that must be given; 0, and a mistake noted, where there is none.</summary>
    public double RequiredNumber(TextOption option)
    {
        RequiredText(option);
        return Number(option) ?? 0.0;
    }

    /// <summary>
    /// Finite numbers, separated by commas; null where none was given or, which is noted, one is no finite number.
    /// </summary>
    public IReadOnlyList<double>? Numbers(TextOption option)
    {
        if (Text(option) is not { } text)
            return null;
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length == 1)
            return Number(option) is { } single ? [single] : null;
        var numbers = new List<double>();
        foreach (string part in parts)
        {
            if (TryNumber(part, out double number))
                numbers.Add(number);
            else
                Mistakes.Add(new(option.Name, "", $"'{part}' is not allowed: give finite numbers, such as 0.5,-1"));
        }

        return numbers.Count == parts.Length ? numbers : null;
    }

    /// <summary>A whole number; the standard one where it was not given or, which is noted, is none.</summary>
    public int WholeNumber(TextOption option, int minimum, int maximum, int standard)
    {
        if (Text(option) is not { } text)
            return standard;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number >= minimum && number <= maximum)
            return number;
        string allowed = $"a whole number from {minimum} to {maximum}";
        Mistakes.Add(new(option.Name, "", $"'{text}' is not allowed: give {allowed}"));
        return standard;
    }

    /// <summary>
    /// The pairs of an option that is given as KEY=VALUE, any number of times; what is none, or a key that has a value
    /// already, is noted.
    /// </summary>
    /// <param name="option">The option.</param>
    /// <param name="example">A pair, for the message.</param>
    /// <param name="pairs">Receives them.</param>
    public void AddPairs(TextOption option, string example, Dictionary<string, string> pairs)
    {
        foreach (string text in Texts(option))
        {
            string[] pair = text.Split('=', 2, StringSplitOptions.TrimEntries);
            if (pair.Length < 2 || pair[0].Length == 0)
            {
                Mistakes.Add(new(
                    option.Name, "", $"'{text}' is not allowed: give {option.HelpName}, such as {example}"));
            }
            else if (!pairs.TryAdd(pair[0], pair[1]))
            {
                Mistakes.Add(new($"{option.Name} {pair[0]}", "", "is given twice; give it once"));
            }
        }
    }

    /// <summary>Reads on after a mistake, so that everything is looked at before anything is said.</summary>
    public T? Try<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (InputException wrong)
        {
            Mistakes.AddRange(wrong.Errors);
            return null;
        }
    }

    /// <inheritdoc cref="Try{T}"/>
    public void Try(Action check)
        => Try<object>(() =>
        {
            check();
            return this;
        });

    /// <summary>To be called before anything runs.</summary>
    /// <exception cref="InputException">There were mistakes.</exception>
    public void ThrowIfMistaken()
    {
        if (Mistakes.Count > 0)
            throw new InputException(Mistakes);
    }

    private static bool TryNumber(string text, out double number)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);

    private static bool LooksLikeOption(string word)
        => word.Length > 1 && word[0] == '-' && !char.IsAsciiDigit(word[1]) && word[1] != '.';

    private Option Named(string name) => options.First(option => option.Name == name || option.Aliases.Contains(name));

    /// <summary>True if the next word is the option's value.</summary>
    private bool AddOption(Option option, string? next)
    {
        bool repeats = option is TextOption { Repeats: true };
        if (!seen.Add(option) && !repeats && !Mistakes.Any(mistake => mistake.Place == option.Name))
            Mistakes.Add(new(option.Name, "", "is given twice; give it once"));
        if (option is not TextOption text)
            return false;
        bool isValue = next is not null && !next.StartsWith("--", StringComparison.Ordinal);
        if (string.IsNullOrWhiteSpace(next) || !isValue)
            Mistakes.Add(new(option.Name, "", $"has no value; give {option.Name} {text.HelpName}"));
        else if (values.TryGetValue(option, out List<string>? given))
            given.Add(next);
        else
            values.Add(option, [next]);
        return isValue;
    }

    /// <summary>True if the next word is probably the value of an option that does not exist.</summary>
    private bool AddUnknownOption(string word, string? next)
    {
        string name = word.Split('=', ':')[0];
        string? nearest = NearestName.Of(name, options.Select(option => option.Name));
        string hint = nearest is not null ? $"did you mean {nearest}?" : $"{Path()} --help lists those there are";
        bool mayBeFile = arguments.Count > 0 && nearest is null && !word.StartsWith("--", StringComparison.Ordinal);
        string file = mayBeFile ? $"; if it is {ArgumentNames(" or ")}, give ./{word}" : "";
        Mistakes.Add(new(name, "", $"is not an option{(command is RootCommand ? "" : $" of {Path()}")}; {hint}{file}"));
        bool hasValue = name == word && next is not null && !LooksLikeOption(next)
            && !(nearest is not null && Named(nearest) is Flag);
        mayHaveLostArgument |= mayBeFile || hasValue;
        return hasValue;
    }

    /// <summary>False: a word has no value.</summary>
    private bool AddWord(string word)
    {
        if (words.Count < arguments.Count || arguments is [.., { Repeats: true }])
        {
            if (string.IsNullOrWhiteSpace(word))
            {
                TextArgument meant = arguments[Math.Min(words.Count, arguments.Count - 1)];
                Mistakes.Add(new(meant.Title, "", $"is empty; give {meant.Description}"));
            }

            words.Add(word);
            return false;
        }

        string allowed = arguments.Count == 0 ? "only options" : $"one {ArgumentNames(", one ")} and options";
        Mistakes.Add(new("", "", command.Subcommands.Count == 0
            ? $"'{word}' is not expected here: {Path()} takes {allowed}"
            : $"'{word}' is not a command; there are: {string.Join(", ", command.Subcommands.Select(c => c.Name))}"));
        return false;
    }

    private string ArgumentNames(string between) => string.Join(between, arguments.Select(argument => argument.Title));

    private string Path() => HelpText.PathOf(command);
}
