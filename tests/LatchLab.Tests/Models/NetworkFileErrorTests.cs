using LatchLab.Foundation;
using LatchLab.Models;
using Xunit;

namespace LatchLab.Tests.Models;

/// <summary>JSON that is not a network: all errors are reported at once.</summary>
public class NetworkFileErrorTests
{
    private const string Kinds = "one of \"latch\", \"fully-connected\", \"parity\", \"elman\", \"lstm\", " +
        "\"lstm-peephole\", \"lstm-coupled\", \"lstm-projected\", \"gru\", \"gru-reset-before\"";

    [Theory]
    [InlineData("[]", "a list")]
    [InlineData("3", "the number 3")]
    [InlineData("\"latch\"", "the string \"latch\"")]
    [InlineData("null", "null")]
    public void JSON_that_is_not_an_object_is_not_a_network(string text, string found)
        => Assert.Equal(
            [
                $"net.json:1: {found}, where an object is needed, such as "
                + """{"network":"latch","unit":"tanh","weight":1.3,"inputs":[0.5,0.4,0.3]}""",
            ],
            ErrorsOf(text));

    [Theory]
    [InlineData("{}", "net.json:1: network: missing; " + Kinds + " is needed")]
    [InlineData("""{"network":3}""", "net.json:1: network: the number 3, where " + Kinds + " is needed")]
    [InlineData("""{"network":"none"}""", "net.json:1: network: the string \"none\", where " + Kinds + " is needed")]
    [InlineData(
        """{"network":"Latch"}""",
        "net.json:1: network: the string \"Latch\", where " + Kinds + " is needed; did you mean \"latch\"?")]
    [InlineData(
        """{"network":"fully_conected"}""",
        "net.json:1: network: the string \"fully_conected\", where " + Kinds
        + " is needed; did you mean \"fully-connected\"?")]
    [InlineData(
        """{"network":"\ud800"}""", "net.json:1: network: the string \"\\ud800\", where " + Kinds + " is needed")]
    public void Without_a_known_kind_nothing_else_is_checked(string text, string message)
        => Assert.Equal([message], ErrorsOf(text));

    [Fact]
    public void A_misspelt_field_is_one_error_and_its_value_is_still_checked()
        => Assert.Equal(
            [
                "net.json:1: netwrok: unknown field; did you mean \"network\"?",
                "net.json:2: unit: the string \"tahn\", where one of \"tanh\", \"threshold\", \"logistic\", " +
                    "\"relu\", or a list of them is needed; did you mean \"tanh\"?",
                "net.json:3: wieght: unknown field; did you mean \"weight\"?",
                "net.json:3: weight: the string \"NaN\", where a finite number is needed",
            ],
            ErrorsOf("""
                {"netwrok":"latch",
                "unit":"tahn",
                "wieght":"NaN",
                "inputs":[]}
                """));

    [Fact]
    public void Unknown_fields_are_distinguished_from_known_ones()
        => Assert.Equal(
            [
                "net.json:2: bias: unknown field; latch has network, unit, weight, inputs, class-0-inputs, data, " +
                    "training",
                "net.json:3: \"\": unknown field; latch has network, unit, weight, inputs, class-0-inputs, data, " +
                    "training",
                "net.json:3: a\\u000ab: unknown field; latch has network, unit, weight, inputs, class-0-inputs, " +
                    "data, training",
            ],
            ErrorsOf("""
                {"network":"latch","unit":"tanh","weight":1,"inputs":[],
                "bias":{"nested":[{"junk":[]}]},
                "":1,"a\nb":2}
                """));

    [Fact]
    public void A_duplicate_field_is_reported_with_both_lines()
        => Assert.Equal(
            ["net.json:3: weight: given twice; line 2 has it already"],
            ErrorsOf("""
                {"network":"latch","unit":"tanh","inputs":[],
                "weight":1,
                "weight":1}
                """));

    [Fact]
    public void Every_invalid_list_element_is_reported_by_its_position()
        => Assert.Equal(
            [
                "net.json:1: inputs: element 1 is the number 1e999, too large for a double, "
                + "where a finite number is needed",
                "net.json:2: inputs: element 3 is the string \"Infinity\", where a finite number is needed",
                "net.json:2: inputs: element 4 is a list, where a finite number is needed",
                "net.json:2: inputs: element 5 is an object, where a finite number is needed",
                "net.json:3: inputs: element 6 is true, where a finite number is needed",
            ],
            ErrorsOf("""
                {"network":"latch","unit":"tanh","weight":1,"inputs":[1e999,2,
                "Infinity",[1],{"a":1},
                true]}
                """));

