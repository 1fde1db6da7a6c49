using LatchLab.Figures;

namespace LatchLab.Paper.Experiments;

/// <summary>A claim of the paper before it is tested.</summary>
/// <param name="Number">Its number in the list of claims.</param>
/// <param name="Text">The claim, in one sentence.</param>
/// <param name="Source">Section or figure of the paper that makes the claim.</param>
internal sealed record ClaimStatement(int Number, string Text, string Source)
{
    /// <summary>Returns the claim with the result of its test under an interpretation.</summary>
    public Claim Conclude(string interpretation, ClaimTest test)
        => new(Number, Text, Source, interpretation, test.Verdict, test.Evidence);

    /// <inheritdoc cref="Conclude(string, ClaimTest)"/>
    public Claim Conclude(string interpretation, Verdict verdict, string evidence)
        => Conclude(interpretation, new(verdict, evidence));
}
