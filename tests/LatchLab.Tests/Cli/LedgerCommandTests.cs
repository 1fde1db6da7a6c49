using System.Text.Json.Nodes;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Writing;
using LatchLab.LedgerWriter;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary><c>status</c>, <c>export</c> and <c>merge</c>, run from the command line.</summary>
public sealed class LedgerCommandTests : IDisposable
{
    private static readonly SampleSweep Sweep = new(configurationCount: 2, trialsPerConfiguration: 6, loggedTrials: 1);

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Shards_are_monitored_merged_and_exported()
    {
        SlowTests.SkipUnlessRequested();
        Fill("a", new(1, 2));
        CommandResult before = _sandbox.Run("status a");
        Assert.Equal((0, ""), (before.ExitCode, before.Error));
        Assert.StartsWith("sample: stopped; 6 of 12 trials (50 %), ", before.Output, StringComparison.Ordinal);
        Assert.Contains("1 shard has not started: 2", before.Output, StringComparison.Ordinal);
        Assert.All(before.Output.Split('\n'), line => Assert.True(line.Length <= 80, line));
        _sandbox.Run("export a").AssertRejected(
            "a: holds shards, but no ledger of the whole; merge them first: latchlab merge a a");

        CommandResult first = _sandbox.Run("merge a a");
        Assert.Equal((0, "a: 6 of 12 trials, 6 of them new, from 1 ledger"), (first.ExitCode, first.Output.TrimEnd()));
        Assert.Equal(
            "6 trials are missing.\nShard 2/2: 6 missing; it has not started, or its ledger was not given",
            first.Error.TrimEnd().ReplaceLineEndings("\n"));

        Fill("a", new(2, 2));
        JsonObject second = _sandbox.Run("merge a a --json --journal rollback").Json();
        Assert.Equal(
            """
            {"status":"ok","ledger":"a","sources":2,"added":6,"trials":12,"planned":12,"missing":0,"missingShards":[]}
            """,
            second.ToJsonString());
        JsonObject status = _sandbox.Run("status a --json").Json();
        Assert.Equal(("ok", "finished"), ((string)status["status"]!, (string)status["state"]!));
        Assert.Equal((2, 12), (status["parts"]!.AsArray().Count, (int)status["merged"]!["done"]!));

        Fill("whole", Shard.Whole);
        CommandResult exported = _sandbox.RunAlone("export a");
        Assert.StartsWith("configuration,part,task,learner,seed,trial,", exported.Output, StringComparison.Ordinal);
        Assert.Equal(_sandbox.RunAlone("export whole"), exported);
    }

    [Fact]
    public void An_export_file_can_be_replaced_but_no_other_file_is()
    {
        Fill("a", Shard.Whole);
        Assert.Equal(new CommandResult(0, $"x: 12 trials{Environment.NewLine}", ""), _sandbox.Run("export a --to x"));
        JsonObject json = _sandbox.Run("export a --to x --format json --table configurations --json").Json();
        Assert.Equal("""{"status":"ok","file":"x","format":"json","table":"configurations","rows":2}""",
            json.ToJsonString());
        string parquet = Path.Combine("a", "snapshots.parquet");
        Assert.Equal(
            new CommandResult(0, $"{parquet}: 2 snapshots{Environment.NewLine}", ""),
            _sandbox.Run("export a --format parquet --table snapshots"));
        _sandbox.Write("mine", "cell;part");
        _sandbox.Run("export a --to mine").AssertRejected(
            "mine: exists and is not a LatchLab export; move it or name another file");
        Assert.Equal(["a", "mine", "x"], _sandbox.Entries());
    }

    [Theory]
    [InlineData("status none", "none: holds no ledger and no shards of one")]
    [InlineData("merge", "OUT: is missing; give the folder of the merged ledger, new or existing|" +
        "DIR…: is missing; give folders of ledgers, or of shards; OUT may be one of them")]
    [InlineData("merge out none --journal log",
        "--journal: 'log' is not known; there are auto, wal, rollback|none: holds no ledger and no shards of one")]
    [InlineData("export none --format xml --table trails --json",
        "--format: 'xml' is not known; there are csv, parquet, json|" +
        "--table: 'trails' is not known; there are trials, snapshots, configurations; did you mean \"trials\"?|" +
        "--json: describes a written file; give --to FILE, or --format json for data|" +
        "none: holds no ledger: there is no ledger.sqlite in it")]
    public void All_errors_are_reported_at_once(string arguments, string lines)
    {
        _sandbox.Run(arguments).AssertRejected(lines.Split('|'));
        Assert.Empty(_sandbox.Entries());
    }

    [Fact]
    public void Different_sweeps_are_not_merged()
    {
        Fill("a", Shard.Whole);
        using (TrialLedger.Open(_sandbox.Below("b"), Sweep.Identity with { Seed = 1 }))
            _sandbox.Run("merge out a b").AssertRejected("b: seed: is 7 in a and 1 in b");
    }

    private void Fill(string name, Shard shard)
    {
        using TrialLedger ledger = TrialLedger.Open(_sandbox.Below(name), Sweep.Identity with { Shard = shard });
        Sweep.AddTo(ledger);
        ledger.Complete();
    }
}
