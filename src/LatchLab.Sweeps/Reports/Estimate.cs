namespace LatchLab.Sweeps.Reports;

/// <summary>An estimate of a quantity of a configuration, with its 95 % confidence interval.</summary>
/// <param name="Value">The estimate; NaN if unknown.</param>
/// <param name="Lower">The lower end of the interval.</param>
/// <param name="Upper">The upper end of the interval; +∞ if there is no upper bound.</param>
public readonly record struct Estimate(double Value, double Lower, double Upper)
{
    /// <summary>An unknown quantity.</summary>
    public static Estimate Unknown { get; } = new(double.NaN, double.NaN, double.NaN);

    /// <summary>Whether the quantity is known only to be at least <see cref="Value"/>.</summary>
    public bool IsCensored { get; init; }
}
