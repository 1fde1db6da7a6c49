using System.Globalization;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.Experiments;
using LatchLab.Sweeps;
using LatchLab.Training;

namespace LatchLab.Paper;

/// <summary>
/// A reproduction: each experiment plans its sweep, the caller runs all trials, and each experiment analyses its own
/// outcomes. <see cref="ReproductionReport"/> combines the results.
/// </summary>
public sealed class ReproductionRun
{
    private readonly ReproductionSettings _settings;
    private readonly IReadOnlyList<IExperiment> _experiments;
    private readonly ulong _seed;

    /// <summary>Plans the trials.</summary>
    public ReproductionRun(ReproductionSettings settings, IReadOnlyList<IExperiment> experiments, ulong seed)
    {
        (_settings, _experiments, _seed) = (settings, experiments, seed);
        Plans =
        [
            .. experiments.Select(experiment => ExperimentSweepPlan.CreateOrNull(experiment, settings, seed))
                .OfType<SweepPlan>().Select(plan => plan with { LoggedTrials = 0 }),
        ];
    }

    /// <summary>The sweeps of the experiments that have trials; each has the name of its experiment.</summary>
    public IReadOnlyList<SweepPlan> Plans { get; }

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
    /// <param name="outcomes">The outcomes of the <see cref="Plans"/>, by their names.</param>
    /// <param name="profile">The name of the resolution, for the report.</param>
    /// <param name="cancellation">Cancels the analysis after the current experiment.</param>
    /// <exception cref="OperationCanceledException">The analysis was cancelled.</exception>
    public IReadOnlyList<ReportPart> Analyze(
        IReadOnlyDictionary<string, IReadOnlyList<SweepOutcomes>> outcomes, string profile,
        CancellationToken cancellation = default)
    {
        var parts = new List<ReportPart>();
        foreach (IExperiment experiment in _experiments)
        {
            cancellation.ThrowIfCancellationRequested();
            IReadOnlyList<SweepOutcomes> own = outcomes.GetValueOrDefault(experiment.Id, []);
            ExperimentResult result = experiment.Analyze(_settings, _seed, own);
            HashSet<string> used = [.. experiment.GetUsedSettings(_settings)];
            parts.Add(new(
                experiment.Id,
                new Dictionary<string, string>
                {
                    [ReproductionReport.Profile] = profile,
                    [ReproductionReport.Seed] = _seed.ToString(CultureInfo.InvariantCulture),
                    [ReproductionReport.Program] = ProgramVersion.Text,
                    [ReproductionReport.RandomStreams] = $"version {RandomNumbers.Version}",
                },
                own.Sum(sweep => (long)sweep.Sweep.TrialCount),
                result.Figures,
                result.Claims,
                [
                    .. Settings.GetAll(_settings).Where(setting => used.Contains(setting.Path)).Select(
                        setting => new ReportedSetting(setting.Group, setting.Name, setting.Value, setting.Source,
                            setting.Description)),
                    .. experiment.AdditionalSettings,
                ]));
        }

        return parts;
    }
}
