using System.CommandLine;
using System.CommandLine.Parsing;
using LatchLab.Foundation;
using LatchLab.Sweeps.Slurm;
using LatchLab.Training;

namespace LatchLab.Cli;

/// <summary>
/// The values on the command line, as System.CommandLine parsed them, and all errors: first those of its form (unknown
/// options, surplus arguments, options given twice or without a value), in the order of the command line, then those of
/// the values, in the order in which the command reads them. All errors are reported before anything runs.
/// </summary>
internal sealed class ParsedOptions
{
    private readonly ParseResult _parsed;
    private readonly Command _command;
    private readonly IReadOnlyList<Option> _options;
    private readonly HashSet<Option> _givenOptions = [];
    private readonly List<string> _argumentTexts = []; // without unknown options, which System.CommandLine includes
    private readonly List<string> _notes = [];
    private bool _mayHaveLostArgument;

    /// <summary>Checks the form of the command line.</summary>
    public ParsedOptions(ParseResult parsed)
    {
        _parsed = parsed;
        _command = parsed.CommandResult.Command;
        _options = [.. _command.Options, .. RootCommand.Options];
        bool isAfterDoubleDash = false;
        for (int i = 0; i < parsed.Tokens.Count; i++)
        {
            Token token = parsed.Tokens[i];
            Token? following = parsed.Tokens.ElementAtOrDefault(i + 1);
            string? next = following?.Type == TokenType.Argument ? following.Value : null;
            isAfterDoubleDash |= token.Type == TokenType.DoubleDash;
            if (token.Type == TokenType.Option ? AddOption(token.Value, next)
                : token.Type == TokenType.Argument && (isAfterDoubleDash || !LooksLikeOption(token.Value)
                    ? AddArgument(token.Value) : AddUnknownOption(token.Value, next)))
                i++; // the next token is a value
        }
    }

    /// <summary>The command line as a user would type it, with quotes where a shell needs them.</summary>
    public string CommandLineText => ShellQuoting.Join(["latchlab", .. _parsed.Tokens.Select(token => token.Value)]);

    /// <summary>The errors found so far; commands add to them.</summary>
    public List<ValidationError> ValidationErrors { get; } = [];

    /// <summary>The root of all commands.</summary>
    public Command RootCommand => _parsed.RootCommandResult.Command;

    /// <summary>Whether an option was given with a value.</summary>
    public bool HasValue(Option option)
        => _parsed.GetResult(option) is { } result && result.Tokens.Any(token => Options.IsValue(token.Value));

    /// <summary>Adds an error for each of these options that was given.</summary>
    /// <param name="options">Options that have no effect.</param>
    /// <param name="reason">Why they have none, as a clause.</param>
    public void RefuseUnused(IEnumerable<Option> options, string reason)
    {
        foreach (Option option in options.Where(_givenOptions.Contains))
            AddError(option, $"has no effect: {reason}");
    }

    /// <summary>
    /// The value of an option; its default if it was not given. An invalid value adds errors and returns the default.
    /// </summary>
    public T GetValue<T>(Option<T> option)
    {
        ParseError[] errors = [.. _parsed.GetResult(option)?.Errors ?? []];
        foreach (ParseError error in errors)
            AddError(option, error.Message);
        bool isValid = errors.Length == 0 && (option.HelpName is null || HasValue(option));
        return isValid ? _parsed.GetValue(option)! : (T)option.GetDefaultValue()!;
    }

    /// <summary>The value of a required option; if it is missing, adds an error and returns its default.</summary>
    public T GetRequired<T>(Option<T> option)
    {
        if (!_givenOptions.Contains(option))
            AddError(option, $"is missing; give {option.Name} {option.HelpName}, {option.Description}");
        return GetValue(option);
    }

    /// <summary>The value of a required argument; if it is missing or blank, adds an error and returns null.</summary>
    public string? GetRequired(Argument<string> argument)
        => GetRequired((Argument)argument) is [string text, ..] ? text : null;

    /// <summary>
    /// The values of a required argument, without blank ones; adds an error if it is missing or one is blank.
    /// </summary>
    public IReadOnlyList<string> GetRequired(Argument argument)
    {
        // A value after an unknown option may be the missing argument; the unknown option has its own error.
        IReadOnlyList<string> texts = GetOptional(argument);
        if (texts.Count == 0 && !_mayHaveLostArgument)
            AddError(argument, $"is missing; give {argument.Description}");
        return [.. texts.Where(text => !string.IsNullOrWhiteSpace(text))];
    }

    /// <summary>The values of an argument that may be missing.</summary>
    public IReadOnlyList<string> GetOptional(Argument argument)
        => [.. _argumentTexts.Skip(_command.Arguments.IndexOf(argument))
            .Take(argument.Arity.MaximumNumberOfValues)];

    /// <summary>Adds an error of an option or an argument.</summary>
    public void AddError(Symbol symbol, string message) => ValidationErrors.Add(new(symbol.Name, "", message));

