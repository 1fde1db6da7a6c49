using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>The complete program, killed repeatedly in the middle of a sweep.</summary>
public sealed class CrashTests : IDisposable
{
    private const int TrialsPerKill = 160; // so that the last kills come while trials run, too

    private const string Sweep = """
        logged-trials = 20
        [task]
        name = "latch"
        [learner]
        name = "back-propagation"
        learning-rate = 1.0
        [rule]
        presentations = 6000
        [[axes]]
        task.length = [5, 10, 20, 40]
        [[axes]]
        task.noise = [0, 0.2]
        """;

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task A_sweep_killed_repeatedly_gives_the_same_bytes_as_an_uninterrupted_one()
    {
        SlowTests.SkipUnlessRequested();
        int kills = SlowTests.ProgramKills, trials = kills * TrialsPerKill;
        _sandbox.Write("sweep.toml", $"trials = {trials}\n{Sweep}");
        Assert.Equal(0, _sandbox.Run("run sweep.toml --out unbroken").ExitCode);
        var start = Stopwatch.StartNew();
        Assert.Equal(0, _sandbox.RunAlone("--version").ExitCode);
        double seconds = start.Elapsed.TotalSeconds;

        // Delays from before the program starts until some time after its first write.
        var random = new Random(1994);
        var seen = new HashSet<long>();
        for (int kill = 0; kill < kills; kill++)
        {
            using Process process = _sandbox.Start("run sweep.toml --out broken --threads 1");
            await Task.Delay(
                TimeSpan.FromSeconds((0.5 * seconds) + (random.NextDouble() * (2.0 + (2.0 * seconds)))),
                TestContext.Current.CancellationToken);
            process.Kill();
            Sandbox.End(process);
            seen.Add(Count("broken"));
        }

        Assert.True(seen.Count > kills / 5, $"only {seen.Count} kills came while trials ended: this tests nothing");
        Assert.Equal(0, _sandbox.Run("run sweep.toml --out broken").ExitCode);
        foreach (string table in new[] { "trials", "snapshots", "configurations" })
            Assert.Equal(Export("unbroken", table), Export("broken", table));
        Assert.Equal(Report("unbroken", trials), Report("broken", trials));
    }

    private long Count(string folder)
    {
        if (!File.Exists(Path.Combine(_sandbox.Below(folder), "ledger.sqlite")))
            return 0;
        CommandResult result = _sandbox.RunAlone($"export {folder} --format csv");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return result.Output.Count(c => c == '\n') - 1;
    }

    private string Export(string folder, string table)
    {
        CommandResult result = _sandbox.RunAlone($"export {folder} --format csv --table {table}");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return result.Output;
    }

    /// <summary>The configurations with their results, computed from the totals and not from the trials.</summary>
    private string Report(string folder, int trials)
    {
        CommandResult result = _sandbox.Run($"report {folder} --json");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        string cells = result.Json()["configurations"]!.ToJsonString();
        Assert.Equal(
            (8 * trials).ToString(CultureInfo.InvariantCulture), result.Json()["trials"]!.ToJsonString());
        return cells;
    }
}
