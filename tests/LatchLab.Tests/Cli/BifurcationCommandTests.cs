using System.Text.Json.Nodes;
using LatchLab.Tests.Architecture;
using Xunit;

namespace LatchLab.Tests.Cli;

public sealed class BifurcationCommandTests : IDisposable
{
    private const string Small = "--columns 5 --from 0.5 --to 2";

    private readonly Sandbox _sandbox = new();

    public BifurcationCommandTests()
    {
        foreach (string name in new[] { "latch", "two-latches", "flip-flop-3" })
        {
            _sandbox.Write($"{name}.json", File.ReadAllText(
                Path.Combine(Repository.Root, "examples", "networks", $"{name}.json")));
        }

        _sandbox.Write("threshold.json", """{"network": "latch", "unit": "threshold", "weight": 2, "inputs": []}""");
        _sandbox.Write("relu.json", """{"network": "latch", "unit": "relu", "weight": 2, "inputs": []}""");
    }

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void The_document_has_the_branches_of_each_column()
    {
        JsonObject document = _sandbox.Run(
            "dynamics bifurcation latch.json --over w --from -2 --to 2 --columns 2 --json").Json();
        JsonArray columns = document["columns"]!.AsArray();
        Assert.Equal("w", (string?)document["over"]);
        Assert.Equal([-2.0, 2.0], columns.Select(column => (double)column!["value"]!));
        JsonNode below = columns[0]!["branches"]![0]!;
        Assert.Equal(("periodic", 2), ((string?)below["kind"], (int)below["period"]!));

        // The positive root of x = tanh 2x is 0.957504024 to nine digits.
        double[] outputs = [.. below["outputs"]![0]!.AsArray().Select(output => (double)output!).Order()];
        Assert.Equal([-0.957504024, 0.957504024], outputs, (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(
            2, columns[1]!["branches"]!.AsArray().Count(branch => (string?)branch!["kind"] == "periodic"));
    }

    [Fact]
    public void A_report_has_the_diagram_and_the_animation()
    {
        SlowTests.SkipUnlessRequested();
        CommandResult result = _sandbox.Run(
            $"dynamics bifurcation two-latches.json --over gain {Small} --out r --animate --frames 3");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.True(File.Exists(_sandbox.Below("r/figures/bifurcation.svg")));
        Assert.Contains(
            "prefers-reduced-motion", File.ReadAllText(_sandbox.Below("r/figures/basins.svg")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Invalid_input_is_refused_with_what_is_allowed()
    {
        _sandbox.Run("dynamics bifurcation latch.json --over gian --from 1 --to 0").AssertRejected(
            "--to: '0' is not allowed: give a number above that of --from, 1",
            "--over: 'gian' is not known; there are gain, input, w; did you mean \"gain\"?");
        _sandbox.Run($"dynamics bifurcation flip-flop-3.json --over v[0,0] {Small} --units 3 --json").AssertRejected(
            "--over: 'v[0,0]' has no effect on the network with these constant inputs: give another name, or other " +
                "inputs",
            "--units: '3' is not allowed: give at most 4 different whole numbers from 0 to 2");
        _sandbox.Run($"dynamics bifurcation latch.json --over w {Small} --keep 10 --units 0").AssertRejected(
            "--units: has no effect: outputs are shown in a report and in the JSON document: give --out or --json, too",
            "--keep: has no effect: outputs are shown in a report and in the JSON document: give --out or --json, too");
        _sandbox.Run($"dynamics bifurcation latch.json --over input --input 2 {Small}").AssertRejected(
            "--input: has no effect: --over input varies the only input");
        _sandbox.Run($"dynamics bifurcation threshold.json --over gain {Small}").AssertRejected(
            "threshold.json: unit: a threshold has no derivative: give a network of tanh, logistic or relu units");
        _sandbox.Run($"dynamics bifurcation relu.json --over gain {Small}").AssertRejected(
            "--box: missing: relu units have no bounds, so no box contains all states; give the largest activation " +
                "from which searches start, for example 10");
    }

    [Fact]
    public void The_gain_is_completed()
        => Assert.Equal("gain", _sandbox.Run(["complete", "latchlab dynamics bifurcation latch.json --over g"])
            .Output.Trim());

    [Fact]
    public void An_animation_needs_two_units_and_a_report()
    {
        _sandbox.Run($"dynamics bifurcation flip-flop-3.json --over gain {Small} --animate --out r").AssertRejected(
            "--animate: the basins are drawn in a plane, and the network has 3 variables: give a network of 2 units, " +
                "or omit it");
        _sandbox.Run($"dynamics bifurcation two-latches.json --over gain {Small} --animate").AssertRejected(
            "--animate: has no effect: no report is written: give --out, too");
        _sandbox.Run($"dynamics bifurcation two-latches.json --over gain {Small} --frames 3 --out r").AssertRejected(
            "--frames: has no effect: nothing is animated: give --animate, too");
    }
}
