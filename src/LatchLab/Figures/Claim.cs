namespace LatchLab.Figures;

/// <summary>What our own runs say of a claim.</summary>
public enum Verdict
{
    /// <summary>The effect is there, in the claimed direction and of the claimed size.</summary>
    Reproduced,

    /// <summary>The runs contradict the claim.</summary>
    NotReproduced,

    /// <summary>The runs decide it neither way.</summary>
    Undecided,
}

/// <summary>A claim of the paper, judged on the runs of one figure under one reading.</summary>
/// <param name="Number">Its number in the list of claims.</param>
/// <param name="Statement">What the paper says, in a sentence.</param>
/// <param name="Source">Where it says so: section or figure.</param>
/// <param name="Interpretation">Under which reading of the paper it was judged; empty where there is only one.</param>
/// <param name="Verdict">The judgement.</param>
/// <param name="Evidence">The statistic, its p-value and the effect with its interval, in words.</param>
public sealed record Claim(
    int Number, string Statement, string Source, string Interpretation, Verdict Verdict, string Evidence);

/// <summary>Words for a <see cref="Verdict"/>.</summary>
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
    /// How often each verdict was given, for example <c>9 reproduced, 0 not reproduced, 3 undecided</c>.
    /// </summary>
    public static string FormatCounts(IEnumerable<Verdict> verdicts)
    {
        List<Verdict> given = [.. verdicts];
        return string.Join(
            ", ", Enum.GetValues<Verdict>().Select(verdict => $"{given.Count(v => v == verdict)} {verdict.Format()}"));
    }
}
