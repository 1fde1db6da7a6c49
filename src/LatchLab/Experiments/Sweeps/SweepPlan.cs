namespace LatchLab.Experiments;

/// <summary>
/// What somebody wants to have run, as a sweep file says it (docs/sweep-files.md): one or several parts, each a product
/// of axes, and a seed for all. Cells are numbered through all parts, from 0.
/// </summary>
/// <param name="Name">What it is called in messages and reports.</param>
/// <param name="Seed">The seed of all random numbers.</param>
/// <param name="Parts">At least one.</param>
public sealed record SweepPlan(string Name, ulong Seed, IReadOnlyList<SweepPart> Parts)
{
    /// <summary>K: of each cell, trials 0 … K − 1 keep a log of their checks (<see cref="TrialCheck"/>).</summary>
    public int LoggedTrials { get; init; } = 3;

    /// <summary>How the report shows it; where nothing is said, it follows from the axes.</summary>
    public ReportChoice Report { get; init; } = new();

    /// <summary>Number of cells of all parts.</summary>
    public int CellCount => Parts.Sum(part => part.Cells.Count);

    /// <summary>Number of trials of all parts.</summary>
    public long TrialCount => Parts.Sum(part => (long)part.Cells.Count * part.Trials);

    /// <summary>What runs: a sweep for each part.</summary>
    public IReadOnlyList<Sweep> Sweeps => [.. Parts.Select(part => new Sweep(part.Name, part.Cells, part.Trials))];

    /// <summary>Its shape without its cells.</summary>
    public SweepLayout Layout => new(
        Name, [.. Parts.Select(part => new PartLayout(part.Name, part.Axes, part.Trials))], Report)
    {
        UnitsAtCostOne = Parts.SelectMany(part => part.Cells).Any(IsMeasuredByCost)
            ? [.. Parts.SelectMany(part => part.Cells).Select(
                cell => IsMeasuredByCost(cell) ? ((ProblemCell)cell).RootMeanSquareError(cost: 1.0) : 0.0)]
            : [],
    };

    private static bool IsMeasuredByCost(Cell cell) => cell is ProblemCell { IsMeasuredByCost: true };
}

/// <summary>Cells that differ along axes, and how many trials each has.</summary>
/// <param name="Name">Its name; empty where a plan has a single part.</param>
/// <param name="Axes">What is varied; none for a single cell.</param>
/// <param name="Cells">The product of the axes, the last axis fastest.</param>
/// <param name="Trials">Trials of each cell, at least 1.</param>
public sealed record SweepPart(
    string Name, IReadOnlyList<SweepAxis> Axes, IReadOnlyList<Cell> Cells, int Trials);

/// <summary>An axis of a sweep: one field that takes several values, or several fields that change together.</summary>
/// <param name="Fields">Names with their section, for example <c>task.length</c>.</param>
/// <param name="Values">[point][field], as a user would write them.</param>
/// <param name="IsLogarithmic">Whether equal steps are equal ratios.</param>
public sealed record SweepAxis(
    IReadOnlyList<string> Fields, IReadOnlyList<IReadOnlyList<string>> Values, bool IsLogarithmic = false);

/// <summary>How a sweep's report shows it: names of fields of its axes, and of quantities; null to choose.</summary>
public sealed record ReportChoice
{
    /// <summary>The field along the horizontal axis.</summary>
    public string? X { get; init; }

    /// <summary>The field along the vertical axis of a heat map.</summary>
    public string? Y { get; init; }

    /// <summary>The field that has a curve for each of its values.</summary>
    public string? Series { get; init; }

    /// <summary>Which quantities are shown.</summary>
    public IReadOnlyList<string>? Quantities { get; init; }
}
