using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Paper.Experiments;

/// <summary>
/// An interpretation of what the paper does not specify: the meaning of s, when the noise is drawn, and convergence.
/// </summary>
public sealed record Interpretation(NoiseParameter NoiseIs, NoiseDraw NoiseDrawn, ConvergenceRuleKind Rule)
{
    /// <summary>
    /// All twelve interpretations, ordered by rule, then by the meaning of s, then by when the noise is drawn.
    /// </summary>
    public static IReadOnlyList<Interpretation> All { get; } =
    [
        .. from rule in Enum.GetValues<ConvergenceRuleKind>()
           from noiseMeaning in Enum.GetValues<NoiseParameter>()
           from noiseDraw in Enum.GetValues<NoiseDraw>()
           select new Interpretation(noiseMeaning, noiseDraw, rule),
    ];

    /// <summary>The interpretation of a configuration.</summary>
    public static Interpretation From(MinimalTaskConfiguration configuration)
        => new(configuration.Task.NoiseIs, configuration.Task.NoiseDrawn, configuration.ConvergenceRule.Rule);

    /// <summary>Returns the configuration under this interpretation.</summary>
    public MinimalTaskConfiguration ApplyTo(MinimalTaskConfiguration configuration)
        => configuration with
        {
            Task = configuration.Task with { NoiseIs = NoiseIs, NoiseDrawn = NoiseDrawn },
            ConvergenceRule = configuration.ConvergenceRule with { Rule = Rule },
        };

    /// <summary>A short description, for example <c>variance, frozen, sign</c>.</summary>
    public override string ToString()
        => $"{Settings.FormatValue(NoiseIs)}, {Settings.FormatValue(NoiseDrawn)}, {Settings.FormatValue(Rule)}";

    /// <summary>Creates one table of those of all interpretations, which its first column names.</summary>
    public static Table CombineTables<TResult>(
        IReadOnlyDictionary<Interpretation, TResult> results, Func<TResult, Table> createTable)
        => new(
            ["interpretation", .. createTable(results.Values.First()).Columns],
            [.. from result in results
                from row in createTable(result.Value).Rows
                select (IReadOnlyList<string>)[result.Key.ToString(), .. row]]);

    /// <summary>
    /// Formats, for each option, the mean of a quantity over all interpretations that share this option. The
    /// differences show how much each choice matters.
    /// </summary>
    /// <param name="value">The quantity under an interpretation.</param>
    public static string FormatMarginalMeans(Func<Interpretation, double> value)
    {
        string Mean(Func<Interpretation, bool> predicate) => NumberFormat.Percent(All.Where(predicate).Average(value));
        return $"with s as the variance {Mean(r => r.NoiseIs == NoiseParameter.Variance)}, as the standard deviation " +
            $"{Mean(r => r.NoiseIs == NoiseParameter.Deviation)}; with frozen noise " +
            $"{Mean(r => r.NoiseDrawn == NoiseDraw.Frozen)}, drawn afresh " +
            $"{Mean(r => r.NoiseDrawn == NoiseDraw.Afresh)}; by the rule on signs alone " +
            $"{Mean(r => r.Rule == ConvergenceRuleKind.Sign)}, on sign and cost " +
            $"{Mean(r => r.Rule == ConvergenceRuleKind.SignAndCost)}, on test sequences " +
            $"{Mean(r => r.Rule == ConvergenceRuleKind.TestSequences)}";
    }
}
