using System.Globalization;
using System.Text;

namespace LatchLab.Comparison.Rounds;

/// <summary>The tables, in Markdown.</summary>
internal sealed class MarkdownReport(Measurements measured, IReadOnlyList<Section> sections, Surroundings surroundings)
{
    private const string Nothing = "–";

    private readonly StringBuilder text = new();

    /// <summary>The whole page.</summary>
    public string Write()
    {
        Line("# LatchLab and what a user would pick instead");
        Line();
        Line("Nanoseconds of a unit-step: one neuron, one time step, one trial. All on one core and one thread, " +
            $"unless a row says otherwise; rounds: {surroundings.Rounds}, in which all rows of a table were measured " +
            "in turn. Least: the fastest repetition; median: over the rounds, of the medians. Ratio: time of a " +
            $"unit-step to that of {Plan.WidestLabel}, within a round, the median over the rounds: above 1 is " +
            "slower than LatchLab. Whole runs on one thread, and PyTorch and TorchSharp in all tables, are " +
            "counted in time of the processor, so that other work on the machine counts less; the seconds are those " +
            "of the clock.");
        Line();
        foreach ((string name, string value) in surroundings.Named)
            Line($"- {name}: {value}");
        if (measured.Speed is { } speed)
            Line($"- one core at most: {Words(speed)}");
        foreach (Section section in sections)
            Write(section);
        Write(Target.Of(measured));
        return text.ToString();
    }

    private void Write(Section section)
    {
        Heading(section.Title);
        Row(["contestant", "least ns", "median ns", "ratio", .. section.IsWholeRun ? RunColumns : [], "remark"]);
        Row(["---", .. Enumerable.Repeat("--:", section.IsWholeRun ? 3 + RunColumns.Length : 3), "---"]);
        foreach (Entry entry in section.Entries)
            Row([entry.Label, .. Numbers(section, entry), Remark(section, entry)]);
        if (section.Note.Length > 0)
        {
            Line();
            Line(section.Note);
        }
    }

    private void Write(IReadOnlyList<Target> targets)
    {
        Heading("What was to be reached");
        Row(["what", "to be reached", "measured", "reached", "from"]);
        Row(["---", "---", "--:", "---", "---"]);
        foreach (Target target in targets)
        {
            string reached = target.IsReached is { } isReached ? isReached ? "yes" : "no" : "not measured";
            string number = Number(target.Measured, target.Measured >= 100 ? "F0" : "0.##");
            Row([target.What, target.Wanted, number, reached, target.From]);
        }
    }

    private static string Words(MachineSpeed speed)
        => $"a 512-bit multiplication with addition every {Number(speed.MultiplyAndAdd, "F3")} ns, a 512-bit " +
            $"division every {Number(speed.Divide, "F2")} ns; reads " +
            string.Join(", ", speed.Bandwidths.Select(one => $"{Number(one.Value, "F0")} GB/s from {one.Key}"));

    private static string[] RunColumns
        => ["seconds", "trials", "converged", "ended otherwise", "mean presentations", "bytes a trial"];

    private IEnumerable<string> Numbers(Section section, Entry entry)
    {
        (double Least, double Median)? times = measured.Times(section.Name, entry.Label);
        yield return Number(times?.Least, "F2");
        yield return Number(times?.Median, "F2");
        yield return Number(measured.Ratio(section, entry), "F2");
        if (!section.IsWholeRun)
            yield break;
        Result? last = measured.Of(section.Name, entry.Label).Values.LastOrDefault();
        IEnumerable<double> seconds =
            measured.Of(section.Name, entry.Label).Values.Select(one => one.Seconds ?? double.NaN);
        yield return Number(last?.Seconds is null ? null : Measurements.Median(seconds), "F2");
        yield return Number(last?.Trials, "N0");
        yield return Number(last?.Converged?.Count(one => one == '1'), "N0");
        yield return Number(EndedOtherwise(section, last), "N0");
        yield return Number((double?)last?.Presentations / last?.Trials, "N0");
        yield return Number(last?.BytesPerTrial, "N0");
    }

    /// <summary>Of the trials of a row and of the reference, those that converged in one of the two only.</summary>
    private int? EndedOtherwise(Section section, Result? result)
    {
        Result? reference = measured.Of(section.Name, section.Reference).Values.LastOrDefault();
        return result?.Converged is { } own && reference?.Converged is { } theirs
            ? own.Zip(theirs).Count(pair => pair.First != pair.Second)
            : null;
    }

    private string Remark(Section section, Entry entry)
    {
        Result? last = measured.Of(section.Name, entry.Label).Values.LastOrDefault();
        IEnumerable<string> remarks =
        [
            .. entry.Remark.Length > 0 ? [entry.Remark] : (string[])[],
            .. last?.Batch is { } batch ? [$"batch {Number(batch, "N0")}"] : (string[])[],
            .. last?.Way is { } way ? [way] : (string[])[],
            .. entry.OnlyFirstRound && surroundings.Rounds > 1 ? ["first round only"] : (string[])[],
            .. measured.Reason(section.Name, entry.Label) is { } reason ? [reason] : (string[])[],
        ];
        return string.Join(", ", remarks);
    }

    private static string Number(double? value, string format)
        => value is { } number && double.IsFinite(number)
            ? number.ToString(format, CultureInfo.InvariantCulture)
            : Nothing;

    private void Heading(string title)
    {
        Line();
        Line($"## {title}");
        Line();
    }

    private void Row(IEnumerable<string> cells)
        => Line($"| {string.Join(" | ", cells.Select(cell => cell.Replace('|', '/')))} |");

    private void Line(string line = "") => text.Append(line).Append('\n');
}
