using LatchLab.Training;

namespace LatchLab.Sweeps;

/// <summary>
/// What somebody wants to have run, as a sweep file says it (docs/sweep-files.md): one or several parts, each a product
/// of axes, and a seed for all. Cells are numbered through all parts, from 0.
/// </summary>
/// <param name="Name">What it is called in messages and reports.</param>
/// <param name="Seed">The seed of all random numbers.</param>
/// <param name="Parts">At least one.</param>
public sealed record SweepPlan(string Name, ulong Seed, IReadOnlyList<SweepPart> Parts)
{
    /// <summary>
    /// K: of each cell, trials 0 … K − 1 keep a log of their checks (<see cref="DiagnosticSnapshot"/>).
    /// </summary>
    public int LoggedTrials { get; init; } = 3;

    /// <summary>How the report shows it; where nothing is said, it follows from the axes.</summary>
    public ReportOptions ReportOptions { get; init; } = new();

    /// <summary>Number of cells of all parts.</summary>
    public int ConfigurationCount => Parts.Sum(part => part.Configurations.Count);

    /// <summary>Number of trials of all parts.</summary>
    public long TrialCount => Parts.Sum(part => (long)part.Configurations.Count * part.TrialsPerConfiguration);

    /// <summary>What runs: a sweep for each part.</summary>
    public IReadOnlyList<Sweep> Sweeps
        => [.. Parts.Select(part => new Sweep(part.Name, part.Configurations, part.TrialsPerConfiguration))];

    /// <summary>Its shape without its cells.</summary>
    public SweepLayout Layout => new(
        Name, [.. Parts.Select(part => new PartLayout(part.Name, part.Axes, part.TrialsPerConfiguration))],
        ReportOptions)
    {
        RootMeanSquareErrorScale = Parts.SelectMany(part => part.Configurations).Any(UsesRootMeanSquareError)
            ? [.. Parts.SelectMany(part => part.Configurations).Select(
                configuration => UsesRootMeanSquareError(configuration)
                    ? ((TrainingConfiguration)configuration).ComputeRootMeanSquareError(cost: 1.0) : 0.0)]
            : [],
    };

    private static bool UsesRootMeanSquareError(Configuration configuration)
        => configuration is TrainingConfiguration { UsesRootMeanSquareError: true };
}

/// <summary>Cells that differ along axes, and how many trials each has.</summary>
/// <param name="Name">Its name; empty where a plan has a single part.</param>
/// <param name="Axes">What is varied; none for a single cell.</param>
/// <param name="Configurations">The product of the axes, the last axis fastest.</param>
/// <param name="TrialsPerConfiguration">Trials of each cell, at least 1.</param>
public sealed record SweepPart(
    string Name, IReadOnlyList<SweepAxis> Axes, IReadOnlyList<Configuration> Configurations,
    int TrialsPerConfiguration);

/// <summary>An axis of a sweep: one field that takes several values, or several fields that change together.</summary>
/// <param name="Fields">Names with their section, for example <c>task.length</c>.</param>
/// <param name="Values">[point][field], as a user would write them.</param>
/// <param name="IsLogarithmic">Whether equal steps are equal ratios.</param>
public sealed record SweepAxis(
    IReadOnlyList<string> Fields, IReadOnlyList<IReadOnlyList<string>> Values, bool IsLogarithmic = false);

/// <summary>How a sweep's report shows it: names of fields of its axes, and of quantities; null to choose.</summary>
public sealed record ReportOptions
{
    /// <summary>The field along the horizontal axis.</summary>
    public string? X { get; init; }

    /// <summary>The field along the vertical axis of a heat map.</summary>
    public string? Y { get; init; }

    /// <summary>The field that has a curve for each of its values.</summary>
    public string? Series { get; init; }

    /// <summary>Which quantities are shown.</summary>
    public IReadOnlyList<string>? Quantities { get; init; }
}
