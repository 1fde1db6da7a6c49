using System.Globalization;
using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Statistics;

namespace LatchLab.Diagnosis;

/// <summary>Formats table cells: vectors, proportions, names of attractors.</summary>
internal static class TableFormat
{
    /// <summary>Most components of a vector that are shown.</summary>
    public const int MaximumShownUnits = 3;

    public const int MaximumShownRows = 24;

    /// <summary>Creates a section whose file contains the same cells as its table.</summary>
    public static ReportSection CreateSection(
        string id,
        string title,
        IReadOnlyList<string> paragraphs,
        IReadOnlyList<string> headings,
        IReadOnlyList<string> columns,
        IReadOnlyList<IReadOnlyList<string>> rows)
        => new(id, title, paragraphs) { Table = new ReportTable(headings, new Table(columns, rows)) };

    /// <summary>Formats the number of the attractor of a ball, with the phase of a periodic one.</summary>
    public static string FormatAttractor(NetworkDiagnosis diagnosis, TrappingBall ball)
    {
        int attractorNumber = 1
            + diagnosis.InvariantSets.Attractors.Index().First(entry => entry.Item == ball.Orbit).Index;
        return ball.Orbit.Period == 1 ? Table.FormatInteger(attractorNumber)
            : $"{attractorNumber} (phase {ball.Phase})";
    }

    /// <summary>Formats a proportion with its interval.</summary>
    public static string FormatProportion(Proportion share)
        => string.Create(
            CultureInfo.InvariantCulture, $"{share.Frequency:0.0000} [{share.Lower:0.0000}, {share.Upper:0.0000}]");

    public static string FormatInterval(Interval interval)
        => $"[{NumberFormat.Short(interval.Lower)}, {NumberFormat.Short(interval.Upper)}]";

    /// <summary>Formats the first components of a vector with six digits.</summary>
    public static string FormatVector(IReadOnlyList<double> values) => FormatVector(values, SixDigits);

    /// <summary>Formats the first components of a vector.</summary>
    public static string FormatVector(IReadOnlyList<double> values, Func<double, string> format)
        => $"({string.Join(", ", values.Take(MaximumShownUnits).Select(format))}" +
            $"{(values.Count > MaximumShownUnits ? ", …" : "")})";

    /// <summary>Rounds down to six digits, for a value proved as an upper limit.</summary>
    public static string RoundDown(double value) => Round(value, decimal.Floor);

    /// <summary>Rounds up to six digits, for an observed lower limit.</summary>
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

    public static string SixDigits(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
