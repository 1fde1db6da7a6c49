using System.Globalization;
using System.Text;

namespace LatchLab.Comparison.Rounds;

/// <summary>The tables in Markdown.</summary>
internal sealed class MarkdownReport(Measurements measured, IReadOnlyList<BenchmarkSection> sections,
    TestEnvironment environment)
{
    private const string MissingValue = "–";

    private readonly StringBuilder _text = new();

    /// <summary>Formats the whole page.</summary>
    public string Format()
    {
        AppendLine("# LatchLab compared with other implementations");
        AppendLine();
        AppendLine(
            "Times are nanoseconds per unit-step: one neuron, one time step, one trial. All rows use one core and " +
            $"one thread unless they say otherwise. In each of {environment.Rounds} rounds, all rows of a table were " +
            "measured in turn. *Least* is the fastest repetition, *median* the median over the rounds of their " +
            $"medians. *Ratio* is the time of a unit-step relative to {BenchmarkPlan.WidestLabel} within a round, " +
            "the median over the rounds: above 1 is slower than LatchLab. Whole runs on one thread, and PyTorch and " +
            "TorchSharp in all tables, are measured in CPU time, which other load on the machine affects less; the " +
            "seconds are wall-clock time.");
        AppendLine();
        foreach ((string name, string value) in environment.Properties)
            AppendLine($"- {name}: {value}");
        if (measured.Speed is { } speed)
            AppendLine($"- maximum of one core: {Describe(speed)}");
        foreach (BenchmarkSection section in sections)
            Format(section);
        Format(Target.EvaluateAll(measured));
        return _text.ToString();
    }

    private void Format(BenchmarkSection section)
    {
        AppendHeading(section.Title);
        AppendRow(
            ["implementation", "least ns", "median ns", "ratio", .. section.IsWholeRun ? RunColumns : [], "remark"]);
        AppendRow(["---", .. Enumerable.Repeat("--:", section.IsWholeRun ? 3 + RunColumns.Length : 3), "---"]);
        foreach (BenchmarkEntry entry in section.Entries)
            AppendRow([entry.Label, .. FormatMeasurements(section, entry), FormatRemark(section, entry)]);
        if (section.Note.Length > 0)
        {
            AppendLine();
            AppendLine(section.Note);
        }
    }

    private void Format(IReadOnlyList<Target> targets)
    {
        AppendHeading("Targets");
        AppendRow(["what", "target", "measured", "reached", "based on"]);
        AppendRow(["---", "---", "--:", "---", "---"]);
        foreach (Target target in targets)
        {
            string reached = target.IsReached is { } isReached ? isReached ? "yes" : "no" : "not measured";
            string number = FormatNumber(target.Measured, target.Measured >= 100 ? "F0" : "0.##");
            AppendRow([target.Description, target.Goal, number, reached, target.Basis]);
        }
    }

    private static string Describe(MachineSpeed speed)
        => $"a 512-bit fused multiply-add every {FormatNumber(speed.FusedMultiplyAdd, "F3")} ns, a 512-bit " +
            $"division every {FormatNumber(speed.Divide, "F2")} ns, an operation of a mixture with additions and bit " +
            $"operations every {FormatNumber(speed.MixedOperation, "F3")} ns; reads " +
            string.Join(", ", speed.Bandwidths.Select(one => $"{FormatNumber(one.Value, "F0")} GB/s from {one.Key}"));

    private static string[] RunColumns
        => ["seconds", "trials", "converged", "different outcome", "mean presentations", "bytes per trial",
            "peak MB", "first pass after s"];

    private IEnumerable<string> FormatMeasurements(BenchmarkSection section, BenchmarkEntry entry)
    {
        (double Least, double Median)? times = measured.GetTimes(section.Name, entry.Label);
        yield return FormatNumber(times?.Least, times?.Least < 1.0 ? "F3" : "F2");
        yield return FormatNumber(times?.Median, times?.Median < 1.0 ? "F3" : "F2");
        yield return FormatNumber(measured.ComputeRatio(section, entry), "F2");
        if (!section.IsWholeRun)
            yield break;
        BenchmarkResult? last = measured.GetResults(section.Name, entry.Label).Values.LastOrDefault();
        IEnumerable<double> seconds =
            measured.GetResults(section.Name, entry.Label).Values.Select(one => one.Seconds ?? double.NaN);
        yield return FormatNumber(last?.Seconds is null ? null : Measurements.ComputeMedian(seconds), "F2");
        yield return FormatNumber(last?.Trials, "N0");
        yield return FormatNumber(last?.Converged?.Count(one => one == '1'), "N0");
        yield return FormatNumber(CountDifferentOutcomes(section, last), "N0");
        yield return FormatNumber((double?)last?.Presentations / last?.Trials, "N0");
        yield return FormatNumber(last?.BytesPerTrial, "N0");
        yield return FormatNumber(last?.PeakMegabytes, "N0");
        yield return FormatNumber(last?.FirstPassSeconds, "F2");
    }

    /// <summary>Counts the trials that converged either in a row or in the reference, but not in both.</summary>
    private int? CountDifferentOutcomes(BenchmarkSection section, BenchmarkResult? result)
    {
        BenchmarkResult? reference = measured.GetResults(section.Name, section.BaselineLabel).Values.LastOrDefault();
        return result?.Converged is { } own && reference?.Converged is { } theirs
            ? own.Zip(theirs).Count(pair => pair.First != pair.Second)
            : null;
    }

    private string FormatRemark(BenchmarkSection section, BenchmarkEntry entry)
    {
        BenchmarkResult? last = measured.GetResults(section.Name, entry.Label).Values.LastOrDefault();
        IEnumerable<string> remarks =
        [
            .. entry.Remark.Length > 0 ? [entry.Remark] : (string[])[],
            .. last?.Batch is { } batch ? [$"batch {FormatNumber(batch, "N0")}"] : (string[])[],
            .. last?.Variant is { } variant ? [variant] : (string[])[],
            .. entry.IsFirstRoundOnly && environment.Rounds > 1 ? ["first round only"] : (string[])[],
            .. measured.GetMissingReason(section.Name, entry.Label) is { } reason ? [reason] : (string[])[],
        ];
        return string.Join(", ", remarks);
    }

    private static string FormatNumber(double? value, string format)
        => value is { } number && double.IsFinite(number)
            ? number.ToString(format, CultureInfo.InvariantCulture)
            : MissingValue;

    private void AppendHeading(string title)
    {
        AppendLine();
        AppendLine($"## {title}");
        AppendLine();
    }

    private void AppendRow(IEnumerable<string> cells)
        => AppendLine($"| {string.Join(" | ", cells.Select(cell => cell.Replace('|', '/')))} |");

    private void AppendLine(string line = "") => _text.Append(line).Append('\n');
}
