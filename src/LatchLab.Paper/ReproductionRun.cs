using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.Experiments;
using LatchLab.Training;

namespace LatchLab.Paper;

/// <summary>
/// Runs a reproduction: the experiments plan their sweeps, one run computes all trials, each experiment analyses its
/// own outcomes, and the report collects the figures and claims.
/// </summary>
public sealed class ReproductionRun
{
    private readonly ReproductionSettings _settings;
    private readonly IReadOnlyList<IExperiment> _experiments;
    private readonly IReadOnlyList<IReadOnlyList<Sweep>> _plans;

    /// <summary>Plans the trials.</summary>
    public ReproductionRun(ReproductionSettings settings, IReadOnlyList<IExperiment> experiments)
    {
        _settings = settings;
        _experiments = experiments;
        _plans = [.. experiments.Select(experiment => experiment.Plan(settings))];
        Progress = RunProgress.Create([.. _plans.SelectMany(plan => plan)]);
    }

    /// <summary>Returns an error for each given setting that has no effect on any of the experiments.</summary>
    /// <param name="settings">The settings of the run.</param>
    /// <param name="experiments">The experiments of the run.</param>
    /// <param name="given">The paths of the given settings.</param>
    public static IEnumerable<ValidationError> RefuseUnused(
        ReproductionSettings settings, IReadOnlyList<IExperiment> experiments, IEnumerable<string> given)
        => from path in given
           where !experiments.Any(experiment => experiment.GetUsedSettings(settings).Contains(path))
           let others = KnownExperiments.All.Where(experiment => experiment.GetUsedSettings(settings).Contains(path))
               .Select(experiment => experiment.Id).ToArray()
           select new ValidationError("", path, others.Length == 0
               ? "has no effect beside the other settings"
               : $"has no effect on {string.Join(", ", experiments.Select(experiment => experiment.Id))}, only on " +
                   string.Join(", ", others));

    /// <summary>The progress of the run.</summary>
    public RunProgress Progress { get; }

    /// <summary>Runs the trials, analyses the outcomes and creates the report.</summary>
    public Report Run(RunOptions options, string profile, CancellationToken cancellation)
    {
        IReadOnlyList<SweepOutcomes> outcomes = TrialRunner.Run(
            [.. _plans.SelectMany(plan => plan)], options, Progress, cancellation);
        var results = new List<ExperimentResult>();
        int sweepIndex = 0;
        foreach ((int i, IExperiment experiment) in _experiments.Index())
        {
            results.Add(
                experiment.Analyze(_settings, options.Seed, [.. outcomes.Skip(sweepIndex).Take(_plans[i].Count)]));
            sweepIndex += _plans[i].Count;
        }

        HashSet<string> used = [.. _experiments.SelectMany(experiment => experiment.GetUsedSettings(_settings))];
        return new(
            "Learning long-term dependencies with gradient descent is difficult",
            [
                ("Profile", profile),
                ("Seed", options.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                ("Trials", Table.FormatInteger(Progress.Trials)),
                ("LatchLab", ProgramVersion.Text),
                ("Random streams", $"version {RandomNumbers.Version}"),
            ],
            [.. results.SelectMany(result => result.Figures)],
            [.. results.SelectMany(result => result.Claims).OrderBy(claim => claim.Number)],
            [
                .. Settings.GetAll(_settings).Where(setting => used.Contains(setting.Path)).Select(
                    setting => new ReportedSetting(setting.Group, setting.Name, setting.Value, setting.Source,
                        setting.Description)),
                .. _experiments.SelectMany(experiment => experiment.AdditionalSettings),
            ]);
    }
}
