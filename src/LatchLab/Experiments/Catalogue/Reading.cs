using LatchLab.Tasks;

namespace LatchLab.Experiments.Catalogue;

/// <summary>A way to read what the paper leaves open about the noise and about convergence.</summary>
/// <param name="NoiseIs">How s is read.</param>
/// <param name="NoiseDrawn">When the noise is drawn.</param>
/// <param name="Rule">What makes a run converged.</param>
public sealed record Reading(NoiseMeaning NoiseIs, NoiseDraw NoiseDrawn, RuleKind Rule)
{
    /// <summary>All twelve, by rule, then by the meaning of s, then by when the noise is drawn.</summary>
    public static IReadOnlyList<Reading> All { get; } =
    [
        .. from rule in Enum.GetValues<RuleKind>()
           from meaning in Enum.GetValues<NoiseMeaning>()
           from draw in Enum.GetValues<NoiseDraw>()
           select new Reading(meaning, draw, rule),
    ];

    /// <summary>The reading of a cell.</summary>
    public static Reading Of(MinimalCell cell) => new(cell.Task.NoiseIs, cell.Task.NoiseDrawn, cell.Rule.Rule);

    /// <summary>The cell under this reading.</summary>
    public MinimalCell Apply(MinimalCell cell)
        => cell with
        {
            Task = cell.Task with { NoiseIs = NoiseIs, NoiseDrawn = NoiseDrawn },
            Rule = cell.Rule with { Rule = Rule },
        };

    /// <summary>A few words, for example <c>variance, frozen, sign</c>.</summary>
    public override string ToString()
        => $"{Settings.InWords(NoiseIs)}, {Settings.InWords(NoiseDrawn)}, {Settings.InWords(Rule)}";

    /// <summary>
    /// The mean of a quantity over all readings that share an option, for each option: what a reading changes, in
    /// numbers.
    /// </summary>
    /// <param name="value">The quantity under a reading.</param>
    public static string Compare(Func<Reading, double> value)
    {
        string Mean(Func<Reading, bool> shares) => Words.Percent(All.Where(shares).Average(value));
        return $"with s as the variance {Mean(r => r.NoiseIs == NoiseMeaning.Variance)}, " +
            $"as the standard deviation {Mean(r => r.NoiseIs == NoiseMeaning.Deviation)}; " +
            $"with frozen noise {Mean(r => r.NoiseDrawn == NoiseDraw.Frozen)}, " +
            $"drawn afresh {Mean(r => r.NoiseDrawn == NoiseDraw.Afresh)}; " +
            $"judged by the signs alone {Mean(r => r.Rule == RuleKind.Sign)}, " +
            $"by sign and cost {Mean(r => r.Rule == RuleKind.SignAndCost)}, " +
            $"on fresh sequences {Mean(r => r.Rule == RuleKind.FreshSequences)}";
    }
}
