using System.CommandLine;
using System.CommandLine.Completions;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab completion</c>: prints the script that completes commands, options and names in a shell. The script
/// calls the hidden command <c>complete</c> with the line that is being typed.
/// </summary>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["bash"] =
            """
            _latchlab() {
              local IFS=$'\n'
              COMPREPLY=($(latchlab complete "${COMP_LINE:0:COMP_POINT}" 2>/dev/null))
            }
            complete -o default -F _latchlab latchlab
            """,
        ["zsh"] =
            """
            (( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
            _latchlab() {
              local -a words_found
              words_found=("${(@f)$(latchlab complete "$LBUFFER" 2>/dev/null)}")
              [[ -n $words_found ]] && compadd -- $words_found || _files
            }
            compdef _latchlab latchlab
            """,
        ["fish"] =
            """
            function __latchlab_complete
              set -l words_found (latchlab complete (commandline -cp) 2>/dev/null)
              if set -q words_found[1]
                printf '%s\n' $words_found
              else
                __fish_complete_path (commandline -ct)
              end
            end
            complete -c latchlab -f -a '(__latchlab_complete)'
            """,
        ["pwsh"] =
            """
            Register-ArgumentCompleter -Native -CommandName latchlab -ScriptBlock {
              param($word, $line, $position)
              latchlab complete $line.ToString().PadRight($position).Substring(0, $position) 2>$null |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
            }
            """,
    };

    private static readonly Argument<string> Shell = Options.Argument(
        "SHELL", $"the shell: {string.Join(", ", Scripts.Keys)}");

    private static readonly Argument<string> Line = Options.Argument("LINE", "the line up to the cursor");

    /// <summary>Creates the command that prints a script.</summary>
    public static Command Create() => new RunnableCommand(
        "completion", "Print the script that completes commands and options in a shell.", PrintScript,
        () => [Shell]);

    /// <summary>Creates the hidden command that prints the completions of a line, one a line.</summary>
    public static Command CreateHidden()
        => new RunnableCommand("complete", "Print the completions of a line.", PrintCompletions, () => [Line])
        {
            Hidden = true,
        };

    private static int PrintScript(ParsedOptions parsed)
    {
        string? script = null;
        if (parsed.GetRequired(Shell) is { } name && !Scripts.TryGetValue(name, out script))
            parsed.AddError(Shell, Options.DescribeUnknown(name, Scripts.Keys));
        parsed.ThrowIfInvalid();
        Console.Out.WriteLine(script);
        return ExitCodes.Success;
    }

    private static int PrintCompletions(ParsedOptions parsed)
    {
        string? line = parsed.GetRequired(Line);
        parsed.ThrowIfInvalid();
        foreach (string word in Complete(parsed.RootCommand, line!).Distinct())
            Console.Out.WriteLine(word);
        return ExitCodes.Success;
    }

    /// <summary>
    /// The words that can follow: commands and options, or the names that an option takes. System.CommandLine would
    /// also return names that contain the word elsewhere, former names, and all in alphabetical order.
    /// </summary>
    private static IEnumerable<string> Complete(Command root, string line)
    {
        string[] words = line.Split(' ');
        Command command = root;
        foreach (string word in words[..^1])
            command = command.Subcommands.FirstOrDefault(known => known.Name == word) ?? command;
        Option? given = words.Length < 2 ? null
            : command.Options.FirstOrDefault(option => option.Name == words[^2] && option.HelpName is not null);
        IEnumerable<string> names = given is null
            ? [.. from known in command.Subcommands.Cast<Symbol>().Concat(command.Options).Concat(root.Options)
                  where !known.Hidden
                  select known.Name]
            : given.CompletionSources.SelectMany(source => source(CompletionContext.Empty)).Select(item => item.Label);
        return names.Where(name => name.StartsWith(words[^1], StringComparison.Ordinal));
    }
}
