using System.Diagnostics;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>Runs that do not come to their end: interrupted, terminated, or without room on the disk.</summary>
public sealed class TerminationTests : IDisposable
{
    // The promise is one second; a machine that runs other tests at the same time gets more.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(4);

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void A_signal_ends_a_run_soon_with_its_exit_code_and_leaves_nothing(string signal, int exitCode)
    {
        Ended ended = EndBy(signal, "reproduce --profile full --out a/b", process =>
        {
            // A long run says first what it will take. Only the run itself shows progress, so then it has begun.
            Assert.Contains(" trials, roughly ", process.StandardError.ReadLine(), StringComparison.Ordinal);
            Assert.StartsWith("  0 %, ", process.StandardError.ReadLine(), StringComparison.Ordinal);
            return true;
        });
        Assert.Equal((exitCode, ""), (ended.ExitCode, ended.Output));
        Assert.EndsWith("Interrupted; nothing was written.", ended.Error.TrimEnd(), StringComparison.Ordinal);
        Assert.Empty(_sandbox.Entries());
    }

    [Fact]
    public void A_signal_ends_a_training_soon_and_no_network_is_written()
    {
        const string words = "train --task parity --length 100 --learner simulated-annealing --set stuck-tolerance=0 " +
            "--set presentations=900000000 --save-network n.json";
        Ended ended = EndBy("INT", words, process =>
        {
            Assert.Contains(" of 20 trials ended, ", process.StandardError.ReadLine(), StringComparison.Ordinal);
            return true;
        });
        Assert.Equal((130, ""), (ended.ExitCode, ended.Output));
        Assert.EndsWith("Interrupted; nothing was written.", ended.Error.TrimEnd(), StringComparison.Ordinal);
        Assert.Empty(_sandbox.Entries());
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void A_signal_while_the_report_is_written_leaves_the_old_one(string signal, int exitCode)
    {
        Assert.Equal(0, _sandbox.Run($"reproduce {Sandbox.Tiny} --only figure-1a --out r").ExitCode);
        var old = _sandbox.Files("r");
        Ended ended = EndBy(
            signal,
            $"reproduce {Sandbox.Tiny} --only figure-2a,figure-2b --out r",
            process => Directory.Exists(Path.Combine(_sandbox.Below($".r.new-{process.Id}"), "figures")));
        Assert.Equal((exitCode, ""), (ended.ExitCode, ended.Output));
        Assert.Equal(["r"], _sandbox.Entries());
        Assert.Equal(old, _sandbox.Files("r"));
    }

    [Fact]
    public void What_a_killed_run_has_left_is_cleared_away_by_the_next_one()
    {
        Ended ended = EndBy(
            "KILL",
            $"reproduce {Sandbox.Tiny} --only figure-2a,figure-2b --out r",
            process => Directory.Exists(Path.Combine(_sandbox.Below($".r.new-{process.Id}"), "figures")));
        Assert.Equal(137, ended.ExitCode);
        Assert.StartsWith(".r.new-", Assert.Single(_sandbox.Entries()), StringComparison.Ordinal);
        Assert.Equal(0, _sandbox.Run($"reproduce {Sandbox.Tiny} --only figure-1a --out r").ExitCode);
        Assert.Equal(["r"], _sandbox.Entries());
    }

    [Fact]
    public void A_full_disk_is_told_in_one_line_and_leaves_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux lets a user mount a small disk");
        Ended ended = _sandbox.RunInBash(
            "mkdir disk && unshare --map-root-user --mount bash -c " +
            "\"mount -t tmpfs -o size=300k none disk || exit 99; " +
            $"{Sandbox.Program} reproduce {Sandbox.Tiny} --only figure-1b --out disk/a/b; " +
            "code=\\$?; ls -A disk; exit \\$code\"");
        bool isForbidden = ended.ExitCode == 99 || ended.Error.StartsWith("unshare:", StringComparison.Ordinal);
        Assert.SkipWhen(isForbidden, "no user may mount here");
        Assert.Equal((1, ""), (ended.ExitCode, ended.Output));
        Assert.EndsWith(
            "Failed: the report was not written to 'disk/a/b', which is as it was before: the disk is full",
            ended.Error.TrimEnd(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_on_file_sizes_is_told_in_one_line_and_the_old_report_stays()
    {
        Assert.Equal(0, _sandbox.Run($"reproduce {Sandbox.Tiny} --only figure-1a --out r").ExitCode);
        var old = _sandbox.Files("r");

        // .NET maps code twice through a large file in memory, which the limit would forbid.
        Ended ended = _sandbox.RunInBash(
            "trap '' XFSZ; ulimit -f 8; export DOTNET_EnableWriteXorExecute=0; " +
            $"{Sandbox.Program} reproduce {Sandbox.Tiny} --only figure-1a --out r --json");
        Assert.Equal((1, ""), (ended.ExitCode, ended.Output));
        Assert.Equal(
            "Failed: the report was not written to 'r', which is as it was before: " +
            "a file would be larger than the system allows (ulimit -f)",
            ended.Error.TrimEnd());
        Assert.Equal(["r"], _sandbox.Entries());
        Assert.Equal(old, _sandbox.Files("r"));
    }

    [Fact]
    public void Standard_output_that_is_full_is_a_failure_in_one_line()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has /dev/full");
        Ended ended = _sandbox.RunInBash($"{Sandbox.Program} dynamics neuron --weight 2 --json > /dev/full");
        Assert.Equal((1, "Failed: No space left on device"), (ended.ExitCode, ended.Error.TrimEnd()));
        Assert.Equal(2, _sandbox.RunInBash($"{Sandbox.Program} dynamics neuron 2> /dev/full").ExitCode);
    }

    /// <summary>Sends a signal as soon as the moment has come.</summary>
    private Ended EndBy(string signal, string words, Func<Process, bool> hasCome)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send");
        Assert.SkipWhen(signal == "INT" && IsInterruptIgnored(), "these tests were started with Ctrl-C switched off");
        using Process process = _sandbox.Start(words);
        try
        {
            while (!hasCome(process))
            {
                Assert.False(process.HasExited, "it ended before the moment came");
                Thread.Sleep(5);
            }
        }
        catch
        {
            process.Kill(); // a test that fails leaves no run behind
            throw;
        }

        var clock = Stopwatch.StartNew();
        using (Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]))
            kill.WaitForExit();
        Ended ended = Sandbox.End(process);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Soon);
        return ended;
    }

    // A shell without job control starts what runs in the background with Ctrl-C switched off, and children inherit it.
    private static bool IsInterruptIgnored()
    {
        const string status = "/proc/self/status";
        return File.Exists(status) && File.ReadLines(status)
            .Where(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))
            .Any(line => (Convert.ToUInt64(line[7..].Trim(), 16) & 2) != 0);
    }
}