    /// <summary>Reads settings NAME=VALUE; an invalid pair or a repeated name adds an error.</summary>
    /// <param name="symbol">The option or argument that has them.</param>
    /// <param name="texts">The pairs as given.</param>
    /// <param name="prefix">What precedes a name in a message.</param>
    /// <param name="settings">Receives the values by current name.</param>
    /// <param name="describe">What to give instead of an invalid name and value; null for valid ones.</param>
    public void ReadPairs(
        Symbol symbol, IEnumerable<string> texts, string prefix, Dictionary<string, string> settings,
        Func<string, string?, string?> describe)
    {
        foreach (string text in texts)
        {
            string[] pair = text.Split('=', 2, StringSplitOptions.TrimEntries);
            string name = FormerNames.GetName(pair[0], note => AddNote(symbol, note));
            if (describe(pair[0], pair.ElementAtOrDefault(1)) is { } expected)
            {
                AddError(symbol, $"'{text}' is not allowed: give {expected}");
                continue;
            }

            string value = FormerNames.GetValue(name, pair[1], note => AddNote(symbol, note));
            if (!settings.TryAdd(name, value))
                ValidationErrors.Add(new($"{prefix}{name}", "", "is given twice; give it once"));
        }
    }

    /// <summary>
    /// Reads what a value names, unless it is missing, and collects the errors, so that all are reported together.
    /// </summary>
    public TResult? Read<TValue, TResult>(TValue? value, Func<TValue, TResult> read)
        where TValue : class
        where TResult : class
    {
        try
        {
            return value is null ? null : read(value);
        }
        catch (ValidationException exception)
        {
            ValidationErrors.AddRange(exception.Errors);
            return null;
        }
    }

    /// <summary>Checks a value, unless it is missing, and collects the errors.</summary>
    public void Check<T>(T? value, Action<T> check)
        where T : class
        => Read(value, given =>
        {
            check(given);
            return given;
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

    /// <summary>Adds an option; returns true if the next token is its value.</summary>
    private bool AddOption(string name, string? next)
    {
        Option option = FindOption(name);
        FormerNames.GetName(name.TrimStart('-'), note => AddNote(option, note));
        if (!_givenOptions.Add(option) && option is not Option<string[]>
            && !ValidationErrors.Any(error => error.Location == option.Name))
            AddError(option, "is given twice; give it once");
        if (option.Arity.MaximumNumberOfValues == 0)
            return false;
        if (Options.IsValue(next))
            FormerNames.GetValue(option.Name[2..], next!, note => AddNote(option, note));
        else
            AddError(option, $"has no value; give {option.Name} {option.HelpName}");
        return next is not null && !next.StartsWith("--", StringComparison.Ordinal);
    }

    /// <summary>Adds a note about a name that has changed.</summary>
    private void AddNote(Symbol symbol, string note) => _notes.Add($"{symbol.Name}: {note}");

    /// <summary>Adds an error for an unknown option; returns true if the next token is probably its value.</summary>
    private bool AddUnknownOption(string word, string? next)
    {
        string name = word.Split('=', ':')[0];
        string? nearest = NearestName.Find(name, _options.Select(option => option.Name));
        string hint = nearest is not null ? $"did you mean {nearest}?"
            : $"{GetCommandPath()} --help lists the options";
        bool mayBeFile = _command.Arguments.Count > 0 && nearest is null
            && !word.StartsWith("--", StringComparison.Ordinal);
        string file = mayBeFile ? $"; if it is {JoinArgumentNames(" or ")}, give ./{word}" : "";
        string owner = _command is RootCommand ? "" : $" of {GetCommandPath()}";
        ValidationErrors.Add(new(name, "", $"is not an option{owner}; {hint}{file}"));
        bool hasValue = name == word && next is not null && !LooksLikeOption(next)
            && !(nearest is not null && FindOption(nearest) is Option<bool>);
        _mayHaveLostArgument |= mayBeFile || hasValue;
        return hasValue;
    }

    /// <summary>Adds an argument; returns false because an argument has no value token.</summary>
    private bool AddArgument(string word)
    {
        IList<Argument> arguments = _command.Arguments;
        if (_argumentTexts.Count < arguments.Sum(argument => argument.Arity.MaximumNumberOfValues))
        {
            Argument argument = arguments[Math.Min(_argumentTexts.Count, arguments.Count - 1)];
            if (string.IsNullOrWhiteSpace(word))
                AddError(argument, $"is empty; give {argument.Description}");
            _argumentTexts.Add(word);
            return false;
        }

        string[] commands = [.. from command in _command.Subcommands where !command.Hidden select command.Name];
        string allowed = arguments.Count == 0 ? "only options" : $"one {JoinArgumentNames(", one ")} and options";
        ValidationErrors.Add(new("", "", commands.Length == 0
            ? $"'{word}' is not expected here: {GetCommandPath()} takes {allowed}"
            : $"'{word}' is not a command; there are: {string.Join(", ", commands)}" +
                NearestName.FormatSuggestion(word, commands)));
        return false;
    }

    private string JoinArgumentNames(string between)
        => string.Join(between, _command.Arguments.Select(argument => argument.Name));

    private string GetCommandPath() => HelpText.GetCommandPath(_command);
}
