using System.Globalization;
using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Statistics;

namespace LatchLab.Diagnosis;

/// <summary>Formats table cells: vectors, proportions, names of attractors.</summary>
internal static class TableFormat
{
    /// <summary>Most components of a vector that are shown.</summary>
    public const int MaximumShownUnits = 3;

    public const int MaximumShownRows = 24;

    /// <summary>What a gradient of 0 means, with the usual cause.</summary>
    public const string SaturationHint =
        "A gradient of 0 means that at some step the derivatives of the units or the weights between them are 0. " +
        "Inputs much larger than 1 saturate tanh and logistic units: a network that was trained on normalised data " +
        "needs a sequence that is normalised in the same way.";

    private const double LargestPower = 300.0; // of 10: within the range of numbers that are not subnormal

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

    /// <summary>Formats the first components of a vector with six digits, and how many there are.</summary>
    public static string FormatVector(IReadOnlyList<double> values) => FormatVector(values, SixDigits);

    /// <summary>Formats the first components of a vector, and how many there are.</summary>
    public static string FormatVector(IReadOnlyList<double> values, Func<double, string> format)
        => $"({JoinFirst(values.Select(format), MaximumShownUnits)})";

    /// <summary>
    /// The heading of the outputs x that <see cref="FormatOutputs(DrivenSystem, NetworkDefinition, double[])"/> shows.
    /// </summary>
    public static string NameOutputs(DrivenSystem driven, NetworkDefinition network)
        => driven.Dimension <= MaximumShownUnits ? "outputs x"
            : $"outputs x ({JoinFirst(network.Outputs.Select(unit => Table.FormatInteger(unit)), MaximumShownUnits)})";

    /// <summary>
    /// Formats the outputs x of a state: of all units of a small network, otherwise those of the output units, which
    /// are often the last.
    /// </summary>
    public static string FormatOutputs(DrivenSystem driven, NetworkDefinition network, double[] state)
    {
        double[] outputs = driven.Outputs(state);
        return FormatVector(
            driven.Dimension <= MaximumShownUnits ? outputs : [.. network.Outputs.Select(unit => outputs[unit])],
            NumberFormat.Short);
    }

    /// <summary>Formats one number as such, several as a vector.</summary>
    public static string FormatOutputs(IReadOnlyList<double> values)
        => values is [var only] ? SixDigits(only) : FormatVector(values);

    /// <summary>
    /// Joins the first texts, and says how many there are if it omits some: <c>1, 2, 3, … of 20</c>.
    /// </summary>
    public static string JoinFirst(IEnumerable<string> texts, int shown, string separator = ", ")
    {
        string[] all = [.. texts];
        return all.Length <= shown ? string.Join(separator, all)
            : $"{string.Join(separator, all.Take(shown))}{separator}… of {all.Length}";
    }

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

    /// <summary>e^x with at most four significant digits, also where it is outside the range of numbers.</summary>
    public static string Exponential(double x)
    {
        double power = x / Elementary.Ln10, exponent = Math.Floor(power);
        if (!double.IsFinite(power) || Math.Abs(power) < LargestPower)
            return NumberFormat.Short(Elementary.Exp(x));
        string mantissa = NumberFormat.Short(Elementary.Exp((power - exponent) * Elementary.Ln10));
        (mantissa, exponent) = mantissa == "10" ? ("1", exponent + 1.0) : (mantissa, exponent);
        return string.Create(CultureInfo.InvariantCulture, $"{mantissa}E{exponent:+0;-0}");
    }

    public static string SixDigits(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
