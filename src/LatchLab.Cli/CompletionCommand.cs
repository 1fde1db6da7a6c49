using System.CommandLine;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab completion</c>: prints the script that completes commands, options and names in a shell. The script
/// calls
/// the hidden command <c>complete</c> with the line that is being typed.
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

    /// <summary>Creates the command that prints a script.</summary>
    public static Command Create()
    {
        string names = string.Join(", ", Scripts.Keys);
        var shell = new TextArgument("SHELL", $"the shell: {names}");
        var command = new Command("completion", "Print the script that completes commands and options in a shell.")
        {
            shell,
        };
        command.SetAction(parsed =>
        {
            var parsedOptions = new ParsedOptions(parsed);
            string? script = parsedOptions.GetRequiredString(shell) is { } name
                ? ChoiceParser.Find(shell.DisplayName, name, Scripts, parsedOptions.ValidationErrors)
                : null;
            parsedOptions.ThrowIfInvalid();
            Console.Out.WriteLine(script);
            return ExitCodes.Success;
        });
        return command;
    }

    /// <summary>Creates the hidden command that prints the completions of a line, one a line.</summary>
    public static Command CreateHidden()
    {
        var line = new TextArgument("LINE", "the line up to the cursor");
        var command = new Command("complete", "Print the completions of a line.") { line };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            var parsedOptions = new ParsedOptions(parsed);
            string? text = parsedOptions.GetRequiredString(line);
            parsedOptions.ThrowIfInvalid();
            foreach (string word in Complete(parsed.RootCommandResult.Command, text!))
                Console.Out.WriteLine(word);
            return ExitCodes.Success;
        });
        return command;
    }

    /// <summary>The words that can follow: commands and options, or the names that an option takes.</summary>
    private static IEnumerable<string> Complete(Command root, string line)
    {
        string[] words = line.Split(' ');
        string partial = words[^1];
        Command command = root;
        foreach (string word in words[1..^1])
            command = command.Subcommands.FirstOrDefault(known => known.Name == word) ?? command;
        string previous = words.Length > 1 ? words[^2] : "";
        if (command.Options.OfType<TextOption>().FirstOrDefault(option => option.Name == previous) is { } given)
            return given.Suggestions.Where(name => name.StartsWith(partial, StringComparison.Ordinal));
        return command.Subcommands.Where(known => !known.Hidden).Select(known => known.Name)
            .Concat(command.Options.Concat(root.Options).Select(option => option.Name))
            .Distinct().Where(name => name.StartsWith(partial, StringComparison.Ordinal));
    }
}
