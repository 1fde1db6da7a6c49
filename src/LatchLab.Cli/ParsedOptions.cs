using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LatchLab.Foundation;
using LatchLab.Training;

namespace LatchLab.Cli;

/// <summary>
/// The values on the command line and all errors in them: unknown options, surplus arguments, options given twice or
/// without a value, and the invalid values that the command finds. All errors are reported before anything runs.
/// </summary>
internal sealed class ParsedOptions
{
    private readonly Dictionary<Option, List<string>> _values = [];
    private readonly HashSet<Option> _givenOptions = [];
    private readonly IReadOnlyList<Option> _options;
    private readonly Command _command;
    private readonly IReadOnlyList<TextArgument> _arguments;
    private readonly List<string> _argumentValues = []; // the values of the arguments, in order
    private readonly List<string> _notes = [];
    private bool _mayHaveLostArgument;

    /// <summary>Splits the tokens into options, their values, arguments and unknown options.</summary>
    public ParsedOptions(ParseResult parsed)
    {
        _command = parsed.CommandResult.Command;
        _options = [.. _command.Options, .. parsed.RootCommandResult.Command.Options];
        _arguments = [.. _command.Arguments.OfType<TextArgument>()];
        IReadOnlyList<Token> tokens = parsed.Tokens;
        bool isAfterDoubleDash = false;
        for (int i = 0; i < tokens.Count; i++)
        {
            Token? following = i + 1 < tokens.Count ? tokens[i + 1] : null;
            string? next = following?.Type == TokenType.Argument ? following.Value : null;
            isAfterDoubleDash |= tokens[i].Type == TokenType.DoubleDash;
            bool hasValue = tokens[i].Type switch
            {
                TokenType.Option => AddOption(tokens[i].Value, next),
                TokenType.Argument when !isAfterDoubleDash && LooksLikeOption(tokens[i].Value)
                    => AddUnknownOption(tokens[i].Value, next),
                TokenType.Argument => AddArgument(tokens[i].Value),
                _ => false,
            };
            if (hasValue)
                i++;
        }
    }

    /// <summary>The errors found so far; commands add to them.</summary>
    public List<ValidationError> ValidationErrors { get; } = [];

    /// <summary>Whether a flag was given.</summary>
    public bool HasFlag(Flag flag) => _givenOptions.Contains(flag);

    /// <summary>Adds an error for each of these options that was given.</summary>
    /// <param name="options">Options that have no effect.</param>
    /// <param name="reason">Why they have none, as a clause.</param>
    public void RefuseUnused(IEnumerable<Option> options, string reason)
        => ValidationErrors.AddRange(options.Where(_givenOptions.Contains).Select(
            option => new ValidationError(option.Name, "", $"has no effect: {reason}")));

    /// <summary>The value of an option; null if it was not given.</summary>
    public string? GetString(TextOption option) => _values.GetValueOrDefault(option)?[0];

    /// <summary>The values of an option that may be given several times.</summary>
    public IReadOnlyList<string> GetStrings(TextOption option) => _values.GetValueOrDefault(option) ?? [];

    /// <summary>The value of a required option; if it is missing, adds an error and returns null.</summary>
    public string? GetRequiredString(TextOption option)
    {
        if (!_givenOptions.Contains(option))
        {
            string usage = $"{option.Name} {option.HelpName}, {option.Description}";
            ValidationErrors.Add(new(option.Name, "", $"is missing; give {usage}"));
        }

        return GetString(option);
    }

    /// <summary>Whether any argument was given.</summary>
    public bool HasArguments => _argumentValues.Count > 0;

    /// <summary>The value of a required argument; if it is missing, adds an error and returns null.</summary>
    public string? GetRequiredString(TextArgument wanted)
        => GetRequiredStrings(wanted) is [string text, ..] ? text : null;

    /// <summary>
    /// The values of a required argument; if it is missing, adds an error and returns an empty list. Blank values are
    /// left out: their error has been added already.
    /// </summary>
    public IReadOnlyList<string> GetRequiredStrings(TextArgument wanted)
    {
        int index = _arguments.Index().Single(argument => argument.Item == wanted).Index;

        // A value after an unknown option may be the missing argument; the unknown option has its own error.
        if (_argumentValues.Count <= index && !_mayHaveLostArgument)
            ValidationErrors.Add(new(wanted.DisplayName, "", $"is missing; give {wanted.Description}"));
        IEnumerable<string> argumentTexts = _argumentValues.Skip(index).Take(wanted.CanRepeat ? int.MaxValue : 1);
        return [.. argumentTexts.Where(word => !string.IsNullOrWhiteSpace(word))];
    }

