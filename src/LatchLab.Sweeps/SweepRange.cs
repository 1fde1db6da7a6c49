using System.Globalization;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Sweeps;

/// <summary>
/// A range of numbers with equal steps or equal ratios. The ends are exact. A number between them is rounded to a short
/// decimal if it equals the decimal within rounding errors: 0.001 … 10 in 13 points contains 0.01, not
/// 0.010000000000000002.
/// </summary>
/// <param name="From">The first number.</param>
/// <param name="To">The last number.</param>
/// <param name="Points">The number of points, at least 1; with one point, both ends are equal.</param>
/// <param name="IsLogarithmic">Whether ratios, not steps, are equal; both ends are then above 0.</param>
public sealed record SweepRange(double From, double To, int Points, bool IsLogarithmic)
{
    // Numbers written by hand have fewer digits. The rounding errors are far below the tolerances, which are relative
    // to the larger end for equal steps and to the number itself for equal ratios: logarithms up to 1420 have ulps of
    // 2.3e-13.
    private const string ShortDecimalFormat = "G10";
    private const double LinearTolerance = 1e-15, LogarithmicTolerance = 1e-12;

    /// <summary>Formats the numbers as the user writes them.</summary>
    /// <param name="asIntegers">Whether to round to whole numbers.</param>
    public IReadOnlyList<string> FormatValues(bool asIntegers)
        => [
            .. Enumerable.Range(0, Points).Select(
                i => asIntegers ? FormatInteger(ValueAt(i)) : Settings.FormatValue(ValueAt(i)))];

    /// <summary>Finds the range that formats exactly to the values; null if there is none or too few values.</summary>
    /// <param name="values">The numbers as the user writes them.</param>
    /// <param name="asIntegers">Whether the numbers are whole.</param>
    public static SweepRange? Infer(IReadOnlyList<string> values, bool asIntegers)
    {
        const int minPoints = 5;
        if (values.Count < minPoints)
            return null;
        double from = ParseNumber(values[0]), to = ParseNumber(values[^1]);
        SweepRange[] ranges =
        [
            new(from, to, values.Count, IsLogarithmic: false),
            .. from > 0.0 && to > 0.0 ? new[] { new SweepRange(from, to, values.Count, IsLogarithmic: true) } : [],
        ];
        return ranges.FirstOrDefault(range => range.FormatValues(asIntegers).SequenceEqual(values));
    }

    /// <summary>Whether the ratios of successive numbers vary less than their differences.</summary>
    /// <param name="values">The numbers as the user writes them; false if any is not a number above 0.</param>
    public static bool IsGeometric(IReadOnlyList<string> values)
    {
        double[] numbers = [.. values.Select(text => double.TryParse(
            text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : 0.0)];
        if (numbers.Length < 3 || numbers.Any(number => number <= 0.0))
            return false;
        double[] steps = [.. numbers.Skip(1).Zip(numbers, (following, number) => Math.Abs(following - number))];
        double[] ratios = [
            .. numbers.Skip(1).Zip(numbers, (following, number) => Math.Max(following / number, number / following))];
        return ratios.Max() / ratios.Min() < steps.Max() / steps.Min();
    }

    private double ValueAt(int i)
    {
        if (i == 0 || i == Points - 1)
            return i == 0 ? From : To;
        if (!IsLogarithmic)
        {
            double interpolated = ((From * (Points - 1 - i)) + (To * i)) / (Points - 1);
            return RoundToShortDecimal(interpolated, LinearTolerance * Math.Max(Math.Abs(From), Math.Abs(To)));
        }

        double logRatio = Elementary.Log(To) - Elementary.Log(From);
        double number = From * Elementary.Exp(logRatio * i / (Points - 1));
        return RoundToShortDecimal(number, LogarithmicTolerance * number);
    }

    private static double RoundToShortDecimal(double number, double tolerance)
    {
        double rounded = ParseNumber(number.ToString(ShortDecimalFormat, CultureInfo.InvariantCulture));
        return Math.Abs(number) <= tolerance ? 0.0 : Math.Abs(rounded - number) <= tolerance ? rounded : number;
    }

    private static double ParseNumber(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string FormatInteger(double number)
        => Math.Round(number).ToString("F0", CultureInfo.InvariantCulture);
}
