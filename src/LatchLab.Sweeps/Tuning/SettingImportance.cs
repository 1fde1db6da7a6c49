using System.Globalization;
using LatchLab.Numerics;
using LatchLab.Statistics;

namespace LatchLab.Sweeps.Tuning;

/// <summary>
/// How much a setting alone explains of a search: the share of the variance of the ranks of the scores that lies
/// between groups of configurations with alike values (<see cref="RankVarianceShare"/>). The groups are the values
/// of a list, or the lower, middle and upper third of the values of a range. It does not show what settings
/// do together.
/// </summary>
/// <param name="Path">The setting.</param>
/// <param name="Share">
/// The share, from 0 to 1; NaN if it is not defined. The intervals of all settings together have a confidence of 95 %
/// (Bonferroni).
/// </param>
/// <param name="PValue">The p-value of the permutation test, corrected for the number of settings (Holm 1979).</param>
public sealed record SettingImportance(string Path, Estimate Share, double PValue)
{
    private const double Level = 0.05;
    private const int MaxGroups = 3, PermutationItem = 1;

    /// <summary>Whether the setting explains more than chance does; if not, its importance is undecided.</summary>
    public bool IsDecided => PValue <= Level;

    /// <summary>Computes the importance of each setting.</summary>
    /// <param name="space">The settings.</param>
    /// <param name="points">[configuration][setting].</param>
    /// <param name="scores">[configuration].</param>
    /// <param name="seed">The seed of the permutations.</param>
    public static IReadOnlyList<SettingImportance> Compute(
        SettingSpace space, IReadOnlyList<IReadOnlyList<string>> points, IReadOnlyList<double> scores, ulong seed)
    {
        int[][] groups = [.. space.Settings.Select((setting, place)
            => Group(setting, [.. points.Select(point => point[place])]))];
        double[] pValues = HolmProcedure.AdjustPValues([.. groups.Select((group, place)
            => RankVarianceShare.ComputePValue(scores, group, new TrialRandom(seed, (uint)place, Trial: 0)
                .CreateUniformStream(Purpose.Tuning, PermutationItem)))]);
        return [.. space.Settings.Select((setting, place) => new SettingImportance(
            setting.Path,
            VarianceShareInterval.Compute(
                RankVarianceShare.Compute(scores, groups[place]), scores.Count, groups[place].Distinct().Count(),
                1.0 - (Level / groups.Length)),
            pValues[place]))];
    }

    /// <summary>The group of each value; equal values are in the same group.</summary>
    private static int[] Group(SearchedSetting setting, string[] values)
    {
        if (!setting.IsRange)
            return [.. values.Select(value => setting.Values.Index().First(one => one.Item == value).Index)];
        double[] numbers = [.. values.Select(value => double.Parse(value, CultureInfo.InvariantCulture))];
        return
        [
            .. numbers.Select(number => MaxGroups
                * (numbers.Count(other => other < number) + ((numbers.Count(other => other == number) - 1) / 2))
                / numbers.Length),
        ];
    }
}
