using System.Globalization;
using LatchLab.Dynamics;
using LatchLab.Experiments.Catalogue;
using LatchLab.Experiments.Results;
using LatchLab.Experiments.Statistics;
using LatchLab.Numerics;

namespace LatchLab.Experiments.NetworkAnalysis;

/// <summary>Cells of the tables about a network: vectors, shares, names of attractors.</summary>
internal static class Cells
{
    /// <summary>Variables of a vector that are shown.</summary>
    public const int ShownUnits = 3;

    /// <summary>Rows of a table that may become long.</summary>
    public const int ShownRows = 24;

    /// <summary>A section whose file shows the same cells as its table.</summary>
    public static ReportSection Section(
        string id,
        string title,
        IReadOnlyList<string> paragraphs,
        IReadOnlyList<string> headings,
        IReadOnlyList<string> columns,
        IReadOnlyList<IReadOnlyList<string>> rows)
        => new(id, title, paragraphs) { Table = new ReportTable(headings, new Table(columns, rows)) };

    /// <summary>The number of a ball's attractor, with the phase of a periodic one.</summary>
    public static string NumberOf(NetworkAnswer answer, TrappingBall ball)
    {
        int number = 1 + answer.Sets.Attractors.Index().First(entry => entry.Item == ball.Orbit).Index;
        return ball.Orbit.Period == 1 ? Table.Count(number) : $"{number} (phase {ball.Phase})";
    }

    /// <summary>A share with its interval.</summary>
    public static string Share(Proportion share)
        => string.Create(
            CultureInfo.InvariantCulture, $"{share.Frequency:0.0000} [{share.Lower:0.0000}, {share.Upper:0.0000}]");

    /// <summary>An interval.</summary>
    public static string Text(Interval interval) => $"[{Words.Short(interval.Lower)}, {Words.Short(interval.Upper)}]";

    /// <summary>The first variables of a vector.</summary>
    public static string Vector(IReadOnlyList<double> values)
        => $"({string.Join(", ", values.Take(ShownUnits).Select(Significant))}" +
            $"{(values.Count > ShownUnits ? ", …" : "")})";

    /// <summary>The same with four digits, for a table with many columns.</summary>
    public static string ShortVector(IReadOnlyList<double> values)
        => $"({string.Join(", ", values.Take(ShownUnits).Select(Words.Short))}" +
            $"{(values.Count > ShownUnits ? ", …" : "")})";

    /// <summary>Six digits, not more than the number: of what is proved up to it.</summary>
    public static string RoundedDown(double value) => Rounded(value, decimal.Floor);

    /// <summary>Six digits, not less than the number: of what was seen from it on.</summary>
    public static string RoundedUp(double value) => Rounded(value, decimal.Ceiling);

    private static string Rounded(double value, Func<decimal, decimal> towards)
    {
        if (!(value is > 1e-9 and < 1e15))
            return Significant(value);
        decimal exact = decimal.Parse(value.ToString("E16", CultureInfo.InvariantCulture), NumberStyles.Float,
            CultureInfo.InvariantCulture), unit = 1e-6m;
        while (unit * 1_000_000m <= exact)
            unit *= 10m;
        while (unit * 100_000m > exact)
            unit /= 10m;
        return (towards(exact / unit) * unit).ToString("G29", CultureInfo.InvariantCulture);
    }

    /// <summary>Six digits.</summary>
    public static string Significant(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>Natural logarithm.</summary>
    public static double Log(double number) => Elementary.Log(new Scalar(number)).Value;

    /// <summary>Logarithm to the base 2.</summary>
    public static double Log2(int number) => Log(number) / Log(2.0);
}
