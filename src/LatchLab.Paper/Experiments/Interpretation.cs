using LatchLab.Foundation;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Paper.Experiments;

/// <summary>A way to read what the paper leaves open about the noise and about convergence.</summary>
/// <param name="NoiseIs">How s is read.</param>
/// <param name="NoiseDrawn">When the noise is drawn.</param>
/// <param name="Rule">What makes a run converged.</param>
public sealed record Interpretation(NoiseParameter NoiseIs, NoiseDraw NoiseDrawn, ConvergenceRuleKind Rule)
{
    /// <summary>All twelve, by rule, then by the meaning of s, then by when the noise is drawn.</summary>
    public static IReadOnlyList<Interpretation> All { get; } =
    [
        .. from rule in Enum.GetValues<ConvergenceRuleKind>()
           from noiseMeaning in Enum.GetValues<NoiseParameter>()
           from noiseDraw in Enum.GetValues<NoiseDraw>()
           select new Interpretation(noiseMeaning, noiseDraw, rule),
    ];

    /// <summary>The reading of a cell.</summary>
    public static Interpretation From(MinimalTaskConfiguration configuration)
        => new(configuration.Task.NoiseIs, configuration.Task.NoiseDrawn, configuration.ConvergenceRule.Rule);

    /// <summary>The cell under this reading.</summary>
    public MinimalTaskConfiguration ApplyTo(MinimalTaskConfiguration configuration)
        => configuration with
        {
            Task = configuration.Task with { NoiseIs = NoiseIs, NoiseDrawn = NoiseDrawn },
            ConvergenceRule = configuration.ConvergenceRule with { Rule = Rule },
        };

    /// <summary>A few words, for example <c>variance, frozen, sign</c>.</summary>
    public override string ToString()
        => $"{Settings.FormatValue(NoiseIs)}, {Settings.FormatValue(NoiseDrawn)}, {Settings.FormatValue(Rule)}";

    /// <summary>
    /// The mean of a quantity over all readings that share an option, for each option: what a reading changes, in
    /// numbers.
    /// </summary>
    /// <param name="value">The quantity under a reading.</param>
    public static string FormatMarginalMeans(Func<Interpretation, double> value)
    {
        string Mean(Func<Interpretation, bool> predicate) => NumberFormat.Percent(All.Where(predicate).Average(value));
        return $"with s as the variance {Mean(r => r.NoiseIs == NoiseParameter.Variance)}, " +
            $"as the standard deviation {Mean(r => r.NoiseIs == NoiseParameter.Deviation)}; " +
            $"with frozen noise {Mean(r => r.NoiseDrawn == NoiseDraw.Frozen)}, " +
            $"drawn afresh {Mean(r => r.NoiseDrawn == NoiseDraw.Afresh)}; " +
            $"judged by the signs alone {Mean(r => r.Rule == ConvergenceRuleKind.Sign)}, " +
            $"by sign and cost {Mean(r => r.Rule == ConvergenceRuleKind.SignAndCost)}, " +
            $"on fresh sequences {Mean(r => r.Rule == ConvergenceRuleKind.FreshSequences)}";
    }
}
