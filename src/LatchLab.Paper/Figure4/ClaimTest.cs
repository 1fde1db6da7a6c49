using LatchLab.Figures;

namespace LatchLab.Paper.Figure4;

/// <summary>The result of a claim test: a verdict with its evidence.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Evidence">The evidence, one or more sentences.</param>
internal readonly record struct ClaimTest(Verdict Verdict, string Evidence)
{
    /// <summary>
    /// Combines the tests of the parts of a claim: not reproduced if one part is contradicted, reproduced if there are
    /// parts and all are reproduced, otherwise undecided.
    /// </summary>
    public static ClaimTest Combine(IReadOnlyList<ClaimTest> parts)
    {
        Verdict verdict = parts.Any(part => part.Verdict == Verdict.NotReproduced) ? Verdict.NotReproduced
            : parts.Count > 0 && parts.All(part => part.Verdict == Verdict.Reproduced) ? Verdict.Reproduced
            : Verdict.Undecided;
        return new(verdict, string.Join(" ", parts.Select(part => part.Evidence)));
    }

    /// <summary>The test of the opposite claim on the same evidence.</summary>
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
