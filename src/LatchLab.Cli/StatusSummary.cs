using System.Globalization;
using System.Text.Json.Nodes;
using LatchLab.Foundation;
using LatchLab.Ledger.Folders;
using LatchLab.Ledger.Progress;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary>The output of <c>status</c>.</summary>
internal static class StatusSummary
{
    // With more shards than this, only those that are neither running nor finished get a row.
    private const int MaxRows = 40;

    /// <summary>Prints a sentence and a table on standard output.</summary>
    public static void Print(SweepStatus status)
    {
        string name = status.Name.Length > 0 ? $"{status.Name}: " : "";
        string rate = status.State == "running" ? $", {FormatRate(status.TrialsPerSecond)} a second" : "";
        string left = status.TimeLeft is { } time ? $", {ProgressFormat.FormatRange(time)} left" : "";
        Console.Out.WriteLine(
            $"{name}{status.State}; " +
            $"{NumberFormat.GroupThousands(status.CompletedTrials)} of " +
            $"{NumberFormat.GroupThousands(status.PlannedTrials)} trials " +
            $"({FormatPercentage(status.CompletedTrials, status.PlannedTrials)}), " +
            $"{NumberFormat.GroupThousands(status.DivergedTrials)} diverged{rate}{left}");
        PrintParts(status);
        if (status.MissingShards.Count > 0)
        {
            string have = status.MissingShards.Count == 1 ? "shard has" : "shards have";
            Console.Out.WriteLine(
                $"{NumberFormat.GroupThousands(status.MissingShards.Count)} {have} not started: " +
                    $"{FormatRanges(status.MissingShards)}");
        }

        if (status.Shards.Count > 0 && status.Whole is { } merged)
        {
            Console.Out.WriteLine(
                $"The merged ledger contains {NumberFormat.GroupThousands(merged.Progress.CompletedTrials)} trials.");
        }
    }

    /// <summary>Prints one JSON document on standard output (docs/reference/ledger.md).</summary>
    public static void PrintJson(SweepStatus status)
        => JsonOutput.WriteDocument(new JsonObject
        {
            ["name"] = status.Name,
            ["state"] = status.State,
            ["done"] = status.CompletedTrials,
            ["planned"] = status.PlannedTrials,
            ["failures"] = status.DivergedTrials,
            ["rate"] = JsonOutput.ToJson(status.TrialsPerSecond),
            ["leastSecondsLeft"] = JsonOutput.ToJson(status.TimeLeft?.Least.TotalSeconds),
            ["mostSecondsLeft"] = JsonOutput.ToJson(status.TimeLeft?.Most.TotalSeconds),
            ["parts"] = new JsonArray([.. status.ActiveLedgers.Select(ToJson)]),
            ["missingShards"] = new JsonArray([.. status.MissingShards.Select(number => JsonValue.Create(number))]),
            ["merged"] = status.Shards.Count > 0 && status.Whole is { } merged ? ToJson(merged) : null,
        });

    private static JsonObject ToJson(ShardStatus part) => new()
    {
        ["folder"] = part.Folder,
        ["shard"] = part.Progress.Shard.ToString(),
        ["state"] = FormatState(part),
        ["message"] = part.Progress.Message,
        ["done"] = part.Progress.CompletedTrials,
        ["planned"] = part.Progress.PlannedTrials,
        ["failures"] = part.Progress.DivergedTrials,
        ["rate"] = JsonOutput.ToJson(part.Progress.TrialsPerSecond),
        ["leastSecondsLeft"] = JsonOutput.ToJson(part.TimeLeft?.Least.TotalSeconds),
        ["mostSecondsLeft"] = JsonOutput.ToJson(part.TimeLeft?.Most.TotalSeconds),
        ["started"] = part.Progress.Started?.ToString("O", CultureInfo.InvariantCulture),
        ["updated"] = part.Progress.Updated?.ToString("O", CultureInfo.InvariantCulture),
        ["host"] = part.Progress.Host,
        ["process"] = part.Progress.Process,
    };

    private static void PrintParts(SweepStatus status)
    {
        ShardStatus[] shown = [.. status.ActiveLedgers];
        if (shown.Length > MaxRows)
            shown = [.. shown.Where(part => !part.IsRunning && !part.IsFinished).Take(MaxRows)];
        if (shown.Length > 0)
        {
            var table = new Table().Border(TableBorder.Rounded).AddColumn("Shard").AddColumn("State");
            foreach (string column in new[] { "Done", "Share", "A second", "Diverged", "Updated" })
                table.AddColumn(new TableColumn(column).RightAligned());
            foreach (ShardStatus part in shown)
                table.AddRow([.. CreateRow(part).Select(Markup.Escape)]);
            AnsiConsole.Write(table);
        }

        if (shown.Length < status.ActiveLedgers.Count)
        {
            int hiddenCount = status.ActiveLedgers.Count - shown.Length;
            Console.Out.WriteLine(
                $"{hiddenCount} other shards: " +
                $"{status.ActiveLedgers.Except(shown).Count(part => part.IsRunning)} running, " +
                $"{status.ActiveLedgers.Except(shown).Count(part => part.IsFinished)} finished");
        }

        foreach (ShardStatus part in shown.Where(part => part.Progress.Message.Length > 0))
            Console.Out.WriteLine($"{part.Folder}: {part.Progress.Message}");
    }

    private static string[] CreateRow(ShardStatus part)
    {
        RunProgressFile progress = part.Progress;
        return
        [
            progress.Shard.IsWhole ? "all" : progress.Shard.ToString(),
            FormatState(part),
            NumberFormat.GroupThousands(progress.CompletedTrials),
            FormatPercentage(progress.CompletedTrials, progress.PlannedTrials),
            part.IsRunning ? FormatRate(progress.TrialsPerSecond) : "—",
            NumberFormat.GroupThousands(progress.DivergedTrials),
            progress.Updated is { } time ? $"{ProgressFormat.FormatDuration(ClampToZero(part.Now - time))} ago" : "—",
        ];
    }

    /// <summary>The state as text; "probably killed" for a shard whose progress file is stale.</summary>
    private static string FormatState(ShardStatus part)
        => part.IsStale ? "probably killed" : Settings.FormatValue(part.Progress.State);

    // The clocks of two machines differ slightly, so an age may be negative.
    private static TimeSpan ClampToZero(TimeSpan age) => age < TimeSpan.Zero ? TimeSpan.Zero : age;

    private static string FormatPercentage(long done, long planned)
        => string.Create(CultureInfo.InvariantCulture, $"{(planned == 0 ? 100 : 100 * done / planned)} %");

    private static string FormatRate(double rate)
        => rate.ToString(rate < 10.0 ? "0.##" : "N0", CultureInfo.InvariantCulture);

    /// <summary>Formats ascending numbers, with consecutive ones as a range: <c>1-3, 7</c>.</summary>
    private static string FormatRanges(IReadOnlyList<int> numbers)
    {
        var ranges = new List<string>();
        for (int i = 0; i < numbers.Count;)
        {
            int first = i++;
            while (i < numbers.Count && numbers[i] == numbers[i - 1] + 1)
                i++;
            ranges.Add(i - first == 1
                ? FormattableString.Invariant($"{numbers[first]}")
                : FormattableString.Invariant($"{numbers[first]}-{numbers[i - 1]}"));
        }

        return string.Join(", ", ranges);
    }
}
