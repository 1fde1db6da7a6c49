using LatchLab.Figures;
using LatchLab.Paper.Figure1b;
using LatchLab.Paper.Figure2a;
using LatchLab.Paper.Figure2b;

namespace LatchLab.Paper.Experiments;

/// <summary>
/// The constants of this reproduction that are not options. The thresholds of the verdicts are fixed so that a verdict
/// does not depend on who runs the test; the other constants do not affect the results. The report lists all of them
/// with the settings.
/// </summary>
internal static class FixedSettings
{
    /// <summary>All fixed settings.</summary>
    public static IReadOnlyList<ReportedSetting> All { get; } =
    [
        CreateSetting("significance", DensityClaims.SignificanceLevel,
            "largest one-sided p-value at which a trend counts"),
        CreateSetting(
            "very-unlikely",
            DensityClaims.UnlikelyThreshold,
            "claim 1: upper limit of the interval at the fifth where convergence should be unlikely"),
        CreateSetting(
            "ceiling",
            LengthClaims.MinimumCeiling,
            "claim 2: lengths are tested where the interval of the ceiling lies above"),
        CreateSetting("near-zero", LengthClaims.NearZeroThreshold,
            "claim 2: upper limit of the interval at the longest tested T"),
        CreateSetting("perfect-weight", LengthCurve.PerfectLatchWeight,
            "weight of the perfect latch where w is trained"),
        CreateSetting("sample-runs", SampleSequences.TrialCount,
            "runs among which Figure 1(b) searches for one that learned"),
    ];

    private static ReportedSetting CreateSetting(string name, double value, string meaning)
        => new("Fixed", name, Table.FormatNumber(value), "decision", meaning);
}
