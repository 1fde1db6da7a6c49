using LatchLab.Experiments.Results;

namespace LatchLab.Experiments.SweepAnalysis;

/// <summary>
/// How trials went: error, gradient norm, spectral radius and share of old times against presentations, of the trials
/// that kept a log in a few cells.
/// </summary>
internal static class LogFigure
{
    private static readonly string[] Columns =
    [
        "cell", "trial", "presentations", "cost", "error", "gradient_norm", "spectral_radius", "old_gradient_share",
    ];

    private static readonly (string Title, bool IsLogarithmic, bool IsShare, Func<TrialCheck, double> Of)[] Panels =
    [
        ("error on training sequences", false, true, check => check.Error),
        ("norm of the gradient", true, false, check => check.GradientNorm),
        ("spectral radius of the recurrent weights", false, false, check => check.SpectralRadius),
        ("share of the gradient older than ten steps", false, true, check => check.OldGradientShare),
    ];

    /// <summary>The figure; null where no trial kept a log.</summary>
    public static Figure? Of(SweepResults results)
    {
        if (results.Logs.Count == 0)
            return null;
        int[] cells = [.. results.Logs.Select(log => log.Cell).Distinct().Order()];
        Panel[] panels =
        [
            .. Panels.Select(panel => new Chart(
                panel.Title,
                new Axis("presentations", Logarithmic: true),
                panel.IsShare ? new Axis("", 0.0, 1.0) : new Axis("", Logarithmic: panel.IsLogarithmic),
                [.. results.Logs.Select(log => Curve(results, log, Array.IndexOf(cells, log.Cell), panel.Of))])),
        ];
        return new(
            "logs",
            "How trials went",
            $"The trials that kept a log, of the cells {string.Join(", ", cells)}. At each check, with the " +
                "parameters held: the share of the training sequences that were wrong, the norm of the gradient of " +
                "the mean cost, the largest modulus of an eigenvalue of the recurrent weights, and how much of the " +
                "gradient comes from steps before the last ten.",
            panels,
            2,
            new Table(Columns, [.. results.Logs.SelectMany(log => log.Checks.Select(check => Row(log, check)))]));
    }

    private static Series Curve(SweepResults results, TrialLog log, int colour, Func<TrialCheck, double> of)
        => new(
            Name(results, log.Cell),
            SeriesKind.Path,
            [.. log.Checks.Where(check => check.Presentations > 0)
                .Select(check => new DataPoint(check.Presentations, of(check)))],
            colour);

    /// <summary>What distinguishes a cell.</summary>
    private static string Name(SweepResults results, int cell)
    {
        int part = 0, index = cell;
        for (; index >= results.Layout.Parts[part].CellCount; part++)
            index -= results.Layout.Parts[part].CellCount;
        PartLayout layout = results.Layout.Parts[part];
        IEnumerable<string> words = layout.Coordinates(index)
            .Select((value, axis) => AxisRoles.Word(layout.Axes[axis], value));
        string[] named = [.. words.Prepend(layout.Name).Where(word => word.Length > 0)];
        return named.Length == 0 ? FormattableString.Invariant($"cell {cell}") : string.Join(", ", named);
    }

    private static string[] Row(TrialLog log, TrialCheck check) =>
    [
        Table.Count(log.Cell),
        Table.Count(log.Trial),
        Table.Count(check.Presentations),
        Table.Number(check.Cost),
        Table.Number(check.Error),
        Table.Number(check.GradientNorm),
        Table.Number(check.SpectralRadius),
        Table.Number(check.OldGradientShare),
    ];
}
