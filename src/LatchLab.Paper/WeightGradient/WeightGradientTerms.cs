using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.Claims;
using LatchLab.Paper.Experiments;
using LatchLab.Statistics;
using LatchLab.Training;

namespace LatchLab.Paper.WeightGradient;

/// <summary>
/// Claim 7, Section IV-B: in a robustly latched system, the terms of the weight gradient, eq. (4), with τ ≪ t become
/// negligible. A second part shows the effect on a sub-system A whose output drives a sub-system B that has to latch.
/// </summary>
internal sealed class WeightGradientTerms : IExperiment
{
    public string Id => "weight-gradient";

    public string Title => "Eq. (4): the terms of the weight gradient";

    public IEnumerable<ReportedSetting> AdditionalSettings => FixedSettings.Create("Fixed",
        ("steps", SystemGradientTerms.Steps, "claim 7: T of the sequences whose terms are shown"),
        ("sequences", SystemGradientTerms.SequenceCount, "claim 7: sequences of each system"));

    public IReadOnlyList<Sweep> Plan(ReproductionSettings settings) => [];

    public IEnumerable<string> GetUsedSettings(ReproductionSettings settings)
        => [];

    public ExperimentResult Analyze(ReproductionSettings settings, ulong seed, IReadOnlyList<SweepOutcomes> outcomes)
    {
        IReadOnlyList<SystemGradientTerms> latched = SystemGradientTerms.CreateLatched(seed),
            unlatched = SystemGradientTerms.CreateUnlatched(seed);
        SystemGradientTerms[] all = [.. latched, .. unlatched];
        Series[] terms = [.. all.Select((system, i) => system.ToSeries(i, seed))];
        var subsystems = new TwoSubsystems(seed);
        var figure = new Figure(
            Id,
            Title,
            $"Left: the norms of the terms of eq. (4) relative to the last, T = {SystemGradientTerms.Steps}, with an " +
                "event at the first step. Uniform noise follows the event: at most half the critical input h* in " +
                "the latched systems, at w = 0.5 the same as at w = 1.25, and none in the other systems. " +
                $"Geometric means over {SystemGradientTerms.SequenceCount} sequences, with bootstrap intervals. " +
                "Right: |∂C/∂x^A_0|, the gradient at the output of the sub-system A at time 0, against the self-loop " +
                $"of the sub-system B that A drives. {TwoSubsystems.CaptionText} Seed {seed}.",
            [
                new Chart("terms of eq. (4)", new Axis("steps before the last, T − τ"),
                    new Axis("‖term‖ relative to the last", 1e-15, IsLogarithmic: true), terms),
                new Chart("two sub-systems, A feeds B", new Axis("self-loop w of B"),
                    new Axis("|gradient at A's output|", 1e-20, IsLogarithmic: true), subsystems.Curves),
            ],
            2,
            GeometricMean.CreateTable(terms.Concat(subsystems.Curves)))
        {
            Remark = $"{DescribeHorizons(all)} {subsystems.DescribeMaxima()}",
        };
        return new(
            [figure],
            [EvaluateTerms(latched), subsystems.EvaluateClaim()]);
    }

    /// <summary>
    /// Tests that the terms decrease with the distance from the last, and that their earlier half is negligible.
    /// </summary>
    private static Claim EvaluateTerms(IReadOnlyList<SystemGradientTerms> latched)
        => ClaimEvaluator.Evaluate(
            TheoryClaims.TermsVanish,
            [
                .. from system in latched
                   let slopes = system.LogNorms.Select(LeastSquares.ComputeSlope).ToArray()
                   from part in new PartSample[]
                   {
                       new($"{system.Name}, terms", TheoryClaims.TermsVanish.Rules[0],
                           [[.. slopes.Select(slope => slope < 0.0 ? 1.0 : 0.0)]])
                       {
                           Remark = $"ln ‖term‖ changes by {NumberFormat.Short(slopes.Average())} per step away from " +
                               "the last; the logarithm of the derivative at the attractor is " +
                               NumberFormat.Short(Elementary.Log(system.EquivalentNeuron.Derivative!.Value)),
                       },
                       new($"{system.Name}, earlier half", TheoryClaims.TermsVanish.Rules[1],
                           [[.. system.FirstHalfShares.Select(
                               share => share < TheoryClaims.NegligibleShare ? 1.0 : 0.0)]])
                       {
                           Remark = $"it has at most {NumberFormat.Short(system.FirstHalfShares.Max())}",
                       },
                   }
                   select part,
            ]);

    private static string DescribeHorizons(IReadOnlyList<SystemGradientTerms> systems)
        => $"The gradient horizon, the last steps that contain 99 % of Σ‖term‖, of {SystemGradientTerms.Steps} " +
            "steps: " +
            string.Join("; ", systems.Select(system => $"{system.Name}: {FormatRange([.. system.Horizons])}")) + ".";

    private static string FormatRange(int[] horizons)
        => horizons.Min() == horizons.Max() ? $"{horizons[0]}" : $"{horizons.Min()} to {horizons.Max()}";
}
