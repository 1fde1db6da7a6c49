using LatchLab.Figures;
using LatchLab.Paper.Figure1b;
using LatchLab.Paper.Figure2a;
using LatchLab.Paper.Figure2b;

namespace LatchLab.Paper.Experiments;

/// <summary>
/// The numbers that are ours and no options: a verdict must not depend on what its reader would like, and the rest
/// changes nothing. The report lists them beside the settings.
/// </summary>
internal static class FixedSettings
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ReportedSetting> All { get; } =
    [
        CreateSetting("significance", DensityClaims.SignificanceLevel,
            "largest one-sided p-value at which a trend counts"),
        CreateSetting(
            "very-unlikely",
            DensityClaims.UnlikelyThreshold,
            "claim 1: what the interval at the bad fifth must lie below"),
        CreateSetting(
            "ceiling",
            LengthClaims.MinimumCeiling,
            "claim 2: judged where the interval of the ceiling lies above"),
        CreateSetting("near-zero", LengthClaims.NearZeroThreshold,
            "claim 2: what the interval at the longest T judged must lie below"),
        CreateSetting("perfect-weight", LengthCurve.PerfectLatchWeight,
            "weight of the perfect latch where w is trained"),
        CreateSetting("sample-runs", SampleSequences.TrialCount,
            "runs among which Figure 1(b) looks for one that learned"),
    ];

    private static ReportedSetting CreateSetting(string name, double value, string meaning)
        => new("Fixed", name, Table.FormatNumber(value), "decision", meaning);
}
