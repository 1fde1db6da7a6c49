namespace LatchLab.Figures;

/// <summary>The result of testing a claim on our own runs.</summary>
public enum Verdict
{
    /// <summary>The runs show what the claim says, as it is worded.</summary>
    Reproduced,

    /// <summary>The runs contradict the claim.</summary>
    NotReproduced,

    /// <summary>The runs neither support nor contradict the claim; more trials may.</summary>
    Undecided,

    /// <summary>
    /// The quantity is so close to its threshold, by less than the smallest effect of interest, that no affordable
    /// number of trials decides the claim.
    /// </summary>
    TooClose,

    /// <summary>The verdict changes with a number that the paper does not give.</summary>
    DependsOnSetting,

    /// <summary>The lengths, budgets or trials of the run are too small to test the claim.</summary>
    NotTested,
}

/// <summary>Whether the interval of a part lies on the claimed side of its threshold.</summary>
public enum PartResult
{
    /// <summary>The interval lies on the claimed side.</summary>
    Holds,

    /// <summary>The interval lies on the other side.</summary>
    Fails,

    /// <summary>The interval contains the threshold.</summary>
    Open,
}

/// <summary>
/// A part of a claim: one quantity with one threshold, for example one problem, length, noise and rival.
/// </summary>
/// <param name="Label">What distinguishes it from the other parts of the claim.</param>
/// <param name="Quantity">What is estimated, and how its interval is computed.</param>
/// <param name="Trials">The number of trials; a trial is one start and one training set, or one system.</param>
/// <param name="Estimate">The estimate.</param>
/// <param name="Lower">The lower end of its 99 % interval.</param>
/// <param name="Upper">The upper end of its 99 % interval.</param>
/// <param name="Claimed">The claimed side of the threshold: <c>above</c> or <c>below</c>.</param>
/// <param name="Threshold">The threshold.</param>
/// <param name="Result">On which side the interval lies.</param>
public sealed record ClaimPart(
    string Label, string Quantity, int Trials, double Estimate, double Lower, double Upper, string Claimed,
    double Threshold, PartResult Result)
{
    /// <summary>Whether the part fails even after Holm's correction for the number of parts.</summary>
    public bool FailsAfterCorrection { get; init; }

    /// <summary>What is shown beside it and is not part of the test; may be empty.</summary>
    public string Remark { get; init; } = "";
}

/// <summary>A claim of the paper, tested on the runs of one figure under one interpretation.</summary>
/// <param name="Number">Its number in the list of claims.</param>
/// <param name="Statement">The claim of the paper, in one sentence.</param>
/// <param name="Source">Section or figure of the paper that makes the claim.</param>
/// <param name="Interpretation">
/// What differs from the reference interpretation of the paper; empty for the reference interpretation itself.
/// </param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Evidence">The statistic, its p-value and the effect with its interval, as text.</param>
public sealed record Claim(
    int Number, string Statement, string Source, string Interpretation, Verdict Verdict, string Evidence)
{
    /// <summary>The name of the claim in the table of claims, for example <c>8-error</c>.</summary>
    public string Key { get; init; } = "";

    /// <summary>
    /// Whether it is the claim as the paper words it, or one of several statements that make it up; else a statement
    /// beside it: a limit, a correction or a consequence.
    /// </summary>
    public bool IsMain { get; init; } = true;

    /// <summary>What completes the verdict, for example <c>would need 120 trials</c>; may be empty.</summary>
    public string Qualifier { get; init; } = "";

    /// <summary>The parts; empty if the claim is tested otherwise.</summary>
    public IReadOnlyList<ClaimPart> Parts { get; init; } = [];

    /// <summary>
    /// The verdicts of the single runs where the claim is tested on the pooled trials of runs with several seeds, in
    /// the order of seeds; otherwise empty.
    /// </summary>
    public IReadOnlyList<Verdict> VerdictsBySeed { get; init; } = [];

    /// <summary>The verdict with its qualifier, for example <c>undecided, would need 120 trials</c>.</summary>
    public string FormatVerdict()
        => Qualifier.Length == 0 ? Verdict.Format()
            : Verdict == Verdict.DependsOnSetting ? $"{Verdict.Format()} {Qualifier}"
            : $"{Verdict.Format()}, {Qualifier}";
}

/// <summary>Formats a <see cref="Verdict"/> as text.</summary>
public static class VerdictFormat
{
    /// <summary>The verdict in words, for example <c>not reproduced</c>.</summary>
    public static string Format(this Verdict verdict) => verdict switch
    {
        Verdict.Reproduced => "reproduced",
        Verdict.NotReproduced => "not reproduced",
        Verdict.TooClose => "too close to call",
        Verdict.DependsOnSetting => "depends on",
        Verdict.NotTested => "not tested at this size",
        _ => "undecided",
    };

    /// <summary>
    /// The number of claims with each verdict that occurs, for example <c>9 reproduced, 3 undecided</c>.
    /// </summary>
    public static string FormatCounts(IEnumerable<Verdict> verdicts)
        => string.Join(", ", verdicts.GroupBy(verdict => verdict).OrderBy(group => group.Key)
            .Select(group => $"{group.Count()} {(group.Key != Verdict.DependsOnSetting ? group.Key.Format()
                : group.Count() == 1 ? "depends on a setting" : "depend on a setting")}"));
}
