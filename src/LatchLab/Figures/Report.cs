namespace LatchLab.Figures;

/// <summary>Everything a run found, of the paper's figures or of one network, ready to be drawn and written.</summary>
/// <param name="Title">The heading of the page.</param>
/// <param name="Metadata">What was run, by whom: profile, seed, versions; name and value.</param>
/// <param name="Figures">The figures, in the order of the paper.</param>
/// <param name="Claims">The claims that these runs judge; may be empty.</param>
/// <param name="Settings">Every number that was used, with its source.</param>
public sealed record Report(
    string Title,
    IReadOnlyList<(string Name, string Value)> Metadata,
    IReadOnlyList<Figure> Figures,
    IReadOnlyList<Claim> Claims,
    IReadOnlyList<ReportedSetting> Settings)
{
    /// <summary>What was found that is neither a claim nor a figure, in the order of the page.</summary>
    public IReadOnlyList<ReportSection> Sections { get; init; } = [];
}

/// <summary>A line in the report's table of settings.</summary>
/// <param name="Group">What it belongs to, for example <c>Figure 2(a)</c>.</param>
/// <param name="Name">Its name, as the option has it.</param>
/// <param name="Value">The value that was used.</param>
/// <param name="Source"><c>paper</c>, the name of another source, or <c>decision</c>.</param>
/// <param name="Description">One sentence.</param>
public sealed record ReportedSetting(string Group, string Name, string Value, string Source, string Description);
