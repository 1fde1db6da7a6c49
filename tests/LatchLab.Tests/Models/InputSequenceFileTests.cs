using System.Globalization;
using CsCheck;
using LatchLab.Foundation;
using LatchLab.Models;
using LatchLab.Tests.Files;
using Xunit;

namespace LatchLab.Tests.Models;

public class InputSequenceFileTests
{
    [Theory]
    [InlineData("0.5\n-3\n1e-4\n")]
    [InlineData("0.5\n-3\n1e-4")]
    [InlineData("0.5\r\n-3\r\n1e-4\r\n\r\n \r\n")]
    [InlineData("\ufeff 0.5\n\t-3.0 \n+1E-4\n\n\n")]
    public void Line_ends_blanks_around_numbers_and_trailing_blank_lines_are_accepted(string text)
        => Assert.Equal([0.5, -3.0, 1e-4], InputSequenceFile.Parse(text, "file"));

    [Theory]
    [InlineData("0,5", "\"0,5\" has a comma; write 0.5 with a point, or two numbers on two lines")]
    [InlineData("NaN", "\"NaN\" is not finite; only finite numbers are allowed")]
    [InlineData("-Infinity", "\"-Infinity\" is not finite; only finite numbers are allowed")]
    [InlineData("1e999", "\"1e999\" is not finite; only finite numbers are allowed")]
    [InlineData("1 2", "\"1 2\" holds 2 numbers; write each on its own line")]
    [InlineData("0.5, 2;\t7", "\"0.5, 2;\\u00097\" holds 3 numbers; write each on its own line")]
    [InlineData("1,2,3", "\"1,2,3\" holds 3 numbers; write each on its own line")]
    [InlineData("\f", "a blank line; every line must hold one number, and only the end may be blank")]
    [InlineData("u", "\"u\" is not a number; every line must hold one, such as 0.5 or -3e-4, and nothing else")]
    [InlineData("0x1F", "\"0x1F\" is not a number; every line must hold one, such as 0.5 or -3e-4, and nothing else")]
    [InlineData("1 # a", "\"1 # a\" is not a number; every line must hold one, such as 0.5 or -3e-4, and nothing else")]
    [InlineData("", "a blank line; every line must hold one number, and only the end may be blank")]
    public void An_invalid_line_is_reported_with_what_is_allowed(string line, string problem)
        => Assert.Equal($"file:2: {problem}", ErrorsOf($"1\n{line}\n3\n"));

    [Theory]
    [InlineData("1,2\n3,4\n", 1, "file: has 2 columns, and the network has 1 input: give a file with 1 number on " +
        "each line, with a point if the comma is a decimal one")]
    [InlineData("1\n2\n", 2, "file: has 1 column, and the network has 2 inputs: give a file with 2 numbers on each " +
        "line")]
    [InlineData("u,v\n1,2\n", 2, "file:1: \"u,v\" is a header; every line of a sequence must hold numbers: remove " +
        "the header")]
    [InlineData("1,\n2\n", 1, "file:1: \"1,\" ends with a comma; write 1")]
    [InlineData("1,2,\n3,4\n", 2, "file:1: \"1,2,\" ends with a comma; every line needs 2 numbers, separated by " +
        "commas")]
    public void A_table_of_another_form_is_described(string text, int inputs, string problem)
        => Assert.Equal(
            problem,
            Assert.Throws<ValidationException>(() => InputSequenceFile.Parse(text, "file", inputs)).Message);

    [Fact]
    public void All_invalid_lines_are_found_and_ten_are_shown()
    {
        string[] message = ErrorsOf(string.Concat(Enumerable.Repeat("x\n", 25))).Split(Environment.NewLine);
        Assert.Equal(11, message.Length);
        Assert.StartsWith("file:10: \"x\" is not a number", message[9], StringComparison.Ordinal);
        Assert.Equal("file: and 15 more", message[10]);
    }

    [Fact]
    public void Every_finite_number_is_read_to_its_last_bit()
        => Gen.Double.Where(double.IsFinite).List[1, 20].Sample(numbers =>
        {
            string text = string.Join(
                '\n', numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));
            return numbers.Select(BitConverter.DoubleToInt64Bits)
                .SequenceEqual(InputSequenceFile.Parse(text, "file").Select(BitConverter.DoubleToInt64Bits));
        });

    [Fact]
    public void Reading_a_file_equals_parsing_its_text()
    {
        using var file = new TemporaryFile("1\r\n2\r\n"u8);
        Assert.Equal([1.0, 2.0], InputSequenceFile.Read(file.Path));
    }

    [Fact]
    public void Several_numbers_per_line_are_read_in_order()
        => Assert.Equal([1, -2, 3, 0.5, 0, 1e-3],
            InputSequenceFile.Parse("1,-2,3\n0.5, 0 ,1e-3\n\n", "file", inputs: 3));

    [Theory]
    [InlineData("1,2", "\"1,2\" holds 2 numbers, and the network has 3 inputs; write 3, separated by commas")]
    [InlineData("", "a blank line; every line must hold 3 numbers, and only the end may be blank")]
    [InlineData("1,,2", "\"\" in \"1,,2\" is not a number; every line needs 3 numbers, separated by commas, " +
        "such as 0.5,-3e-4")]
    [InlineData("1;2;3", "\"1;2;3\" is not a number; every line needs 3 numbers, separated by commas, such as " +
        "0.5,-3e-4")]
    [InlineData("1,NaN,3", "\"NaN\" in \"1,NaN,3\" is not finite; only finite numbers are allowed")]
    public void An_invalid_line_of_several_numbers_is_reported_with_what_is_allowed(string line, string problem)
        => Assert.Equal(
            $"file:2: {problem}",
            Assert.Throws<ValidationException>(
                () => InputSequenceFile.Parse($"1,2,3\n{line}\n4,5,6\n", "file", 3)).Message);

    [Fact]
    public void Without_a_known_network_lines_may_have_any_number_of_numbers()
        => Assert.Equal([1, 2, 3], InputSequenceFile.Parse("1,2\n3\n", "file", inputs: null));

    private static string ErrorsOf(string text)
        => Assert.Throws<ValidationException>(() => InputSequenceFile.Parse(text, "file")).Message;
}
