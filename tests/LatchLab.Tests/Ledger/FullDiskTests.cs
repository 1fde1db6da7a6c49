using System.Diagnostics;
using LatchLab.Ledger.Folders;
using LatchLab.Ledger.Reading;
using LatchLab.Ledger.Sqlite;
using LatchLab.LedgerWriter;
using Xunit;

namespace LatchLab.Tests.Ledger;

/// <summary>
/// When the disk is full, the run reports it and keeps the stored trials. It resumes when space is available.
/// </summary>
public sealed class FullDiskTests : IDisposable
{
    private static readonly SampleSweep Sweep = new(configurationCount: 4, trialsPerConfiguration: 2_500);

    private readonly LedgerSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData(JournalMode.WriteAheadLog)]
    [InlineData(JournalMode.Rollback)]
    public void A_file_size_limit_ends_the_run_and_the_next_run_resumes(JournalMode journal)
    {
        SlowTests.SkipUnlessRequested();
        // .NET maps code twice through a large memory file, which the limit would forbid.
        (int exitCode, string error) = InBash(
            "trap '' XFSZ; ulimit -f 250; export DOTNET_EnableWriteXorExecute=0; " + Arguments(journal));
        Assert.Contains(
            "or the file larger than the system allows (ulimit -f). All trials that it holds are safe", error);
        Assert.Equal(1, exitCode);
        AssertResumes();
    }

    [Fact]
    public void A_full_disk_ends_the_run_and_the_next_run_resumes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux lets a user mount a small disk");
        Directory.CreateDirectory(_sandbox.Below("disk"));
        (int exitCode, string error) = InBash(
            $"cd '{_sandbox.Folder}' && unshare --map-root-user --mount bash -c \"" +
            $"mount -t tmpfs -o size=500k none disk || exit 99; {Arguments(JournalMode.WriteAheadLog, "disk/a")}; " +
            "code=\\$?; cp -r disk/a a; exit \\$code\"");
        bool isForbidden = exitCode == 99 || error.StartsWith("unshare:", StringComparison.Ordinal);
        Assert.SkipWhen(isForbidden, "no user may mount here");
        Assert.StartsWith("the disk is full; all trials that", error);
        Assert.Equal(1, exitCode);
        AssertResumes();
    }

    private string Arguments(JournalMode journal, string name = "a")
        => $"{LedgerSandbox.Writer} " +
            string.Join(' ', _sandbox.Arguments(name, Sweep, 500, journal).Select(word => $"'{word}'"));

    private void AssertResumes()
    {
        RunProgressFile progress = RunProgressFile.TryRead(_sandbox.Below("a"))!;
        using (LedgerReader reader = LedgerReader.Open(_sandbox.Below("a")))
        {
            Assert.InRange(reader.TrialCount, 500, 9_999);
            Assert.Equal(reader.TrialCount, reader.ReadTrials().LongCount());
            Assert.Equal((RunState.Failed, reader.TrialCount), (progress.State, progress.CompletedTrials));
        }

        _sandbox.Fill("a", Sweep);
        Assert.Equal(
            LedgerSandbox.ExportAllTables(_sandbox.Fill("b", Sweep)),
            LedgerSandbox.ExportAllTables(_sandbox.Below("a")));
    }

    private static (int ExitCode, string Error) InBash(string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no bash on Windows");
        using Process bash = Process.Start(new ProcessStartInfo("bash", ["-c", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> error = bash.StandardError.ReadToEndAsync();
        _ = bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();
        return (bash.ExitCode, error.Result);
    }
}
