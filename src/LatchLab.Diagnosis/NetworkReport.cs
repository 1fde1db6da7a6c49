using System.Globalization;
using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Diagnosis;

/// <summary>The report on one network: sections, figures and settings.</summary>
public static class NetworkReport
{
    /// <summary>Creates the report.</summary>
    /// <param name="diagnosis">The results.</param>
    /// <param name="name">The name of the network, for example its file.</param>
    public static Report Create(NetworkDiagnosis diagnosis, string name)
        => new(
            $"The dynamics of {name}",
            [
                ("Network", $"{diagnosis.Network.Kind}, {diagnosis.Network.Unit}"),
                ("State", "activations a; outputs are x = f(a)"),
                ("Variables", Table.FormatInteger(diagnosis.AutonomousSystem.Dimension)),
                ("Constant inputs",
                    diagnosis.ConstantInputs.Count == 0 ? "none" : FormatNumbers(diagnosis.ConstantInputs)),
                ("Seed", diagnosis.RunOptions.Seed.ToString(CultureInfo.InvariantCulture)),
                ("LatchLab", ProgramVersion.Text),
                ("Random streams", $"version {RandomNumbers.Version}"),
            ],
            [.. NetworkFigures.CreateAll(diagnosis)],
            [],
            [
                .. Settings.GetAll(diagnosis.Options).Zip(Settings.GetAll(new NetworkDiagnosisOptions()),
                    (s, unchanged) => new ReportedSetting(s.Group, s.Name, s.Value, s.Source, s.Description)
                    {
                        IsChanged = s.Value != unchanged.Value,
                    }),
            ])
        {
            Summary = [.. NetworkSummary.Create(diagnosis)],
            Sections = [.. CreateSections(diagnosis)],
        };

    /// <summary>
    /// The results as text and tables, in the order of Section IV. The terminal and the report show the same sections.
    /// Attractors have the same numbers in all of them.
    /// </summary>
    public static IEnumerable<ReportSection> CreateSections(NetworkDiagnosis diagnosis)
    {
        yield return StorageSection.Create(diagnosis);
        if (diagnosis.InvariantSets.OtherPeriodicOrbits.Count > 0)
            yield return PeriodicOrbitSections.CreateOrbits(diagnosis);
        yield return PeriodicOrbitSections.CreateIndexSums(diagnosis);
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

    /// <summary>
    /// The critical input h* of a single tanh unit without constant input or bias; null for other networks.
    /// </summary>
    public static double? ComputeCriticalInput(NetworkDiagnosis diagnosis)
        => diagnosis.Network is { IsAdditiveTanhNetwork: true, RecurrentWeights: [var weight] }
            && diagnosis.AutonomousSystem.Image([0.0]) is [0.0]
            ? SingleNeuron.Analyze(weight).CriticalInput
            : null;

    /// <summary>Formats numbers with all their digits, separated by commas.</summary>
    internal static string FormatNumbers(IEnumerable<double> values)
        => string.Join(", ", values.Select(Table.FormatNumber));
}
