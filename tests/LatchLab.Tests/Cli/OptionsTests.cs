using System.CommandLine;
using LatchLab.Cli;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>The value of each kind of option: given, by default, and with a message if it is invalid.</summary>
public sealed class OptionsTests
{
    private enum Colour
    {
        DarkRed,
        Blue,
    }

    [Theory]
    [InlineData("", 7, null)]
    [InlineData("--x 10", 10, null)]
    [InlineData("--x=3 --x 4", 3, "--x: is given twice; give it once")]
    [InlineData("--x 11", 7, "--x: '11' is not allowed: give a whole number from 1 to 10")]
    [InlineData("--x -1", 7, "--x: '-1' is not allowed: give a whole number from 1 to 10")]
    [InlineData("--x", 7, "--x: has no value; give --x N")]
    public void An_integer_has_a_range_and_a_default(string line, int expected, string? error)
        => AssertValue(Options.Integer("--x", "N", "a number", 1, 10, 7), line, expected, error);

    [Theory]
    [InlineData("", null, null)]
    [InlineData("--x -1.5", -1.5, null)]
    [InlineData("--x 1,5", null, "--x: '1,5' is not allowed: give a finite number, such as 1.25")]
    public void A_number_is_finite(string line, double? expected, string? error)
        => AssertValue(Options.Number("--x", "N", "a number"), line, expected, error);

    [Theory]
    [InlineData("--x 2", 2.0, null)]
    [InlineData("--x 0", 0.5, "--x: '0' is not allowed: give a number above 0 up to 2")]
    [InlineData("--x 2.1", 0.5, "--x: '2.1' is not allowed: give a number above 0 up to 2")]
    [InlineData("--x nan", 0.5, "--x: 'nan' is not allowed: give a finite number, such as 1.25")]
    public void A_positive_number_has_a_maximum(string line, double expected, string? error)
        => AssertValue(Options.PositiveNumber("--x", "N", "a number", 2.0, 0.5), line, expected, error);

    [Theory]
    [InlineData("--x blue", "Blue", null)]
    [InlineData("--x DarkRed", "Blue",
        "--x: 'DarkRed' is not known; there are dark-red, blue; did you mean \"dark-red\"?")]
    [InlineData("--x dark-red", "DarkRed", null)]
    public void A_choice_has_the_names_of_settings(string line, string expected, string? error)
        => AssertValue(Options.Choice("--x", "C", "a colour", Colour.Blue), line, Enum.Parse<Colour>(expected), error);

    [Fact]
    public void Several_numbers_and_choices_are_separated_by_commas()
    {
        Assert.Equal([0.5, -1.0], Parse(Options.Numbers("--x", "N,…", "numbers"), "--x 0.5,-1").Value!);
        Option<IReadOnlyList<string>> choices = Options.Choices("--x", "which", ["a", "b", "c"], text => text);
        Assert.Equal(("which: a, b, c (default: all)", "ID,…"), (choices.Description, choices.HelpName));
        Assert.Equal(["c", "a"], Parse(choices, "--x c,a").Value);
        Assert.Equal("--x: 'c' is not allowed: give each name once", Parse(choices, "--x c,a,c").Errors);
        Assert.Equal(["a", "b", "c"], Parse(choices, "").Value);
        Assert.Equal("--x: 'd' is not known; there are a, b, c|--x: '' is not known; there are a, b, c",
            Parse(choices, "--x d,").Errors);
    }

    [Fact]
    public void A_repeated_option_keeps_all_texts()
        => Assert.Equal(["k=1", "j=2"], Parse(Options.Repeated("--x", "K=V", "pairs"), "--x k=1 --x=j=2").Value);

    private static void AssertValue<T>(Option<T> option, string line, T expected, string? error)
        => Assert.Equal((expected, error ?? ""), Parse(option, line));

    private static (T Value, string Errors) Parse<T>(Option<T> option, string line)
    {
        string[] words = ["test", .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        var parsed = new ParsedOptions(CommandLine.Parse("all", [new Command("test", "Tests.") { option }], words));
        return (parsed.GetValue(option), string.Join('|', parsed.ValidationErrors));
    }
}
