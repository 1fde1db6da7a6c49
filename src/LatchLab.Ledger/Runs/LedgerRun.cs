using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Reading;
using LatchLab.Ledger.Writing;
using LatchLab.Numerics;
using LatchLab.Sweeps;
using LatchLab.Training;

namespace LatchLab.Ledger.Runs;

/// <summary>
/// Runs a sweep and records its trials in a ledger. Trials that the ledger already holds are skipped. Completed trials
/// are added to the ledger and not kept in memory.
/// </summary>
public sealed class LedgerRun
{
    private readonly SweepPlan _plan;
    private readonly Shard _shard;
    private readonly List<int> _firstConfigurations = [];    // [part]

    /// <summary>Creates a run without starting it.</summary>
    public LedgerRun(SweepPlan plan, string sweepText, RunOptions options, Shard shard)
    {
        (_plan, _shard, Options) = (plan, shard, options);
        int configurationCount = 0;
        foreach (SweepPart part in plan.Parts)
        {
            _firstConfigurations.Add(configurationCount);
            configurationCount += part.Configurations.Count;
        }

        Identity = new()
        {
            Seed = plan.Seed,
            LoggedTrials = plan.LoggedTrials,
            Name = plan.Name,
            SweepText = sweepText,
            Shard = shard,
            Layout = plan.Layout,
            DataFiles = [.. GetDataFiles(plan)],
            Configurations = [.. from part in plan.Parts
                        from configuration in part.Configurations
                        select new LedgerConfiguration(
                            part.Name,
                            part.TrialsPerConfiguration,
                            configuration.TrainingSequences,
                            configuration.TestSequences,
                            [.. ConfigurationSettings.GetSettings(configuration).Select(
                                setting => (setting.Path, setting.Value))])
                        {
                            Diagnostics = configuration.Learner.DiagnosticNames,
                            StoredParameters = part.StoredParameters,
                        }],
        };
    }

    /// <summary>The options of the run.</summary>
    public RunOptions Options { get; }

    /// <summary>The identity of the ledger.</summary>
    public LedgerIdentity Identity { get; }

    /// <summary>
    /// The first trials of each configuration that run before all others. The default is so few that they take a small
    /// part of a sweep, and enough for a first impression of every configuration.
    /// </summary>
    public int LeadingTrials { get; init; } = 3;

    /// <summary>Creates the progress of the trials that the ledgers of several runs lack.</summary>
    public static RunProgress CreateProgress(IReadOnlyList<(LedgerRun Run, TrialLedger Ledger)> runs)
        => RunProgress.Create([
            .. from run in runs
               from part in run.Run._plan.Parts.Index()
               from configuration in part.Item.Configurations.Index()
               select (configuration.Item, run.Run.CountMissing(
                   run.Ledger, run.Run._firstConfigurations[part.Index] + configuration.Index,
                   part.Item.TrialsPerConfiguration)),
        ]);

    /// <summary>
    /// Runs every trial that the ledgers of several runs lack, all together, so that trials of one run fill the lanes
    /// and threads that another leaves idle.
    /// </summary>
    /// <param name="runs">The runs, each with its ledger; their options and leading trials are equal.</param>
    /// <param name="progress">Counts the completed trials.</param>
    /// <param name="cancellation">Cancels the runs; completed trials are in the ledgers.</param>
    /// <exception cref="OperationCanceledException">The runs were cancelled.</exception>
    /// <exception cref="IOException">A ledger cannot be written.</exception>
    public static void Run(
        IReadOnlyList<(LedgerRun Run, TrialLedger Ledger)> runs, RunProgress progress,
        CancellationToken cancellation = default)
    {
        Target[] targets =
        [
            .. from run in runs
               from part in run.Run._plan.Parts.Index()
               select new Target(run.Run, run.Ledger, run.Run._firstConfigurations[part.Index],
                   part.Item.TrialsPerConfiguration),
        ];
        foreach ((_, TrialLedger ledger) in runs)
            ledger.ReportTimeLeft(() => ledger.Count == ledger.Identity.PlannedTrials ? null : progress.TimeLeft);
        TrialRunner.Run(
            [.. runs.SelectMany(run => run.Run._plan.Sweeps)],
            runs[0].Run.Options,
            new LedgerSink(targets, progress),
            trial => targets[trial.SweepIndex].IsMissing(trial),
            runs[0].Run.LeadingTrials,
            progress.Monitor,
            cancellation);
    }

