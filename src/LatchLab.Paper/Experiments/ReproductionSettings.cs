using LatchLab.Foundation;
using LatchLab.Training;

namespace LatchLab.Paper.Experiments;

/// <summary>The settings of <c>reproduce</c>: the base configuration of all figures, and their resolution.</summary>
public sealed record ReproductionSettings
{
    /// <summary>The configuration that every figure varies along its axes.</summary>
    public MinimalTaskConfiguration BaseConfiguration { get; init; } = new();

    /// <summary>The resolution of the figures.</summary>
    [SettingSection("resolution")]
    public Resolution Resolution { get; init; } = Resolution.Standard;

    /// <summary>
    /// Values by field, for example of <c>task.sequences</c>, that replace those of the trials of the experiments with
    /// such a field; empty for none.
    /// </summary>
    public IReadOnlyDictionary<string, string> Changes { get; init; } = new Dictionary<string, string>();

    /// <summary>The numbers of the claims that are tested; empty for all.</summary>
    public IReadOnlyList<int> Claims { get; init; } = [];

    /// <summary>Whether the claims with a number are tested.</summary>
    internal bool Tests(int number) => Claims.Count == 0 || Claims.Contains(number);

    /// <summary>
    /// The settings of the pooled trials of runs with several seeds: each has as many trials and systems.
    /// </summary>
    public ReproductionSettings Pool(int seeds)
        => seeds == 1 ? this : this with
        {
            Resolution = Resolution with
            {
                Runs = Resolution.Runs * seeds,
                Trials = Resolution.Trials * seeds,
                Comparison = Resolution.Comparison with
                {
                    ComparedTrials = Resolution.Comparison.ComparedTrials * seeds,
                },
                Theory = Resolution.Theory with { RandomSystems = Resolution.Theory.RandomSystems * seeds },
            },
        };

    /// <summary>The paths of the settings of the base configuration.</summary>
    public IEnumerable<string> BasePaths => Settings.GetAll(BaseConfiguration).Select(setting => setting.Path);

    /// <summary>Returns the errors in the relations between settings, which no single setting shows.</summary>
    /// <param name="invalidSettings">
    /// Paths of settings that are already known to be invalid; errors that involve them are omitted.
    /// </param>
    public IEnumerable<ValidationError> Validate(IReadOnlyCollection<string> invalidSettings)
        => CheckRelations().Where(violation => !violation.RelatedSettings.Intersect(invalidSettings).Any()).Select(
            violation => violation.Error);

    private IEnumerable<(string[] RelatedSettings, ValidationError Error)> CheckRelations()
    {
        MinimalTaskConfiguration longest = BaseConfiguration
            with
        { Task = BaseConfiguration.Task with { Length = Resolution.LongestLength } };
        foreach ((string[], ValidationError) violation in MinimalTaskValidator.Validate(BaseConfiguration)
            .Concat(MinimalTaskValidator.Validate(longest, "resolution.longest-length")).DistinctBy(
                violation => violation.Error))
            yield return violation;

        // Outcomes are kept until the report is written: 72 bytes per run, 1.4 GB in all.
        const long maxRuns = 20_000_000;
        int interpretationCount = Resolution.Interpretations == InterpretationsShown.All
            ? 1 + Interpretation.From(BaseConfiguration).SingleChanges.Count : 1;
        long pointCount = (long)interpretationCount * Resolution.Grid * Resolution.Grid;
        if (pointCount * Resolution.Runs > maxRuns)
        {
            string problem = $"{Resolution.Runs} runs at each of the {pointCount} points of Figure 2(a) exceed the " +
                $"{maxRuns} runs that fit in memory";
            yield return (["resolution.runs", "resolution.grid"], new("", "resolution.runs", problem));
        }

        long curveRuns = 4L * Resolution.Lengths * Resolution.Trials * interpretationCount;
        if (curveRuns > maxRuns)
        {
            string problem = $"Figure 2(b) needs {curveRuns} runs, more than the {maxRuns} that fit in memory; " +
                "reduce trials or lengths";
            yield return (["resolution.trials", "resolution.lengths"], new("", "resolution.trials", problem));
        }
    }
}

