using System.Text.Json.Serialization;
using LatchLab.Sweeps.Format;
using LatchLab.Training;

namespace LatchLab.Sweeps;

/// <summary>
/// The content of a sweep file (docs/reference/sweep-files.md): one or more parts, each a product of axes, and a common
/// seed. Configurations are numbered from 0 through all parts.
/// </summary>
/// <param name="Name">The name in messages and reports.</param>
/// <param name="Seed">The seed of all random numbers.</param>
/// <param name="Parts">The parts, at least one.</param>
public sealed record SweepPlan(string Name, ulong Seed, IReadOnlyList<SweepPart> Parts)
{
    /// <summary>
    /// K: trials 0 … K − 1 of each configuration keep a log of <see cref="DiagnosticSnapshot"/>s.
    /// </summary>
    public int LoggedTrials { get; init; } = SweepFile.DefaultLoggedTrials;

    /// <summary>The options of the report; by default, they are derived from the axes.</summary>
    public ReportOptions ReportOptions { get; init; } = new();

    /// <summary>The number of configurations of all parts.</summary>
    public int ConfigurationCount => Parts.Sum(part => part.Configurations.Count);

    /// <summary>The number of trials of all parts.</summary>
    public long TrialCount => Parts.Sum(part => (long)part.Configurations.Count * part.TrialsPerConfiguration);

    /// <summary>The sweeps to run, one for each part.</summary>
    public IReadOnlyList<Sweep> Sweeps
        => [.. Parts.Select(part => new Sweep(part.Name, part.Configurations, part.TrialsPerConfiguration)
        {
            Seed = Seed,
            StoredParameters = part.StoredParameters,
        })];

    /// <summary>The layout of the plan, without its configurations.</summary>
    public SweepLayout Layout => new(
        Name, [.. Parts.Select(part => new PartLayout(part.Name, part.Axes, part.TrialsPerConfiguration))],
        ReportOptions)
    {
        RootMeanSquareErrorScale = Parts.SelectMany(part => part.Configurations)
            .Select(configuration => configuration.RootMeanSquareErrorScale).ToArray() is var scales
            && scales.All(double.IsNaN) ? [] : [.. scales.Select(scale => double.IsNaN(scale) ? 0.0 : scale)],
        DatasetChanceErrors = ComputeOfDatasets(configuration => configuration.ChanceError),
        DatasetChanceMeanSquaredErrors = ComputeOfDatasets(
            configuration => configuration.Task.ChanceMeanSquaredError),
    };

    private double[]? ComputeOfDatasets(Func<TrainingConfiguration, double> compute)
    {
        double[] numbers =
        [
            .. Parts.SelectMany(part => part.Configurations).Select(configuration
                => configuration.Task.Dataset is not null
                    && compute(configuration) is > 0.0 and var number ? number : 0.0),
        ];
        return numbers.Any(number => number > 0.0) ? numbers : null;
    }
}

/// <summary>Configurations that vary along axes, with the same number of trials each.</summary>
/// <param name="Name">The name; empty if the plan has a single part.</param>
/// <param name="Axes">The axes; none for a single configuration.</param>
/// <param name="Configurations">The product of the axes; the last axis varies fastest.</param>
/// <param name="TrialsPerConfiguration">The number of trials of each configuration, at least 1.</param>
public sealed record SweepPart(
    string Name, IReadOnlyList<SweepAxis> Axes, IReadOnlyList<TrainingConfiguration> Configurations,
    int TrialsPerConfiguration)
{
    /// <summary>The number of leading parameters that are stored with each trial; a sweep file has none.</summary>
    public int StoredParameters { get; init; }
}

/// <summary>An axis of a sweep: one field that takes several values, or several fields that change together.</summary>
/// <param name="Fields">Names with their section, for example <c>task.length</c>.</param>
/// <param name="Values">[point][field]: the values as the user writes them.</param>
/// <param name="IsLogarithmic">Whether the axis is drawn on a logarithmic scale.</param>
public sealed record SweepAxis(
    IReadOnlyList<string> Fields, IReadOnlyList<IReadOnlyList<string>> Values, bool IsLogarithmic = false)
{
    /// <summary>Returns the axis with current names of settings and values in place of former ones.</summary>
    public SweepAxis WithCurrentNames()
    {
        string[] names = [.. Fields.Select(field => FormerNames.GetName(field))];
        return this with
        {
            Fields = names,
            Values =
            [
                .. Values.Select(point => (IReadOnlyList<string>)
                    [.. point.Zip(names, (value, name) => FormerNames.GetValue(name, value))]),
            ],
        };
    }
}

/// <summary>
/// The options of a sweep's report: fields of its axes, and quantities. Null selects the default.
/// </summary>
public sealed record ReportOptions
{
    /// <summary>The field along the horizontal axis.</summary>
    public string? X { get; init; }

    /// <summary>The field along the vertical axis of a heat map.</summary>
    public string? Y { get; init; }

    /// <summary>The field with one curve for each of its values.</summary>
    public string? Series { get; init; }

    /// <summary>The names of the quantities to show.</summary>
    public IReadOnlyList<string>? Quantities { get; init; }

    /// <summary>
    /// How the parts are drawn: each in figures of its own, or, if it is <see cref="Comparison"/>, together.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Layout { get; init; }

    /// <summary>The layout with a curve for each part, like Figure 4.</summary>
    public const string Comparison = "comparison";

    /// <summary>Whether the layout compares the parts.</summary>
    [JsonIgnore]
    public bool ComparesParts => Layout == Comparison;
}
