using System.Text;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Paper.Experiments;

namespace LatchLab.Paper.Claims;

/// <summary>
/// The table of claims for readers: as lines of the report's table of settings, and as a page of the documentation.
/// </summary>
internal static class ClaimListing
{
    /// <summary>The group of the lines in the report.</summary>
    public const string Group = "Claims";

    /// <summary>The lines of the claims that a run of an experiment tests, in the order of their numbers.</summary>
    public static IEnumerable<ReportedSetting> CreateSettings(string experiment, ReproductionSettings settings)
        => from row in ClaimTable.All
           where row.Experiment == experiment && settings.Tests(row)
           select new ReportedSetting(Group, row.Key, row.DescribeTest(), "decision", row.Statement);

    /// <summary>The table of claims in Markdown, one claim a row.</summary>
    public static string FormatMarkdown()
    {
        var text = new StringBuilder("""
            | Claim | Statement | Source | Experiment | Parts | Test | Smallest effect | Needed |
            |---|---|---|---|---|---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (ClaimRow row in ClaimTable.All)
        {
            string[] cells =
            [
                $"`{row.Key}`", row.Statement, row.Source, $"`{row.Experiment}`", row.Parts, row.DescribeTest(),
                row.Rules.Count == 0 ? "–"
                    : string.Join("; ", row.Rules.Select(rule => NumberFormat.Short(rule.SmallestEffect))),
                DescribeNeed(row),
            ];
            text.Append("| ").AppendJoin(" | ", cells.Select(Escape)).Append(" |\n");
        }

        return text.ToString();
    }

    /// <summary>The trials, or units, of a part that decide the claim.</summary>
    private static string DescribeNeed(ClaimRow row)
    {
        if (row.Formula == Formula.Exact)
            return "–";
        if (row.Formula == Formula.Universal)
            return $"{ClaimVerdict.CountUnitsNeeded(row.Rules[0])} without a counterexample";
        ClaimPower power = ClaimPower.Get(row.Key);
        string trials = $"{NumberFormat.GroupThousands(power.Trials)} a part";
        return power.IsTooClose ? "too close to call"
            : power.Trials == 0 ? "not known in advance"
            : power.IsEnough ? trials : $"more than {trials}";
    }

    private static string Escape(string cell) => cell.Replace("|", "\\|", StringComparison.Ordinal);
}
