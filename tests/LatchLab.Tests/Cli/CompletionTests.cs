using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>
/// The scripts of <c>latchlab completion</c> in the shells themselves: each completes commands, options, names and
/// files (bash: <see cref="RoughUseTests"/>). A shell that is not installed is reported as skipped; <c>.ci/run</c>
/// installs what it can.
/// </summary>
public sealed class CompletionTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public CompletionTests()
    {
        _sandbox.Write("sweep.toml", "");
        _sandbox.Write("bin/latchlab", $"#!/bin/sh\nexec {Sandbox.Program} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_sandbox.Below("bin/latchlab"), (UnixFileMode)0b111_101_101);
    }

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Fish()
        => Check("fish", "", line => $"""
            latchlab completion fish | source
            complete -C '{line}'
            """);

    /// <summary>
    /// Completes in an interactive shell on a pseudo-terminal. The completed line becomes the argument of a command
    /// that prints it.
    /// </summary>
    [Fact]
    public void Zsh()
        => Check("zsh", "-f", line => $$"""
            zmodload zsh/zpty
            zpty shell zsh -f -i
            zpty -w shell 'PS1=; source <(latchlab completion zsh); bindkey "^I" complete-word; print RE""ADY'
            zpty -r shell output '*READY*'
            zpty -w -n shell $'{{line}}\t\C-aprint -r -- line: \n print E""ND\n'
            zpty -r shell output '*END*'
            print -r -- "$output" | grep -ao 'line: .*' | tr -d '\r' | tr ' ' '\n'
            """);

    [Fact]
    public void PowerShell()
        => Check("pwsh", "-NoProfile -NonInteractive", line => $$"""
            latchlab completion pwsh | Out-String | Invoke-Expression
            (TabExpansion2 -inputScript '{{line}}' -cursorColumn {{line.Length}}).CompletionMatches |
              ForEach-Object CompletionText
            """);

    [Fact]
    public void A_word_is_suggested_once()
    {
        string[] words = _sandbox.Run(["complete", "latchlab "]).Output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Equal(words.Distinct(), words);
    }

    /// <summary>Completes a command, an option, a name and a file, each in a process of its own.</summary>
    private void Check(string shell, string options, Func<string, string> createScript)
    {
        SlowTests.SkipUnlessRequested();
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the shells are tested on Unix");
        string find = $"command -v {shell}";
        Assert.SkipUnless(_sandbox.RunInBash(find).ExitCode == 0, $"{shell} is not installed");
        foreach ((string line, string word) in new[]
        {
            ("latchlab tr", "train"), ("latchlab train --sav", "--save-network"),
            ("latchlab train --task pari", "parity"), ("latchlab run swee", "sweep.toml"),
        })
        {
            _sandbox.Write("script", createScript(line));
            CommandResult result = _sandbox.RunInBash($"PATH=\"$PWD/bin:$PATH\" {shell} {options} ./script");
            Assert.True(
                result.Output.Split('\n').Any(found => found.Trim() == word || found.Trim() == $"./{word}"),
                $"{shell}: '{line}' gives '{result.Output}' {result.Error}");
        }
    }
}
