using System.CommandLine;

namespace LatchLab.Cli;

/// <summary>
/// The help text of a command: its description, subcommands, arguments and options, the options grouped by heading, in
/// two columns that fit the terminal.
/// </summary>
internal static class HelpText
{
    private const int LeftColumnWidth = 28;
    private const int MinWidth = 60;
    private const int MaxWidth = 110;

    /// <summary>The columns of text on a terminal: its width, limited to what is easy to read.</summary>
    public static int LimitColumns(int terminalWidth) => Math.Clamp(terminalWidth, MinWidth, MaxWidth) - 1;

    /// <summary>Formats the whole help text.</summary>
    /// <param name="command">The command.</param>
    /// <param name="common">The options of every command.</param>
    /// <param name="width">The width of the terminal in columns.</param>
    public static string Format(Command command, IEnumerable<Option> common, int width)
    {
        int columns = LimitColumns(width);
        var lines = new List<string>();
        lines.AddRange(Wrap(command.Description ?? "", columns));
        lines.Add("");
        string usage = command.Subcommands.Count > 0 ? " COMMAND" : "";
        usage += string.Concat(command.Arguments.Select(argument => $" {argument.Name}"));
        lines.Add($"Usage: {GetCommandPath(command)}{usage} [OPTIONS]");
        AddSection("Commands",
            command.Subcommands.Where(sub => !sub.Hidden).Select(sub => (sub.Name, sub.Description ?? "")));
        AddSection(
            "Arguments", command.Arguments.Select(argument => (argument.Name, argument.Description ?? "")));
        var optionsByHeading = command.Options.Where(option => !option.Recursive)
            .ToLookup(option => (option as SettingOption)?.Heading ?? "");
        AddSection("Options", optionsByHeading[""].Concat(common).Select(FormatRow));
        foreach (var group in optionsByHeading.Where(group => group.Key.Length > 0))
            AddSection(group.Key, group.Select(FormatRow));
        return string.Join(Environment.NewLine, lines);

        void AddSection(string heading, IEnumerable<(string Left, string Right)> rows)
        {
            foreach ((int i, (string left, string right)) in rows.Index())
            {
                if (i == 0)
                    lines.AddRange(["", $"{heading}:"]);
                lines.AddRange(FormatRow($"  {left}", right, LeftColumnWidth, columns));
            }
        }
    }

    /// <summary>The full name of a command, for example <c>latchlab dynamics neuron</c>.</summary>
    public static string GetCommandPath(Command command)
        => command.Parents.OfType<Command>().FirstOrDefault() is { } parent
            ? $"{GetCommandPath(parent)} {command.Name}"
            : "latchlab";

    /// <summary>Formats two columns; if the left text is too long, the right one begins on the next line.</summary>
    public static IEnumerable<string> FormatRow(string left, string right, int leftColumn, int columns)
    {
        if (left.Length >= leftColumn)
        {
            yield return left;
            left = "";
        }

        foreach (string line in Wrap(right, columns - leftColumn))
        {
            yield return left.PadRight(leftColumn) + line;
            left = "";
        }
    }

    /// <summary>Wraps a text at spaces into lines of at most the given width; a longer word stays whole.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }

    private static (string Left, string Right) FormatRow(Option option)
        // The alias of an option with a value is a former name, which help does not show.
        => (option.HelpName is { } valueName
            ? $"{option.Name} {valueName}"
            : string.Join(", ", option.Aliases.Append(option.Name)), option.Description ?? "");
}
