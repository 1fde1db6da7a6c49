using LatchLab.Foundation;
using LatchLab.Sweeps.Format;
using Xunit;

namespace LatchLab.Tests.Sweeps;

/// <summary>What is no TOML is told in plain words, and where it is.</summary>
public class SweepFileSyntaxTests
{
    [Theory]
    [InlineData("a = tanh", "1:5", "a text stands in double quotes: write \"tanh\"")]
    [InlineData("a = 0,5", "1:6", "decimals are written with a point: 0.5")]
    [InlineData("a = .5", "1:5", "a number has a digit before its point: write 0.5")]
    [InlineData("a = 1.", "1:5", "a number has a digit after its point: write 1.0")]
    [InlineData("a = 01", "1:5", "01 begins with 0; write it without")]
    [InlineData("a = True", "1:5", "True is written in small letters")]
    [InlineData("a = NaN", "1:5", "NaN is no number; a finite number is needed")]
    [InlineData("a = 1_", "1:7", "an underscore may stand between two digits only")]
    [InlineData("a = 99999999999999999999", "1:5", "99999999999999999999 is too large")]
    [InlineData("a =", "1:4", "a value is missing after =")]
    [InlineData("a 1", "1:3", "= and a value are missing after a")]
    [InlineData("a: 1", "1:2", "write = instead of : after a")]
    [InlineData("= 1", "1:1", "a name is missing before =")]
    [InlineData("é = 1", "1:1", "é stands where a name is needed; names of other letters than a to z stand in quotes")]
    [InlineData("a = \"b", "1:6", "the closing quote of a text is missing")]
    [InlineData("a = \"C:\\data\"", "1:9", "a backslash in double quotes begins an escape; write / " +
        "in a path, or put the text in single quotes")]
    [InlineData("a = \"\u0001\"", "1:5", "a control character stands in a text")]
    [InlineData("a = [1, 2\nb = 3", "2:1", "a list is not closed: ] or a comma is missing before b")]
    [InlineData("a = [1 2]", "1:8", "a comma is missing before 2")]
    [InlineData("a = [1,,2]", "1:8", "a value is missing before ,")]
    [InlineData("a = { b = 1\nc = 2", "2:1", "a table in braces is not closed: } or a comma is missing before c")]
    [InlineData("[task\nb = 1", "1:6", "] is missing after the name of a section")]
    [InlineData("[[axes]\nb = 1", "1:7", "]] is missing after the name of a section")]
    [InlineData("[task] b = 1", "1:8", "b follows the end of the value or section; what comes next " +
        "stands on a line of its own")]
    [InlineData("a = 1 b = 2", "1:7", "b follows the end of the value or section; what comes next " +
        "stands on a line of its own")]
    public void A_slip_is_explained(string line, string place, string problem)
    {
        ValidationError error = Errors(line)[0];
        Assert.Equal(new($"s.toml:{place}", "", $"not valid TOML: {problem}"), error);
    }

    [Fact]
    public void Slips_in_different_lines_are_told_all_but_of_a_line_the_first_only()
        => Assert.Equal(
            ["s.toml:1:5", "s.toml:3:6", "s.toml:4:3"],
            Errors("a = tanh\nb = 2\nc = 0,5\nd 1\n").Select(error => error.Location));

    [Theory]
    [InlineData("a.b = 1\n[a]\nc = 2")]
    [InlineData("a = { b = 1 }\na.c = 2")]
    [InlineData("a = [1]\n[[a]]\nb = 1")]
    [InlineData("a = 1\n[a.b]\nc = 1")]
    public void What_TOML_forbids_is_refused(string text)
        => Assert.NotEmpty(Errors(text));

    [Fact]
    public void Deep_nesting_is_refused()
    {
        string deep = new('[', 100_000);
        Assert.Contains("not valid TOML", Assert.Single(Errors($"a = {deep}")).Message, StringComparison.Ordinal);
        Assert.NotEmpty(Errors(string.Join('.', Enumerable.Repeat("a", 100_000)) + " = 1"));
    }

    private static IReadOnlyList<ValidationError> Errors(string text)
        => Assert.Throws<ValidationException>(() => SweepFile.Parse(text, "s.toml")).Errors;
}
