using System.Text.Json.Nodes;
using Xunit;

namespace LatchLab.Tests.Cli;

public sealed class GradientTermsCommandTests : IDisposable
{
    private const string Latch = """{"network": "latch", "unit": "tanh", "weight": 1.3, "inputs": []}""";
    private const string Command = "dynamics gradient --network n.json --sequence s.csv";

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void The_terms_of_three_steps_equal_the_formula()
    {
        _sandbox.Write("n.json", Latch);
        _sandbox.Write("s.csv", "0.5\n0.25\n-0.1\n");
        CommandResult result = _sandbox.Run($"{Command} --target -0.8 --horizon-share 0.5 --json");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        JsonObject document = result.Json();
        string[] members =
        [
            "status", "cost", "output", "norms", "sumOfNorms", "gradient", "gradientNorm", "largestDifference",
            "horizonShare", "horizon", "report",
        ];
        Assert.Equal(members, document.Select(member => member.Key));

        double x1 = Math.Tanh(0.5), x2 = Math.Tanh((1.3 * x1) + 0.25), x3 = Math.Tanh((1.3 * x2) - 0.1);
        double last = (x3 + 0.8) * (1 - (x3 * x3)) * x2, earlier = last / x2 * 1.3 * (1 - (x2 * x2)) * x1;
        const double rounding = 4e-15; // about twenty operations on numbers of order 1
        Assert.Equal(
            [0.0, earlier, last],
            document["norms"]!.AsArray().Select(number => (double)number!),
            (e, a) => Math.Abs(e - a) <= rounding);
        Assert.Equal(earlier + last, (double)document["gradientNorm"]!, rounding);
        Assert.Equal(0.0, (double)document["largestDifference"]!);
        Assert.Equal(last > earlier ? 1 : 2, (int)document["horizon"]!);
        Assert.Null(document["report"]);
        Assert.Equal("ok", (string)document["status"]!);
    }

    [Fact]
    public void Several_outputs_have_one_gradient_and_a_list_of_last_values()
    {
        _sandbox.Write("n.json", """
            {"network": "fully-connected", "unit": "tanh", "units": 2, "outputs": [1, 0], "weights": [[2, 0], [1, 1]],
            "input-weights": [[1, 0], [1.5, 0.5]]}
            """);
        _sandbox.Write("s.csv", "0.5,1\n-0.25,0\n");
        JsonObject document = _sandbox.Run($"{Command} --target 0.8,-0.8 --out r --json").Json();
        Assert.Equal(2, document["output"]!.AsArray().Count);
        Assert.Equal(2, document["norms"]!.AsArray().Count);
        Assert.Equal((8, 0.0), (document["gradient"]!.AsArray().Count, (double)document["largestDifference"]!));
        string page = File.ReadAllText(_sandbox.Below(Path.Combine("r", "index.html")));
        Assert.Contains("over the outputs with d = 0.8, -0.8", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0\n0\n", "0.8", "all terms are zero", 0)]
    [InlineData("1\n1\n", "1e308", "not finite", 1)] // the cost, not the terms
    public void Degenerate_terms_are_reported(string sequence, string target, string status, int horizon)
    {
        _sandbox.Write("n.json", Latch);
        _sandbox.Write("s.csv", sequence);
        JsonObject document = _sandbox.Run($"{Command} --target {target} --json").Json();
        Assert.Equal((status, horizon), ((string)document["status"]!, (int)document["horizon"]!));
    }

    /// <summary>Near 0 at w = 2 the state doubles with every step: all terms but the first, 0, are equal.</summary>
    [Fact]
    public void A_horizon_that_reaches_the_start_of_the_sequence_is_not_known()
    {
        _sandbox.Write("n.json", Latch.Replace("1.3", "2", StringComparison.Ordinal));
        _sandbox.Write("s.csv", "1e-9\n0\n0\n0\n0\n");
        string output = _sandbox.Run($"{Command} --target 0.8 --horizon-share 0.99").Output;
        Assert.Contains("it is too short to tell the gradient horizon, which is at least 4 of its 5 steps.", output,
            StringComparison.Ordinal);
        Assert.Contains("d = 0.8: the cost ½(x_T − d)² is 0.32.", output, StringComparison.Ordinal);
        Assert.Contains("x_T = 1.6 × 10⁻⁸", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Terms_that_are_not_finite_have_no_horizon()
    {
        _sandbox.Write("n.json", Latch.Replace("1.3", "1e200", StringComparison.Ordinal));
        _sandbox.Write("s.csv", "0\n0\n0\n0\n");
        JsonObject document = _sandbox.Run($"{Command} --target 0.8 --json").Json();
        Assert.Equal("not finite", (string)document["status"]!);
        Assert.Null(document["horizon"]);
        string table = _sandbox.Run($"{Command} --target 0.8 --out r").Output;
        Assert.Contains(
            "A term is not finite, so the gradient horizon is not defined.", table, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_sequence_has_few_rows_and_a_report_with_all_of_them()
    {
        _sandbox.Write("n.json", Latch);
        _sandbox.Write("s.csv", "1.5\n" + string.Concat(Enumerable.Repeat("0.01\n", 4999)));
        CommandResult result = _sandbox.Run($"{Command} --target 0.8 --out r");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));

        // Rows: 0 to 9 steps before the end, 10 and its doublings up to 2,560, the first step, and the header.
        Assert.Equal(10 + 9 + 1 + 1, result.Output.Split('\n').Count(line => line.StartsWith('│')));
        Assert.Contains("the gradient horizon is ", result.Output, StringComparison.Ordinal);
        string[] data = File.ReadAllLines(_sandbox.Below(Path.Combine("r", "data", "gradient-terms.csv")));
        Assert.Equal("tau,steps_before_end,norm,share_from_end", data[0]);
        Assert.Equal(5001, data.Length);
        Assert.StartsWith("1,4999,0,", data[1], StringComparison.Ordinal);
        string page = File.ReadAllText(_sandbox.Below(Path.Combine("r", "index.html")));
        Assert.Contains("Terms that are 0 cannot be drawn on a logarithmic axis", page, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_reported_at_once()
    {
        _sandbox.Write("n.json", Latch.Replace("tanh", "threshold", StringComparison.Ordinal));
        _sandbox.Write("s.csv", "half\n");
        _sandbox.Write("mine/thesis.tex", "years of work");
        _sandbox.Run($"{Command} --target x --horizon-share 0 --out mine").AssertRejected(
            "unit: a threshold has no gradient: give a network of other units",
            "s.csv:1: \"half\" is not a number; every line must hold one, such as 0.5 or -3e-4, and nothing else",
            "--target: 'x' is not allowed: give a finite number, such as 1.25",
            "--horizon-share: '0' is not allowed: give a number above 0 up to 1",
            "--out: 'mine' is not empty and not a LatchLab report; name a new or an empty folder");
        _sandbox.Run("dynamics gradient").AssertRejected(
            "--network: is missing; give --network N.json, the network file (see docs/reference/network-files.md)",
            "--sequence: is missing; give --sequence S.csv, the file of inputs: one line per step, with one " +
                "number for each input of the network; for a network trained on a dataset, a file with its columns",
            "--target: is missing; give --target D, the target of the output at the last step (for several outputs, " +
                "separated by commas); not needed if the sequence has a label");
    }
}
