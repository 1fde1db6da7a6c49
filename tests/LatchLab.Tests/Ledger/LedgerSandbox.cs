using System.Diagnostics;
using LatchLab.Ledger.Exports;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Merging;
using LatchLab.Ledger.Reading;
using LatchLab.Ledger.Sqlite;
using LatchLab.Ledger.Writing;
using LatchLab.LedgerWriter;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Ledger;

/// <summary>An empty folder for ledgers, and the processes that write into it.</summary>
internal sealed class LedgerSandbox : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latchlab-");

    /// <summary>The shell command that starts the writer process.</summary>
    public static string Writer => $"'{Host}' '{WriterAssembly}'";

    private static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private static string WriterAssembly => Path.Combine(AppContext.BaseDirectory, "LatchLab.LedgerWriter.dll");

    public string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A path in the folder.</summary>
    public string Below(string name) => Path.Combine(Folder, name);

    /// <summary>A ledger with all trials of a sweep, or of a shard of it.</summary>
    /// <returns>Its folder.</returns>
    public string Fill(string name, SampleSweep sweep, Shard? shard = null, LedgerOptions? options = null)
    {
        LedgerIdentity identity = sweep.Identity with { Shard = shard ?? Shard.Whole };
        using TrialLedger ledger = TrialLedger.Open(Below(name), identity, options);
        sweep.AddTo(ledger);
        ledger.Complete();
        return ledger.Folder;
    }

    /// <summary>Merges ledgers, or folders of shards, into one.</summary>
    public MergeResult Merge(string target, params string[] sources)
        => LedgerMerge.Run(
            Below(target), [.. sources.Select(Below)], cancellation: TestContext.Current.CancellationToken);

    /// <summary>Exports a table.</summary>
    public static byte[] Export(
        string folder, ExportFormat format = ExportFormat.Csv, ExportedTable table = ExportedTable.Trials)
    {
        using LedgerReader ledger = LedgerReader.Open(folder);
        using var output = new MemoryStream();
        LedgerExport.Write(ledger, table, format, output);
        return output.ToArray();
    }

    /// <summary>Every table of a ledger as CSV.</summary>
    public static string ExportAllTables(string folder)
        => string.Concat(Enum.GetValues<ExportedTable>().Select(
            table => System.Text.Encoding.UTF8.GetString(Export(folder, ExportFormat.Csv, table))));

    /// <summary>The expected totals of each configuration, recomputed from its trials.</summary>
    public static OutcomeTotals[] Recomputed(LedgerReader ledger)
    {
        OutcomeTotals[] totals = [.. ledger.Identity.Configurations.Select(
            configuration => new OutcomeTotals(configuration.Sequences, configuration.TestSequences))];
        foreach (LedgerTrial trial in ledger.ReadTrials())
            totals[trial.ConfigurationIndex].Add(trial.Outcome);
        return totals;
    }

    /// <summary>All values of totals as text, for comparison.</summary>
    public static string Format(OutcomeTotals totals)
        => $"{totals.Trials} {totals.TestedTrials} {totals.IncorrectTestSequences} " +
            $"{totals.IncorrectTestSequencesSquared} {totals.FinalEvaluations} " +
            $"{totals.IncorrectTrainingSequences} {totals.IncorrectTrainingSequencesSquared} " +
            $"{totals.Presentations} {totals.EvaluationPresentations} " +
            string.Join(' ', Enum.GetValues<StopReason>().Select(ending => totals[ending])) +
            string.Join(' ', totals.PresentationsToConvergence.BinCounts) + string.Join(' ', totals.TestCost.BinCounts);

    /// <summary>Starts a process that resumes a ledger.</summary>
    public Process Start(string name, SampleSweep sweep, int batchRows, JournalMode journal)
        => Process.Start(new ProcessStartInfo(Host, [WriterAssembly, .. Arguments(name, sweep, batchRows, journal)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    /// <summary>The arguments of the writer process.</summary>
    public IEnumerable<string> Arguments(string name, SampleSweep sweep, int batchRows, JournalMode journal)
        => [Below(name), $"{sweep.ConfigurationCount}", $"{sweep.TrialsPerConfiguration}", $"{batchRows}",
            $"{journal}"];
}
