using LatchLab.Figures;

namespace LatchLab.Paper.Experiments;

/// <summary>The result of a claim test: a verdict, and its evidence in one or more sentences.</summary>
internal readonly record struct ClaimTest(Verdict Verdict, string Evidence)
{
    /// <summary>The verdict of two conditions, of which the first decides; undecided if neither holds.</summary>
    public static Verdict Decide(bool isReproduced, bool isContradicted)
        => isReproduced ? Verdict.Reproduced : isContradicted ? Verdict.NotReproduced : Verdict.Undecided;

    /// <summary>
    /// Combines the tests of the parts of a claim: not reproduced if one part is contradicted, reproduced if there are
    /// parts and all are reproduced, otherwise undecided.
    /// </summary>
    public static ClaimTest Combine(IReadOnlyList<ClaimTest> parts)
    {
        bool isContradicted = parts.Any(part => part.Verdict == Verdict.NotReproduced);
        bool isReproduced = parts.Count > 0 && parts.All(part => part.Verdict == Verdict.Reproduced);
        return new(Decide(isReproduced, isContradicted), string.Join(" ", parts.Select(part => part.Evidence)));
    }

    /// <summary>The test of the opposite claim on the same evidence.</summary>
    public ClaimTest Negate()
        => this with { Verdict = Decide(Verdict == Verdict.NotReproduced, Verdict == Verdict.Reproduced) };
}
