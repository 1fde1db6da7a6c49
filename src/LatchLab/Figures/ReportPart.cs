namespace LatchLab.Figures;

/// <summary>The results of one experiment, with the facts and settings that they were made with.</summary>
/// <param name="Id">The name of the experiment: letters, digits and hyphens.</param>
/// <param name="Facts">What describes the run, by name: profile, seed, versions.</param>
/// <param name="Trials">The number of trials.</param>
/// <param name="Figures">The figures.</param>
/// <param name="Claims">The claims that the experiment tests.</param>
/// <param name="Settings">Every setting that has an effect on the experiment.</param>
public sealed record ReportPart(
    string Id,
    IReadOnlyDictionary<string, string> Facts,
    long Trials,
    IReadOnlyList<Figure> Figures,
    IReadOnlyList<Claim> Claims,
    IReadOnlyList<ReportedSetting> Settings);