    [Fact]
    public void Ten_errors_of_one_field_are_shown_and_other_fields_still_appear()
    {
        string list = string.Join(",", Enumerable.Repeat("null", 1000));
        IReadOnlyList<string> errors = ErrorsOf($$"""{"network":"latch","inputs":[{{list}}],"unit":"tanh"}""");
        Assert.Equal(12, errors.Count);
        Assert.Equal("net.json:1: weight: missing; a finite number is needed", errors[0]);
        Assert.Equal("net.json: inputs: and 990 more", errors[^1]);
    }

    [Theory]
    [InlineData("[1,2,3]", "a list of length 3, where a list of 7 finite numbers is needed")]
    [InlineData("3", "the number 3, where a list of 7 finite numbers is needed")]
    public void Parity_has_seven_weights(string weights, string problem)
        => Assert.Equal(
            [$"net.json:1: weights: {problem}"],
            ErrorsOf($$"""{"network":"parity","unit":"tanh","weights":{{weights}}}"""));

    [Theory]
    [InlineData("tanh", "-1.01", "the number -1.01, where a number from -1 to 1 is needed")]
    [InlineData("logistic,tanh", "-0.5", "the number -0.5, where a number from 0 to 1 is needed")]
    [InlineData("tanh", "null", "null, where a number from -1 to 1 is needed")]
    public void The_initial_output_of_parity_is_an_output_of_its_unit(string unit, string value, string problem)
        => Assert.Equal(
            [$"net.json:1: initial-output: {problem}"],
            ErrorsOf($$"""
                {"network":"parity","unit":"{{unit}}","initial-output":{{value}},"weights":[1,2,3,4,5,6,7]}
                """));

    [Theory]
    [InlineData("0")]
    [InlineData("1001")]
    [InlineData("1.5")]
    [InlineData("-3")]
    [InlineData("1e300")]
    public void An_invalid_number_of_units_causes_no_further_errors(string units)
        => Assert.Equal(
            [$"net.json:1: units: the number {units}, where a whole number from 1 to 1000 is needed"],
            ErrorsOf(FullyConnected(units, input: "4", output: "7", "[[1,2,3]]")));

    [Fact]
    public void Units_are_counted_from_zero()
        => Assert.Equal(
            [
                "net.json:1: input: the number 2, where a whole number from 0 to 1 is needed",
                "net.json:1: output: the number -1, where a whole number from 0 to 1 is needed",
            ],
            ErrorsOf(FullyConnected("2", input: "2", output: "-1", "[[1,2],[3,4]]")));

    [Theory]
    [InlineData("[[1,2]]", "1 row, where 2 rows are needed")]
    [InlineData("[]", "0 rows, where 2 rows are needed")]
    [InlineData("[[1,2],[3]]", "row 2 has length 1, where 2 is needed")]
    [InlineData("[[1,2,3],[4,5,6]]", "2 rows of length 3, where 2 rows of length 2 are needed")]
    [InlineData("[1,2,3,4]", "a flat list, where a list of 2 rows, each a list of 2 finite numbers, is needed")]
    [InlineData("[[1,2],3]", "row 2 is the number 3, where a list of 2 finite numbers is needed")]
    [InlineData("[[1,2],[3,\"4\"]]", "row 2, element 2 is the string \"4\", where a finite number is needed")]
    [InlineData("{}", "an object, where a list of 2 rows, each a list of 2 finite numbers, is needed")]
    public void Weights_of_another_shape_are_rejected(string weights, string problem)
        => Assert.Equal(
            [$"net.json:1: weights: {problem}"], ErrorsOf(FullyConnected("2", input: "0", output: "1", weights)));

    [Fact]
    public void Without_an_input_unit_both_fields_for_it_are_named()
        => Assert.Equal(
            ["net.json:1: input: missing; either it or \"input-weights\" is needed"],
            ErrorsOf("""{"network":"fully-connected","unit":"tanh","units":1,"output":0,"weights":[[1]]}"""));

    [Fact]
    public void Both_input_fields_exclude_each_other_and_are_still_checked()
        => Assert.Equal(
            [
                "net.json:2: input-weights: cannot be combined with \"input\" (line 3): give one of the two",
                "net.json:2: input-weights: row 2, element 1 is null, where a finite number is needed",
                "net.json:3: input: the number 2, where a whole number from 0 to 1 is needed",
            ],
            ErrorsOf("""
                {"network":"fully-connected","unit":"tanh","units":2,"output":0,"weights":[[1,2],[3,4]],
                "input-weights":[[1],[null]],
                "input":2}
                """));