    /// <summary>
    /// Reads the outcomes of a complete ledger, as <see cref="TrialRunner"/> returns them; numbers that were not finite
    /// are NaN.
    /// </summary>
    public IReadOnlyList<SweepOutcomes> ReadOutcomes(string folder)
    {
        SweepOutcomes[] outcomes = [.. _plan.Sweeps.Select(sweep => new SweepOutcomes(sweep))];
        using LedgerReader ledger = LedgerReader.Open(folder);
        int part = 0;
        foreach (LedgerTrial trial in ledger.ReadTrials())
        {
            while (trial.ConfigurationIndex - _firstConfigurations[part] >= _plan.Parts[part].Configurations.Count)
                part++;
            outcomes[part].SetOutcome(
                ((trial.ConfigurationIndex - _firstConfigurations[part]) * _plan.Parts[part].TrialsPerConfiguration)
                    + trial.Trial, trial.Outcome, [.. trial.Parameters]);
        }

        return outcomes;
    }

    /// <summary>
    /// Returns the data files of the tasks. A file read with several sets of columns has a fingerprint for each.
    /// </summary>
    private static IEnumerable<(string File, string Fingerprint)> GetDataFiles(SweepPlan plan)
        => plan.Parts.SelectMany(part => part.Configurations).OfType<TrainingConfiguration>()
            .Select(configuration => configuration.Task).Where(task => task.DataFile is not null)
            .GroupBy(task => task.DataFile!, task => task.Dataset?.Digest ?? "")
            .Select(file => (file.Key, string.Join(' ', file.Distinct())));

    private long CountMissing(TrialLedger ledger, int configuration, int trials)
    {
        long missing = 0;
        for (int trial = 0; trial < trials; trial++)
            missing += _shard.Contains(configuration, trial) && !ledger.Contains(configuration, trial) ? 1 : 0;
        return missing;
    }

    /// <summary>Where the trials of one of the sweeps that run together are recorded.</summary>
    private readonly record struct Target(
        LedgerRun Run, TrialLedger Ledger, int FirstConfiguration, int TrialsPerConfiguration)
    {
        public int GetConfigurationIndex(in PendingTrial trial)
            => FirstConfiguration + ((trial.ResultIndex - trial.TrialIndex) / TrialsPerConfiguration);

        public bool IsMissing(in PendingTrial trial)
        {
            int configuration = GetConfigurationIndex(trial);
            return Run._shard.Contains(configuration, trial.TrialIndex)
                && !Ledger.Contains(configuration, trial.TrialIndex);
        }
    }

    private sealed class LedgerSink(Target[] targets, RunProgress progress) : ITrialSink
    {
        public DiagnosticDetail GetDetail(in PendingTrial trial)
            => trial.TrialIndex < targets[trial.SweepIndex].Run._plan.LoggedTrials
                ? DiagnosticDetail.All : DiagnosticDetail.None;

        public void Record(
            in PendingTrial trial,
            in Outcome outcome,
            ReadOnlySpan<double> parameters,
            IReadOnlyList<DiagnosticSnapshot> snapshots)
        {
            Target target = targets[trial.SweepIndex];
            target.Ledger.Add(
                target.GetConfigurationIndex(trial), trial.TrialIndex, outcome, parameters, snapshots);
            progress.AddCompletedTrial(trial.Configuration, outcome);
        }
    }
}
