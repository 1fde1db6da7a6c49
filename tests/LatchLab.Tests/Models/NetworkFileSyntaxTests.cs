using LatchLab.Foundation;
using LatchLab.Models;
using Xunit;

namespace LatchLab.Tests.Models;

/// <summary>Texts that are no JSON, and what their author is told.</summary>
public class NetworkFileSyntaxTests
{
    [Fact]
    public void A_trailing_comma_is_named_with_its_line()
    {
        string text = """
            {"network": "latch",
             "inputs": [0.5, 0.4],
            }
            """;
        Assert.Equal("net.json:2: not valid JSON at column 22: no comma may stand before }", MistakeOf(text));
        Assert.Equal(
            "net.json:1: inputs: not valid JSON at column 15: no comma may stand before ]",
            MistakeOf("""{"inputs":[1,2,]}"""));
    }

    [Theory]
    [InlineData("{ // the latch", "net.json:1: not valid JSON at column 3: comments are not allowed")]
    [InlineData("{\"unit\":\"tanh\",\n/* */}", "net.json:2: not valid JSON at column 1: comments are not allowed")]
    [InlineData("{\"inputs\":[1,//", "net.json:1: inputs: not valid JSON at column 14: comments are not allowed")]
    public void A_comment_is_refused(string text, string message) => Assert.Equal(message, MistakeOf(text));

    [Theory]
    [InlineData("NaN", "NaN is no number in JSON; a finite number is needed")]
    [InlineData("-Infinity", "-Infinity is no number in JSON; a finite number is needed")]
    [InlineData("inf", "inf is no number in JSON; a finite number is needed")]
    [InlineData(".5", ".5 is not written like a number in JSON, such as 0.5, -3 or 1e-4")]
    [InlineData("+1", "+1 is not written like a number in JSON, such as 0.5, -3 or 1e-4")]
    [InlineData("01", "01 is not written like a number in JSON, such as 0.5, -3 or 1e-4")]
    [InlineData("1.", "1. is not written like a number in JSON, such as 0.5, -3 or 1e-4")]
    [InlineData("0x1F", "0x1F is not written like a number in JSON, such as 0.5, -3 or 1e-4")]
    [InlineData("None", "None is no value; text stands in double quotes")]
    [InlineData("True", "True is written in small letters")]
    [InlineData("'tanh'", "text stands in double quotes, not in single ones")]
    [InlineData("\"\\q\"", "a backslash in this string starts no escape that JSON knows; a backslash itself is \\\\")]
    [InlineData("\"\\u0g\"", "a backslash in this string starts no escape that JSON knows; a backslash itself is \\\\")]
    [InlineData("\"\n\"", "the closing quote of this string is missing, or a line break or tab stands within it")]
    [InlineData("", "a value is missing before }")]
    public void A_value_that_is_none_is_named_with_its_field(string value, string problem)
        => Assert.Equal(
            $"net.json:2: weight: not valid JSON at column 10: {problem}", MistakeOf($"{{\n\"weight\":{value}}}"));

    [Theory]
    [InlineData("{", 2, "the text ends too early; } is missing")]
    [InlineData("{\"inputs\":[]", 13, "the text ends too early; } is missing")]
    [InlineData("{\"inputs\":3,", 13, "the text ends too early; } is missing")]
    [InlineData("{\"inputs", 2, "the closing quote of this string is missing")]
    [InlineData("{inputs:3}", 2, "inputs stands where the name of a field in double quotes is needed")]
    [InlineData("{\"inputs\" 3}", 2, "a colon is missing after the name of the field")]
    [InlineData("{\"weight\":3 \"unit\":4}", 13, "a comma is missing before \"unit\"")]
    [InlineData(
        "{\"weight\":0,5}",
        13,
        "5 stands where the name of a field in double quotes is needed; decimals are written with a point")]
    [InlineData("{\"weight\":1/2}", 12, "a comma is missing before /2")]
    [InlineData("{\"weight\":3]", 12, "] stands where } is needed")]
    [InlineData("{}}", 3, "nothing may follow the end of the network")]
    [InlineData("{} {}", 4, "nothing may follow the end of the network")]
    [InlineData("network", 1, "network is no value; text stands in double quotes")]
    [InlineData("\0", 1, "\\u0000 is no value; text stands in double quotes")]
    public void A_slip_between_the_fields_is_named_with_its_column(string text, int column, string problem)
        => Assert.Equal($"net.json:1: not valid JSON at column {column}: {problem}", MistakeOf(text));

    [Fact]
    public void Columns_count_characters()
        => Assert.Equal(
            "net.json:1: not valid JSON at column 9: no comma may stand before }", MistakeOf("""{"η∞é":1,}"""));

    [Theory]
    [InlineData("{\"inputs\":3", "inputs: not valid JSON at column 12: the text ends too early; } is missing")]
    [InlineData("{\"inputs\":[1,2", "inputs: not valid JSON at column 15: the text ends too early; ]} is missing")]
    [InlineData("{\"inputs\":[[", "inputs: not valid JSON at column 13: the text ends too early; ]]} is missing")]
    [InlineData("{\"inputs\":[1 2]}", "inputs: not valid JSON at column 14: a comma is missing before 2")]
    [InlineData("{\"inputs\":[,1]}", "inputs: not valid JSON at column 12: a value is missing before ,")]
    public void A_slip_within_a_value_is_named_with_the_field(string text, string problem)
        => Assert.Equal($"net.json:1: {problem}", MistakeOf(text));

    [Theory]
    [InlineData(17)]
    [InlineData(100_000)]
    public void Deep_nesting_is_refused(int depth)
        => Assert.Equal(
            "net.json:1: not valid JSON at column 17: nested deeper than 16 levels", MistakeOf(new string('[', depth)));

    [Fact]
    public void A_long_value_is_cut_short_in_the_message()
        => Assert.Equal(
            $"net.json:1: weight: not valid JSON at column 11: x{new string('y', 39)}… is no value; "
            + "text stands in double quotes",
            MistakeOf($$"""{"weight":x{{new string('y', 100_000)}}}"""));

    private static string MistakeOf(string text)
        => Assert.Throws<ValidationException>(() => NetworkFile.Parse(text, "net.json")).Message;
}