    /// <summary>The values of an argument that may be missing.</summary>
    public IReadOnlyList<string> GetOptionalStrings(TextArgument wanted)
        => [.. _argumentValues.Skip(_arguments.Index().Single(argument => argument.Item == wanted).Index)];

    /// <summary>A finite number; null if it was not given. An invalid value adds an error and returns null.</summary>
    public double? GetDouble(TextOption option)
    {
        if (GetString(option) is not { } text)
            return null;
        if (NumberFormat.TryParseFinite(text, out double number))
            return number;
        ValidationErrors.Add(new(option.Name, "", $"'{text}' is not allowed: give a finite number, such as 1.25"));
        return null;
    }

    /// <summary>A required finite number; if it is missing or invalid, adds an error and returns 0.</summary>
    public double GetRequiredDouble(TextOption option)
    {
        GetRequiredString(option);
        return GetDouble(option) ?? 0.0;
    }

    /// <summary>
    /// Finite numbers, separated by commas; null if the option was not given. An invalid number adds an error and
    /// returns null.
    /// </summary>
    public IReadOnlyList<double>? GetDoubles(TextOption option)
    {
        if (GetString(option) is not { } text)
            return null;
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length == 1)
            return GetDouble(option) is { } single ? [single] : null;
        var numbers = new List<double>();
        foreach (string part in parts)
        {
            if (NumberFormat.TryParseFinite(part, out double number))
                numbers.Add(number);
            else
                ValidationErrors.Add(
                    new(option.Name, "", $"'{part}' is not allowed: give finite numbers, such as 0.5,-1"));
        }

