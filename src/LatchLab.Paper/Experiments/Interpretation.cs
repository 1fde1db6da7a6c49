using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Paper.Experiments;

/// <summary>
/// An interpretation of what the paper does not specify about Figure 2: the meaning of s, when the noise is drawn, the
/// rule of convergence, when the parameters change, the learning rate, and the number of training sequences.
/// </summary>
public sealed record Interpretation(
    NoiseParameter NoiseIs, NoiseDraw NoiseDrawn, ConvergenceRuleKind Rule, UpdateTime Updates, double LearningRate,
    int Sequences)
{
    private static readonly double[] LearningRates = [0.01, 0.3, 3.0];

    private static readonly int[] SequenceCounts = [2, 4, 10];

    /// <summary>The interpretation of the base configuration.</summary>
    public static Interpretation From(ReproductionSettings settings)
    {
        (MinimalTask task, Backpropagation learner) = (settings.BaseTask, settings.BaseLearner);
        return new(task.NoiseIs, task.NoiseDrawn, settings.BaseConfiguration.ConvergenceRule.Rule, learner.Updates,
            learner.LearningRate, task.Sequences);
    }

    /// <summary>The interpretations that differ from this one in a single point.</summary>
    public IReadOnlyList<Interpretation> SingleChanges
        =>
        [
            .. from value in Others(NoiseIs) select this with { NoiseIs = value },
            .. from value in Others(NoiseDrawn) select this with { NoiseDrawn = value },
            .. from value in Others(Rule) select this with { Rule = value },
            .. from value in Others(Updates) where value != UpdateTime.MiniBatch select this with { Updates = value },
            .. from value in LearningRates where value != LearningRate select this with { LearningRate = value },
            .. from value in SequenceCounts where value != Sequences select this with { Sequences = value },
        ];

    /// <summary>The base configuration under this interpretation, with another task, w0 and use of it.</summary>
    /// <param name="settings">The settings of the figures.</param>
    /// <param name="vary">Changes the task.</param>
    /// <param name="weight">The use of w0.</param>
    /// <param name="initialWeight">w0; null for that of the base configuration.</param>
    public TrainingConfiguration Configure(
        ReproductionSettings settings, Func<MinimalTask, MinimalTask> vary, WeightUse weight,
        double? initialWeight = null)
    {
        TrainingConfiguration configuration = settings.BaseConfiguration;
        return configuration with
        {
            Task = vary(settings.BaseTask with { NoiseIs = NoiseIs, NoiseDrawn = NoiseDrawn, Sequences = Sequences }),
            Network = configuration.Network with
            {
                Weight = weight,
                InitialWeight = initialWeight ?? configuration.Network.InitialWeight,
            },
            Learner = settings.BaseLearner with { Updates = Updates, LearningRate = LearningRate },
            ConvergenceRule = configuration.ConvergenceRule with { Rule = Rule },
        };
    }

    /// <summary>The choices without the numbers, for example <c>variance, frozen, sign, on-line</c>.</summary>
    public string Choices
        => $"{Settings.FormatValue(NoiseIs)}, {Settings.FormatValue(NoiseDrawn)}, {Settings.FormatValue(Rule)}, " +
            Settings.FormatValue(Updates);

    /// <summary>
    /// A short description, for example <c>variance, frozen, sign, on-line, η = 0.03, 20 sequences</c>.
    /// </summary>
    public override string ToString()
        => $"{Choices}, η = {NumberFormat.Short(LearningRate)}, {Sequences} sequences";

    /// <summary>What differs from another interpretation, for example <c>s as the deviation</c>.</summary>
    public string DescribeChangeFrom(Interpretation other)
        => NoiseIs != other.NoiseIs ? $"s as the {Settings.FormatValue(NoiseIs)}"
            : NoiseDrawn != other.NoiseDrawn ? $"noise {Settings.FormatValue(NoiseDrawn)}"
            : Rule != other.Rule ? $"rule {Settings.FormatValue(Rule)}"
            : Updates != other.Updates ? $"updates {Settings.FormatValue(Updates)}"
            : LearningRate != other.LearningRate ? $"η = {NumberFormat.Short(LearningRate)}"
            : NumberFormat.WithNoun(Sequences, "training sequence");

    /// <summary>Creates one table of those of some interpretations, which its first column names.</summary>
    public static Table CombineTables<TResult>(
        IReadOnlyDictionary<Interpretation, TResult> results, Func<TResult, Table> createTable)
        => new(
            ["interpretation", .. createTable(results.Values.First()).Columns],
            [.. from result in results
                from row in createTable(result.Value).Rows
                select (IReadOnlyList<string>)[result.Key.ToString(), .. row]]);

    private static IEnumerable<T> Others<T>(T value)
        where T : struct, Enum
        => Enum.GetValues<T>().Where(other => !other.Equals(value));
}
