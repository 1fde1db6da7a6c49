using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Reading;
using LatchLab.Ledger.Runs;
using LatchLab.Ledger.Writing;
using LatchLab.Sweeps.Reports;
using LatchLab.Tests.Cli;
using LatchLab.Tests.Robustness;
using Xunit;

namespace LatchLab.Tests.Ledger;

/// <summary>A damaged ledger is exported, reported and resumed, or it gives ordinary errors.</summary>
public sealed class LedgerMutationTests : IDisposable
{
    private const string FileName = "ledger.sqlite", Sweep = """
        trials = 4
        logged-trials = 1
        [task]
        name = "latch"
        length = 6
        [learner]
        name = "back-propagation"
        [rule]
        presentations = 90
        [[axes]]
        task.noise = [0, 0.2]
        """;

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void A_ledger()
    {
        _sandbox.Write("sweep.toml", Sweep);
        Assert.Equal(0, _sandbox.Run("run sweep.toml --out a").ExitCode);
        Assert.Equal(0, _sandbox.Run("run sweep.toml --out b --journal rollback").ExitCode);
        LedgerIdentity identity;
        using (LedgerReader original = LedgerReader.Open(_sandbox.Below("a")))
            identity = original.Identity;
        byte[][] originals = [Read("a"), Read("b")];
        MutatedFiles.Check(FileName, originals, path =>
        {
            string folder = Path.GetDirectoryName(path)!;
            LedgerSandbox.ExportAllTables(folder);
            Assert.NotNull(SweepReport.Create(LedgerResults.Read(folder)));
            using TrialLedger resumed = TrialLedger.Open(folder, identity);
            Assert.True(resumed.Count >= 0);
        });
    }

    private byte[] Read(string folder) => File.ReadAllBytes(Path.Combine(_sandbox.Below(folder), FileName));
}
