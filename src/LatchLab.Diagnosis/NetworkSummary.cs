using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;

namespace LatchLab.Diagnosis;

/// <summary>
/// The diagnosis of a network in four sentences: what it stores, where it goes from its initial state, how much noise
/// its states survive, and how far back the gradient reaches.
/// </summary>
public static class NetworkSummary
{
    /// <summary>The share of the gradient whose time the summary reports.</summary>
    public const double SmallShare = 0.01;

    /// <summary>Creates the sentences; each leads to the section with its numbers.</summary>
    public static IEnumerable<SummarySentence> Create(NetworkDiagnosis diagnosis)
    {
        yield return new(StorageSummary.Describe(diagnosis), "storage");
        yield return new(diagnosis.InitialStateDestination.Describe(diagnosis.InvariantSets), "storage");
        bool hasAttractor = diagnosis.InvariantSets.Attractors.Count > 0;
        yield return new(DescribeNoise(diagnosis), hasAttractor ? "noise" : "");
        yield return new(DescribeGradient(diagnosis), hasAttractor ? "gradient-decay" : "");
    }

    private static string DescribeNoise(NetworkDiagnosis diagnosis)
    {
        if (diagnosis.StateCount < 2)
            return "No two stable states were found between which noise could move it.";
        string place = diagnosis.Options.NoiseAt == NoiseLocation.Units ? "every activation" : "every input";
        string observed = diagnosis.Attacks.Count == 0 ? ""
            : $"; noise of {TableFormat.RoundUp(diagnosis.Attacks.Min(attack => attack.Noise))} was observed to " +
                "erase a state";
        if (diagnosis.TwoStateCertificate is not { } two)
            return $"No noise on {place} is proved to leave two states apart{observed}.";
        string all = diagnosis.AllStatesCertificate is { } certificate && certificate.StateCount > two.StateCount
            ? $"; {certificate.StateCount} of them under noise up to {TableFormat.RoundDown(certificate.Noise)}" : "";
        string states = two.StateCount < diagnosis.StateCount ? $"{two.StateCount} of its {diagnosis.StateCount}"
            : two.StateCount == 2 ? "Both" : $"All {two.StateCount}";
        return $"{states} states provably stay apart under any noise up to " +
            $"{TableFormat.RoundDown(two.Noise)} on {place}, however long{all}{observed}.";
    }

    private static string DescribeGradient(NetworkDiagnosis diagnosis)
    {
        if (diagnosis.GradientDecays.Count == 0)
            return DescribeGradientInMotion(diagnosis);
        DecayTime?[] times = [.. diagnosis.GradientDecays.Select(decay => decay.FindTime(SmallShare))];
        int slowest = times.Index().MaxBy(entry => entry.Item?.Steps ?? long.MaxValue).Index;
        GradientDecay decay = diagnosis.GradientDecays[slowest];
        string place = times.Length == 1 ? "at the attractor" : $"at attractor {slowest + 1}, where it decays slowest";
        if (times[slowest] is not { } time)
            return $"At rest {place}, a relu unit is at its kink, and the decay of the gradient is not defined.";
        string after = NumberFormat.WithNoun(time.Steps, "step") +
            (time.IsProved ? " or more" : " and in the long run");
        return $"At rest {place}, at most {NumberFormat.Percent(SmallShare)} of the gradient ‖∂a_t/∂a_0‖ is left " +
            $"after {after}; after 100 steps it is {(decay.IsBound ? "at most " : "")}" +
            $"{TableFormat.Exponential(decay.GetLogNorm(100))}." + diagnosis.BasinFractions switch
            {
                { Chaotic.Successes: > 0 } => " Where it moves chaotically, the gradient grows.",
                { QuasiPeriodic.Successes: > 0 } =>
                    " Where it moves quasi-periodically, the gradient neither decays nor grows in the long run.",
                _ => "",
            };
    }

    /// <summary>The gradient along the orbit whose exponents were computed.</summary>
    private static string DescribeGradientInMotion(NetworkDiagnosis diagnosis)
    {
        InvariantSets sets = diagnosis.InvariantSets;
        if (diagnosis.LyapunovExponents is not { Exponents: [var largest, ..] })
            return "Without an attractor, how the gradient decays is not defined.";
        if (double.IsNegativeInfinity(largest.Value))
            return "Along the first undecided orbit some step erases the gradient.";
        string factor = $"by a factor of {TableFormat.Exponential(largest.Value)} a step, on average over " +
            $"{NumberFormat.WithNoun(diagnosis.Options.ExponentSteps, "step")}.";
        return sets.Unsettled.Motions[sets.Unsettled.Representative].Kind switch
        {
            MotionKind.QuasiPeriodic =>
                "Along its quasi-periodic motion the gradient neither decays nor grows in the long run.",
            MotionKind.Chaotic => $"Along its chaotic motion the gradient grows {factor}",
            _ => $"Along the first undecided orbit the gradient changes {factor}",
        };
    }
}
