using System.Globalization;
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
                .. Settings.GetAll(diagnosis.Options)
                    .Select(s => new ReportedSetting(s.Group, s.Name, s.Value, s.Source, s.Description)),
            ])
        {
            Sections = CreateSections(diagnosis),
        };

    /// <summary>Creates the sections with text and tables.</summary>
    public static IReadOnlyList<ReportSection> CreateSections(NetworkDiagnosis diagnosis)
        => [.. NetworkSections.CreateAll(diagnosis)];

    /// <summary>The critical input h* of a single tanh unit without input; null for other networks.</summary>
    public static double? ComputeCriticalInput(NetworkDiagnosis diagnosis)
        => NoiseSections.ComputeCriticalInput(diagnosis);

    /// <summary>Formats numbers with all their digits, separated by commas.</summary>
    internal static string FormatNumbers(IEnumerable<double> values)
        => string.Join(", ", values.Select(Table.FormatNumber));
}
