using System.Globalization;
using LatchLab.Experiments.Results;
using LatchLab.Numerics;

namespace LatchLab.Experiments.NetworkAnalysis;

/// <summary>The report about one network: the sections, the pictures, and every number that was used.</summary>
public static class NetworkReport
{
    /// <summary>The report.</summary>
    /// <param name="answer">What was found.</param>
    /// <param name="name">What the network is called, its file for example.</param>
    public static Report Of(NetworkAnswer answer, string name)
        => new(
            $"The dynamics of {name}",
            [
                ("Network", $"{answer.Network.Kind}, {answer.Network.Unit}"),
                ("State", "activations a; outputs are x = f(a)"),
                ("Variables", Table.Count(answer.System.Dimension)),
                ("Held inputs", answer.HeldInputs.Count == 0 ? "none" : Numbers(answer.HeldInputs)),
                ("Seed", answer.Options.Seed.ToString(CultureInfo.InvariantCulture)),
                ("LatchLab", ProgramVersion.Text),
                ("Random streams", $"version {RandomNumbers.Version}"),
            ],
            [.. NetworkFigures.Of(answer)],
            [],
            [
                .. Settings.Of(answer.Question)
                    .Select(s => new ReportedSetting(s.Group, s.Name, s.Value, s.Source, s.Meaning)),
            ])
        {
            Sections = SectionsOf(answer),
        };

    /// <summary>What is said in words and tables.</summary>
    public static IReadOnlyList<ReportSection> SectionsOf(NetworkAnswer answer) => [.. NetworkSections.Of(answer)];

    /// <summary>h*, if the network is a single tanh unit without input; else null.</summary>
    public static double? CriticalInput(NetworkAnswer answer) => NoiseSections.CriticalInput(answer);

    private static string Numbers(IEnumerable<double> values) => string.Join(", ", values.Select(Table.Number));
}
