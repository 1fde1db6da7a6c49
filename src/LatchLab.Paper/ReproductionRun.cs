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
                .. Settings.GetAll(_settings).Select(
                    setting => new ReportedSetting(setting.Group, setting.Name, setting.Value, setting.Source,
                        setting.Description)),
                .. _experiments.SelectMany(experiment => experiment.AdditionalSettings),
                .. FixedSettings.All,
            ]);
    }
}
