using LatchLab.Experiments.Catalogue.Figure1b;
using LatchLab.Experiments.Catalogue.Figure2a;
using LatchLab.Experiments.Catalogue.Figure2b;
using LatchLab.Experiments.Results;

namespace LatchLab.Experiments.Catalogue;

/// <summary>
/// The numbers that are ours and no options: a verdict must not depend on what its reader would like, and the rest
/// changes nothing. The report lists them beside the settings.
/// </summary>
internal static class FixedChoices
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ReportedSetting> All { get; } =
    [
        Fixed("significance", DensityClaims.Significance, "largest one-sided p-value at which a trend counts"),
        Fixed(
            "very-unlikely",
            DensityClaims.VeryUnlikely,
            "claim 1: what the interval at the bad fifth must lie below"),
        Fixed(
            "ceiling",
            LengthClaims.CeilingWellAboveZero,
            "claim 2: judged where the interval of the ceiling lies above"),
        Fixed("near-zero", LengthClaims.NearZero, "claim 2: what the interval at the longest T judged must lie below"),
        Fixed("perfect-weight", LengthCurve.PerfectWeight, "weight of the perfect latch where w is trained"),
        Fixed("sample-runs", SampleSequences.Trials, "runs among which Figure 1(b) looks for one that learned"),
    ];

    private static ReportedSetting Fixed(string name, double value, string meaning)
        => new("Fixed", name, Table.Number(value), "decision", meaning);
}
