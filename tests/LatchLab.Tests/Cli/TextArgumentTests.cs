using System.CommandLine;
using LatchLab.Cli;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>Commands with one or two arguments, an option and a flag.</summary>
public sealed class TextArgumentTests
{
    private static readonly string[] None = [];

    [Theory]
    [InlineData("net.json", "net.json")]
    [InlineData("net.json --grid 3 --json", "net.json")]
    [InlineData("--json net.json --grid 3", "net.json")]
    [InlineData("--grid=3 ./-net.json", "./-net.json")]
    [InlineData("--json -- -net.json", "-net.json")]
    [InlineData("-1", "-1")]
    public void A_word_that_belongs_to_no_option_is_the_argument(string arguments, string expected)
        => Assert.Equal((expected, None), Read(arguments));

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
        "-net.json: is not an option of latchlab inspect; latchlab inspect --help lists the options; " +
        "if it is FILE.json, give ./-net.json")]
    public void An_error_is_one_line(string arguments, string line)
        => Assert.Equal([line], Read(arguments).Errors);

    [Fact]
    public void Errors_of_argument_and_options_are_reported_at_once()
        => Assert.Equal(
            [
                "--gird: is not an option of latchlab inspect; did you mean --grid?",
                "'b.json' is not expected here: latchlab inspect takes one FILE.json and options",
                "--grid: has no value; give --grid N",
            ],
            Read("--gird=3 a.json b.json --grid").Errors);

    [Fact]
    public void An_empty_word_is_not_a_name()
        => Assert.Equal(["FILE.json: is empty; give the file of a network"], Read(["inspect", ""]).Errors);

    [Fact]
    public void The_help_shows_and_describes_the_argument()
    {
        var (command, _) = Inspect();
        CommandLine.Parse("test", [command], None);
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
    public void The_last_of_several_arguments_can_take_all_remaining_words(
        string arguments, string first, string others)
        => Assert.Equal((first, others, ""), ReadSeveral(arguments));

    [Theory]
    [InlineData("", "OUT: is missing; give a folder|DIR…: is missing; give folders")]
    [InlineData("out", "DIR…: is missing; give folders")]
    [InlineData("out a --gird 3", "--gird: is not an option of latchlab join; did you mean --grid?")]
    [InlineData(
        "out -a",
        "-a: is not an option of latchlab join; latchlab join --help lists the options; if it is OUT or DIR…, " +
        "give ./-a")]
    public void Each_missing_argument_is_reported(string arguments, string lines)
        => Assert.Equal(lines, ReadSeveral(arguments).Errors);

    [Fact]
    public void The_help_shows_that_an_argument_repeats()
    {
        Command command = Join().Command;
        CommandLine.Parse("test", [command], None);
        string[] lines = HelpText.Format(command, [], width: 80).ReplaceLineEndings("\n").Split('\n');
        Assert.Contains("Usage: latchlab join OUT DIR… [OPTIONS]", lines);
        Assert.Contains("  DIR…                      folders", lines);
    }

    private static (string? First, string Others, string Errors) ReadSeveral(string arguments)
    {
        var (command, first, others) = Join();
        string[] given = ["join", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        var options = new ParsedOptions(CommandLine.Parse("test", [command], given));
        string? one = options.GetRequired(first);
        return (one, string.Join(' ', options.GetRequired(others)), string.Join('|', options.ValidationErrors));
    }

    private static (Command Command, Argument<string> First, Argument<string[]> Others) Join()
    {
        var first = new Argument<string>("OUT") { Description = "a folder" };
        var others = new Argument<string[]>("DIR…") { Description = "folders" };
        var command = new Command("join", "Joins.")
        {
            first, others, Options.Text("--grid", "N", "cells"), Options.Flag("--json", "print JSON"),
        };
        return (command, first, others);
    }

    private static (string? Text, string[] Errors) Read(string arguments)
        => Read(["inspect", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

    private static (string? Text, string[] Errors) Read(string[] arguments)
    {
        var (command, file) = Inspect();
        var given = new ParsedOptions(CommandLine.Parse("test", [command], arguments));
        string? text = given.GetRequired(file);
        return (text, [.. given.ValidationErrors.Select(error => error.ToString())]);
    }

    private static (Command Command, Argument<string> File) Inspect()
    {
        var file = new Argument<string>("FILE.json") { Description = "the file of a network" };
        var command = new Command("inspect", "Looks at a network.")
        {
            file, Options.Text("--grid", "N", "cells"), Options.Flag("--json", "print JSON"),
        };
        return (command, file);
    }
}
