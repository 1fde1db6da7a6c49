namespace LatchLab.Sweeps.Reports;

/// <summary>A quantity of a cell with its interval of 95 %.</summary>
/// <param name="Value">NaN where nothing is known.</param>
/// <param name="Lower">Lower end of the interval.</param>
/// <param name="Upper">Upper end; +∞ where nothing is known to lie above.</param>
public readonly record struct Estimate(double Value, double Lower, double Upper)
{
    /// <summary>Nothing is known.</summary>
    public static Estimate Unknown { get; } = new(double.NaN, double.NaN, double.NaN);

    /// <summary>Whether the quantity is at least <see cref="Value"/>, and no more is known.</summary>
    public bool IsCensored { get; init; }
}
