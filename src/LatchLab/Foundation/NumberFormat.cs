using System.Globalization;
using System.Text.RegularExpressions;

namespace LatchLab.Foundation;

/// <summary>Formats numbers for the text of a report, and parses those that a user writes.</summary>
public static partial class NumberFormat
{
    private const string SuperscriptDigits = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>
    /// Replaces numbers with an exponent in a text by the form for readers: <c>1.282E-78</c> by <c>1.282 × 10⁻⁷⁸</c>,
    /// <c>1e-6</c> by <c>10⁻⁶</c>, and <c>3e-3</c> by <c>0.003</c>.
    /// </summary>
    public static string Typeset(string text) => ExponentPattern().Replace(text, match =>
    {
        string mantissa = match.Groups["mantissa"].Value, exponent = match.Groups["exponent"].Value;
        int power = int.Parse(exponent, CultureInfo.InvariantCulture);
        if (power is > -5 and <= 0)
            return double.Parse(match.Value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        string sign = power < 0 ? "⁻" : "";
        string digits = Math.Abs(power).ToString(CultureInfo.InvariantCulture);
        string ten = $"10{sign}{string.Concat(digits.Select(digit => SuperscriptDigits[digit - '0']))}";
        return mantissa switch { "1" => ten, "-1" => $"-{ten}", _ => $"{mantissa} × {ten}" };
    });

    [GeneratedRegex(@"(?<![\w.])(?<mantissa>-?[0-9]+(\.[0-9]+)?)[eE](?<exponent>[+-]?[0-9]{1,6})(?![\w.]*\w)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ExponentPattern();

    /// <summary>Parses a finite number; fails for other text, infinities and NaN.</summary>
    public static bool TryParseFinite(string text, out double number)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);

    /// <summary>A frequency in per cent, for example <c>41 %</c>.</summary>
    public static string Percent(double frequency)
        => string.Create(CultureInfo.InvariantCulture, $"{100.0 * frequency:0.#} %");

    /// <summary>A p-value, for example <c>p = 3e-3</c> or <c>p &lt; 1e-12</c>.</summary>
    public static string PValue(double p)
        => p < 1e-12 ? "p < 1e-12" : string.Create(CultureInfo.InvariantCulture, $"p = {p:0.##e+0}");

    /// <summary>A number with at most four significant digits; <c>∞</c> for an infinite one.</summary>
    public static string Short(double number)
        => double.IsPositiveInfinity(number) ? "∞"
            : double.IsNegativeInfinity(number) ? "−∞"
            : number.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>A count with commas, for example <c>54,000</c>.</summary>
    public static string GroupThousands(double count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>
    /// The numbers between two bounds, in words: <c>a number from 0 to 1</c>, <c>a number of at least 0</c> where the
    /// maximum is infinite, or <c>a finite number</c> where both are.
    /// </summary>
    public static string DescribeRange(double minimum, double maximum)
        => double.IsInfinity(minimum) ? "a finite number"
            : double.IsInfinity(maximum) ? FormattableString.Invariant($"a number of at least {minimum}")
            : FormattableString.Invariant($"a number from {minimum} to {maximum}");

    /// <summary>A count with its noun, for example <c>1 input</c> or <c>3 inputs</c>.</summary>
    /// <param name="count">The count.</param>
    /// <param name="noun">The noun in the singular, with a regular plural.</param>
    public static string WithNoun(long count, string noun)
        => count == 1 ? $"1 {noun}" : $"{GroupThousands(count)} {noun}s";
}