/// <summary>The resolution of the figures. The profiles differ only in these numbers.</summary>
public sealed record Resolution
{
    /// <summary>The quick profile: under half a minute on two cores.</summary>
    public static Resolution Quick { get; } = new()
    {
        Grid = 9,
        Lengths = 8,
        LongestLength = 50,
        Trials = 60,
        Comparison = ComparisonSize.Quick,
        Theory = TheorySize.Quick,
    };

    /// <summary>The standard profile: about three minutes on two cores.</summary>
    public static Resolution Standard { get; } = new();

    /// <summary>The resolution for a publication.</summary>
    public static Resolution Full { get; } = new()
    {
        Grid = 61,
        Lengths = 24,
        LongestLength = 200,
        Trials = 1000,
        Comparison = ComparisonSize.Full,
        Theory = TheorySize.Full,
    };

    /// <summary>The profiles by name, the coarsest first.</summary>
    public static IReadOnlyList<(string Name, Resolution Resolution)> Profiles { get; }
        = [("quick", Quick), ("standard", Standard), ("full", Full)];

    /// <summary>The size of the comparison of Figure 4.</summary>
    public ComparisonSize Comparison { get; init; } = ComparisonSize.Standard;

    /// <summary>The size of the checks of the theorems of Section IV.</summary>
    public TheorySize Theory { get; init; } = TheorySize.Standard;

    /// <summary>Which interpretations of the paper are run.</summary>
    [Setting("which interpretations of the paper are run: the reference, or also every single change of it, which " +
        "takes several times as long", "decision", Probe = "all")]
    public InterpretationsShown Interpretations { get; init; } = InterpretationsShown.Reference;

    /// <summary>Runs at each point of Figure 2(a).</summary>
    [Setting("runs at each point of Figure 2(a)", "paper, Figure 2: 18", Minimum = 1, Maximum = 1_000_000, Probe = "3")]
    public int Runs { get; init; } = 18;

    /// <summary>Points along each axis of Figure 2(a).</summary>
    [Setting("points along each axis of Figure 2(a)", "decision", Minimum = 2, Maximum = 1000, Probe = "3")]
    public int Grid { get; init; } = 25;

    /// <summary>The largest w0 of Figure 2(a).</summary>
    [Setting("largest w0 of Figure 2(a)", "decision", Minimum = 0, IsMinimumExclusive = true, Maximum = 100,
        Probe = "2")]
    public double LargestWeight { get; init; } = 3.0;

    /// <summary>The largest s of Figure 2(a).</summary>
    [Setting("largest s of Figure 2(a)", "decision", Minimum = 0, IsMinimumExclusive = true, Maximum = 1e6,
        Probe = "0.5")]
    public double LargestNoise { get; init; } = 1.0;

    /// <summary>Values of T in Figure 2(b).</summary>
    [Setting("number of values of T in Figure 2(b), in equal ratios from L + 1", "decision", Minimum = 2,
        Maximum = 1000, Probe = "3")]
    public int Lengths { get; init; } = 14;

    /// <summary>The largest T of Figure 2(b).</summary>
    [Setting("largest T of Figure 2(b)", "decision", Minimum = 2, Maximum = 1_000_000, Probe = "12")]
    public int LongestLength { get; init; } = 100;

    /// <summary>Runs at each T of Figure 2(b).</summary>
    [Setting("runs at each T of Figure 2(b)", "decision", Minimum = 1, Maximum = 1_000_000, Probe = "4")]
    public int Trials { get; init; } = 200;
}

/// <summary>Which interpretations are run.</summary>
public enum InterpretationsShown
{
    /// <summary>The reference interpretation.</summary>
    Reference,

    /// <summary>The reference interpretation and every single change of it.</summary>
    All,
}
