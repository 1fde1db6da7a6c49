using System.CommandLine;
using LatchLab.Cli;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>Commands with an argument or two, an option and a flag.</summary>
public sealed class TextArgumentTests
{
    private static readonly string[] Nothing = [];

    [Theory]
    [InlineData("net.json", "net.json")]
    [InlineData("net.json --grid 3 --json", "net.json")]
    [InlineData("--json net.json --grid 3", "net.json")]
    [InlineData("--grid=3 ./-net.json", "./-net.json")]
    [InlineData("--json -- -net.json", "-net.json")]
    [InlineData("-1", "-1")]
    public void The_word_that_belongs_to_no_option_is_the_argument(string words, string expected)
        => Assert.Equal((expected, Nothing), Read(words));

    [Theory]
    [InlineData("", "FILE.json: is missing; give the file of a network")]
    [InlineData("--grid 3", "FILE.json: is missing; give the file of a network")]
    [InlineData("a.json b.json", "'b.json' is not expected here: latchlab inspect takes one FILE.json and options")]
    [InlineData("a.json --jsn", "--jsn: is not an option of latchlab inspect; did you mean --json?")]
    [InlineData("--jsn a.json", "--jsn: is not an option of latchlab inspect; did you mean --json?")]
    [InlineData("--gird 3 a.json", "--gird: is not an option of latchlab inspect; did you mean --grid?")]
    [InlineData("--gird a.json", "--gird: is not an option of latchlab inspect; did you mean --grid?")]
    [InlineData(
        "-net.json",
        "-net.json: is not an option of latchlab inspect; latchlab inspect --help lists those there are; " +
        "if it is FILE.json, give ./-net.json")]
    public void A_mistake_is_one_line(string words, string line)
        => Assert.Equal([line], Read(words).Mistakes);

    [Fact]
    public void Mistakes_of_argument_and_options_are_told_at_once()
        => Assert.Equal(
            [
                "--gird: is not an option of latchlab inspect; did you mean --grid?",
                "'b.json' is not expected here: latchlab inspect takes one FILE.json and options",
                "--grid: has no value; give --grid N",
            ],
            Read("--gird=3 a.json b.json --grid").Mistakes);

    [Fact]
    public void An_empty_word_is_no_name()
        => Assert.Equal(["FILE.json: is empty; give the file of a network"], Read(["inspect", ""]).Mistakes);

    [Fact]
    public void The_help_shows_the_argument_in_the_usage_and_says_what_it_is()
    {
        var (command, _) = Inspect();
        CommandLine.Parse("test", [command], Nothing);
        string[] lines = HelpText.Format(command, [], width: 80).ReplaceLineEndings("\n").Split('\n');
        Assert.Contains("Usage: latchlab inspect FILE.json [OPTIONS]", lines);
        Assert.Equal(
            "  FILE.json                 the file of a network", lines[Array.IndexOf(lines, "Arguments:") + 1]);
    }

    [Theory]
    [InlineData("out a", "out", "a")]
    [InlineData("out a b c", "out", "a b c")]
    [InlineData("--json out a --grid 3 b", "out", "a b")]
    [InlineData("-- out -a --json", "out", "-a --json")]
    public void The_last_of_several_arguments_may_take_all_words_that_are_left(
        string words, string first, string others)
        => Assert.Equal((first, others, ""), ReadSeveral(words));

    [Theory]
    [InlineData("", "OUT: is missing; give a folder|DIR…: is missing; give folders")]
    [InlineData("out", "DIR…: is missing; give folders")]
    [InlineData("out a --gird 3", "--gird: is not an option of latchlab join; did you mean --grid?")]
    [InlineData(
        "out -a",
        "-a: is not an option of latchlab join; latchlab join --help lists those there are; if it is OUT or DIR…, " +
        "give ./-a")]
    public void Arguments_that_are_missing_are_told_each(string words, string lines)
        => Assert.Equal(lines, ReadSeveral(words).Mistakes);

    [Fact]
    public void The_help_shows_that_an_argument_repeats()
    {
        Command command = Join().Command;
        CommandLine.Parse("test", [command], Nothing);
        string[] lines = HelpText.Format(command, [], width: 80).ReplaceLineEndings("\n").Split('\n');
        Assert.Contains("Usage: latchlab join OUT DIR… [OPTIONS]", lines);
        Assert.Contains("  DIR…                      folders", lines);
    }

    private static (string? First, string Others, string Mistakes) ReadSeveral(string words)
    {
        var (command, first, others) = Join();
        string[] given = ["join", .. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        var options = new ParsedOptions(CommandLine.Parse("test", [command], given));
        string? one = options.GetRequiredString(first);
        return (one, string.Join(' ', options.GetRequiredStrings(others)), string.Join('|', options.ValidationErrors));
    }

    private static (Command Command, TextArgument First, TextArgument Others) Join()
    {
        var first = new TextArgument("OUT", "a folder");
        var others = new TextArgument("DIR", "folders") { CanRepeat = true };
        var command = new Command("join", "Joins.")
        {
            first, others, new TextOption("--grid", "N", "cells"), new Flag("--json", "print JSON"),
        };
        return (command, first, others);
    }

    private static (string? Text, string[] Mistakes) Read(string words)
        => Read(["inspect", .. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

    private static (string? Text, string[] Mistakes) Read(string[] words)
    {
        var (command, file) = Inspect();
        var given = new ParsedOptions(CommandLine.Parse("test", [command], words));
        string? text = given.GetRequiredString(file);
        return (text, [.. given.ValidationErrors.Select(mistake => mistake.ToString())]);
    }

    private static (Command Command, TextArgument File) Inspect()
    {
        var file = new TextArgument("FILE.json", "the file of a network");
        var command = new Command("inspect", "Looks at a network.")
        {
            file, new TextOption("--grid", "N", "cells"), new Flag("--json", "print JSON"),
        };
        return (command, file);
    }
}
