using LatchLab.Diagnosis;
using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Models;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;
using LatchLab.Reporting;
using LatchLab.Tests.Architecture;
using LatchLab.Tests.Dynamics;
using Xunit;

namespace LatchLab.Tests.Contracts;

/// <summary>The probe of every setting of the analysis of a network changes its report.</summary>
public sealed class DynamicsSettingEffectTests
{
    private static readonly NetworkDiagnosisOptions Small = new()
    {
        Grid = 11,
        Samples = 200,
        Starts = 20,
        Orbits = 8,
        MostSteps = 2000,
        ExponentSteps = 300,
    };

    /// <summary>Two latches; a rotation with the period 4; one with an irrational angle, which has no period.</summary>
    private static readonly NetworkDefinition[] Networks =
    [
        NetworkFile.Read(Path.Combine(Repository.Root, "examples", "networks", "two-latches.json")),
        Create(2, [0.0, -3.0, 3.0, 0.0]),
        Create(2, [0.648, -1.01, 1.01, 0.648]),
    ];

    private static readonly Lazy<string[]> SmallReports = new(() => [.. Networks.Select(
        network => Describe(network, Small))]);

    public static TheoryData<string> DiagnosisSettings
        => [.. Settings.GetAll(new NetworkDiagnosisOptions()).Select(setting => setting.Name)];

    public static TheoryData<string> LyapunovSettings
        => [.. Settings.GetAll(new LyapunovOptions()).Select(setting => setting.Name)];

    [Theory]
    [MemberData(nameof(DiagnosisSettings))]
    public void A_setting_of_the_diagnosis_changes_the_report_on_some_network(string name)
    {
        SlowTests.SkipUnlessRequested();
        Setting setting = Settings.GetAll(Small).Single(known => known.Name == name);
        NetworkDiagnosisOptions plain = With(Small, setting.ProbeBeside);
        NetworkDiagnosisOptions changed = With(plain, $"{setting.Path}={setting.Probe}");
        Assert.NotEqual(plain, changed);
        Assert.Contains(Networks.Index(), entry => Describe(entry.Item, changed)
            != (plain.Equals(Small) ? SmallReports.Value[entry.Index] : Describe(entry.Item, plain)));
    }

    [Theory]
    [MemberData(nameof(LyapunovSettings))]
    public void A_setting_of_the_Lyapunov_exponents_changes_them(string name)
    {
        Setting setting = Settings.GetAll(new LyapunovOptions()).Single(known => known.Name == name);
        LyapunovOptions changed = With(new LyapunovOptions(), $"{setting.Path}={setting.Probe}");
        Assert.NotEqual(Compute(new()), Compute(changed));
    }

    private static string Compute(LyapunovOptions options)
        => string.Join(' ', LyapunovExponents.Compute(new HenonMap(1.4, 0.3), [0.1, 0.1], options).Exponents);

    private static FullyConnectedDefinition Create(int units, double[] weights)
        => new(KnownUnits.TanhName, units, input: 0, [0], weights);

    private static T With<T>(T options, string changes)
        where T : class
    {
        var errors = new List<ValidationError>();
        T changed = Settings.With(
            options, changes.Split("; ", StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split('='))
                .ToDictionary(pair => pair[0], pair => pair[1]), errors);
        Assert.Empty(errors);
        return changed;
    }

    /// <summary>The text of the report and its figures; not its table of settings.</summary>
    private static string Describe(NetworkDefinition network, NetworkDiagnosisOptions options)
    {
        Report report = NetworkReport.Create(
            NetworkAnalyzer.Analyze(network, constantInputs: null, options, new(Seed: 0, Threads: 1, LaneKind.Widest)),
            "network");
        return HtmlReport.Render(report with { Settings = [] })
            + string.Join('\n', report.Figures.SelectMany(figure => figure.Data.Rows).Select(
                row => string.Join(',', row)));
    }
}
