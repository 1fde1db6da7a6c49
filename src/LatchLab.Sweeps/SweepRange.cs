using System.Globalization;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Sweeps;

/// <summary>
/// Numbers from one end to another in equal steps or in equal ratios. The ends are exact; a number between them that a
/// short decimal says within rounding errors is that decimal: 0.001 … 10 in 13 points has 0.01, not
/// 0.010000000000000002.
/// </summary>
/// <param name="From">The first.</param>
/// <param name="To">The last.</param>
/// <param name="Points">How many, at least 1; with a single one both ends are equal.</param>
/// <param name="IsLogarithmic">Whether ratios are equal, not steps; then both ends are above 0.</param>
public sealed record SweepRange(double From, double To, int Points, bool IsLogarithmic)
{
    // What somebody would write by hand has fewer digits. What is computed is wrong by far less than these, of the
    // larger end where steps are equal, of the number itself where ratios are: logarithms of up to 1420 have ulps of
    // 2.3e-13.
    private const string ShortDecimalFormat = "G10";
    private const double LinearTolerance = 1e-15, LogarithmicTolerance = 1e-12;

    /// <summary>The numbers as a user would write them.</summary>
    /// <param name="asIntegers">Whether they are rounded to whole numbers.</param>
    public IReadOnlyList<string> FormatValues(bool asIntegers)
        => [
            .. Enumerable.Range(0, Points).Select(
                i => asIntegers ? FormatInteger(ValueAt(i)) : Settings.FormatValue(ValueAt(i)))];

    /// <summary>The range that gives some texts exactly; null if none does, or if they are too few for one.</summary>
    /// <param name="values">Numbers as a user would write them.</param>
    /// <param name="asIntegers">Whether they are whole numbers.</param>
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

    /// <summary>Whether ratios of successive numbers differ less than their steps do.</summary>
    /// <param name="values">As a user would write them; any that is no number above 0 makes it false.</param>
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

        double logRatio = Elementary.Log(new Scalar(To)).Value - Elementary.Log(new Scalar(From)).Value;
        double number = From * Elementary.Exp(new Scalar(logRatio * i / (Points - 1))).Value;
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
