using System.Globalization;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.Claims;
using LatchLab.Paper.Experiments;
using LatchLab.Sweeps;
using LatchLab.Training;

namespace LatchLab.Paper;

/// <summary>
/// A reproduction: each experiment plans its sweep for every seed, the caller runs all trials, and each experiment
/// analyses its own outcomes: those of all seeds together, and for the verdicts by seed those of each seed.
/// <see cref="ReproductionReport"/> combines the results.
/// </summary>
public sealed class ReproductionRun
{
    private readonly ReproductionSettings _settings;
    private readonly IReadOnlyList<IExperiment> _experiments;
    private readonly IReadOnlyList<ulong> _seeds;

    /// <summary>Plans the trials.</summary>
    /// <param name="settings">The settings of the run with each seed.</param>
    /// <param name="experiments">The experiments.</param>
    /// <param name="seeds">At least one seed.</param>
    public ReproductionRun(
        ReproductionSettings settings, IReadOnlyList<IExperiment> experiments, params IReadOnlyList<ulong> seeds)
    {
        (_settings, _experiments, _seeds) = (settings, experiments, seeds);
        Plans =
        [
            .. from seed in seeds
               from experiment in experiments
               let plan = ExperimentSweepPlan.CreateOrNull(experiment, settings, seed)
               where plan is not null
               select plan with { LoggedTrials = 0 },
        ];
    }

    /// <summary>
    /// The sweeps of the experiments that have trials, for each seed; each has the name of its experiment.
    /// </summary>
    public IReadOnlyList<SweepPlan> Plans { get; }

    /// <summary>The number of seeds.</summary>
    public int SeedCount => _seeds.Count;

    /// <summary>Returns the errors of the changed settings (<see cref="ReproductionSettings.Changes"/>).</summary>
    /// <param name="settings">The settings of the run.</param>
    /// <param name="experiments">The experiments of the run.</param>
    public static IEnumerable<ValidationError> ValidateChanges(
        ReproductionSettings settings, IReadOnlyList<IExperiment> experiments)
        => ExperimentSweepPlan.ValidateChanges(experiments, settings).Distinct();

    /// <summary>Returns an error for each given setting that has no effect on any of the experiments.</summary>
    /// <param name="settings">The settings of the run.</param>
    /// <param name="experiments">The experiments of the run.</param>
    /// <param name="given">The paths of the given settings.</param>
    public static IEnumerable<ValidationError> FindUnused(
        ReproductionSettings settings, IReadOnlyList<IExperiment> experiments, IEnumerable<string> given)
        => from path in given
           where !experiments.Any(experiment => experiment.GetUsedSettings(settings).Contains(path))
           let others = KnownExperiments.All.Where(experiment => experiment.GetUsedSettings(settings).Contains(path))
               .Select(experiment => experiment.Id).ToArray()
           select new ValidationError("", path, others.Length == 0
               ? "has no effect beside the other settings"
               : $"has no effect on {string.Join(", ", experiments.Select(experiment => experiment.Id))}, only on " +
                   string.Join(", ", others));

    /// <summary>Analyses the outcomes of each experiment.</summary>
    /// <param name="outcomes">The outcomes of the <see cref="Plans"/>, in their order.</param>
    /// <param name="profile">The name of the resolution, for the report.</param>
    /// <param name="threads">
    /// Experiments and seeds that are analysed at the same time; the result does not depend on it.
    /// </param>
    /// <param name="progress">Counts the analyses; null for no count.</param>
    /// <param name="cancellation">Cancels the analysis after the current experiments.</param>
    /// <exception cref="OperationCanceledException">The analysis was cancelled.</exception>
    public IReadOnlyList<ReportPart> Analyze(
        IReadOnlyList<IReadOnlyList<SweepOutcomes>> outcomes, string profile, int threads = 1,
        AnalysisProgress? progress = null, CancellationToken cancellation = default)
    {
        ILookup<string, IReadOnlyList<SweepOutcomes>> byExperiment = Plans.Zip(outcomes)
            .ToLookup(entry => entry.First.Name, entry => entry.Second);
        var parts = new ReportPart[_experiments.Count];
        var claims = new IReadOnlyList<Claim>[_experiments.Count][]; // [experiment][seed]
        var analyses = new List<Action>();
        foreach ((int i, IExperiment experiment) in _experiments.Index())
        {
            IReadOnlyList<SweepOutcomes>[] bySeed = [.. byExperiment[experiment.Id]];
            analyses.Add(() => parts[i] = AnalyzePooled(experiment, bySeed, profile));
            claims[i] = new IReadOnlyList<Claim>[_seeds.Count == 1 ? 0 : _seeds.Count];
            analyses.AddRange(Enumerable.Range(0, claims[i].Length).Select(seed => (Action)(() => claims[i][seed]
                = experiment.Analyze(_settings, _seeds[seed], bySeed.Length == 0 ? [] : bySeed[seed]).Claims)));
        }

        progress?.Start(analyses.Count);
        Parallel.ForEach(analyses, new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
            analysis =>
            {
                analysis();
                progress?.AddCompleted();
            });
        return [.. parts.Zip(claims, AddVerdictsBySeed)];
    }

