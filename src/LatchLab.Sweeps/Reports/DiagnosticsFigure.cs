using LatchLab.Figures;
using LatchLab.Training;

namespace LatchLab.Sweeps.Reports;

/// <summary>
/// The figure of training diagnostics: error, gradient norm, spectral radius and long-term gradient share against
/// presentations, for the trials of a few configurations that kept a log.
/// </summary>
internal static class DiagnosticsFigure
{
    private static readonly (string Name, Func<TrialLog, DiagnosticSnapshot, string> GetCell)[] Columns =
    [
        ("configuration", (log, _) => Table.FormatInteger(log.ConfigurationIndex)),
        ("trial", (log, _) => Table.FormatInteger(log.TrialIndex)),
        ("presentations", (_, snapshot) => Table.FormatInteger(snapshot.Presentations)),
        ("cost", (_, snapshot) => Table.FormatNumber(snapshot.Cost)),
        ("error", (_, snapshot) => Table.FormatNumber(snapshot.Error)),
        ("gradient_norm", (_, snapshot) => Table.FormatNumber(snapshot.GradientNorm)),
        ("spectral_radius", (_, snapshot) => Table.FormatNumber(snapshot.SpectralRadius)),
        ("long_term_gradient_share", (_, snapshot) => Table.FormatNumber(snapshot.LongTermGradientShare)),
    ];

    private static readonly
        (string Title, bool IsLogarithmic, bool IsShare, Func<DiagnosticSnapshot, double> Selector)[] Panels =
    [
        ("error on training sequences", false, true, snapshot => snapshot.Error),
        ("norm of the gradient", true, false, snapshot => snapshot.GradientNorm),
        ("spectral radius of the recurrent weights", false, false, snapshot => snapshot.SpectralRadius),
        ("share of the gradient beyond the last ten steps", false, true, snapshot => snapshot.LongTermGradientShare),
    ];

    /// <summary>Creates the figure; null if no trial kept a log.</summary>
    public static Figure? Create(SweepResults results)
    {
        if (results.Logs.Count == 0)
            return null;
        int[] configurations = [.. results.Logs.Select(log => log.ConfigurationIndex).Distinct().Order()];
        string shown = configurations.Length == results.Configurations.Count
            ? "The trials that kept a log, of every configuration."
            : $"Of {results.Configurations.Count} configurations, " +
                $"{DiagnosticsSelection.Describe(results.Layout, configurations[0])} whose trials kept a log are " +
                "drawn, at most the first, the middle and the last, so that the curves can be told apart: " +
                $"{string.Join(", ", configurations)}. The ledger contains the logs of the others.";
        Panel[] panels =
        [
            .. Panels.Select(panel => new Chart(
                panel.Title,
                new Axis("presentations", IsLogarithmic: true),
                panel.IsShare ? new Axis("", 0.0, 1.0) : new Axis("", IsLogarithmic: panel.IsLogarithmic),
                [.. results.Logs.Select(
                    log => CreateCurve(results, log, Array.IndexOf(configurations, log.ConfigurationIndex),
                        panel.Selector))])),
        ];
        return new(
            "diagnostics",
            "Training diagnostics",
            $"{shown} Each snapshot, at fixed parameters, shows the share of incorrect training sequences, the norm " +
                "of the gradient of the mean cost, the largest modulus of an eigenvalue of the recurrent weights, " +
                "and the share of the gradient from steps before the last ten.",
            panels,
            2,
            new Table(
                [.. Columns.Select(column => column.Name)],
                [.. from log in results.Logs
                    from snapshot in log.Snapshots
                    select Columns.Select(column => column.GetCell(log, snapshot)).ToList()]));
    }

    private static Series CreateCurve(SweepResults results, TrialLog log, int colour,
        Func<DiagnosticSnapshot, double> selector)
        => new(
            FormatConfiguration(results, log.ConfigurationIndex),
            SeriesKind.Path,
            [.. log.Snapshots.Where(snapshot => snapshot.Presentations > 0)
                .Select(snapshot => new DataPoint(snapshot.Presentations, selector(snapshot)))],
            colour);

    /// <summary>Formats what distinguishes a configuration.</summary>
    private static string FormatConfiguration(SweepResults results, int configuration)
    {
        (PartLayout layout, int index) = results.FindPart(configuration);
        IEnumerable<string> words = layout.GetCoordinates(index)
            .Select((value, axis) => AxisRoles.FormatPoint(layout.Axes[axis], value));
        string[] named = [.. words.Prepend(layout.Name).Where(word => word.Length > 0)];
        return named.Length == 0
            ? FormattableString.Invariant($"configuration {configuration}")
            : string.Join(", ", named);
    }
}
