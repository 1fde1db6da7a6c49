using LatchLab.Comparison.Contestants;

namespace LatchLab.Comparison.Rounds;

/// <summary>
/// Every result of every round, and how rows compare: within a round, so that both have seen the same machine; then the
/// median over the rounds.
/// </summary>
internal sealed class Measurements
{
    private const double LongestSeconds = 300;

    private readonly Dictionary<(string Section, string Label), SortedDictionary<int, Result>> results = [];
    private readonly Dictionary<(string Section, string Label), string> reasons = [];

    /// <summary>Measures a row once more.</summary>
    public void Measure(Section section, Entry entry, int round)
    {
        (string, string) key = (section.Name, entry.Label);
        if (reasons.ContainsKey(key) || (entry.OnlyFirstRound && round > 1))
            return;
        if (entry.By.Missing is { } missing)
        {
            reasons[key] = missing;
            return;
        }

        IReadOnlyList<string> pinned = Machine.Pinned(entry.Cores);
        if (entry.Cores > 1 && pinned.Count == 0)
        {
            reasons[key] = $"only {Machine.AllowedCores.Count} core may be used";
            return;
        }

        Child child = Child.Run(
            LongestSeconds, [.. pinned, .. entry.By.Command, .. entry.Arguments, .. Best(key, entry)]);
        if (child.ExitCode == 0 && entry.Read(child.Output) is { } result)
        {
            results.TryAdd(key, []);
            results[key][round] = result;
        }
        else
        {
            string what = child.ExitCode == 3 ? "not on this machine" : "failed";
            reasons[key] = $"{what}: {child.Complaint}";
        }
    }

    /// <summary>What the machine can do, the best of all rounds; null where it was not measured.</summary>
    public MachineSpeed? Speed
        => MachineSpeed.Best(
            [.. results.Values.SelectMany(row => row.Values).Select(one => one.Speed).OfType<MachineSpeed>()]);

    /// <summary>Why a row has no numbers, or no more of them; null where it has all.</summary>
    public string? Reason(string section, string label) => reasons.GetValueOrDefault((section, label));

    /// <summary>The results of a row, by round; none where it was not measured.</summary>
    public IReadOnlyDictionary<int, Result> Of(string section, string label)
        => results.TryGetValue((section, label), out SortedDictionary<int, Result>? found) ? found : [];

    /// <summary>The least time of a row, and the median over the rounds of the medians.</summary>
    public (double Least, double Median)? Times(string section, string label)
        => Of(section, label).Values is var all && !all.Any() ? null
            : (all.Min(one => one.Minimum), Median(all.Select(one => one.Median)));

    /// <summary>The ratio of a row of a table: to that of the entry, else to that of the section.</summary>
    public double? Ratio(Section section, Entry entry)
        => Ratio(
            (section.Name, entry.Label),
            (section.Name, entry.To ?? section.Reference),
            result => entry.BySeconds ? result.Seconds ?? double.NaN : result.Median);

    /// <summary>The ratio of the least times of all rounds: of the machine undisturbed.</summary>
    public double? RatioOfLeast((string Section, string Label) row, (string Section, string Label) to)
        => Times(row.Section, row.Label)?.Least / Times(to.Section, to.Label)?.Least;

    /// <summary>How many times as long as the second row the first one takes for a unit-step.</summary>
    public double? Ratio((string Section, string Label) row, (string Section, string Label) to)
        => Ratio(row, to, result => result.Median);

    /// <summary>The same of any number.</summary>
    public double? Ratio(
        (string Section, string Label) row, (string Section, string Label) to, Func<Result, double> number)
    {
        IReadOnlyDictionary<int, Result> above = Of(row.Section, row.Label), below = Of(to.Section, to.Label);
        double[] ratios = [.. above.Keys.Where(below.ContainsKey).Select(i => number(above[i]) / number(below[i]))];
        return ratios.Length == 0 ? null : Median(ratios);
    }

    /// <summary>The median.</summary>
    public static double Median(IEnumerable<double> numbers)
    {
        double[] sorted = [.. numbers.Order()];
        return 0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]);
    }

    private IReadOnlyList<string> Best((string, string) key, Entry entry)
        => entry.KeepsBest && results.TryGetValue(key, out SortedDictionary<int, Result>? found)
            && found.Values.First() is { Batch: { } batch, Way: { } way }
            ? ["--batch", $"{batch}", "--way", way]
            : [];
}
