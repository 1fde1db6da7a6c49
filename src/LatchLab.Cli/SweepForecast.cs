using System.Text.Json.Nodes;
using LatchLab.Foundation;
using LatchLab.Ledger.Runs;
using LatchLab.Sweeps;

namespace LatchLab.Cli;

/// <summary><c>latchlab run --dry</c>: prints the size of a sweep and its estimated time on this machine.</summary>
internal static class SweepForecast
{
    private const int MaxShownValues = 8;

    /// <summary>Measures sample trials and prints the forecast.</summary>
    public static int Print(SweepPlan plan, LedgerRun run, bool json)
    {
        using var signals = new TerminationSignals();
        long trials = run.Identity.PlannedTrials;
        TimeEstimate time = TimeEstimate.Measure(plan, run.Options, trials, signals.Token);
        if (json)
        {
            JsonOutput.WriteDocument(new JsonObject
            {
                ["name"] = plan.Name,
                ["parts"] = plan.Parts.Count,
                ["configurations"] = plan.ConfigurationCount,
                ["trials"] = trials,
                ["threads"] = run.Options.Threads,
                ["leastSeconds"] = JsonOutput.ToJson(time.Range?.Least.TotalSeconds),
                ["mostSeconds"] = JsonOutput.ToJson(time.Range?.Most.TotalSeconds),
                ["measuredTrials"] = time.Trials,
            });
            return ExitCodes.Success;
        }

        foreach (SweepPart part in plan.Parts)
        {
            string axes = string.Join(" × ", part.Axes.Select(Describe));
            string name = part.Name.Length == 0 ? "" : $"{part.Name}: ";
            string varied = axes.Length == 0 ? "" : $" ({axes})";
            Console.Out.WriteLine(
                $"{name}{NumberFormat.WithNoun(part.Configurations.Count, "configuration")}{varied}, " +
                $"{NumberFormat.WithNoun(part.TrialsPerConfiguration, "trial")} each");
        }

        Console.Out.WriteLine(
            $"{NumberFormat.WithNoun(plan.ConfigurationCount, "configuration")}, " +
            $"{NumberFormat.WithNoun(trials, "trial")}" +
            (run.Identity.Shard.IsWhole ? "" : $" in shard {run.Identity.Shard}"));
        Console.Out.WriteLine(FormatEstimate(time, run.Options.Threads));
        return ExitCodes.Success;
    }

    private static string Describe(SweepAxis axis)
    {
        string fields = string.Join(" and ", axis.Fields);
        return axis.Fields.Count == 1 && axis.Values.Count <= MaxShownValues
            ? $"{fields} {string.Join(", ", axis.Values.Select(value => value[0]))}"
            : $"{NumberFormat.WithNoun(axis.Values.Count, "value")} of {fields}";
    }

    private static string FormatEstimate(TimeEstimate time, int threads)
    {
        string where = $"on {NumberFormat.WithNoun(threads, "thread")} of this machine";
        return time.Range is { } range
            ? $"{ProgressFormat.FormatRange(range)} {where}, measured on {NumberFormat.WithNoun(time.Trials, "trial")}"
            : $"no trial ended within {ProgressFormat.FormatDuration(TimeEstimate.TimeLimit)} {where}: the total " +
                "time is unknown";
    }
}
