using LatchLab.Figures;
using LatchLab.Foundation;

namespace LatchLab.Paper;

/// <summary>The outcome of a reproduction in at most five sentences, one for each group of claims.</summary>
internal static class ReproductionSummary
{
    /// <summary>The figure that stands for the whole, if the report has it.</summary>
    public const string MainFigure = "figure-4";

    private static readonly (string Subject, int[] Numbers)[] Groups =
    [
        ("One neuron that latches a bit (Section III)", [1, 2]),
        ("The theory (Section IV)", [3, 4, 5, 6, 7]),
        ("The six algorithms and random guessing (Section V)", [8, 9, 10, 11, 12, 13, 14, 16]),
        ("Short sequences first, and beyond the experiments (Section VI)", [15, 17]),
    ];

    /// <summary>The sentences; none without claims.</summary>
    /// <param name="claims">The claims of the report.</param>
    public static IEnumerable<SummarySentence> Create(IReadOnlyList<Claim> claims)
    {
        IReadOnlyList<NumberedClaim> all = NumberedClaim.Group(claims);
        if (all.Count == 0)
            yield break;
        int beside = all.Sum(claim => claim.Beside.Count), tested = all.Sum(claim => claim.Changes.Count),
            turned = all.Sum(claim => claim.Changes.Count(
                entry => entry.Claim.Verdict != entry.Reference.Verdict));
        string changes = tested == 0 ? ""
            : $" Of {NumberFormat.WithNoun(tested, "single change")} of the interpretation that ran, " +
                (turned == 0 ? "none turns a verdict."
                    : $"{NumberFormat.GroupThousands(turned)} turn{(turned == 1 ? "s" : "")} a verdict.");
        yield return new(
            $"{NumberFormat.WithNoun(all.Count, "claim")}: " +
                $"{VerdictFormat.FormatCounts(all.Select(claim => claim.Verdict))}." +
                $"{(beside > 0 ? $" Beside them stand {NumberFormat.WithNoun(beside, "further statement")}." : "")}" +
                changes,
            "claims");
        foreach ((string subject, int[] numbers) in Groups)
        {
            NumberedClaim[] group = [.. all.Where(claim => numbers.Contains(claim.Number))];
            if (group.Length > 0)
                yield return new($"{subject}: {Describe(group)}.", $"claim-{group[0].Number}");
        }
    }

    private static string Describe(IEnumerable<NumberedClaim> claims)
        => string.Join("; ", claims.GroupBy(claim => claim.Verdict).OrderBy(group => group.Key).Select(group =>
        {
            string numbers = string.Join(", ", group.Select(claim => $"{claim.Number}"));
            string verdict = group.Key == Verdict.DependsOnSetting
                ? $"depend{(group.Count() == 1 ? "s" : "")} on a number that the paper does not give"
                : $"{(group.Count() == 1 ? "is" : "are")} {group.Key.Format()}";
            return $"{(group.Count() == 1 ? "claim" : "claims")} {numbers} {verdict}";
        }));
}
