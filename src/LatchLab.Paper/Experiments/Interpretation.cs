using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Paper.Experiments;

/// <summary>An interpretation of what the paper does not specify about the noise and about convergence.</summary>
/// <param name="NoiseIs">The meaning of s.</param>
/// <param name="NoiseDrawn">When the noise is drawn.</param>
/// <param name="Rule">The rule that decides whether a run has converged.</param>
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
    {
        (Interpretation Interpretation, Table Table)[] tables =
            [.. results.Select(result => (result.Key, createTable(result.Value)))];
        return new(
            ["interpretation", .. tables[0].Table.Columns],
            [.. from entry in tables
                from row in entry.Table.Rows
                select (IReadOnlyList<string>)[entry.Interpretation.ToString(), .. row]]);
    }

    /// <summary>
    /// Concludes a claim under the chosen interpretation, and counts the verdicts under all interpretations.
    /// </summary>
    internal Claim Conclude(ClaimStatement statement, ClaimTest chosen, IEnumerable<ClaimTest> all, string suffix = "")
        => statement.Conclude(
            $"{this}{suffix}",
            chosen.Verdict,
            $"{chosen.Evidence} Over all interpretations: " +
                $"{VerdictFormat.FormatCounts(all.Select(test => test.Verdict))}.");

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
