using LatchLab.Experiments.Results;

namespace LatchLab.Experiments.NetworkAnalysis;

/// <summary>
/// The answer about a network in words and tables, in the order of Section IV: what the terminal prints and the report
/// shows. Attractors have the same numbers everywhere.
/// </summary>
internal static class NetworkSections
{
    /// <summary>The sections.</summary>
    public static IEnumerable<ReportSection> Of(NetworkAnswer answer)
    {
        yield return StorageSection.Of(answer);
        if (answer.Shares is { } shares)
            yield return BasinSections.Shares(answer, shares);
        if (answer.Edges.Count > 0)
            yield return BasinSections.Boundaries(answer);
        if (answer.Sets.Attractors.Count > 0)
        {
            yield return NoiseSections.Noise(answer);
            if ((answer.AskedCertificate ?? answer.BitCertificate) is { States: >= 2 } certificate)
                yield return NoiseSections.CertifiedBoxes(certificate);
            yield return GradientSections.Gradient(answer);
        }

        if (answer.LatchingUnits.Count > 0)
            yield return GradientSections.Split(answer);
    }
}
