using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Paper.Experiments;

namespace LatchLab.Paper;

/// <summary>
/// Combines the results of experiments, which may come from different runs, into one report. A fact or setting that
/// differs between experiments is listed with each of its values and the experiments that have it.
/// </summary>
public static class ReproductionReport
{
    /// <summary>The fact with the name of the resolution.</summary>
    internal const string Profile = "Profile";

    /// <summary>The fact with the seed.</summary>
    internal const string Seed = "Seed";

    /// <summary>The fact with the version of the program.</summary>
    internal const string Program = "LatchLab";

    /// <summary>The fact with the version of the random streams.</summary>
    internal const string RandomStreams = "Random streams";

    private const string QuickProfile = "quick";

    /// <summary>Creates the report.</summary>
    /// <param name="results">The results of distinct experiments, in any order.</param>
    public static Report Create(IEnumerable<ReportPart> results)
    {
        List<string> experiments = [.. KnownExperiments.All.Select(experiment => experiment.Id)];
        List<(string, string)> settings =
            [.. Settings.GetAll(new ReproductionSettings()).Select(setting => (setting.Group, setting.Name))];
        ReportPart[] parts = [.. results.OrderBy(part => FindOrLast(experiments, part.Id))];
        Claim[] claims = [.. parts.SelectMany(part => part.Claims).OrderBy(claim => claim.Number)];
        return new(
            "Learning long-term dependencies with gradient descent is difficult",
            [
                CombineFacts(Profile), CombineFacts(Seed),
                ("Trials", NumberFormat.GroupThousands(parts.Sum(part => part.Trials))),
                CombineFacts(Program), CombineFacts(RandomStreams),
            ],
            [.. parts.SelectMany(part => part.Figures)],
            claims,
            [
                .. from part in parts
                   from setting in part.Settings
                   group (part.Id, Setting: setting)
                       by setting with { Value = "", Source = "", IsChanged = false } into same
                   orderby FindOrLast(settings, (same.Key.Group, same.Key.Name))
                   select same.First().Setting with
                   {
                       Value = Combine(same.Select(entry => (entry.Id, entry.Setting.Value))),
                       IsChanged = same.Any(entry => entry.Setting.IsChanged),
                   },
            ])
        {
            Parts = parts,
            Summary = [.. ReproductionSummary.Create(claims)],
            MainFigure = ReproductionSummary.MainFigure,
            Banner = CreateBanner(parts),
        };

        (string, string) CombineFacts(string name)
            => (name, Combine(parts.Select(part => (part.Id, part.Facts.GetValueOrDefault(name, "unknown")))));
    }

    private static string CreateBanner(ReportPart[] parts)
    {
        string[] quick = [.. parts.Where(part => part.Facts.GetValueOrDefault(Profile) == QuickProfile)
            .Select(part => part.Id)];
        return quick.Length == 0 ? ""
            : quick.Length == parts.Length
                ? "A quick run: for looking at the figures, not for verdicts. For verdicts, run the same command " +
                    "with --profile standard."
            : $"Quick runs, for looking at the figures, not for verdicts: {string.Join(", ", quick)}. For verdicts, " +
                "run them with --profile standard.";
    }

    private static int FindOrLast<T>(List<T> items, T item)
        => items.IndexOf(item) is >= 0 and int index ? index : items.Count;

    private static string Combine(IEnumerable<(string Id, string Value)> values)
    {
        IGrouping<string, string>[] groups = [.. values.GroupBy(entry => entry.Value, entry => entry.Id)];
        return groups.Length == 1
            ? groups[0].Key
            : string.Join("; ", groups.Select(group => $"{group.Key} ({string.Join(", ", group)})"));
    }
}
