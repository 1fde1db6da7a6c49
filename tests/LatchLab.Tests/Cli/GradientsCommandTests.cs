using System.Text.Json.Nodes;
using Xunit;

namespace LatchLab.Tests.Cli;

public sealed class GradientsCommandTests : IDisposable
{
    private const string Latch = """{"network": "latch", "unit": "tanh", "weight": 1.3, "inputs": [0.5]}""";

    private const string Several = """
        {"network": "fully-connected", "unit": "tanh", "units": 2, "outputs": [1, 0], "weights": [[2, 0], [1, 1]],
        "input-weights": [[1, 0], [1.5, 0.5]], "biases": [0.5, 0.25]}
        """;

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Cost_and_derivatives_of_two_steps_equal_the_formula()
    {
        _sandbox.Write("n.json", Latch);
        _sandbox.Write("s.csv", "0.25\n");
        CommandResult result = _sandbox.Run("gradients --network n.json --sequence s.csv --target -0.8 --json");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        JsonObject document = result.Json();
        Assert.Equal(["status", "cost", "output", "gradient", "curvature"], document.Select(member => member.Key));

        double x1 = Math.Tanh(0.5), x2 = Math.Tanh((1.3 * x1) + 0.25), derivative = 1 - (x2 * x2);
        double error = x2 + 0.8, toFirst = 1.3 * (1 - (x1 * x1));
        const double rounding = 1e-15; // about ten operations on numbers of order 1
        Assert.Equal("ok", (string)document["status"]!);
        Assert.Equal(x2, (double)document["output"]!, rounding);
        Assert.Equal(0.5 * error * error, (double)document["cost"]!, 2 * rounding);
        Assert.Equal([error * derivative * x1, error * derivative * toFirst], Numbers("gradient"), Near);
        Assert.Equal([derivative * derivative * x1 * x1, derivative * derivative * toFirst * toFirst],
            Numbers("curvature"), Near);

        IEnumerable<double> Numbers(string member) => document[member]!.AsArray().Select(number => (double)number!);
        static bool Near(double a, double b) => Math.Abs(a - b) <= 4 * rounding;
    }

    [Fact]
    public void Non_finite_numbers_are_null_and_the_status_reports_them()
    {
        _sandbox.Write("n.json", """{"network": "latch", "unit": "tanh", "weight": 1.3, "inputs": []}""");
        _sandbox.Write("s.csv", "1\n");
        JsonObject document = _sandbox.Run("gradients --network n.json --sequence s.csv --target 1e200 --json").Json();
        Assert.Null(document["cost"]);
        Assert.Equal("not finite", (string)document["status"]!);
    }

