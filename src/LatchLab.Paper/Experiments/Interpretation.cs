using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Learning;
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

    /// <summary>The interpretation of a configuration.</summary>
    public static Interpretation From(MinimalTaskConfiguration configuration)
        => new(configuration.Task.NoiseIs, configuration.Task.NoiseDrawn, configuration.ConvergenceRule.Rule,
            configuration.Training.Updates, configuration.Training.LearningRate, configuration.Task.Sequences);

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

    /// <summary>Returns the configuration under this interpretation.</summary>
    public MinimalTaskConfiguration ApplyTo(MinimalTaskConfiguration configuration)
        => configuration with
        {
            Task = configuration.Task with { NoiseIs = NoiseIs, NoiseDrawn = NoiseDrawn, Sequences = Sequences },
            Training = configuration.Training with { Updates = Updates, LearningRate = LearningRate },
            ConvergenceRule = configuration.ConvergenceRule with { Rule = Rule },
        };

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
