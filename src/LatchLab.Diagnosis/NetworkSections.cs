using LatchLab.Figures;

namespace LatchLab.Diagnosis;

/// <summary>
/// The answer about a network in words and tables, in the order of Section IV: what the terminal prints and the report
/// shows. Attractors have the same numbers everywhere.
/// </summary>
internal static class NetworkSections
{
    /// <summary>The sections.</summary>
    public static IEnumerable<ReportSection> CreateAll(NetworkDiagnosis diagnosis)
    {
        yield return StorageSection.Create(diagnosis);
        if (diagnosis.BasinFractions is { } shares)
            yield return BasinSections.CreateBasinFractions(diagnosis, shares);
        if (diagnosis.EdgeStates.Count > 0)
            yield return BasinSections.CreateBoundaries(diagnosis);
        if (diagnosis.InvariantSets.Attractors.Count > 0)
        {
            yield return NoiseSections.CreateNoise(diagnosis);
            if ((diagnosis.AskedCertificate ?? diagnosis.TwoStateCertificate) is { StateCount: >= 2 } certificate)
                yield return NoiseSections.CreateCertifiedBoxes(certificate);
            yield return GradientSections.CreateDecay(diagnosis);
        }

        if (diagnosis.LatchingUnits.Count > 0)
            yield return GradientSections.CreateProjection(diagnosis);
    }
}
