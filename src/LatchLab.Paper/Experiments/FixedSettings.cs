using LatchLab.Figures;

namespace LatchLab.Paper.Experiments;

/// <summary>
/// Constants of the experiments that are not options, as lines in the report's table of settings. The thresholds of the
/// claims are in <see cref="Claims.ClaimListing"/>.
/// </summary>
internal static class FixedSettings
{
    /// <summary>Creates the lines of a group.</summary>
    public static IEnumerable<ReportedSetting> Create(
        string group, params IEnumerable<(string Name, double Value, string Description)> settings)
        => settings.Select(setting => new ReportedSetting(
            group, setting.Name, Table.FormatNumber(setting.Value), "decision", setting.Description));
}
