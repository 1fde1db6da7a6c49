using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Diagnosis;

/// <summary>
/// The diagnosis of a network in three sentences: what it stores, how much noise that survives, and how far back its
/// gradient reaches.
/// </summary>
public static class NetworkSummary
{
    private const double SmallShare = 0.01;

    /// <summary>Creates the sentences; each leads to the section with its numbers.</summary>
    public static IEnumerable<SummarySentence> Create(NetworkDiagnosis diagnosis)
    {
        yield return new(StorageSection.DescribeSummary(diagnosis), "storage");
        bool hasAttractor = diagnosis.InvariantSets.Attractors.Count > 0;
        yield return new(DescribeNoise(diagnosis), hasAttractor ? "noise" : "");
        yield return new(DescribeGradient(diagnosis), hasAttractor ? "gradient-decay" : "");
    }

    private static string DescribeNoise(NetworkDiagnosis diagnosis)
    {
        if (diagnosis.StateCount < 2)
            return "It has no two states between which noise could move it.";
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
        IReadOnlyList<PeriodicOrbit> attractors = diagnosis.InvariantSets.Attractors;
        if (attractors.Count == 0)
        {
            return diagnosis.LyapunovExponents is { Exponents: [var largest, ..] }
                ? $"Along its motion the gradient changes by a factor of e^{NumberFormat.Short(largest.Value)} a step."
                : "Without an attractor, how the gradient decays is not defined.";
        }

        double[] rates =
            [.. attractors.Select(attractor => Elementary.Log(attractor.SpectralRadius) / attractor.Period)];
        double rate = rates.Max();
        string place = rates.Length == 1 ? "at the attractor"
            : $"at attractor {Array.IndexOf(rates, rate) + 1}, where it decays slowest";
        if (!(rate < 0.0))
            return $"At rest {place}, the gradient does not decay.";
        long steps = double.IsNegativeInfinity(rate) ? 1 : (long)Math.Ceiling(Elementary.Log(SmallShare) / rate);
        return $"At rest {place}, at most {NumberFormat.Percent(SmallShare)} of the gradient is left after " +
            $"{NumberFormat.WithNoun(steps, "step")}, and {NumberFormat.Short(Elementary.Exp(100.0 * rate))} of it " +
            "after 100.";
    }
}
