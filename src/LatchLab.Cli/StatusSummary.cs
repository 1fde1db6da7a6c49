using System.Globalization;
using System.Text.Json.Nodes;
using LatchLab.Ledger;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary>What <c>status</c> says.</summary>
internal static class StatusSummary
{
    // More shards fill screens; then only those that want attention have a row.
    private const int MostRows = 40;

    /// <summary>A sentence and a table on standard output.</summary>
    public static void Print(LedgerStatus status)
    {
        string name = status.Name.Length > 0 ? $"{status.Name}: " : "";
        string rate = status.State == "running" ? $", {Rate(status.Rate)} a second" : "";
        string left = status.TimeLeft is { } time ? $", about {ProgressWords.Of(time)} left" : "";
        Console.Out.WriteLine(
            $"{name}{status.State}; {Count(status.Done)} of {Count(status.Planned)} trials " +
            $"({Share(status.Done, status.Planned)}), {Count(status.Failures)} diverged{rate}{left}");
        PrintParts(status);
        if (status.Missing.Count > 0)
        {
            string have = status.Missing.Count == 1 ? "shard has" : "shards have";
            Console.Out.WriteLine($"{Count(status.Missing.Count)} {have} not begun: {Ranges(status.Missing)}");
        }

        if (status.Shards.Count > 0 && status.Whole is { } merged)
        {
            Console.Out.WriteLine($"The merged ledger holds {Count(merged.Progress.Done)} trials.");
        }
    }

    /// <summary>One JSON document on standard output (docs/ledger.md).</summary>
    public static void PrintJson(LedgerStatus status)
        => Numbers.Print(new JsonObject
        {
            ["status"] = "ok",
            ["name"] = status.Name,
            ["state"] = status.State,
            ["done"] = status.Done,
            ["planned"] = status.Planned,
            ["failures"] = status.Failures,
            ["rate"] = Numbers.Json(status.Rate),
            ["secondsLeft"] = Numbers.Json(status.TimeLeft?.TotalSeconds),
            ["parts"] = new JsonArray([.. status.Parts.Select(Json)]),
            ["missingShards"] = new JsonArray([.. status.Missing.Select(number => JsonValue.Create(number))]),
            ["merged"] = status.Shards.Count > 0 && status.Whole is { } merged ? Json(merged) : null,
        });

    private static JsonObject Json(PartStatus part) => new()
    {
        ["folder"] = part.Folder,
        ["shard"] = part.Progress.Shard.ToString(),
        ["state"] = State(part),
        ["message"] = part.Progress.Message,
        ["done"] = part.Progress.Done,
        ["planned"] = part.Progress.Planned,
        ["failures"] = part.Progress.Failures,
        ["rate"] = Numbers.Json(part.Progress.Rate),
        ["secondsLeft"] = Numbers.Json(part.TimeLeft?.TotalSeconds),
        ["started"] = part.Progress.Started?.ToString("O", CultureInfo.InvariantCulture),
        ["updated"] = part.Progress.Updated?.ToString("O", CultureInfo.InvariantCulture),
        ["host"] = part.Progress.Host,
        ["process"] = part.Progress.Process,
    };

    private static void PrintParts(LedgerStatus status)
    {
        PartStatus[] shown = [.. status.Parts];
        if (shown.Length > MostRows)
            shown = [.. shown.Where(part => !part.IsRunning && !part.IsFinished).Take(MostRows)];
        if (shown.Length > 0)
        {
            var table = new Table().Border(TableBorder.Rounded).AddColumn("Shard").AddColumn("State");
            foreach (string column in new[] { "Done", "Share", "A second", "Diverged", "Updated" })
                table.AddColumn(new TableColumn(column).RightAligned());
            foreach (PartStatus part in shown)
                table.AddRow([.. Row(part).Select(Markup.Escape)]);
            AnsiConsole.Write(table);
        }

        if (shown.Length < status.Parts.Count)
        {
            int others = status.Parts.Count - shown.Length;
            Console.Out.WriteLine(
                $"{others} other shards: {status.Parts.Except(shown).Count(part => part.IsRunning)} running, " +
                $"{status.Parts.Except(shown).Count(part => part.IsFinished)} finished");
        }

        foreach (PartStatus part in shown.Where(part => part.Progress.Message.Length > 0))
            Console.Out.WriteLine($"{part.Folder}: {part.Progress.Message}");
    }

    private static string[] Row(PartStatus part)
    {
        LedgerProgress progress = part.Progress;
        return
        [
            progress.Shard.IsWhole ? "all" : progress.Shard.ToString(),
            State(part),
            Count(progress.Done),
            Share(progress.Done, progress.Planned),
            part.IsRunning ? Rate(progress.Rate) : "—",
            Count(progress.Failures),
            progress.Updated is { } time ? $"{ProgressWords.Of(Age(part.Now - time))} ago" : "—",
        ];
    }

    /// <summary>The state in words; of a run that has not been heard of, what has probably become of it.</summary>
    private static string State(PartStatus part)
        => part.IsStale ? "probably killed" : Settings.InWords(part.Progress.State);

    // Clocks of two machines differ a little.
    private static TimeSpan Age(TimeSpan age) => age < TimeSpan.Zero ? TimeSpan.Zero : age;

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share(long done, long planned)
        => string.Create(CultureInfo.InvariantCulture, $"{(planned == 0 ? 100 : 100 * done / planned)} %");

    private static string Rate(double rate) => rate.ToString(rate < 10.0 ? "0.##" : "N0", CultureInfo.InvariantCulture);

    /// <summary>Numbers in ascending order, those that follow one another as a range: <c>1-3, 7</c>.</summary>
    private static string Ranges(IReadOnlyList<int> numbers)
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
