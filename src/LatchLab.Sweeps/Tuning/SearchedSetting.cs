using System.Globalization;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Sweeps.Tuning;

/// <summary>
/// A setting that a search varies: a range of numbers, uniform on a linear or a logarithmic scale, or a list. Values
/// are drawn as the user would write them: with four digits, those of integer settings whole.
/// </summary>
/// <param name="Path">The setting with its section, for example <c>learner.learning-rate</c>.</param>
/// <param name="Values">The values of a list; empty for a range.</param>
public sealed record SearchedSetting(string Path, IReadOnlyList<string> Values)
{
    private const string RangeSign = "..", LogarithmicSuffix = ":log";
    private const int Digits = 4, MaxDecimals = 15;

    /// <summary>The ends of a range.</summary>
    public (double Lower, double Upper) Ends { get; private init; }

    /// <summary>Whether a range is uniform on a logarithmic scale.</summary>
    public bool IsLogarithmic { get; private init; }

    /// <summary>Whether the numbers of a range are whole.</summary>
    public bool IsInteger { get; private init; }

    /// <summary>Whether it is a range.</summary>
    public bool IsRange => Values.Count == 0;

    /// <summary>The number of values; +∞ for a range of real numbers.</summary>
    public double Count => !IsRange ? Values.Count
        : IsInteger ? Ends.Upper - Ends.Lower + 1.0 : double.PositiveInfinity;

    /// <summary>
    /// Parses the text of a value: a range <c>LOWER..UPPER</c> of a number, with <c>:log</c> for a logarithmic scale,
    /// or a list separated by commas. The values of a setting that takes any text may contain commas, and a bar
    /// separates them.
    /// </summary>
    /// <param name="setting">The setting.</param>
    /// <param name="text">The text.</param>
    /// <param name="validate">Returns the error of a single value; null if it is valid.</param>
    /// <param name="errors">Receives every error.</param>
    /// <returns>The setting to search; null for a single value, and if there are errors.</returns>
    public static SearchedSetting? Parse(
        Setting setting, string text, Func<string, string?> validate, ICollection<ValidationError> errors)
    {
        bool isNumber = setting.Kind is SettingKind.Number or SettingKind.Integer;
        if (isNumber && text.Contains(RangeSign, StringComparison.Ordinal))
            return ParseRange(setting, text, validate, errors);
        string[] values = text.Split(setting.Kind == SettingKind.Text ? '|' : ',', StringSplitOptions.TrimEntries);
        if (values.Length == 1)
            return null;
        string[] found =
        [
            .. values.Select(validate).OfType<string>(),
            .. values.CountBy(value => value).Where(value => value.Value > 1)
                .Select(value => $"has '{value.Key}' twice: keep one"),
        ];
        return Report(setting, found, errors) ? null : new(setting.Path, values);
    }

    /// <summary>Returns the value at a random number.</summary>
    /// <param name="uniform">From 0, below 1.</param>
    public string Draw(double uniform)
    {
        if (!IsRange)
            return Values[(int)(uniform * Values.Count)];
        (double lower, double upper) = Ends;
        if (IsInteger)
        {
            // Every whole number has the part of the scale up to halfway to its neighbours.
            double number = Math.Round(Interpolate(lower - 0.5, upper + 0.5, uniform), MidpointRounding.AwayFromZero);
            return Math.Clamp(number, lower, upper).ToString("F0", CultureInfo.InvariantCulture);
        }

        return Settings.FormatValue(Math.Clamp(Round(Interpolate(lower, upper, uniform)), lower, upper));
    }

    private static SearchedSetting? ParseRange(
        Setting setting, string text, Func<string, string?> validate, ICollection<ValidationError> errors)
    {
        bool isLogarithmic = text.EndsWith(LogarithmicSuffix, StringComparison.Ordinal);
        string[] ends = (isLogarithmic ? text[..^LogarithmicSuffix.Length] : text)
            .Split(RangeSign, 2, StringSplitOptions.TrimEntries);
        if (!NumberFormat.TryParseFinite(ends[0], out double lower)
            || !NumberFormat.TryParseFinite(ends[1], out double upper))
        {
            Report(setting, [$"'{text}' is not a range: give LOWER..UPPER, such as 0.001..0.1, or LOWER..UPPER:log"],
                errors);
            return null;
        }

        List<string> found = [.. ends.Select(validate).OfType<string>()];
        if (lower > upper)
            found.Add($"the range {text} is reversed: give {ends[1]}..{ends[0]}{(isLogarithmic ? ":log" : "")}");
        if (lower == upper)
            found.Add($"the range {text} has a single value: give {ends[0]}");
        if (isLogarithmic && Math.Min(lower, upper) <= 0.0)
            found.Add($"a logarithmic scale has no 0 and no numbers below, but '{text}' has: give ends above 0");
        return Report(setting, found, errors) ? null : new(setting.Path, [])
        {
            Ends = (lower, upper),
            IsLogarithmic = isLogarithmic,
            IsInteger = setting.Kind == SettingKind.Integer,
        };
    }

    private static bool Report(Setting setting, IReadOnlyList<string> found, ICollection<ValidationError> errors)
    {
        foreach (string message in found)
            errors.Add(new("", setting.Path, message));
        return found.Count > 0;
    }

    private double Interpolate(double lower, double upper, double uniform)
        => IsLogarithmic
            ? lower * Elementary.Exp(uniform * (Elementary.Log(upper) - Elementary.Log(lower)))
            : lower + (uniform * (upper - lower));

    /// <summary>Four significant digits: of the number itself, on a linear scale of the length of the range.</summary>
    private double Round(double number)
    {
        if (IsLogarithmic)
            return double.Parse(number.ToString($"G{Digits}", CultureInfo.InvariantCulture),
                CultureInfo.InvariantCulture);
        int decimals = Digits - 1 - (int)Math.Floor(Elementary.Log10(Ends.Upper - Ends.Lower));
        return decimals > MaxDecimals ? number : Math.Round(number, Math.Max(0, decimals));
    }
}
