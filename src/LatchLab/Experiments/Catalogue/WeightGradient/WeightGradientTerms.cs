using LatchLab.Experiments.Catalogue.Figure4;
using LatchLab.Experiments.Results;
using LatchLab.Experiments.Statistics;
using LatchLab.Numerics;

namespace LatchLab.Experiments.Catalogue.WeightGradient;

/// <summary>
/// Claim 7, Section IV-B: where a system has latched robustly, the terms of the weight gradient, eq. (4), with τ ≪ t
/// become negligible; and what this does to a sub-system A that feeds a sub-system B which is to latch.
/// </summary>
public sealed class WeightGradientTerms : IExhibit
{
    /// <summary>What we call negligible: of Σ‖term‖, and of a gradient.</summary>
    internal const double Negligible = 1e-3;

    /// <inheritdoc/>
    public string Id => "weight-gradient";

    /// <inheritdoc/>
    public string Title => "Eq. (4): the terms of the weight gradient";

    /// <inheritdoc/>
    public IEnumerable<ReportedSetting> Choices =>
    [
        Choice(
            "negligible",
            Negligible,
            "claim 7: what the share of the earlier half of a sequence in Σ‖term‖, and the gradient at A's output " +
                "for the longest T relative to the shortest, must surely lie below"),
        Choice("steps", TermsOfSystem.Steps, "claim 7: T of the sequences whose terms are shown"),
        Choice("sequences", TermsOfSystem.Sequences, "claim 7: sequences of each system"),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Sweep> Plan(Study study) => [];

    /// <inheritdoc/>
    public Findings Analyse(Study study, ulong seed, IReadOnlyList<SweepOutcomes> outcomes)
    {
        IReadOnlyList<TermsOfSystem> latched = TermsOfSystem.Latched(seed), others = TermsOfSystem.NotLatched(seed);
        TermsOfSystem[] all = [.. latched, .. others];
        Series[] terms = [.. all.Select((system, i) => system.Draw(i, seed))];
        var subsystems = new TwoSubsystems(seed);
        var figure = new Figure(
            Id,
            Title,
            $"Left: the norms of the terms of eq. (4) relative to the last, T = {TermsOfSystem.Steps}, an event at " +
                "the first step. Where the system has latched, uniform noise of at most half the critical input h* " +
                "follows it, at w = 0.5 the noise of w = 1.25, elsewhere none. " +
                $"Geometric means over {TermsOfSystem.Sequences} sequences, intervals by the bootstrap. " +
                "Right: |∂C/∂x^A_0|, the gradient at the output of the sub-system A at time 0, against the self-loop " +
                $"of the sub-system B that it feeds. {TwoSubsystems.Setting} Seed {seed}.",
            [
                new Chart("terms of eq. (4)", new Axis("steps before the last, T − τ"),
                    new Axis("‖term‖ relative to the last", 1e-15, Logarithmic: true), terms),
                new Chart("two sub-systems, A feeds B", new Axis("self-loop w of B"),
                    new Axis("|gradient at A's output|", 1e-20, Logarithmic: true), subsystems.Curves),
            ],
            2,
            new Table(
                ["series", "x", "geometric_mean", "lower_95", "upper_95"],
                [.. terms.Concat(subsystems.Curves).SelectMany(GeometricMean.Rows)]))
        {
            Remark = $"{Explain(all)} {subsystems.Explain()}",
        };
        return new([figure], [.. Judge(latched, subsystems, seed)]);
    }

    /// <summary>log₁₀, the same bits everywhere.</summary>
    internal static double Log10(double value) => Log(value) / Log(10.0);

    private static IEnumerable<Claim> Judge(IReadOnlyList<TermsOfSystem> latched, TwoSubsystems subsystems, ulong seed)
    {
        foreach (TermsOfSystem system in latched)
        {
            Judgement judgement = Judge(system, seed);
            yield return new(
                7,
                "Terms of the weight gradient with τ ≪ t become negligible once the system has latched.",
                "Section IV-B, eq. (4)",
                system.Name,
                judgement.Verdict,
                judgement.Evidence);
        }

        Judgement ofTwo = subsystems.Judge();
        yield return new(
            7,
            "Gradients at the output of A at time 0 are very small before B can latch, and again once it does.",
            "Section IV-B",
            "two sub-systems",
            ofTwo.Verdict,
            ofTwo.Evidence);
    }

    /// <summary>The terms fall with their distance from the last, and the earlier half of them is negligible.</summary>
    private static Judgement Judge(TermsOfSystem system, ulong seed)
    {
        Bootstrap slope = Bootstrap.OfMean(system.Logarithms.Select(LeastSquares.Slope), seed);
        Bootstrap share = Bootstrap.OfMean(system.EarlierHalf, seed);
        return new(
            slope.Upper < 0.0 && share.Upper < Negligible ? Verdict.Reproduced
                : slope.Lower > 0.0 || share.Lower > Negligible ? Verdict.NotReproduced
                : Verdict.Undecided,
            $"ln ‖term‖ changes by {Words.Interval(slope)} a step away from the last, mean of " +
                $"{TermsOfSystem.Sequences}; the logarithm of the slope at the attractor is " +
                $"{Words.Short(Log(system.Neuron.Slope!.Value))}. The earlier half of the sequence holds " +
                $"{Words.Interval(share)} of Σ‖term‖.");
    }

    private static string Explain(IReadOnlyList<TermsOfSystem> systems)
        => $"The gradient horizon, the last steps that hold 99 % of Σ‖term‖, of {TermsOfSystem.Steps} steps: " +
            string.Join("; ", systems.Select(system => $"{system.Name}: {Range([.. system.Horizons])}")) + ".";

    private static string Range(int[] horizons)
        => horizons.Min() == horizons.Max() ? $"{horizons[0]}" : $"{horizons.Min()} to {horizons.Max()}";

    private static double Log(double value) => Scalar.Log(new Scalar(value)).Value;

    private static ReportedSetting Choice(string name, double value, string meaning)
        => new("Fixed", name, Table.Number(value), "decision", meaning);
}
