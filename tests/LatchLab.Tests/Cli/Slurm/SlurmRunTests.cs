using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;

namespace LatchLab.Tests.Cli.Slurm;

/// <summary>A sweep on a real Slurm cluster, with a task that is killed during its work.</summary>
public sealed class SlurmRunTests : IDisposable
{
    private const string Sweep = """
        trials = 3000
        seed = 5
        [task]
        name = "latch"
        [learner]
        name = "back-propagation"
        learning-rate = 1.0
        [rule]
        presentations = 60000
        [[axes]]
        task.length = [10, 40]
        """;

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task A_sweep_on_Slurm_with_a_killed_and_requeued_task_equals_that_of_one_machine()
    {
        SlowTests.SkipUnlessRequested();
        Assert.SkipWhen(SlurmCluster.UnavailableReason is not null, SlurmCluster.UnavailableReason ?? "");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using SlurmCluster cluster = await SlurmCluster.Start(cancellation);
        _sandbox.Write("sweep.toml", Sweep);
        CommandResult submitted =
            _sandbox.RunAlone("slurm sweep.toml --out run --tasks 4 --submit", cluster.Environment);
        Assert.Equal((0, ""), (submitted.ExitCode, submitted.Error));

        // Four tasks in arrays of two: the MaxArraySize of the cluster is 3, and indices start at 1.
        Assert.True(File.Exists(_sandbox.Below("run/slurm/tasks-2.sh")));
        Assert.False(File.Exists(_sandbox.Below("run/slurm/tasks-3.sh")));
        JsonNode? progress = null;
        await SlurmCluster.Until(
            () => (progress = Progress("run/shard-1-of-4")) is not null && (long)progress["done"]! > 0,
            "the first task has finished a trial",
            cancellation);
        Assert.Equal("running", (string?)progress!["state"]);
        Process.GetProcessById((int)progress["process"]!).Kill();
        string job = JobOf("tasks-1.sh", submitted.Output);
        await SlurmCluster.Until(
            () => cluster.Run("scontrol", "show", "job", $"{job}_1").Output.Contains("JobState=FAILED"),
            "the killed task has failed",
            cancellation);
        CommandResult requeued = cluster.Run("scontrol", "requeue", $"{job}_1");
        Assert.Equal((0, ""), (requeued.ExitCode, requeued.Error));

        await SlurmCluster.Until(
            () => cluster.Run("squeue", "--noheader").Output.Length == 0, "all jobs have ended", cancellation);
        Assert.Equal(0, _sandbox.Run("run sweep.toml --out single --threads 2").ExitCode);
        Assert.Equal(Export("single"), Export("run"));
        Assert.True(File.Exists(_sandbox.Below("run/report/index.html")));
    }

    /// <summary>The job number of a script, parsed from the output of its submission.</summary>
    private static string JobOf(string script, string submitted)
        => submitted.Split('\n').First(line => line.StartsWith($"{script}: job ", StringComparison.Ordinal))
            .Split(' ')[^1];

    private string Export(string folder)
    {
        CommandResult exported = _sandbox.RunAlone($"export {folder} --format csv");
        Assert.Equal((0, ""), (exported.ExitCode, exported.Error));
        Assert.Equal(1 + (2 * 3000), exported.Output.Count(c => c == '\n'));
        return exported.Output;
    }

    private JsonNode? Progress(string folder)
    {
        string path = Path.Combine(_sandbox.Below(folder), "progress.json");
        return File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) : null;
    }
}
