using System.Globalization;
using LatchLab.Numerics;

namespace LatchLab.Paper.Comparison;

/// <summary>A combination of settings that tuning tries.</summary>
/// <param name="Settings">The settings, by name.</param>
/// <param name="SettingsAtEnd">
/// The names of the settings that have the first or the last value of their range. If such a combination is the best
/// one, a value beyond the range may be better.
/// </param>
public sealed record TuningCombination(
    IReadOnlyDictionary<string, string> Settings, IReadOnlyList<string> SettingsAtEnd);

/// <summary>
/// The combinations of settings that <c>latchlab tune</c> tries for an algorithm: the same number for every algorithm
/// that is tuned, so that none has more chances than another. Ranges are evenly spaced on a logarithmic scale.
/// </summary>
public sealed class TuningGrid
{
    /// <summary>The number of combinations of every algorithm that is tuned.</summary>
    public const int CombinationCount = 20;

    private const string LearningRate = "learning-rate", Damping = "damping";

    private TuningGrid(IReadOnlyList<TuningCombination> combinations) => Combinations = combinations;

    /// <summary>The grid of an algorithm that is not tuned.</summary>
    public static TuningGrid None { get; } = new([]);

    /// <summary>The combinations; the last setting varies fastest.</summary>
    public IReadOnlyList<TuningCombination> Combinations { get; }

    /// <summary>Creates the grid of every combination of the values of one setting or several.</summary>
    public static TuningGrid Combine(params TuningRange[] ranges)
    {
        IEnumerable<TuningCombination> combinations = [new(new Dictionary<string, string>(), [])];
        foreach (TuningRange range in ranges)
        {
            combinations = [.. from combination in combinations
                               from value in range.Values
                               select new TuningCombination(
                                   new Dictionary<string, string>(combination.Settings) { [range.Setting] = value },
                                   range.IsAtEnd(value) ? [.. combination.SettingsAtEnd, range.Setting]
                                       : combination.SettingsAtEnd)];
        }

        return new([.. combinations]);
    }

    /// <summary>
    /// Returns the grid whose learning rates η are the present ones times the damping μ: a grid of η/μ, the largest
    /// factor of the gradient in a step of eq. (5), instead of η.
    /// </summary>
    public TuningGrid ScaleRateByDamping()
        => new([.. Combinations.Select(combination => combination with
        {
            Settings = new Dictionary<string, string>(combination.Settings)
            {
                [LearningRate] = ((double)(Parse(combination, LearningRate) * Parse(combination, Damping)))
                    .ToString(CultureInfo.InvariantCulture),
            },
        })]);

    /// <summary>Returns the grid in which a setting has the value of another in every combination.</summary>
    public TuningGrid Copy(string setting, string other)
        => new([.. Combinations.Select(combination => combination with
        {
            Settings = new Dictionary<string, string>(combination.Settings) { [other] = combination.Settings[setting] },
        })]);

    // Decimal: the product is exact, so that η/μ is never above the values of the range.
    private static decimal Parse(TuningCombination combination, string setting)
        => decimal.Parse(combination.Settings[setting], NumberStyles.Float, CultureInfo.InvariantCulture);
}

/// <summary>The values of a setting that tuning tries.</summary>
/// <param name="Setting">The name of the setting.</param>
/// <param name="Values">The values; in ascending order if they are numbers.</param>
/// <param name="IsOrdered">Whether the values are numbers, so that the first and the last are ends of a range.</param>
public sealed record TuningRange(string Setting, IReadOnlyList<string> Values, bool IsOrdered)
{
    /// <summary>Names, without an order.</summary>
    public static TuningRange CreateNames(string setting, params string[] names) => new(setting, names, false);

    /// <summary>
    /// Numbers that are evenly spaced on a logarithmic scale, rounded to two significant digits.
    /// </summary>
    /// <param name="setting">The name of the setting.</param>
    /// <param name="first">The least number, above 0.</param>
    /// <param name="decades">The common logarithm of the ratio of the last number to the first.</param>
    /// <param name="count">How many numbers there are, at least 2.</param>
    public static TuningRange CreateLogarithmic(string setting, double first, double decades, int count)
        => new(
            setting,
            [.. Enumerable.Range(0, count).Select(
                i => Format(first * Elementary.Exp(i * decades * Elementary.Log(10.0) / (count - 1))))],
            true);

    /// <summary>Whether a value is the first or the last of a range of numbers.</summary>
    public bool IsAtEnd(string value) => IsOrdered && (value == Values[0] || value == Values[^1]);

    /// <summary>Rounds a number to two significant digits and formats it.</summary>
    internal static string Format(double number)
        => double.Parse(number.ToString("e1", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            .ToString(CultureInfo.InvariantCulture);
}
