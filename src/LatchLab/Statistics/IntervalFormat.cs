using System.Globalization;
using LatchLab.Foundation;

namespace LatchLab.Statistics;

/// <summary>Formats estimates with their confidence intervals for the text of a report.</summary>
public static class IntervalFormat
{
    /// <summary>
    /// An estimate with its interval, for example <c>0.412 [0.361, 0.464]</c> for a share, or
    /// <c>&gt; 20,000 [12,300, ∞]</c>.
    /// </summary>
    public static string Format(Estimate estimate, bool isShare)
    {
        return double.IsNaN(estimate.Value) ? "–"
            : $"{(estimate.IsCensored ? "> " : "")}{FormatNumber(estimate.Value)} " +
                $"[{FormatNumber(estimate.Lower)}, {FormatNumber(estimate.Upper)}]";

        string FormatNumber(double number)
            => double.IsInfinity(number) ? (number > 0.0 ? "∞" : "-∞")
                : number.ToString(isShare ? "0.000" : number >= 1000.0 ? "#,0" : "G4", CultureInfo.InvariantCulture);
    }

    /// <summary>A frequency with its interval, for example <c>0.41 [0.36, 0.46]</c>.</summary>
    public static string Format(Proportion proportion)
        => string.Create(CultureInfo.InvariantCulture,
            $"{proportion.Frequency:0.00} [{proportion.Lower:0.00}, {proportion.Upper:0.00}]");

    /// <summary>An estimate with its interval, for example <c>0.12 [0.1, 0.15]</c>.</summary>
    public static string Format(BootstrapInterval bootstrap)
        => $"{NumberFormat.Short(bootstrap.Estimate)} " +
            $"[{NumberFormat.Short(bootstrap.Lower)}, {NumberFormat.Short(bootstrap.Upper)}]";
}
