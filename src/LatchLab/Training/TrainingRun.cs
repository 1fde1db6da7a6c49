using System.Diagnostics;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Training;

/// <summary>Runs the trials of one configuration: the command <c>train</c>.</summary>
public sealed class TrainingRun
{
    /// <summary>The largest number of trials of a run.</summary>
    public const int MaxTrials = 100_000;

    // A checkpoint has the parameters of every completed trial: at most 400 MB.
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
        _sweep = new($"{configuration.Task.Name}, {configuration.Learner.Name}", [configuration], trialCount);
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

    /// <summary>The error if the completed trials do not fit in a checkpoint; otherwise null.</summary>
    public ValidationError? ValidationError
        => Checkpoints is not null && (long)_sweep.TrialCount * Configuration.ParameterNames.Count > MaxParameters
            ? new("", "trials",
                $"{_sweep.TrialCount} networks of {Configuration.ParameterNames.Count} parameters do not fit in a " +
                $"checkpoint: give at most {MaxParameters / Configuration.ParameterNames.Count}")
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
        TrainingSink sink = RunTrials(options, cancellation);
        sink.FinishRemaining();
        return new(Configuration, sink.Outcomes)
        {
            Duration = stopwatch.Elapsed,
            Tests = sink.Tests,
            Activities = sink.Activities,
            Confusion = sink.Confusion,
            SuccessCriterion = SuccessCriterion,
            BestParameters = sink.BestParameters,
            BestConfusion = sink.BestConfusion,
            LearningCurve = sink.ComputeLearningCurve(),
        };
    }

    private TrainingSink RunTrials(RunOptions options, CancellationToken cancellation)
    {
        TrainingCheckpoint checkpoint = _interrupted
            ?? new(TrainingCheckpoint.Identify(Configuration, _sweep.TrialCount, options.Seed));
        checkpoint.EnsureContinues(Configuration, _sweep.TrialCount, options.Seed);
        TrainingCheckpointStore? store = _interrupted is null && Checkpoints is null ? null
            : new(checkpoint, Checkpoints);
        var sink = new TrainingSink(Configuration, _sweep.TrialCount, options, Progress, store, cancellation);
        HashSet<int> completedBefore = [.. checkpoint.Completed.Keys];
        try
        {
            sink.Restore(checkpoint.Completed);
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
}
