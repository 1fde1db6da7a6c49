using System.Globalization;
using LatchLab.Experiments.Statistics;

namespace LatchLab.Experiments.Catalogue;

/// <summary>Numbers as they stand in a sentence.</summary>
internal static class NumberFormat
{
    /// <summary>A frequency in per cent, for example <c>41 %</c>.</summary>
    public static string Percent(double frequency)
        => string.Create(CultureInfo.InvariantCulture, $"{100.0 * frequency:0.#} %");

    /// <summary>A frequency with its interval, for example <c>0.41 [0.36, 0.46]</c>.</summary>
    public static string Interval(Proportion proportion)
        => string.Create(CultureInfo.InvariantCulture,
            $"{proportion.Frequency:0.00} [{proportion.Lower:0.00}, {proportion.Upper:0.00}]");

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

    /// <summary>An estimate with its interval, for example <c>0.12 [0.1, 0.15]</c>.</summary>
    public static string Interval(BootstrapInterval bootstrap)
        => $"{Short(bootstrap.Estimate)} [{Short(bootstrap.Lower)}, {Short(bootstrap.Upper)}]";

    /// <summary>What was run, for a caption.</summary>
    public static string FormatTrainingSettings(MinimalTaskConfiguration configuration)
        => $"L = {configuration.Task.TrainableInputs}, {configuration.Task.Sequences} training sequences, η = " +
            $"{Short(configuration.Training.LearningRate)}, at most {configuration.Training.Presentations} " +
            $"presentations, inputs from " +
            $"U[−{Short(configuration.Start.InitialInputs)}, {Short(configuration.Start.InitialInputs)}]";
}