        return numbers.Count == parts.Length ? numbers : null;
    }

    /// <summary>A whole number; the default if it was not given. An invalid value adds an error.</summary>
    public int GetInt32(TextOption option, int minimum, int maximum, int defaultValue)
    {
        if (GetString(option) is not { } text)
            return defaultValue;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number >= minimum && number <= maximum)
            return number;
        string allowed = $"a whole number from {minimum} to {maximum}";
        ValidationErrors.Add(new(option.Name, "", $"'{text}' is not allowed: give {allowed}"));
        return defaultValue;
    }

    /// <summary>
    /// Reads the pairs of an option that is given as KEY=VALUE, any number of times. An invalid pair or a repeated key
    /// adds an error.
    /// </summary>
    /// <param name="option">The option.</param>
    /// <param name="example">An example of a pair for the message.</param>
    /// <param name="pairs">Receives the pairs.</param>
    public void ReadKeyValuePairs(TextOption option, string example, Dictionary<string, string> pairs)
    {
        foreach (string text in GetStrings(option))
        {
            string[] pair = text.Split('=', 2, StringSplitOptions.TrimEntries);
            pair[0] = FormerNames.GetName(pair[0], note => AddNote(option, note));
            if (pair.Length < 2 || pair[0].Length == 0)
            {
                ValidationErrors.Add(new(
                    option.Name, "", $"'{text}' is not allowed: give {option.HelpName}, such as {example}"));
            }
            else if (!pairs.TryAdd(
                pair[0], FormerNames.GetValue(pair[0], pair[1], note => AddNote(option, note))))
            {
                ValidationErrors.Add(new($"{option.Name} {pair[0]}", "", "is given twice; give it once"));
            }
        }
    }

    /// <summary>Calls a reader and collects its errors, so that all errors are reported together.</summary>
    public T? CollectErrors<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (ValidationException exception)
        {
            ValidationErrors.AddRange(exception.Errors);
            return null;
        }
    }

    /// <inheritdoc cref="CollectErrors{T}"/>
    public void CollectErrors(Action check)
        => CollectErrors<object>(() =>
        {
            check();
            return this;
        });

    /// <summary>
    /// Writes a note for each former name that was given, and throws if there are errors. Commands call it before they
    /// run.
    /// </summary>
    /// <exception cref="ValidationException">There are errors.</exception>
    public void ThrowIfInvalid()
    {
        _notes.ForEach(CommandLine.WriteError);
        _notes.Clear();
        if (ValidationErrors.Count > 0)
            throw new ValidationException(ValidationErrors);
    }

    private static bool LooksLikeOption(string word)
        => word.Length > 1 && word[0] == '-' && !char.IsAsciiDigit(word[1]) && word[1] != '.';

    private Option FindOption(string name)
        => _options.First(option => option.Name == name || option.Aliases.Contains(name));

    private void AddNote(Option option, string note) => _notes.Add($"{option.Name}: {note}");

    /// <summary>Adds an option; returns true if the next token is its value.</summary>
    private bool AddOption(string name, string? next)
    {
        Option option = FindOption(name);
        FormerNames.GetName(name.TrimStart('-'), note => AddNote(option, note));
        bool repeats = option is TextOption { CanRepeat: true };
        if (!_givenOptions.Add(option) && !repeats && !ValidationErrors.Any(error => error.Location == option.Name))
            ValidationErrors.Add(new(option.Name, "", "is given twice; give it once"));
        if (option is not TextOption text)
            return false;
        bool isValue = next is not null && !next.StartsWith("--", StringComparison.Ordinal);
        if (string.IsNullOrWhiteSpace(next) || !isValue)
            ValidationErrors.Add(new(option.Name, "", $"has no value; give {option.Name} {text.HelpName}"));
        else
            AddValue(text, next);
        return isValue;
    }

    private void AddValue(TextOption option, string value)
    {
        value = FormerNames.GetValue(option.Name[2..], value, note => AddNote(option, note));
        if (_values.TryGetValue(option, out List<string>? given))
            given.Add(value);
        else
            _values.Add(option, [value]);
    }

    /// <summary>Adds an error for an unknown option; returns true if the next token is probably its value.</summary>
    private bool AddUnknownOption(string word, string? next)
    {
        string name = word.Split('=', ':')[0];
        string? nearest = NearestName.Find(name, _options.Select(option => option.Name));
        string hint = nearest is not null ? $"did you mean {nearest}?"
            : $"{GetCommandPath()} --help lists the options";
        bool mayBeFile = _arguments.Count > 0 && nearest is null && !word.StartsWith("--", StringComparison.Ordinal);
        string file = mayBeFile ? $"; if it is {JoinArgumentNames(" or ")}, give ./{word}" : "";
        ValidationErrors.Add(
            new(name, "",
                $"is not an option{(_command is RootCommand ? "" : $" of {GetCommandPath()}")}; {hint}{file}"));
        bool hasValue = name == word && next is not null && !LooksLikeOption(next)
            && !(nearest is not null && FindOption(nearest) is Flag);
        _mayHaveLostArgument |= mayBeFile || hasValue;
        return hasValue;
    }

    /// <summary>Adds an argument; returns false because an argument has no value token.</summary>
    private bool AddArgument(string word)
    {
        if (_argumentValues.Count < _arguments.Count || _arguments is [.., { CanRepeat: true }])
        {
            if (string.IsNullOrWhiteSpace(word))
            {
                TextArgument argument = _arguments[Math.Min(_argumentValues.Count, _arguments.Count - 1)];
                ValidationErrors.Add(new(argument.DisplayName, "", $"is empty; give {argument.Description}"));
            }

            _argumentValues.Add(word);
            return false;
        }

        string allowed = _arguments.Count == 0 ? "only options" : $"one {JoinArgumentNames(", one ")} and options";
        ValidationErrors.Add(new("", "", _command.Subcommands.Count == 0
            ? $"'{word}' is not expected here: {GetCommandPath()} takes {allowed}"
            : $"'{word}' is not a command; there are: {string.Join(", ", GetCommandNames())}" +
                NearestName.FormatSuggestion(word, GetCommandNames())));
        return false;
    }

    private IEnumerable<string> GetCommandNames()
        => _command.Subcommands.Where(command => !command.Hidden).Select(command => command.Name);

    private string JoinArgumentNames(string between)
        => string.Join(between, _arguments.Select(argument => argument.DisplayName));

    private string GetCommandPath() => HelpText.GetCommandPath(_command);
}
