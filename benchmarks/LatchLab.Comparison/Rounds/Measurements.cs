using LatchLab.Comparison.Implementations;

namespace LatchLab.Comparison.Rounds;

/// <summary>
/// The results of all rounds, and the ratios of rows: computed within a round, under the same load on the machine, then
/// the median over the rounds.
/// </summary>
internal sealed class Measurements
{
    private const double TimeoutSeconds = 300;

    private readonly Dictionary<(string Section, string Label), SortedDictionary<int, BenchmarkResult>> _results = [];
    private readonly Dictionary<(string Section, string Label), string> _reasons = [];

    /// <summary>Measures a row in a round.</summary>
    public void Measure(BenchmarkSection section, BenchmarkEntry entry, int round)
    {
        (string, string) key = (section.Name, entry.Label);
        if (_reasons.ContainsKey(key) || (entry.IsFirstRoundOnly && round > 1))
            return;
        if (entry.Implementation.UnavailableReason is { } missing)
        {
            _reasons[key] = missing;
            return;
        }

        IReadOnlyList<string> pinned = Machine.GetPinningCommand(entry.Cores);
        if (entry.Cores > 1 && pinned.Count == 0)
        {
            _reasons[key] = $"only {Machine.AllowedCores.Count} core may be used";
            return;
        }

        ProcessResult processResult = ProcessResult.Run(
            TimeoutSeconds, [.. pinned, .. entry.Implementation.CommandPrefix, .. entry.Arguments,
                .. GetBestVariantArguments(key, entry)]);
        if (processResult.ExitCode == 0 && entry.Read(processResult.Output) is { } result)
        {
            _results.TryAdd(key, []);
            _results[key][round] = result;
        }
        else
        {
            string failure = processResult.ExitCode == 3 ? "not on this machine" : "failed";
            _reasons[key] = $"{failure}: {processResult.LastErrorLine}";
        }
    }

    /// <summary>The best speed of the machine over all rounds; null if it was not measured.</summary>
    public MachineSpeed? Speed
        => MachineSpeed.SelectBest(
            [.. _results.Values.SelectMany(row => row.Values).Select(one => one.Speed).OfType<MachineSpeed>()]);

    /// <summary>Why a row has no numbers, or not those of all rounds; null if it is complete.</summary>
    public string? GetMissingReason(string section, string label) => _reasons.GetValueOrDefault((section, label));

    /// <summary>The results of a row by round; empty if it was not measured.</summary>
    public IReadOnlyDictionary<int, BenchmarkResult> GetResults(string section, string label)
        => _results.TryGetValue((section, label), out SortedDictionary<int, BenchmarkResult>? found) ? found : [];

    /// <summary>The least time of a row, and the median over the rounds of the medians.</summary>
    public (double Least, double Median)? GetTimes(string section, string label)
        => GetResults(section, label).Values is var all && !all.Any() ? null
            : (all.Min(one => one.Minimum), ComputeMedian(all.Select(one => one.Median)));

    /// <summary>The ratio of a row to the baseline of the entry, or else of the section.</summary>
    public double? ComputeRatio(BenchmarkSection section, BenchmarkEntry entry)
        => ComputeRatio(
            (section.Name, entry.Label),
            (section.Name, entry.BaselineLabel ?? section.BaselineLabel),
            result => entry.UsesWallClock ? result.Seconds ?? double.NaN : result.Median);

    /// <summary>The ratio of the least times of all rounds, which are least disturbed by other load.</summary>
    public double? ComputeRatioOfMinimums((string Section, string Label) row, (string Section, string Label) baseline)
        => GetTimes(row.Section, row.Label)?.Least / GetTimes(baseline.Section, baseline.Label)?.Least;

    /// <summary>The time of a unit-step in the first row relative to the second.</summary>
    public double? ComputeRatio((string Section, string Label) row, (string Section, string Label) baseline)
        => ComputeRatio(row, baseline, result => result.Median);

    /// <summary>The ratio of any number of two rows.</summary>
    public double? ComputeRatio(
        (string Section, string Label) row, (string Section, string Label) baseline,
        Func<BenchmarkResult, double> number)
    {
        IReadOnlyDictionary<int, BenchmarkResult> above = GetResults(row.Section, row.Label),
            below = GetResults(baseline.Section, baseline.Label);
        double[] ratios = [.. above.Keys.Where(below.ContainsKey).Select(i => number(above[i]) / number(below[i]))];
        return ratios.Length == 0 ? null : ComputeMedian(ratios);
    }

    /// <summary>The median.</summary>
    public static double ComputeMedian(IEnumerable<double> numbers)
    {
        double[] sorted = [.. numbers.Order()];
        return 0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]);
    }

    private IReadOnlyList<string> GetBestVariantArguments((string, string) key, BenchmarkEntry entry)
        => entry.ReusesBestVariant && _results.TryGetValue(key, out SortedDictionary<int, BenchmarkResult>? found)
            && found.Values.First() is { Batch: { } batch, Variant: { } variant }
            ? ["--batch", $"{batch}", "--variant", variant]
            : [];
}
