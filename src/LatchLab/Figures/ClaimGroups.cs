namespace LatchLab.Figures;

/// <summary>
/// The claims of a report in two groups: under the reference interpretation of the paper, and under the changes of it.
/// </summary>
/// <param name="Reference">
/// The claims under the reference interpretation; also those whose reference the report does not have.
/// </param>
/// <param name="Changed">The claims under a change, each with its reference.</param>
public sealed record ClaimGroups(
    IReadOnlyList<Claim> Reference, IReadOnlyList<(Claim Claim, Claim Reference)> Changed)
{
    /// <summary>The claims under a change that turns their verdict, each with its reference.</summary>
    public IEnumerable<(Claim Claim, Claim Reference)> Turned
        => Changed.Where(entry => entry.Claim.Verdict != entry.Reference.Verdict);

    /// <summary>Groups the claims, in their order.</summary>
    public static ClaimGroups Create(IReadOnlyList<Claim> claims)
    {
        ILookup<(int, string, string), Claim> reference = claims.Where(claim => claim.Interpretation.Length == 0)
            .ToLookup(Identify);
        return new(
            [.. claims.Where(claim => claim.Interpretation.Length == 0 || !reference.Contains(Identify(claim)))],
            [
                .. from claim in claims
                   where claim.Interpretation.Length > 0 && reference.Contains(Identify(claim))
                   select (claim, reference[Identify(claim)].First()),
            ]);

        static (int, string, string) Identify(Claim claim) => (claim.Number, claim.Key, claim.Statement);
    }
}
