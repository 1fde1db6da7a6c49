using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>Runs that end early: interrupted, terminated, or with a full disk.</summary>
public sealed class TerminationTests : IDisposable
{
    // The documented limit is one second; a machine that runs other tests at the same time needs more.
    private static readonly TimeSpan MaxLatency = TimeSpan.FromSeconds(4);

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void A_signal_ends_a_run_quickly_with_its_exit_code_and_keeps_the_trials(string signal, int exitCode)
    {
        SlowTests.SkipUnlessRequested();
        CommandResult result = EndBy(signal, "reproduce --profile full --out a/b", process =>
        {
            // Progress appears only when the run has started.
            Assert.StartsWith("  0 %, ", process.StandardError.ReadLine(), StringComparison.Ordinal);
            return true;
        });
        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        Assert.EndsWith(
            "Interrupted; 'a/b-trials' keeps the completed trials. Run the same command again to resume.",
            result.Error.TrimEnd(),
            StringComparison.Ordinal);
        Assert.Equal(["b-trials"], Directory.GetFileSystemEntries(_sandbox.Below("a")).Select(Path.GetFileName));
    }

    [Fact]
    public void A_signal_ends_training_quickly_and_no_network_is_written()
    {
        const string arguments =
            "train --task parity --length 100 --learner simulated-annealing --set stuck-tolerance=0 " +
            "--set presentations=900000000 --save-network n.json";
        CommandResult result = EndBy("INT", arguments, process =>
        {
            Assert.Contains(" of 20 trials ended, ", process.StandardError.ReadLine(), StringComparison.Ordinal);
            return true;
        });
        Assert.Equal((130, ""), (result.ExitCode, result.Output));
        Assert.EndsWith("Interrupted; nothing was written.", result.Error.TrimEnd(), StringComparison.Ordinal);
        Assert.Empty(_sandbox.Entries());
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void A_training_that_a_signal_ended_continues_from_its_checkpoint(string signal, int exitCode)
    {
        SlowTests.SkipUnlessRequested();
        const string train = "train --task parity --length 100 --learner simulated-annealing --set stuck-tolerance=0 " +
            "--set presentations=200000 --trials 2 --json";
        CommandResult result = EndBy(signal, $"{train} --checkpoint c", process =>
        {
            Assert.Contains(" of 2 trials ended, ", process.StandardError.ReadLine(), StringComparison.Ordinal);
            return true;
        });
        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        Assert.EndsWith(
            "Interrupted; 'c' keeps the training. Run the same command again to resume.", result.Error.TrimEnd(),
            StringComparison.Ordinal);
        CommandResult continued = _sandbox.Run($"{train} --checkpoint c");
        Assert.StartsWith("'c': 0 of 2 trials complete, 2 to continue", continued.Error, StringComparison.Ordinal);
        JsonObject actual = continued.Json(), expected = _sandbox.Run(train).Json();
        Assert.True(actual.Remove("seconds") && expected.Remove("seconds"));
        Assert.Equal($"{expected}", $"{actual}");
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void A_signal_during_report_writing_keeps_the_old_report(string signal, int exitCode)
    {
        SlowTests.SkipUnlessRequested();
        Assert.Equal(0, _sandbox.Run($"reproduce {Sandbox.TinyOnly("figure-1a")} --out r").ExitCode);
        var old = _sandbox.Files("r");
        CommandResult result = EndBy(
            signal,
            $"reproduce {Sandbox.TinyOnly("figure-2a,figure-2b")} --out r",
            process => Directory.Exists(Path.Combine(_sandbox.Below($".r.new-{process.Id}"), "figures")));
        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        Assert.Equal(["r", "r-trials"], _sandbox.Entries());
        Assert.Equal(old, _sandbox.Files("r"));
    }

    [Fact]
    public void Temporary_files_of_a_killed_run_are_deleted_by_the_next_one()
    {
        SlowTests.SkipUnlessRequested();
        CommandResult result = EndBy(
            "KILL",
            $"reproduce {Sandbox.TinyOnly("figure-2a,figure-2b")} --out r",
            process => Directory.Exists(Path.Combine(_sandbox.Below($".r.new-{process.Id}"), "figures")));
        Assert.Equal(137, result.ExitCode);
        Assert.Equal("r-trials", _sandbox.Entries().Last());
        Assert.StartsWith(
            ".r.new-", Assert.Single(_sandbox.Entries().SkipLast(1)), StringComparison.Ordinal);
        Assert.Equal(0, _sandbox.Run($"reproduce {Sandbox.TinyOnly("figure-1a")} --out r").ExitCode);
        Assert.Equal(["r", "r-trials"], _sandbox.Entries());
    }

    [Fact]
    public void A_full_disk_is_reported_in_one_line_and_leaves_the_trials_alone()
    {
        SlowTests.SkipUnlessRequested();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux lets a user mount a small disk");
        CommandResult result = _sandbox.RunInBash(
            "mkdir disk && unshare --map-root-user --mount bash -c " +
            "\"mount -t tmpfs -o size=300k none disk || exit 99; " +
            $"{Sandbox.Program} reproduce {Sandbox.TinyOnly("figure-1b")} --out disk/a/b; " +
            "code=\\$?; ls -A disk/a; exit \\$code\"");
        bool isForbidden = result.ExitCode == 99 || result.Error.StartsWith("unshare:", StringComparison.Ordinal);
        Assert.SkipWhen(isForbidden, "no user may mount here");
        Assert.Equal((1, "b-trials"), (result.ExitCode, result.Output.TrimEnd()));
        Assert.EndsWith(
            "Failed: the report was not written to 'disk/a/b', which is unchanged: the disk is full",
            result.Error.TrimEnd(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_size_limit_is_reported_in_one_line_and_the_old_report_is_kept()
    {
        SlowTests.SkipUnlessRequested();
        Assert.Equal(0, _sandbox.Run($"reproduce {Sandbox.TinyOnly("figure-1a")} --out r").ExitCode);
        var old = _sandbox.Files("r");

        // .NET maps code twice through a large memory file, which the limit would forbid.
        CommandResult result = _sandbox.RunInBash(
            "trap '' XFSZ; ulimit -f 8; export DOTNET_EnableWriteXorExecute=0; " +
            $"{Sandbox.Program} reproduce {Sandbox.TinyOnly("figure-1a")} --out r --json");
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Equal(
            "Failed: the report was not written to 'r', which is unchanged: " +
            "a file would be larger than the system allows (ulimit -f)",
            result.Error.TrimEnd());
        Assert.Equal(["r"], _sandbox.Entries());
        Assert.Equal(old, _sandbox.Files("r"));
    }

    [Fact]
    public void A_full_standard_output_is_a_failure_in_one_line()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has /dev/full");
        CommandResult result = _sandbox.RunInBash($"{Sandbox.Program} dynamics neuron --weight 2 --json > /dev/full");
        Assert.Equal((1, "Failed: No space left on device"), (result.ExitCode, result.Error.TrimEnd()));
        Assert.Equal(2, _sandbox.RunInBash($"{Sandbox.Program} dynamics neuron 2> /dev/full").ExitCode);
    }

    /// <summary>Sends a signal as soon as a condition holds.</summary>
    private CommandResult EndBy(string signal, string arguments, Func<Process, bool> isReady)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send");
        Assert.SkipWhen(signal == "INT" && IsInterruptIgnored(), "these tests were started with Ctrl-C ignored");
        using Process process = _sandbox.Start(arguments);
        try
        {
            while (!isReady(process))
            {
                Assert.False(process.HasExited, "the process ended before the condition held");
                Thread.Sleep(5);
            }
        }
        catch
        {
            process.Kill(); // a failing test must not leave a running process
            throw;
        }

        var clock = Stopwatch.StartNew();
        using (Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]))
            kill.WaitForExit();
        CommandResult result = Sandbox.End(process);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, MaxLatency);
        return result;
    }

    // A shell without job control starts background processes with Ctrl-C ignored, and child processes inherit this.
    private static bool IsInterruptIgnored()
    {
        const string status = "/proc/self/status";
        return File.Exists(status) && File.ReadLines(status)
            .Where(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))
            .Any(line => (Convert.ToUInt64(line[7..].Trim(), 16) & 2) != 0);
    }
}
