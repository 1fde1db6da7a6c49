using System.Collections.Concurrent;
using System.Diagnostics;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Training;

/// <summary>Runs the trials of one configuration: the command <c>train</c>.</summary>
public sealed class TrainingRun
{
    /// <summary>The largest number of trials of a run.</summary>
    public const int MaxTrials = 100_000;

    // The parameters of every trial are stored until the best trial is known: at most 400 MB.
    private const long MaxParameters = 50_000_000;

    /// <summary>The first trials, of which the learning curve is recorded.</summary>
    public const int MaxCurveTrials = 1000;

    private readonly Sweep _sweep;
    private readonly TrainingCheckpoint? _interrupted;

    /// <summary>Prepares a run without starting it.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="trialCount">Number of trials, at least 1.</param>
    /// <param name="interrupted">The run that this one continues; null to begin. It is updated.</param>
    public TrainingRun(
        TrainingConfiguration configuration, int trialCount, TrainingCheckpoint? interrupted = null)
    {
        _interrupted = interrupted;
        Configuration = configuration;
        _sweep = new($"{configuration.Task.Name}, {configuration.Training.Name}", [configuration], trialCount)
        {
            StoredParameters = configuration.ParameterNames.Count,
        };
        // Of a run with more trials, which this one does not continue, more may be complete.
        Progress = RunProgress.Create([(configuration, Math.Max(0L, trialCount - (interrupted?.CompletedCount ?? 0)))]);
    }

    /// <summary>The configuration.</summary>
    public TrainingConfiguration Configuration { get; }

    /// <summary>The progress of the run, without the trials that were complete before.</summary>
    public RunProgress Progress { get; }

    /// <summary>Receives snapshots of the trials while they train; null for none.</summary>
    public TrialObserver? Observer { get; init; }

    /// <summary>What counts as success; null for convergence. It changes no trial.</summary>
    public SuccessCriterion? SuccessCriterion { get; init; }

    /// <summary>How the run saves checkpoints of itself; null for none.</summary>
    public CheckpointPlan? Checkpoints { get; init; }

    /// <summary>The error if the trials do not fit in memory; otherwise null.</summary>
    public ValidationError? ValidationError
        => (long)_sweep.TrialsPerConfiguration * _sweep.StoredParameters > MaxParameters
            ? new("", "trials",
                $"{_sweep.TrialsPerConfiguration} networks of {_sweep.StoredParameters} parameters do not fit in " +
                $"memory: give at most {MaxParameters / _sweep.StoredParameters}")
            : null;

    /// <summary>The run of another configuration.</summary>
    public TrainingRun With(TrainingConfiguration configuration)
        => new(configuration, _sweep.TrialsPerConfiguration, _interrupted)
        {
            Observer = Observer,
            SuccessCriterion = SuccessCriterion,
            Checkpoints = Checkpoints,
        };

    /// <summary>Runs every trial.</summary>
    /// <param name="options">The run options.</param>
    /// <param name="cancellation">Cancels the run.</param>
    /// <exception cref="OperationCanceledException">
    /// The run was cancelled; <see cref="Checkpoints"/> has received the last checkpoint.
    /// </exception>
    /// <exception cref="ValidationException">The run does not continue the interrupted one.</exception>
    public TrainingResult Run(RunOptions options, CancellationToken cancellation = default)
    {
        var stopwatch = Stopwatch.StartNew();
        CurveSink sink = RunTrials(options, cancellation);
        ReadOnlySpan<Outcome> outcomes = sink.Outcomes.GetOutcomes(0);
        TrialTest?[] tests = RunTests(sink.Outcomes, options, cancellation);
        UnitActivity?[] activities = ObserveUnits(sink.Outcomes, options, cancellation);
        return new(Configuration, [.. outcomes])
        {
            Duration = stopwatch.Elapsed,
            Tests = tests,
            Activities = activities,
            SuccessCriterion = SuccessCriterion,
            BestParameters =
            [
                .. sink.Outcomes.GetParameters(
                    0, TrainingResult.FindBestTrial(outcomes, Configuration.UsesRootMeanSquareError)),
            ],
            LearningCurve = LearningCurvePoint.Compute([.. sink.Curves.OrderBy(curve => curve.Key)
                .Select(curve => curve.Value).Where(curve => curve.Count > 0)]),
        };
    }

