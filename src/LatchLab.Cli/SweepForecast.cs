using System.Text.Json.Nodes;
using LatchLab.Experiments;
using LatchLab.Ledger;

namespace LatchLab.Cli;

/// <summary><c>latchlab run --dry</c>: how large a sweep is, and how long it will take here.</summary>
internal static class SweepForecast
{
    /// <summary>Measures, and prints.</summary>
    /// <param name="plan">The sweep.</param>
    /// <param name="run">The run that it would be.</param>
    /// <param name="json">Whether as one JSON document.</param>
    public static int Print(SweepPlan plan, RecordedRun run, bool json)
    {
        using var interruption = new Interruption();
        long trials = run.Identity.Planned;
        TimeEstimate time = TimeEstimate.Measure(plan, run.Options, trials, interruption.Token);
        if (json)
        {
            Numbers.Print(new JsonObject
            {
                ["status"] = "ok",
                ["name"] = plan.Name,
                ["parts"] = plan.Parts.Count,
                ["cells"] = plan.CellCount,
                ["trials"] = trials,
                ["threads"] = run.Options.Threads,
                ["leastSeconds"] = time.Least.TotalSeconds,
                ["mostSeconds"] = Numbers.Json(time.Most?.TotalSeconds),
                ["measuredTrials"] = time.Trials,
            });
            return ExitCodes.Success;
        }

        foreach (SweepPart part in plan.Parts)
        {
            string axes = string.Join(" × ", part.Axes.Select(
                axis => FormattableString.Invariant($"{axis.Values.Count} of {string.Join(" and ", axis.Fields)}")));
            string name = part.Name.Length == 0 ? "" : $"{part.Name}: ";
            string varied = axes.Length == 0 ? "" : $" ({axes})";
            Console.Out.WriteLine(FormattableString.Invariant(
                $"{name}{part.Cells.Count:N0} cells{varied}, {part.Trials:N0} trials each"));
        }

        Console.Out.WriteLine(FormattableString.Invariant($"{plan.CellCount:N0} cells, {trials:N0} trials") +
            (run.Identity.Shard.IsWhole ? "" : $" in shard {run.Identity.Shard}"));
        Console.Out.WriteLine(InWords(time, run.Options.Threads));
        return ExitCodes.Success;
    }

    private static string InWords(TimeEstimate time, int threads)
    {
        string where = FormattableString.Invariant($"on {threads} threads of this machine");
        if (time.Most is not { } most)
        {
            return $"no trial ended within {ProgressWords.Of(time.Least)} {where}: it will take long, but nobody knows " +
                "how long";
        }

        string measured = FormattableString.Invariant($"measured on {time.Trials:N0} trials");
        return ProgressWords.Of(time.Least) == ProgressWords.Of(most)
            ? $"about {ProgressWords.Of(most)} {where}, {measured}"
            : $"between {ProgressWords.Of(time.Least)} and {ProgressWords.Of(most)} {where}, {measured}";
    }
}
