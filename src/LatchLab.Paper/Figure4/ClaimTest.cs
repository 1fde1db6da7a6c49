using LatchLab.Figures;

namespace LatchLab.Paper.Figure4;

/// <summary>A verdict with its reasons.</summary>
/// <param name="Verdict">The judgement.</param>
/// <param name="Evidence">A sentence.</param>
internal readonly record struct ClaimTest(Verdict Verdict, string Evidence)
{
    /// <summary>
    /// All of several: not reproduced if one part is contradicted, reproduced if there are parts and every one is,
    /// otherwise undecided.
    /// </summary>
    public static ClaimTest Combine(IReadOnlyList<ClaimTest> parts)
    {
        Verdict verdict = parts.Any(part => part.Verdict == Verdict.NotReproduced) ? Verdict.NotReproduced
            : parts.Count > 0 && parts.All(part => part.Verdict == Verdict.Reproduced) ? Verdict.Reproduced
            : Verdict.Undecided;
        return new(verdict, string.Join(" ", parts.Select(part => part.Evidence)));
    }

    /// <summary>The judgement of the opposite claim, on the same evidence.</summary>
    public ClaimTest Negate() => this with
    {
        Verdict = Verdict switch
        {
            Verdict.Reproduced => Verdict.NotReproduced,
            Verdict.NotReproduced => Verdict.Reproduced,
            _ => Verdict.Undecided,
        },
    };
}
