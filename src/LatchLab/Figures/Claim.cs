namespace LatchLab.Figures;

/// <summary>The result of testing a claim on our own runs.</summary>
public enum Verdict
{
    /// <summary>The runs show the effect, in the claimed direction and of the claimed size.</summary>
    Reproduced,

    /// <summary>The runs contradict the claim.</summary>
    NotReproduced,

    /// <summary>The runs neither support nor contradict the claim.</summary>
    Undecided,
}

/// <summary>A claim of the paper, tested on the runs of one figure under one interpretation.</summary>
/// <param name="Number">Its number in the list of claims.</param>
/// <param name="Statement">The claim of the paper, in one sentence.</param>
/// <param name="Source">Section or figure of the paper that makes the claim.</param>
/// <param name="Interpretation">
/// The interpretation of the paper under which it is tested; empty if there is only one.
/// </param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Evidence">The statistic, its p-value and the effect with its interval, as text.</param>
public sealed record Claim(
    int Number, string Statement, string Source, string Interpretation, Verdict Verdict, string Evidence);

/// <summary>Formats a <see cref="Verdict"/> as text.</summary>
public static class VerdictFormat
{
    /// <summary><c>reproduced</c>, <c>not reproduced</c> or <c>undecided</c>.</summary>
    public static string Format(this Verdict verdict) => verdict switch
    {
        Verdict.Reproduced => "reproduced",
        Verdict.NotReproduced => "not reproduced",
        _ => "undecided",
    };

    /// <summary>
    /// The number of claims with each verdict, for example <c>9 reproduced, 0 not reproduced, 3 undecided</c>.
    /// </summary>
    public static string FormatCounts(IEnumerable<Verdict> verdicts)
    {
        List<Verdict> given = [.. verdicts];
        return string.Join(
            ", ", Enum.GetValues<Verdict>().Select(verdict => $"{given.Count(v => v == verdict)} {verdict.Format()}"));
    }
}