    /// <summary>Analyses the outcomes of all seeds together.</summary>
    private ReportPart AnalyzePooled(
        IExperiment experiment, IReadOnlyList<SweepOutcomes>[] outcomesBySeed, string profile)
    {
        SweepOutcomes[] pooled = outcomesBySeed.Length == 0 ? []
            : _seeds.Count == 1 ? [.. outcomesBySeed[0]]
            : [.. outcomesBySeed[0].Select((_, i) => SweepOutcomes.Pool([.. outcomesBySeed.Select(run => run[i])]))];
        ExperimentResult result = experiment.Analyze(_settings.Pool(_seeds.Count), _seeds[0], pooled);
        HashSet<string> used = [.. experiment.GetUsedSettings(_settings)];
        IReadOnlyDictionary<string, string> changes = ExperimentSweepPlan.FindChanges(experiment, _settings);
        var unchanged = Settings.GetAll(new ReproductionSettings
        {
            Resolution = Resolution.Profiles.Where(known => known.Name == profile)
                .Select(known => known.Resolution).FirstOrDefault(Resolution.Standard),
        }).ToDictionary(setting => setting.Path, setting => setting.Value);
        return new(
            experiment.Id,
            new Dictionary<string, string>
            {
                [ReproductionReport.Profile] = profile,
                [ReproductionReport.Seed] = _seeds.Count == 1
                    ? _seeds[0].ToString(CultureInfo.InvariantCulture)
                    : FormattableString.Invariant($"{_seeds[0]} to {_seeds[^1]}, pooled"),
                [ReproductionReport.Program] = ProgramVersion.Text,
                [ReproductionReport.RandomStreams] = $"version {RandomNumbers.Version}",
            },
            pooled.Sum(sweep => (long)sweep.Sweep.TrialCount),
            [.. result.Figures.Select((figure, i) => i > 0 ? figure
                : figure with { Guide = FigureGuides.Find(experiment.Id) })],
            [.. result.Claims.Where(claim => _settings.Tests(claim.Number))],
            [
                .. Settings.GetAll(_settings).Where(setting => used.Contains(setting.Path)).Select(
                    setting => new ReportedSetting(setting.Group, setting.Name, setting.Value, setting.Source,
                        setting.Description)
                    {
                        IsChanged = setting.Value != unchanged[setting.Path],
                    }),
                .. changes.Select(change => new ReportedSetting(
                    $"trials of {experiment.Id}", change.Key, change.Value, "--set",
                    "in every trial that has this setting")
                {
                    IsChanged = true,
                }),
                .. experiment.AdditionalSettings.Where(setting => !changes.ContainsKey($"learner.{setting.Name}")),
                .. ClaimListing.CreateSettings(experiment.Id, _settings),
            ]);
    }

    private static ReportPart AddVerdictsBySeed(ReportPart part, IReadOnlyList<Claim>[] claimsBySeed)
        => claimsBySeed.Length == 0 ? part : part with
        {
            Claims =
            [
                .. part.Claims.Select(claim => claim with
                {
                    VerdictsBySeed = [.. claimsBySeed.Select(run => run.Single(
                        other => (other.Key, other.Statement, other.Interpretation)
                            == (claim.Key, claim.Statement, claim.Interpretation)).Verdict)],
                }),
            ],
        };
}
