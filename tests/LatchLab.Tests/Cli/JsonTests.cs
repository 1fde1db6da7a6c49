using System.Text.Json.Nodes;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>Every command with <c>--json</c> prints one document, whose first field is its status.</summary>
public sealed class JsonTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Every_command_prints_one_object_that_begins_with_its_status()
    {
        SlowTests.SkipUnlessRequested();
        _sandbox.Write("s.toml", "task = { name = \"latch\", length = 5 }\nlearner.name = \"back-propagation\"\n" +
            "trials = 2\nrule = { presentations = 200, test-sequences = 10 }\n");
        _sandbox.Write("one.csv", "0.3\n0.2\n");
        _sandbox.Write("n.json", File.ReadAllText(
            Path.Combine(Architecture.Repository.Root, "examples", "networks", "latch.json")));
        string[] commands =
        [
            "train --task latch --length 5 --learner back-propagation --trials 2", "train --list",
            "train --list --task latch", "run s.toml --dry", "run s.toml --out r", "run s.toml --out s --shard 1/2",
            "status r", "status s", "report r", "merge m r", "export r --to e.csv",
            "slurm s.toml --tasks 2 --out t", "tune --problem latch --learner back-propagation --trials 1",
            "reproduce --only figure-1a --profile quick --out f", "dynamics neuron --weight 2",
            "dynamics network n.json --noise 0.01 --certificate c.json", "dynamics check c.json",
            "dynamics orbit --network n.json --sequence one.csv",
            "dynamics bifurcation n.json --over w --from -2 --to 2 --columns 5",
            "gradients --network n.json --sequence one.csv --target 0.5", "bench --seconds 0.01",
        ];
        foreach (string command in commands)
        {
            CommandResult result = _sandbox.Run($"{command} --json");
            Assert.True(result.ExitCode == 0, $"{command}: {result.Error}");
            JsonObject document = Assert.IsType<JsonObject>(JsonNode.Parse(result.Output), exactMatch: false);
            Assert.True(document.First().Key == "status", command);
        }

        foreach (string table in new[] { "trials", "snapshots", "configurations" })
        {
            JsonNode document = JsonNode.Parse(_sandbox.RunAlone($"export r --format json --table {table}").Output)!;
            Assert.Equal(("ok", table), ((string?)document["status"], (string?)document["table"]));
        }
    }
}
