using System.Globalization;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Diagnosis;

/// <summary>The report about one network: the sections, the pictures, and every number that was used.</summary>
public static class NetworkReport
{
    /// <summary>The report.</summary>
    /// <param name="diagnosis">What was found.</param>
    /// <param name="name">What the network is called, its file for example.</param>
    public static Report Create(NetworkDiagnosis diagnosis, string name)
        => new(
            $"The dynamics of {name}",
            [
                ("Network", $"{diagnosis.Network.Kind}, {diagnosis.Network.Unit}"),
                ("State", "activations a; outputs are x = f(a)"),
                ("Variables", Table.FormatInteger(diagnosis.AutonomousSystem.Dimension)),
                ("Held inputs", diagnosis.HeldInputs.Count == 0 ? "none" : FormatNumbers(diagnosis.HeldInputs)),
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

    /// <summary>What is said in words and tables.</summary>
    public static IReadOnlyList<ReportSection> CreateSections(NetworkDiagnosis diagnosis)
        => [.. NetworkSections.CreateAll(diagnosis)];

    /// <summary>h*, if the network is a single tanh unit without input; else null.</summary>
    public static double? ComputeCriticalInput(NetworkDiagnosis diagnosis)
        => NoiseSections.ComputeCriticalInput(diagnosis);

    private static string FormatNumbers(IEnumerable<double> values)
        => string.Join(", ", values.Select(Table.FormatNumber));
}
