namespace LatchLab.Figures;

/// <summary>The results of a run, for the figures of the paper or for one network, as data.</summary>
/// <param name="Title">The heading of the page.</param>
/// <param name="Metadata">Names and values that describe the run: profile, seed, versions.</param>
/// <param name="Figures">The figures, in the order of the paper.</param>
/// <param name="Claims">The claims that these runs test; may be empty.</param>
/// <param name="Settings">Every setting of the run, with its source.</param>
public sealed record Report(
    string Title,
    IReadOnlyList<(string Name, string Value)> Metadata,
    IReadOnlyList<Figure> Figures,
    IReadOnlyList<Claim> Claims,
    IReadOnlyList<ReportedSetting> Settings)
{
    /// <summary>The outcome in a few sentences, which the page shows first.</summary>
    public IReadOnlyList<SummarySentence> Summary { get; init; } = [];

    /// <summary>The id of the figure that the page shows beside the summary; empty for none.</summary>
    public string MainFigure { get; init; } = "";

    /// <summary>A warning above everything else, for example that the run is too small for verdicts.</summary>
    public string Banner { get; init; } = "";

    /// <summary>Which settings the report lists, if these are not all of the run; empty if they are.</summary>
    public string SettingsNote { get; init; } = "";

    /// <summary>Results that are neither claims nor figures, in page order.</summary>
    public IReadOnlyList<ReportSection> Sections { get; init; } = [];

    /// <summary>
    /// The results that the report combines. They are stored with it, so that a later report can keep some of them.
    /// </summary>
    public IReadOnlyList<ReportPart> Parts { get; init; } = [];

    /// <summary>Further files of its folder, by their names: letters, digits, hyphens and a file type.</summary>
    public IReadOnlyList<(string Name, string Text)> Attachments { get; init; } = [];
}

/// <summary>A line in the report's table of settings.</summary>
/// <param name="Group">The group of the setting, for example <c>Figure 2(a)</c>.</param>
/// <param name="Name">The name of the setting, as in the option.</param>
/// <param name="Value">The value that was used.</param>
/// <param name="Source"><c>paper</c>, the name of another source, or <c>decision</c>.</param>
/// <param name="Description">One sentence.</param>
public sealed record ReportedSetting(string Group, string Name, string Value, string Source, string Description)
{
    /// <summary>Whether a user chose another value than the default.</summary>
    public bool IsChanged { get; init; }
}

/// <summary>A sentence of the summary of a report.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Anchor">The id of the part of the page with the evidence; empty for none.</param>
public sealed record SummarySentence(string Text, string Anchor = "");
