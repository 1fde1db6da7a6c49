using LatchLab.Foundation;
using LatchLab.Models;
using Xunit;

namespace LatchLab.Tests.Models;

/// <summary>Text that is not valid JSON, and the messages for it.</summary>
public class NetworkFileSyntaxTests
{
    [Fact]
    public void A_trailing_comma_is_reported_with_its_line()
    {
        string text = """
            {"network": "latch",
             "inputs": [0.5, 0.4],
            }
            """;
        Assert.Equal("net.json:2: not valid JSON at column 22: a comma is not allowed before }", ErrorOf(text));
        Assert.Equal(
            "net.json:1: inputs: not valid JSON at column 15: a comma is not allowed before ]",
            ErrorOf("""{"inputs":[1,2,]}"""));
    }

    [Theory]
    [InlineData("{ // the latch", "net.json:1: not valid JSON at column 3: comments are not allowed")]
    [InlineData("{\"unit\":\"tanh\",\n/* */}", "net.json:2: not valid JSON at column 1: comments are not allowed")]
    [InlineData("{\"inputs\":[1,//", "net.json:1: inputs: not valid JSON at column 14: comments are not allowed")]
    public void A_comment_is_rejected(string text, string message) => Assert.Equal(message, ErrorOf(text));

    [Theory]
    [InlineData("NaN", "NaN is not a JSON number; a finite number is needed")]
    [InlineData("-Infinity", "-Infinity is not a JSON number; a finite number is needed")]
    [InlineData("inf", "inf is not a JSON number; a finite number is needed")]
    [InlineData(".5", ".5 is not a valid JSON number, such as 0.5, -3 or 1e-4")]
    [InlineData("+1", "+1 is not a valid JSON number, such as 0.5, -3 or 1e-4")]
    [InlineData("01", "01 is not a valid JSON number, such as 0.5, -3 or 1e-4")]
    [InlineData("1.", "1. is not a valid JSON number, such as 0.5, -3 or 1e-4")]
    [InlineData("0x1F", "0x1F is not a valid JSON number, such as 0.5, -3 or 1e-4")]
    [InlineData("None", "None is not a value; a string needs double quotes")]
    [InlineData("True", "True must be lower case")]
    [InlineData("'tanh'", "a string needs double quotes, not single quotes")]
    [InlineData("\"\\q\"", "a backslash in this string does not start a JSON escape; write a backslash as \\\\")]
    [InlineData("\"\\u0g\"", "a backslash in this string does not start a JSON escape; write a backslash as \\\\")]
    [InlineData("\"\n\"", "the closing quote of this string is missing, or the string contains a line break or tab")]
    [InlineData("", "a value is missing before }")]
    public void An_invalid_value_is_reported_with_its_field(string value, string problem)
        => Assert.Equal(
            $"net.json:2: weight: not valid JSON at column 10: {problem}", ErrorOf($"{{\n\"weight\":{value}}}"));

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
    [InlineData("network", 1, "network is not a value; a string needs double quotes")]
    [InlineData("\0", 1, "\\u0000 is not a value; a string needs double quotes")]
    public void A_syntax_error_between_fields_is_reported_with_its_column(string text, int column, string problem)
        => Assert.Equal($"net.json:1: not valid JSON at column {column}: {problem}", ErrorOf(text));

    [Fact]
    public void Columns_count_characters()
        => Assert.Equal(
            "net.json:1: not valid JSON at column 9: a comma is not allowed before }", ErrorOf("""{"η∞é":1,}"""));

    [Theory]
    [InlineData("{\"inputs\":3", "inputs: not valid JSON at column 12: the text ends too early; } is missing")]
    [InlineData("{\"inputs\":[1,2", "inputs: not valid JSON at column 15: the text ends too early; ]} is missing")]
    [InlineData("{\"inputs\":[[", "inputs: not valid JSON at column 13: the text ends too early; ]]} is missing")]
    [InlineData("{\"inputs\":[1 2]}", "inputs: not valid JSON at column 14: a comma is missing before 2")]
    [InlineData("{\"inputs\":[,1]}", "inputs: not valid JSON at column 12: a value is missing before ,")]
    public void A_syntax_error_within_a_value_is_reported_with_its_field(string text, string problem)
        => Assert.Equal($"net.json:1: {problem}", ErrorOf(text));

    [Theory]
    [InlineData(17)]
    [InlineData(100_000)]
    public void Deep_nesting_is_rejected(int depth)
        => Assert.Equal(
            "net.json:1: not valid JSON at column 17: nested deeper than 16 levels", ErrorOf(new string('[', depth)));

    [Fact]
    public void A_long_value_is_truncated_in_the_message()
        => Assert.Equal(
            $"net.json:1: weight: not valid JSON at column 11: x{new string('y', 39)}… is not a value; "
            + "a string needs double quotes",
            ErrorOf($$"""{"weight":x{{new string('y', 100_000)}}}"""));

    private static string ErrorOf(string text)
        => Assert.Throws<ValidationException>(() => NetworkFile.Parse(text, "net.json")).Message;
}
