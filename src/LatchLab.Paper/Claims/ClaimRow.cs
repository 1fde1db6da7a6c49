namespace LatchLab.Paper.Claims;

/// <summary>How the parts of a claim combine.</summary>
internal enum Formula
{
    /// <summary>Every part must hold.</summary>
    All,

    /// <summary>One part must hold.</summary>
    Some,

    /// <summary>
    /// No counterexample may exist. One verified counterexample contradicts the claim, and needs no statistics. Without
    /// one, the claim is reproduced if counterexamples are certainly rare among the tested units.
    /// </summary>
    Universal,

    /// <summary>An inequality about constructed systems, which is computed and not estimated.</summary>
    Exact,
}

/// <summary>A row of the table of claims: what is claimed, and how it is tested.</summary>
/// <param name="Key">Its name, for example <c>8-error</c>; it begins with the number.</param>
/// <param name="Number">Its number in the list of claims.</param>
/// <param name="Statement">The claim, in one sentence.</param>
/// <param name="Source">The section or figure of the paper.</param>
/// <param name="Experiment">The experiment whose trials test it.</param>
/// <param name="Formula">How the parts combine.</param>
/// <param name="Parts">Over what the parts range, in words.</param>
/// <param name="Rules">How the parts are tested.</param>
internal sealed record ClaimRow(
    string Key, int Number, string Statement, string Source, string Experiment, Formula Formula, string Parts,
    params IReadOnlyList<PartRule> Rules)
{
    /// <summary>The number that the paper does not give and on which the verdict may depend; empty if none.</summary>
    public string DependsOn { get; init; } = "";

    /// <summary>
    /// Whether it is the claim as the paper words it, or one of several statements that make it up. Other statements
    /// are limits of it, corrections and consequences, which are shown beside it.
    /// </summary>
    public bool IsMain { get; init; } = true;

    /// <summary>The fewest trials or systems of a part with which the claim is tested.</summary>
    public int LeastTrials { get; init; } = 1;

    /// <summary>The inequality that decides the claim; only for <see cref="Formula.Exact"/>.</summary>
    public string Inequality { get; init; } = "";

    /// <summary>How the claim is tested, as text, with every threshold.</summary>
    public string DescribeTest()
    {
        string rules = string.Join("; ", Rules);
        string test = Formula switch
        {
            Formula.All => $"all parts hold: {rules}",
            Formula.Some => $"one part holds: {rules}",
            Formula.Universal => $"no counterexample; {rules}",
            _ => Inequality,
        };
        return test + (LeastTrials > 1 ? $"; at least {LeastTrials} in each part" : "")
            + (DependsOn.Length > 0 ? $"; may depend on {DependsOn}" : "");
    }
}
