using LatchLab.Numerics;

namespace LatchLab.Sweeps.Tuning;

/// <summary>
/// The settings that a search varies, and the points that it tries: each setting is drawn independently, from random
/// numbers that depend only on the seed, the place of the setting and the number of the draw. More points therefore
/// begin with the same ones.
/// </summary>
/// <param name="Settings">The settings, at least one.</param>
public sealed record SettingSpace(IReadOnlyList<SearchedSetting> Settings)
{
    /// <summary>The number of different points; +∞ if a setting has a range of real numbers.</summary>
    public double Count => Settings.Aggregate(1.0, (product, setting) => product * setting.Count);

    /// <summary>Draws different points; every point of a space that has no more.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="count">The number of points, at least 1.</param>
    /// <returns>[point][setting]: the values as the user would write them.</returns>
    public IReadOnlyList<IReadOnlyList<string>> Draw(ulong seed, int count)
    {
        if (Count <= count)
            return EnumerateAll();
        var points = new List<IReadOnlyList<string>>();
        var known = new HashSet<string>();
        for (int draw = 0; points.Count < count && draw < MaxDraws(count); draw++)
        {
            string[] point = [.. Settings.Select((setting, place) => setting.Draw(
                new TrialRandom(seed, (uint)place, draw).CreateUniformStream(Purpose.Tuning).Next()))];
            if (known.Add(string.Join('\n', point)))
                points.Add(point);
        }

        return points;
    }

    // Rounded numbers of a short range, or a list with few other values, may repeat for long.
    private static int MaxDraws(int count) => 1000 * count;

    private IReadOnlyList<IReadOnlyList<string>> EnumerateAll()
    {
        IEnumerable<IReadOnlyList<string>> points = [[]];
        foreach (SearchedSetting setting in Settings)
        {
            IEnumerable<string> values = !setting.IsRange ? setting.Values
                : Enumerable.Range(0, (int)setting.Count)
                    .Select(i => Foundation.Settings.FormatValue(setting.Ends.Lower + i));
            points = from point in points
                     from value in values
                     select (IReadOnlyList<string>)[.. point, value];
        }

        return [.. points];
    }
}
