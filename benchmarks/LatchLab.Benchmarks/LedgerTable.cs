using System.Diagnostics;
using System.Globalization;
using LatchLab.Experiments;
using LatchLab.Ledger;

namespace LatchLab.Benchmarks;

/// <summary>
/// How fast a ledger takes trials, and gives them back: made-up trials of a quick sweep (441 cells, no logs), written
/// by two threads, in a folder of the system for temporary files.
/// </summary>
internal static class LedgerTable
{
    private const int Cells = 441, Shards = 8;

    /// <summary>Measures and prints a table in Markdown.</summary>
    public static void Print(int trials)
    {
        string folder = Directory.CreateTempSubdirectory("latchlab-ledger-").FullName;
        int each = Math.Max(1, trials / Cells);
        LedgerIdentity identity = Identity(each);
        string whole = Path.Combine(folder, "whole"), rollback = Path.Combine(folder, "rollback");
        string shards = Path.Combine(folder, "shards"), merged = Path.Combine(folder, "merged");
        Console.WriteLine("| Work | seconds | of all cores | trials a second | most memory so far, MB | note |");
        Console.WriteLine("|---|--:|--:|--:|--:|---|");
        try
        {
            Row("add, write-ahead log", () => Fill(whole, identity, JournalKind.WriteAheadLog));
            Row("add, rollback journal", () => Fill(rollback, identity, JournalKind.Rollback));
            Row("open again", () => Open(whole, identity));
            Row("read the totals", () => Totals(whole));
            foreach (ExportFormat format in Enum.GetValues<ExportFormat>())
                Row($"export, {Settings.InWords(format)}", () => Export(whole, format, folder));
            for (int i = 1; i <= Shards; i++)
                Fill(shards, identity with { Shard = new(i, Shards) }, JournalKind.WriteAheadLog);
            Row($"merge {Shards} shards", () => Merge(merged, shards));
            Row("merge them again", () => Merge(merged, shards));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        void Row(string work, Func<string> run)
        {
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            long begin = Stopwatch.GetTimestamp();
            string note = run();
            double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            double busy = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
            long memory = Process.GetCurrentProcess().PeakWorkingSet64 >> 20;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {work} | {seconds:F2} | {busy:F2} | {each * Cells / seconds:N0} | {memory} | {note} |"));
        }
    }

    private static LedgerIdentity Identity(int trials) => new()
    {
        Seed = 1,
        LoggedTrials = 0,
        Cells = [.. Enumerable.Range(0, Cells).Select(cell => new LedgerCell("", trials, 20, 0,
        [
            ("task.noise", (0.05 * (cell % 21)).ToString("R", CultureInfo.InvariantCulture)),
            ("start.initial-weight", (0.15 * (cell / 21)).ToString("R", CultureInfo.InvariantCulture)),
        ]))],
    };

    /// <summary>As a trial of the minimal task ends: most numbers are not known.</summary>
    private static Outcome OutcomeOf(int cell, int trial)
    {
        uint mixed = unchecked(((uint)cell * 2654435761) ^ ((uint)trial * 2246822519));
        bool hasConverged = mixed % 3 != 0;
        return new(
            hasConverged ? Ending.Converged : Ending.OutOfPresentations,
            hasConverged ? 20 * (int)(mixed % 1000) : 20_000,
            hasConverged ? 20 : 0,
            mixed * 2.3e-10)
        {
            TrainingError = hasConverged ? 0.0 : double.NaN,
        };
    }

    private static string Fill(string folder, LedgerIdentity identity, JournalKind journal)
    {
        using var ledger = TrialLedger.Open(folder, identity, new() { Journal = journal });
        Parallel.For(0, 2, new ParallelOptions { MaxDegreeOfParallelism = 2 }, thread =>
        {
            for (int cell = 0; cell < Cells; cell++)
            {
                for (int trial = thread; trial < identity.Cells[cell].Trials; trial += 2)
                {
                    if (identity.Shard.Holds(cell, trial))
                        ledger.Add(cell, trial, OutcomeOf(cell, trial), []);
                }
            }
        });
        ledger.Complete();
        double bytes = new FileInfo(Path.Combine(ledger.Folder, LedgerFolder.LedgerName)).Length;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{bytes / identity.Planned:F1} bytes a trial");
    }

    private static string Open(string folder, LedgerIdentity identity)
    {
        using var ledger = TrialLedger.Open(folder, identity);
        return $"{ledger.Count:N0} held";
    }

    private static string Totals(string folder)
    {
        using LedgerReader ledger = LedgerReader.Open(folder);
        return $"{ledger.Totals().Sum(totals => totals[Ending.Converged]):N0} converged";
    }

    private static string Export(string folder, ExportFormat format, string place)
    {
        using LedgerReader ledger = LedgerReader.Open(folder);
        using FileStream file = File.Create(Path.Combine(place, "export"));
        long rows = LedgerExport.Write(ledger, ExportedTable.Trials, format, file);
        return $"{(double)file.Length / rows:F1} bytes a trial";
    }

    private static string Merge(string target, string shards)
        => $"{LedgerMerge.Run(target, [shards]).Added:N0} added";
}
