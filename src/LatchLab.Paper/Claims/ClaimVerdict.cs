using LatchLab.Figures;

namespace LatchLab.Paper.Claims;

/// <summary>
/// The verdict of a claim from its parts. A claim about all parts is reproduced if every part holds at the level α (no
/// correction is needed: an intersection–union test), and not reproduced if some part fails after Holm's correction for
/// the number of parts. A claim about some part is the mirror image. The probability of a wrong verdict is therefore at
/// most α, whatever the truth.
/// </summary>
internal static class ClaimVerdict
{
    /// <summary>α: the two-sided level of the interval of a part.</summary>
    public const double Level = 0.01;

    /// <summary>Returns the verdict.</summary>
    public static Verdict Decide(Formula formula, IReadOnlyList<PartSample> parts)
    {
        (PartResult decidedByAll, PartResult decidedBySome) = formula == Formula.All
            ? (PartResult.Holds, PartResult.Fails) : (PartResult.Fails, PartResult.Holds);
        (Verdict ifAll, Verdict ifSome) = formula == Formula.All
            ? (Verdict.Reproduced, Verdict.NotReproduced) : (Verdict.NotReproduced, Verdict.Reproduced);
        bool all = parts.Count > 0;
        foreach (PartSample part in parts)
        {
            PartResult result = part.Rule.Decide(part.Estimate(1.0 - Level));
            all &= result == decidedByAll;

            // The first step of Holm's procedure decides whether any part is rejected.
            if (result == decidedBySome
                && part.Rule.Decide(part.Estimate(1.0 - (Level / parts.Count))) == decidedBySome)
                return ifSome;
        }

        return all ? ifAll : Verdict.Undecided;
    }
}
