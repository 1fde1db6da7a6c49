using LatchLab.Foundation;
using LatchLab.Sweeps.Format;
using Xunit;

namespace LatchLab.Tests.Sweeps;

/// <summary>Text that is not valid TOML is reported with a clear message and its location.</summary>
public class SweepFileSyntaxTests
{
    [Theory]
    [InlineData("a = tanh", "1:5", "a string needs double quotes: write \"tanh\"")]
    [InlineData("a = 0,5", "1:6", "decimals are written with a point: 0.5")]
    [InlineData("a = .5", "1:5", "a number needs a digit before the decimal point: write 0.5")]
    [InlineData("a = 1.", "1:5", "a number needs a digit after the decimal point: write 1.0")]
    [InlineData("a = 01", "1:5", "01 has a leading 0; remove it")]
    [InlineData("a = True", "1:5", "True must be lower case")]
    [InlineData("a = NaN", "1:5", "NaN is not allowed; a finite number is needed")]
    [InlineData("a = 1_", "1:7", "an underscore is allowed only between two digits")]
    [InlineData("a = 99999999999999999999", "1:5", "99999999999999999999 is too large")]
    [InlineData("a =", "1:4", "a value is missing after =")]
    [InlineData("a 1", "1:3", "= and a value are missing after a")]
    [InlineData("a: 1", "1:2", "write = instead of : after a")]
    [InlineData("= 1", "1:1", "a name is missing before =")]
    [InlineData("é = 1", "1:1", "é stands where a name is needed; quote names with letters other than a to z")]
    [InlineData("a = \"b", "1:6", "the closing quote of a string is missing")]
    [InlineData("a = \"C:\\data\"", "1:9", "a backslash in double quotes begins an escape; write / " +
        "in a path, or use single quotes")]
    [InlineData("a = \"\u0001\"", "1:5", "a string contains a control character")]
    [InlineData("a = [1, 2\nb = 3", "2:1", "a list is not closed: ] or a comma is missing before b")]
    [InlineData("a = [1 2]", "1:8", "a comma is missing before 2")]
    [InlineData("a = [1,,2]", "1:8", "a value is missing before ,")]
    [InlineData("a = { b = 1\nc = 2", "2:1", "a table in braces is not closed: } or a comma is missing before c")]
    [InlineData("[task\nb = 1", "1:6", "] is missing after the name of a section")]
    [InlineData("[[axes]\nb = 1", "1:7", "]] is missing after the name of a section")]
    [InlineData("[task] b = 1", "1:8", "b follows the end of the value or section; start a new line " +
        "before it")]
    [InlineData("a = 1 b = 2", "1:7", "b follows the end of the value or section; start a new line " +
        "before it")]
    public void A_syntax_error_is_explained(string line, string place, string problem)
    {
        ValidationError error = Errors(line)[0];
        Assert.Equal(new($"s.toml:{place}", "", $"not valid TOML: {problem}"), error);
    }

    [Fact]
    public void Syntax_errors_in_different_lines_are_all_reported_one_per_line()
        => Assert.Equal(
            ["s.toml:1:5", "s.toml:3:6", "s.toml:4:3"],
            Errors("a = tanh\nb = 2\nc = 0,5\nd 1\n").Select(error => error.Location));

    [Theory]
    [InlineData("a.b = 1\n[a]\nc = 2")]
    [InlineData("a = { b = 1 }\na.c = 2")]
    [InlineData("a = [1]\n[[a]]\nb = 1")]
    [InlineData("a = 1\n[a.b]\nc = 1")]
    public void Text_that_TOML_forbids_is_rejected(string text)
        => Assert.NotEmpty(Errors(text));

    [Fact]
    public void Deep_nesting_is_rejected()
    {
        string deep = new('[', 100_000);
        Assert.Contains("not valid TOML", Assert.Single(Errors($"a = {deep}")).Message, StringComparison.Ordinal);
        Assert.NotEmpty(Errors(string.Join('.', Enumerable.Repeat("a", 100_000)) + " = 1"));
    }

    private static IReadOnlyList<ValidationError> Errors(string text)
        => Assert.Throws<ValidationException>(() => SweepFile.Parse(text, "s.toml")).Errors;
}
