using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Paper.Experiments;

/// <summary>The settings of <c>reproduce</c>: the base configuration of all figures, and their resolution.</summary>
public sealed record ReproductionSettings
{
    /// <summary>
    /// The settings of a configuration that say what Figures 1 and 2 assume: the latching neuron, and frozen sets of
    /// sequences of one length.
    /// </summary>
    private static readonly string[] Assumed =
        ["task.target", "task.shortest-share", "task.training-set", "rule.final-test", "rule.tolerance",
            "rule.criterion"];

    private static readonly string[] NetworkPaths =
        ["network.initial-weight", "network.weight", "network.initial-range"];

    /// <summary>
    /// The configuration that every figure varies along its axes: the minimal task, the latching neuron and
    /// back-propagation. Its trials end when they have converged or stopped, without a test.
    /// </summary>
    public TrainingConfiguration BaseConfiguration { get; init; } = DefaultConfiguration;

    /// <summary>The default of the base configuration.</summary>
    public static TrainingConfiguration DefaultConfiguration
    {
        get
        {
            TrainingConfiguration configuration = TrainingConfigurationFactory.CreateDefault(
                new MinimalTask(), new Backpropagation());
            return configuration with
            {
                ConvergenceRule = configuration.ConvergenceRule with { FinalTest = FinalTest.No },
            };
        }
    }

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

    /// <summary>The task of the base configuration.</summary>
    /// <exception cref="InvalidCastException">It is another task.</exception>
    public MinimalTask BaseTask => (MinimalTask)BaseConfiguration.Task;

    /// <summary>The learner of the base configuration.</summary>
    /// <exception cref="InvalidCastException">It is another learner.</exception>
    public Backpropagation BaseLearner => (Backpropagation)BaseConfiguration.Learner;

    /// <summary>The settings of the figures that a user can change.</summary>
    public IReadOnlyList<Setting> GetSettings()
        => [.. Settings.GetAll(this).Where(setting => !Assumed.Contains(setting.Path)
            && (!setting.Path.StartsWith("network.", StringComparison.Ordinal)
                || NetworkPaths.Contains(setting.Path)))];

    /// <summary>The paths of those of the base configuration.</summary>
    public IEnumerable<string> BasePaths
        => GetSettings().Select(setting => setting.Path).Intersect(
            Settings.GetAll(BaseConfiguration).Select(setting => setting.Path));

    /// <summary>Returns the errors in the relations between settings, which no single setting shows.</summary>
    /// <param name="invalidSettings">
    /// Paths of settings that are already known to be invalid; errors that involve them are omitted.
    /// </param>
    public IEnumerable<ValidationError> Validate(IReadOnlyCollection<string> invalidSettings)
        => FindConflicts(invalidSettings).Concat(
            CheckRelations().Where(violation => !violation.RelatedSettings.Intersect(invalidSettings).Any())
                .Select(violation => violation.Error));

    /// <summary>The conflicts of the base configuration, and those with the longest sequences of Figure 2(b).</summary>
    private IEnumerable<ValidationError> FindConflicts(IReadOnlyCollection<string> invalidSettings)
    {
        const string length = "task.length", longestLength = "resolution.longest-length";
        ValidationError[] conflicts = [.. BaseConfiguration.FindConflicts(invalidSettings)];
        TrainingConfiguration longest = BaseConfiguration with
        {
            Task = BaseTask with { Length = Resolution.LongestLength },
        };
        string[] invalid = [.. invalidSettings.Select(path => path == longestLength ? length : path)];
        return conflicts.Concat(longest.FindConflicts(invalid).Except(conflicts).Select(
            error => error with { Field = error.Field == length ? longestLength : error.Field }));
    }

    private IEnumerable<(string[] RelatedSettings, ValidationError Error)> CheckRelations()
    {
        if (BaseConfiguration.Network.Weight == WeightUse.Drawn)
            yield return ([], new("", "network.weight", "Figure 2 starts from w0: give frozen or trained"));
        // Outcomes are kept until the report is written: 72 bytes per run, 1.4 GB in all.
        const long maxRuns = 20_000_000;
        int interpretationCount = Resolution.Interpretations == InterpretationsShown.All
            ? 1 + Interpretation.From(this).SingleChanges.Count : 1;
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
