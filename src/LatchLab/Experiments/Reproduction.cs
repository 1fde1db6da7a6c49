using LatchLab.Experiments.Catalogue;
using LatchLab.Experiments.Results;
using LatchLab.Numerics;

namespace LatchLab.Experiments;

/// <summary>
/// The whole way, from what is asked for to what is found: the exhibits plan their sweeps, one run computes them all,
/// each exhibit analyses its own, and the report collects what they say.
/// </summary>
public sealed class Reproduction
{
    private readonly Study study;
    private readonly IReadOnlyList<IExhibit> exhibits;
    private readonly IReadOnlyList<IReadOnlyList<Sweep>> plans;

    /// <summary>Plans the trials.</summary>
    public Reproduction(Study study, IReadOnlyList<IExhibit> exhibits)
    {
        this.study = study;
        this.exhibits = exhibits;
        plans = [.. exhibits.Select(exhibit => exhibit.Plan(study))];
        Progress = RunProgress.Of([.. plans.SelectMany(plan => plan)]);
    }

    /// <summary>How far it is.</summary>
    public RunProgress Progress { get; }

    /// <summary>Runs, analyses and collects.</summary>
    public Report Run(RunOptions options, string profile, CancellationToken cancellation)
    {
        IReadOnlyList<SweepOutcomes> outcomes = Runner.Run(
            [.. plans.SelectMany(plan => plan)], options, Progress, cancellation);
        var findings = new List<Findings>();
        int next = 0;
        foreach ((int i, IExhibit exhibit) in exhibits.Index())
        {
            findings.Add(exhibit.Analyse(study, options.Seed, [.. outcomes.Skip(next).Take(plans[i].Count)]));
            next += plans[i].Count;
        }

        return new(
            "Learning long-term dependencies with gradient descent is difficult",
            [
                ("Profile", profile),
                ("Seed", options.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                ("Trials", Table.Count(Progress.Trials)),
                ("LatchLab", ProgramVersion.Text),
                ("Random streams", $"version {RandomNumbers.Version}"),
            ],
            [.. findings.SelectMany(found => found.Figures)],
            [.. findings.SelectMany(found => found.Claims).OrderBy(claim => claim.Number)],
            [
                .. Settings.Of(study).Select(s => new ReportedSetting(s.Group, s.Name, s.Value, s.Source, s.Meaning)),
                .. exhibits.SelectMany(exhibit => exhibit.Choices),
                .. FixedChoices.All,
            ]);
    }
}