    [Theory]
    [InlineData("[[1,2]]", "1 row, where 2 rows are needed")]
    [InlineData("[]", "0 rows, where 2 rows are needed")]
    [InlineData("[[],[]]", "2 rows of length 0, where 2 rows of length 1 are needed")]
    [InlineData("[[],[1,2]]", "row 1 has length 0, where 2 is needed")]
    [InlineData("[[1,2],[3]]", "row 2 has length 1, where 2 is needed")]
    [InlineData("[1,2]", "a flat list, where a list of 2 rows, each a list of finite numbers, is needed")]
    [InlineData("[[1,2],3]", "row 2 is the number 3, where a list of finite numbers is needed")]
    [InlineData("[[1,2],[3,\"4\"]]", "row 2, element 2 is the string \"4\", where a finite number is needed")]
    [InlineData("{}", "an object, where a list of 2 rows, each a list of finite numbers, is needed")]
    public void Input_weights_have_one_row_per_unit_and_one_column_per_input(string rows, string problem)
        => Assert.Equal(
            [$"net.json:2: input-weights: {problem}"],
            ErrorsOf($$"""
                {"network":"fully-connected","unit":"tanh","units":2,"output":0,"weights":[[1,2],[3,4]],
                "input-weights":{{rows}}}
                """));

    [Fact]
    public void Without_an_output_unit_both_fields_for_it_are_named()
        => Assert.Equal(
            ["net.json:1: output: missing; either it or \"outputs\" is needed"],
            ErrorsOf("""{"network":"fully-connected","unit":"tanh","units":1,"input":0,"weights":[[1]]}"""));

    [Theory]
    [InlineData("[]", "an empty list, where at least one number is needed")]
    [InlineData("1", "the number 1, where a list of whole numbers is needed")]
    [InlineData("[1,0.5]", "element 2 is the number 0.5, where a whole number from 0 to 1 is needed")]
    [InlineData("[2,0]", "element 1 is the number 2, where a whole number from 0 to 1 is needed")]
    [InlineData("[0,1,0]", "element 3 is 0, like element 1")]
    public void Outputs_are_distinct_units(string outputs, string problem)
        => Assert.Equal(
            [$"net.json:2: outputs: {problem}"],
            ErrorsOf($$"""
                {"network":"fully-connected","unit":"tanh","units":2,"input":0,"weights":[[1,2],[3,4]],
                "outputs":{{outputs}}}
                """));

    [Fact]
    public void One_output_and_several_exclude_each_other_and_are_still_checked()
        => Assert.Equal(
            [
                "net.json:1: output: the number 2, where a whole number from 0 to 1 is needed",
                "net.json:2: outputs: cannot be combined with \"output\" (line 1): give one of the two",
                "net.json:2: outputs: element 1 is null, where a whole number from 0 to 1 is needed",
            ],
            ErrorsOf("""
                {"network":"fully-connected","unit":"tanh","units":2,"input":0,"output":2,"weights":[[1,2],[3,4]],
                "outputs":[null,1]}
                """));

    [Theory]
    [InlineData("[1]", "a list of length 1, where a list of 2 finite numbers is needed")]
    [InlineData("0.5", "the number 0.5, where a list of 2 finite numbers is needed")]
    [InlineData("[1,1e999]", "element 2 is the number 1e999, too large for a double, where a finite number is needed")]
    public void There_is_one_bias_per_unit(string biases, string problem)
        => Assert.Equal(
            [$"net.json:2: biases: {problem}"],
            ErrorsOf($$"""
                {"network":"fully-connected","unit":"tanh","units":2,"input":0,"output":0,"weights":[[1,2],[3,4]],
                "biases":{{biases}}}
                """));

    [Fact]
    public void Misspelt_optional_fields_are_recognised()
        => Assert.Equal(
            [
                "net.json:2: bias: unknown field; did you mean \"biases\"?",
                "net.json:2: input_weights: unknown field; did you mean \"input-weights\"?",
            ],
            ErrorsOf("""
                {"network":"fully-connected","unit":"tanh","units":1,"output":0,"weights":[[1]],
                "bias":[1],"input_weights":[[1]]}
                """));

    private static string FullyConnected(string units, string input, string output, string weights)
        => """{"network":"fully-connected","unit":"tanh",""" + $$"""
            "units":{{units}},"input":{{input}},"output":{{output}},"weights":{{weights}}}
            """;

    private static IReadOnlyList<string> ErrorsOf(string text)
    {
        var exception = Assert.Throws<ValidationException>(() => NetworkFile.Parse(text, "net.json"));
        return [.. exception.Errors.Select(error => error.ToString())];
    }
}
