using LatchLab.Figures;

namespace LatchLab.Diagnosis;

/// <summary>
/// The results for a network as text and tables, in the order of Section IV. The terminal and the report show the same
/// sections. Attractors have the same numbers in all of them.
/// </summary>
internal static class NetworkSections
{
    /// <summary>Creates all applicable sections.</summary>
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
            if ((diagnosis.RequestedCertificate ?? diagnosis.TwoStateCertificate) is { StateCount: >= 2 } certificate)
                yield return NoiseSections.CreateCertifiedBoxes(certificate);
            yield return GradientSections.CreateDecay(diagnosis);
        }

        if (diagnosis.LatchingUnits.Count > 0)
            yield return GradientSections.CreateProjection(diagnosis);
    }
}
