using System.Diagnostics;
using System.Globalization;
using LatchLab.Foundation;
using LatchLab.Ledger.Exports;
using LatchLab.Ledger.Folders;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Merging;
using LatchLab.Ledger.Reading;
using LatchLab.Ledger.Sqlite;
using LatchLab.Ledger.Writing;
using LatchLab.Training;

namespace LatchLab.Benchmarks;

/// <summary>
/// The speed of writing and reading a ledger: synthetic trials of a quick sweep (441 configurations, no logs), written
/// by two threads into a folder for temporary files.
/// </summary>
internal static class LedgerTable
{
    private const int ConfigurationCount = 441, ShardCount = 8;

    /// <summary>Measures and prints a table in Markdown.</summary>
    public static void Print(int trials)
    {
        string folder = Directory.CreateTempSubdirectory("latchlab-ledger-").FullName;
        int trialsPerConfiguration = Math.Max(1, trials / ConfigurationCount);
        LedgerIdentity identity = CreateIdentity(trialsPerConfiguration);
        string whole = Path.Combine(folder, "whole"), rollback = Path.Combine(folder, "rollback");
        string shards = Path.Combine(folder, "shards"), merged = Path.Combine(folder, "merged");
        Console.WriteLine("| Work | seconds | CPU seconds | trials per second | peak memory so far, MB | note |");
        Console.WriteLine("|---|--:|--:|--:|--:|---|");
        try
        {
            MeasureRow("add, write-ahead log", () => AddTrials(whole, identity, JournalMode.WriteAheadLog));
            MeasureRow("add, rollback journal", () => AddTrials(rollback, identity, JournalMode.Rollback));
            MeasureRow("open again", () => Open(whole, identity));
            MeasureRow("read the totals", () => Totals(whole));
            foreach (ExportFormat format in Enum.GetValues<ExportFormat>())
                MeasureRow($"export, {Settings.FormatValue(format)}", () => Export(whole, format, folder));
            for (int i = 1; i <= ShardCount; i++)
                AddTrials(shards, identity with { Shard = new(i, ShardCount) }, JournalMode.WriteAheadLog);
            MeasureRow($"merge {ShardCount} shards", () => Merge(merged, shards));
            MeasureRow("merge them again", () => Merge(merged, shards));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        void MeasureRow(string work, Func<string> run)
        {
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            long begin = Stopwatch.GetTimestamp();
            string note = run();
            double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            double busy = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
            long memory = Process.GetCurrentProcess().PeakWorkingSet64 >> 20;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {work} | {seconds:F2} | {busy:F2} | {trialsPerConfiguration * ConfigurationCount / seconds:N0} | " +
                    $"{memory} | {note} |"));
        }
    }

    private static LedgerIdentity CreateIdentity(int trials) => new()
    {
        Seed = 1,
        LoggedTrials = 0,
        Configurations = [
            .. Enumerable.Range(0, ConfigurationCount).Select(
                configuration => new LedgerConfiguration("", trials, 20, 0,
        [
            ("task.noise", (0.05 * (configuration % 21)).ToString("R", CultureInfo.InvariantCulture)),
            ("start.initial-weight", (0.15 * (configuration / 21)).ToString("R", CultureInfo.InvariantCulture)),
        ]))],
    };

    /// <summary>An outcome like that of a trial of the minimal task: most numbers are unknown.</summary>
    private static Outcome CreateOutcome(int configuration, int trial)
    {
        uint hash = unchecked(((uint)configuration * 2654435761) ^ ((uint)trial * 2246822519));
        bool hasConverged = hash % 3 != 0;
        return new(
            hasConverged ? StopReason.Converged : StopReason.BudgetExhausted,
            hasConverged ? 20 * (int)(hash % 1000) : 20_000,
            hasConverged ? 20 : 0,
            hash * 2.3e-10)
        {
            TrainingError = hasConverged ? 0.0 : double.NaN,
        };
    }

    private static string AddTrials(string folder, LedgerIdentity identity, JournalMode journal)
    {
        using var ledger = TrialLedger.Open(folder, identity, new() { Journal = journal });
        Parallel.For(0, 2, new ParallelOptions { MaxDegreeOfParallelism = 2 }, thread =>
        {
            for (int configuration = 0; configuration < ConfigurationCount; configuration++)
            {
                for (int trial = thread; trial < identity.Configurations[configuration].Trials; trial += 2)
                {
                    if (identity.Shard.Contains(configuration, trial))
                        ledger.Add(configuration, trial, CreateOutcome(configuration, trial), [], []);
                }
            }
        });
        ledger.Complete();
        double bytes = new FileInfo(Path.Combine(ledger.Folder, LedgerFolder.LedgerFileName)).Length;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{bytes / identity.PlannedTrials:F1} bytes per trial");
    }

    private static string Open(string folder, LedgerIdentity identity)
    {
        using var ledger = TrialLedger.Open(folder, identity);
        return $"{ledger.Count:N0} trials";
    }

    private static string Totals(string folder)
    {
        using LedgerReader ledger = LedgerReader.Open(folder);
        return $"{ledger.ReadTotals().Sum(totals => totals[StopReason.Converged]):N0} converged";
    }

    private static string Export(string folder, ExportFormat format, string outputFolder)
    {
        using LedgerReader ledger = LedgerReader.Open(folder);
        using FileStream file = File.Create(Path.Combine(outputFolder, "export"));
        long rows = LedgerExport.Write(ledger, ExportedTable.Trials, format, file);
        return $"{(double)file.Length / rows:F1} bytes per trial";
    }

    private static string Merge(string target, string shards)
        => $"{LedgerMerge.Run(target, [shards]).AddedTrials:N0} added";
}