    [Fact]
    public void Errors_in_both_files_and_in_the_target_are_reported_at_once()
    {
        _sandbox.Write("n.json", """{"network": "parity", "unit": "tanh", "weights": [1, 2, 3, 4, 5, 6, "NaN"]}""");
        _sandbox.Write("s.csv", "0.5\nhalf\n");
        CommandResult result = _sandbox.Run("gradients --network n.json --sequence s.csv --target x");
        string[] lines = result.Error.TrimEnd().Split('\n');
        Assert.Equal((2, "", 3), (result.ExitCode, result.Output, lines.Length));
        Assert.StartsWith("n.json:1: weights: ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("s.csv:2: ", lines[1], StringComparison.Ordinal);
        Assert.Equal("--target: 'x' is not allowed: give a finite number, such as 1.25", lines[2].TrimEnd());
    }

    [Theory]
    [InlineData("""{"network": "latch", "unit": "tanh", "weight": 1.3}""", "1", "n.json:1: inputs: missing; ")]
    [InlineData("""{"network": "latch", "unit": "tanh", "weight": NaN, "inputs": []}""", "1", "n.json:1: ")]
    [InlineData("""{"network": "latch", "unit": "tanh", "weight": 1.3, "inputs": [],}""", "1", "n.json:1: ")]
    [InlineData(Latch, "", "s.csv")]
    [InlineData(Latch, "1;2", "s.csv:1: ")]
    public void An_invalid_file_is_rejected_with_the_error_location(string network, string sequence, string start)
    {
        _sandbox.Write("n.json", network);
        _sandbox.Write("s.csv", sequence);
        CommandResult result = _sandbox.Run("gradients --network n.json --sequence s.csv --target 0.8 --json");
        Assert.StartsWith(start, result.Error, StringComparison.Ordinal);
        result.AssertRejected(result.Error.TrimEnd());
    }

    [Fact]
    public void Several_inputs_per_step_and_several_outputs_equal_the_formula()
    {
        _sandbox.Write("n.json", Several);
        _sandbox.Write("s.csv", "0.5, -1\n");
        CommandResult result = _sandbox.Run("gradients --network n.json --sequence s.csv --target 0.8,-0.8 --json");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        JsonObject document = result.Json();
        Assert.Equal(["status", "cost", "output", "gradient", "curvature"], document.Select(member => member.Key));

        // One step from x = 0: a_0 = 0.5 + 0.5, a_1 = 0.25 + 0.25; the outputs are unit 1, then unit 0.
        double x0 = Math.Tanh(1.0), x1 = Math.Tanh(0.5), e0 = x0 + 0.8, e1 = x1 - 0.8;
        double back0 = e0 * (1 - (x0 * x0)), back1 = e1 * (1 - (x1 * x1));
        const double rounding = 4e-15; // about ten operations on numbers of order 1
        Assert.Equal([x1, x0], Numbers("output"), Near);
        Assert.Equal(0.5 * ((e0 * e0) + (e1 * e1)), (double)document["cost"]!, rounding);
        double[] expected = [0, 0, 0, 0, 0.5 * back0, -back0, 0.5 * back1, -back1, back0, back1];
        Assert.Equal(expected, Numbers("gradient"), Near);
        Assert.Contains("output 0.46", _sandbox.Run(
            "gradients --network n.json --sequence s.csv --target 0.8,-0.8").Output, StringComparison.Ordinal);

        IEnumerable<double> Numbers(string member) => document[member]!.AsArray().Select(number => (double)number!);
        static bool Near(double a, double b) => Math.Abs(a - b) <= rounding;
    }

    [Fact]
    public void Lines_and_targets_that_do_not_fit_the_network_are_rejected()
    {
        _sandbox.Write("n.json", Several);
        _sandbox.Write("s.csv", "0.5,-1\n1\n1,2,3\n1,x\n");
        _sandbox.Run("gradients --network n.json --sequence s.csv --target 0.8").AssertRejected(
            "s.csv:2: \"1\" holds 1 number, and the network has 2 inputs; write 2, separated by commas",
            "s.csv:3: \"1,2,3\" holds 3 numbers, and the network has 2 inputs; write 2, separated by commas",
            "s.csv:4: \"x\" in \"1,x\" is not a number; every line needs 2 numbers, separated by commas, such as " +
                "0.5,-3e-4",
            "--target: 1 given, and the network has 2 outputs: give 2, separated by commas");
        _sandbox.Write("s.csv", "0.5,-1\n");
        _sandbox.Run("gradients --network n.json --sequence s.csv --target 0.8,up").AssertRejected(
            "--target: 'up' is not allowed: give finite numbers, such as 0.5,-1");
        _sandbox.Write("n.json", Latch);
        _sandbox.Write("s.csv", "0.5\n");
        _sandbox.Run("gradients --network n.json --sequence s.csv --target 1,1").AssertRejected(
            "--target: 2 given, and the network has one output: give one");
    }

    [Fact]
    public void All_missing_options_are_reported_at_once()
        => _sandbox.Run("gradients").AssertRejected(
            "--network: is missing; give --network N.json, the network file (see docs/reference/network-files.md)",
            "--sequence: is missing; give --sequence S.csv, the file of inputs: one line per step, with one " +
                "number for each input of the network; for a network trained on a dataset, a file with its columns",
            "--target: is missing; give --target D, the target of the output at the last step (for several outputs, " +
                "separated by commas); not needed if the sequence has a label");
}
