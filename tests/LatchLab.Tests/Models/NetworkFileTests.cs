using System.Globalization;
using System.Text;
using CsCheck;
using LatchLab.Foundation;
using LatchLab.Models;
using LatchLab.Networks;
using LatchLab.Tests.Files;
using Xunit;

namespace LatchLab.Tests.Models;

public class NetworkFileTests
{
    public static TheoryData<string> Names => [.. KnownNetworks.All.Select(network => network.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_example_of_every_known_network_can_be_read(string name)
    {
        NetworkFileKind network = Known(name);
        using var file = new TemporaryFile(Encoding.UTF8.GetBytes(network.Example));
        Assert.Equal(NetworkFile.Parse(network.Example, "example").GetType(), NetworkFile.Read(file.Path).GetType());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_listed_field_is_read_and_required(string name)
    {
        NetworkFileKind network = Known(name);
        var error = Assert.Throws<ValidationException>(
            () => NetworkFile.Parse($$"""{"network":"{{name}}"}""", "net.json"));
        Assert.Equal(network.RequiredFields, error.Errors.Select(fieldError => fieldError.Field));
        Assert.All(error.Errors,
            fieldError => Assert.StartsWith("missing; ", fieldError.Message, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_field_of_an_invalid_type_causes_exactly_one_error(string name)
    {
        NetworkFileKind network = Known(name);
        foreach (string field in network.RequiredFields)
        {
            string text = network.Example.Replace($"\"{field}\":", $"\"{field}\":null,\"\":", StringComparison.Ordinal);
            var error = Assert.Throws<ValidationException>(() => NetworkFile.Parse(text, "net.json"));
            Assert.Equal(["\"\"", field], error.Errors.Select(fieldError => fieldError.Field));
        }
    }

    [Fact]
    public void The_latch_has_its_weight_and_then_its_inputs()
    {
        var latch = (LatchDefinition)NetworkFile.Parse(
            """{"network":"latch","unit":"tanh","weight":-1.5e-1,"inputs":[0.5,-4]}""", "net.json");
        Assert.Equal(("tanh", -0.15), (latch.Unit, latch.Parameters[0]));
        Assert.Equal([-0.15, 0.5, -4.0], latch.Parameters);
    }

    [Fact]
    public void A_latch_may_have_no_trainable_inputs()
        => Assert.Equal([2.0], NetworkFile.Parse(
            """{"network":"latch","unit":"tanh","weight":2,"inputs":[]}""", "net.json").Parameters);

    [Fact]
    public void Weights_are_read_row_by_row()
    {
        var network = (FullyConnectedDefinition)NetworkFile.Parse(
            """
            {
              "weights": [[1, 2, 3], [4, 5, 6], [7, 8, 9]],
              "output": 2.0, "input": 1, "units": 3e0, "unit": "t\u0061nh", "network": "fully-connected"
            }
            """, "net.json");
        Assert.Equal((3, 1, 2), (network.Units, network.Input, network.Outputs[0]));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], network.Parameters);
    }

    [Fact]
    public void Input_weights_and_biases_follow_the_weights()
    {
        var network = (FullyConnectedDefinition)NetworkFile.Parse(
            """
            {
              "biases": [11, 12],
              "input-weights": [[5, 6, 7], [8, 9, 10]],
              "weights": [[1, 2], [3, 4]],
              "output": 1, "units": 2, "unit": "tanh", "network": "fully-connected"
            }
            """, "net.json");
        Assert.Equal((2, null, 3, 1), (network.Units, network.Input, network.Inputs, network.Outputs[0]));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], network.Parameters);
    }

    [Fact]
    public void Biases_are_allowed_with_a_single_input()
    {
        var network = (FullyConnectedDefinition)NetworkFile.Parse(
            """
            {"network":"fully-connected","unit":"tanh","units":1,"input":0,"output":0,"weights":[[1]],"biases":[2]}
            """, "net.json");
        Assert.Equal((0, 1), (network.Input, network.Inputs));
        Assert.Equal([1.0, 2.0], network.Parameters);
    }

    [Fact]
    public void A_byte_order_mark_and_carriage_returns_are_accepted()
    {
        string text = "\ufeff" + """{"network":"parity","unit":"tanh",|"weights":[1,2,3,4,5,6,7]}|"""
            .Replace("|", "\r\n", StringComparison.Ordinal);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], NetworkFile.Parse(text, "net.json").Parameters);
    }

    [Theory]
    [InlineData("tanh", -1.0)]
    [InlineData("logistic", 0.0)]
    public void A_parity_file_of_version_0_1_starts_from_the_lowest_output(string unit, double expected)
    {
        string text = $$"""{"network":"parity","unit":"{{unit}}","weights":[1,2,3,4,5,6,7]}""";
        Assert.Equal(expected, ((ParityDefinition)NetworkFile.Parse(text, "net.json")).InitialOutput);
    }

    [Fact]
    public void Every_finite_number_is_read_to_its_last_bit()
        => Gen.Double.Where(double.IsFinite).List[7].Sample(numbers =>
        {
            string list = string.Join(
                ",", numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));
            string text = $$"""{"network":"parity","unit":"tanh","weights":[{{list}}]}""";
            IReadOnlyList<double> parameters = NetworkFile.Parse(text, "net.json").Parameters;
            return numbers.Select(BitConverter.DoubleToInt64Bits)
                .SequenceEqual(parameters.Select(BitConverter.DoubleToInt64Bits));
        });

    private static NetworkFileKind Known(string name) => KnownNetworks.All.Single(network => network.Name == name);
}