    private CurveSink RunTrials(RunOptions options, CancellationToken cancellation)
    {
        TrainingCheckpoint checkpoint = _interrupted
            ?? new(TrainingCheckpoint.Identify(Configuration, _sweep.TrialCount, options.Seed));
        checkpoint.EnsureContinues(Configuration, _sweep.TrialCount, options.Seed);
        TrainingCheckpointStore? store = _interrupted is null && Checkpoints is null ? null
            : new(checkpoint, Checkpoints);
        var sink = new CurveSink(new(_sweep), Progress, store);
        foreach ((int trial, CompletedTrial completed) in checkpoint.Completed)
            sink.Add(trial, completed);
        HashSet<int> completedBefore = [.. checkpoint.Completed.Keys];
        try
        {
            TrialRunner.Run(
                [_sweep with { Observer = Observer }], options, sink,
                trial => !completedBefore.Contains(trial.TrialIndex), leadingTrials: 0, Progress.Monitor, cancellation);
        }
        catch (OperationCanceledException)
        {
            store?.SaveLast();
            throw;
        }

        store?.SaveLast();
        return sink;
    }

    /// <summary>Tests the trials that have a test error.</summary>
    private TrialTest?[] RunTests(SweepOutcomes outcomes, RunOptions options, CancellationToken cancellation)
        => RunFinalPass(
            outcomes, options, trial => double.IsFinite(outcomes.GetOutcomes(0)[trial].TestError),
            (tested, getParameters) => TestPass.Run(tested, getParameters, options, cancellation));

    /// <summary>Observes the units of the first trials that did not diverge.</summary>
    private UnitActivity?[] ObserveUnits(SweepOutcomes outcomes, RunOptions options, CancellationToken cancellation)
        => RunFinalPass(
            outcomes, options,
            trial => trial < MaxCurveTrials && outcomes.GetOutcomes(0)[trial].StopReason != StopReason.Diverged,
            (observed, getParameters) => options.Lane.Accept(new UnitActivityPass
            {
                Trials = observed,
                GetParameters = getParameters,
                Threads = options.Threads,
                Cancellation = cancellation,
            }));

    private TResult?[] RunFinalPass<TResult>(
        SweepOutcomes outcomes, RunOptions options, Func<int, bool> filter,
        Func<PendingTrial[], Func<PendingTrial, double[]>, IReadOnlyList<TResult>> run)
        where TResult : class
    {
        var results = new TResult?[_sweep.TrialCount];
        PendingTrial[] trials =
        [
            .. Enumerable.Range(0, results.Length).Where(filter).Select(trial => new PendingTrial(
                Configuration, trial, SweepIndex: 0, ResultIndex: trial, _sweep.Seed ?? options.Seed)),
        ];
        foreach ((PendingTrial trial, TResult result) in trials.Zip(
            run(trials, trial => outcomes.GetParameters(0, trial.TrialIndex).ToArray())))
            results[trial.TrialIndex] = result;
        return results;
    }

    /// <summary>Collects the outcomes, and the errors of the first trials during training.</summary>
    private sealed class CurveSink(SweepOutcomes outcomes, RunProgress progress, TrainingCheckpointStore? store)
        : ITrialSink
    {
        public ICheckpointStore? Checkpoints => store;

        public SweepOutcomes Outcomes => outcomes;

        public ConcurrentDictionary<int, IReadOnlyList<DiagnosticSnapshot>> Curves { get; } = [];

        public DiagnosticDetail GetDetail(in PendingTrial trial)
            => trial.TrialIndex < MaxCurveTrials ? DiagnosticDetail.Errors : DiagnosticDetail.None;

        public void Record(
            in PendingTrial trial,
            in Outcome outcome,
            ReadOnlySpan<double> parameters,
            IReadOnlyList<DiagnosticSnapshot> snapshots)
        {
            var completed = new CompletedTrial(outcome, parameters.ToArray(), snapshots);
            Add(trial.TrialIndex, completed);
            progress.AddCompletedTrial(trial.Configuration, outcome);
            store?.Complete(trial.TrialIndex, completed);
        }

        public void Add(int trial, CompletedTrial completed)
        {
            (Outcome outcome, double[] parameters, IReadOnlyList<DiagnosticSnapshot> snapshots) = completed;
            outcomes.SetOutcome(trial, outcome, parameters);
            if (trial >= MaxCurveTrials)
                return;
            int end = outcome.Presentations;
            DiagnosticSnapshot[] before = [.. snapshots.Where(snapshot => snapshot.Presentations < end)];
            Curves[trial] =
            [
                .. before,
                new(end, outcome.Cost, double.IsNaN(outcome.TrainingError) && before.Length > 0
                    ? before[^1].Error : outcome.TrainingError, double.NaN, double.NaN, double.NaN),
            ];
        }
    }
}
