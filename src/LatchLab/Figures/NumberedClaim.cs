namespace LatchLab.Figures;

/// <summary>
/// A claim of the paper by its number: the statements that make it up, with one verdict, and what is shown beside it.
/// The page and the terminal have one row for each.
/// </summary>
/// <param name="Number">Its number in the list of claims.</param>
/// <param name="Main">The statements that make it up, under the reference interpretation; at least one.</param>
/// <param name="Beside">Other statements, under the reference interpretation.</param>
/// <param name="Changes">Statements under a single change of the interpretation, each with its reference.</param>
public sealed record NumberedClaim(
    int Number,
    IReadOnlyList<Claim> Main,
    IReadOnlyList<Claim> Beside,
    IReadOnlyList<(Claim Claim, Claim Reference)> Changes)
{
    private static readonly Verdict[] Precedence =
    [
        Verdict.NotReproduced, Verdict.NotTested, Verdict.DependsOnSetting, Verdict.Undecided, Verdict.TooClose,
        Verdict.Reproduced,
    ];

    /// <summary>The statements, one after the other.</summary>
    public string Statement => string.Join(" ", Main.Select(claim => claim.Statement));

    /// <summary>
    /// The statement whose verdict is that of the claim. The statements are joined by “and”: the claim is reproduced if
    /// all are, not reproduced if one is not, and otherwise as open as one of them.
    /// </summary>
    public Claim Decisive => Main.MinBy(claim => Array.IndexOf(Precedence, claim.Verdict))!;

    /// <summary>The verdict.</summary>
    public Verdict Verdict => Decisive.Verdict;

    /// <summary>What is shown beside the claim: the other statements, and the changes.</summary>
    public IEnumerable<Claim> Others => Beside.Concat(Changes.Select(entry => entry.Claim));

    /// <summary>Groups claims by their numbers, in the order of these.</summary>
    public static IReadOnlyList<NumberedClaim> Group(IReadOnlyList<Claim> claims)
    {
        var groups = ClaimGroups.Create(claims);
        return
        [
            .. from claim in groups.Reference
               group claim by claim.Number into same
               orderby same.Key
               let main = same.Where(claim => claim.IsMain).DefaultIfEmpty(same.First()).ToArray()
               select new NumberedClaim(
                   same.Key, main, [.. same.Except(main)],
                   [.. groups.Changed.Where(entry => entry.Claim.Number == same.Key)]),
        ];
    }
}
