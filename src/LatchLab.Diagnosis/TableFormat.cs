using System.Globalization;
using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Statistics;

namespace LatchLab.Diagnosis;

/// <summary>Cells of the tables about a network: vectors, shares, names of attractors.</summary>
internal static class TableFormat
{
    /// <summary>Variables of a vector that are shown.</summary>
    public const int MaximumShownUnits = 3;

    /// <summary>Rows of a table that may become long.</summary>
    public const int MaximumShownRows = 24;

    /// <summary>A section whose file shows the same cells as its table.</summary>
    public static ReportSection CreateSection(
        string id,
        string title,
        IReadOnlyList<string> paragraphs,
        IReadOnlyList<string> headings,
        IReadOnlyList<string> columns,
        IReadOnlyList<IReadOnlyList<string>> rows)
        => new(id, title, paragraphs) { Table = new ReportTable(headings, new Table(columns, rows)) };

    /// <summary>The number of a ball's attractor, with the phase of a periodic one.</summary>
    public static string FormatAttractor(NetworkDiagnosis diagnosis, TrappingBall ball)
    {
        int attractorNumber = 1
            + diagnosis.InvariantSets.Attractors.Index().First(entry => entry.Item == ball.Orbit).Index;
        return ball.Orbit.Period == 1 ? Table.FormatInteger(attractorNumber)
            : $"{attractorNumber} (phase {ball.Phase})";
    }

    /// <summary>A share with its interval.</summary>
    public static string FormatProportion(Proportion share)
        => string.Create(
            CultureInfo.InvariantCulture, $"{share.Frequency:0.0000} [{share.Lower:0.0000}, {share.Upper:0.0000}]");

    /// <summary>An interval.</summary>
    public static string FormatInterval(Interval interval)
        => $"[{NumberFormat.Short(interval.Lower)}, {NumberFormat.Short(interval.Upper)}]";

    /// <summary>The first variables of a vector.</summary>
    public static string FormatVector(IReadOnlyList<double> values)
        => $"({string.Join(", ", values.Take(MaximumShownUnits).Select(SixDigits))}" +
            $"{(values.Count > MaximumShownUnits ? ", …" : "")})";

    /// <summary>The same with four digits, for a table with many columns.</summary>
    public static string FormatShortVector(IReadOnlyList<double> values)
        => $"({string.Join(", ", values.Take(MaximumShownUnits).Select(NumberFormat.Short))}" +
            $"{(values.Count > MaximumShownUnits ? ", …" : "")})";

    /// <summary>Six digits, not more than the number: of what is proved up to it.</summary>
    public static string RoundDown(double value) => Round(value, decimal.Floor);

    /// <summary>Six digits, not less than the number: of what was seen from it on.</summary>
    public static string RoundUp(double value) => Round(value, decimal.Ceiling);

    private static string Round(double value, Func<decimal, decimal> rounding)
    {
        if (!(value is > 1e-9 and < 1e15))
            return SixDigits(value);
        decimal exact = decimal.Parse(value.ToString("E16", CultureInfo.InvariantCulture), NumberStyles.Float,
            CultureInfo.InvariantCulture), unit = 1e-6m;
        while (unit * 1_000_000m <= exact)
            unit *= 10m;
        while (unit * 100_000m > exact)
            unit /= 10m;
        return (rounding(exact / unit) * unit).ToString("G29", CultureInfo.InvariantCulture);
    }

    /// <summary>Six digits.</summary>
    public static string SixDigits(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>Natural logarithm.</summary>
    public static double Log(double number) => Elementary.Log(new Scalar(number)).Value;

    /// <summary>Logarithm to the base 2.</summary>
    public static double Log2(int number) => Log(number) / Log(2.0);
}
