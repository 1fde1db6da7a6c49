using LatchLab.Figures;

namespace LatchLab.Paper.Claims;

/// <summary>
/// The verdict of a claim from its parts. A claim about all parts is reproduced if every part holds at the level α (no
/// correction is needed: an intersection–union test), and not reproduced if some part fails after Holm's correction for
/// the number of parts. A claim about some part is the mirror image. The probability of a wrong verdict is therefore at
/// most α, whatever the truth. A universal claim is contradicted by one verified counterexample, which needs no
/// interval.
/// </summary>
internal static class ClaimVerdict
{
    /// <summary>α: the two-sided level of the interval of a part.</summary>
    public const double Level = 0.01;

    /// <summary>Returns the verdict.</summary>
    /// <exception cref="ArgumentException">The formula combines no parts.</exception>
    public static Verdict Decide(Formula formula, IReadOnlyList<PartSample> parts)
    {
        if (formula == Formula.Exact)
            throw new ArgumentException("An inequality has no parts.", nameof(formula));
        if (formula == Formula.Universal)
            return DecideUniversal(parts);
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

    /// <summary>Whether a unit of a part is a counterexample: its value is 1, and otherwise 0.</summary>
    public static bool HasCounterexample(PartSample part) => part.Groups.Any(group => group.Contains(1.0));

    /// <summary>The units that reproduce a universal claim if none of them is a counterexample.</summary>
    public static int CountUnitsNeeded(PartRule rule)
    {
        int units = 1;
        while (rule.Decide(rule.Statistic.Compute([new double[units]], 1.0 - Level)) != PartResult.Holds)
            units++;
        return units;
    }

    private static Verdict DecideUniversal(IReadOnlyList<PartSample> parts)
        => parts.Any(HasCounterexample) ? Verdict.NotReproduced
            : parts.Count > 0 && parts.All(part => part.Trials > 0
                && part.Rule.Decide(part.Estimate(1.0 - Level)) == PartResult.Holds) ? Verdict.Reproduced
            : Verdict.NotTested;
}
