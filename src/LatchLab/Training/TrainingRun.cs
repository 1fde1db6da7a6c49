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

    /// <summary>Prepares a run without starting it.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="trialCount">Number of trials, at least 1.</param>
    public TrainingRun(TrainingConfiguration configuration, int trialCount)
    {
        Configuration = configuration;
        _sweep = new($"{configuration.Task.Name}, {configuration.Training.Name}", [configuration], trialCount)
        {
            StoredParameters = configuration.ParameterNames.Count,
        };
        Progress = RunProgress.Create([_sweep]);
    }

    /// <summary>The configuration.</summary>
    public TrainingConfiguration Configuration { get; }

    /// <summary>The progress of the run.</summary>
    public RunProgress Progress { get; }

    /// <summary>Receives snapshots of the trials while they train; null for none.</summary>
    public TrialObserver? Observer { get; init; }

    /// <summary>The error if the trials do not fit in memory; otherwise null.</summary>
    public ValidationError? ValidationError
        => (long)_sweep.TrialsPerConfiguration * _sweep.StoredParameters > MaxParameters
            ? new("", "trials",
                $"{_sweep.TrialsPerConfiguration} networks of {_sweep.StoredParameters} parameters do not fit in " +
                $"memory: give at most {MaxParameters / _sweep.StoredParameters}")
            : null;

    /// <summary>Runs every trial.</summary>
    /// <param name="options">The run options.</param>
    /// <param name="cancellation">Cancels the run.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public TrainingResult Run(RunOptions options, CancellationToken cancellation = default)
    {
        var stopwatch = Stopwatch.StartNew();
        var sink = new CurveSink(new(_sweep), Progress);
        TrialRunner.Run(
            [_sweep with { Observer = Observer }], options, sink, filter: null, leadingTrials: 0, Progress.Monitor,
            cancellation);
        ReadOnlySpan<Outcome> outcomes = sink.Outcomes.GetOutcomes(0);
        double tiedShare = MeasureTiedShare(sink.Outcomes, _sweep.Seed ?? options.Seed, cancellation);
        return new(Configuration, [.. outcomes])
        {
            Duration = stopwatch.Elapsed,
            TiedTestShare = tiedShare,
            BestParameters =
            [
                .. sink.Outcomes.GetParameters(
                    0, TrainingResult.FindBestTrial(outcomes, Configuration.UsesRootMeanSquareError)),
            ],
            LearningCurve = LearningCurvePoint.Compute([.. sink.Curves.OrderBy(curve => curve.Key)
                .Select(curve => curve.Value).Where(curve => curve.Count > 0)]),
        };
    }

    private double MeasureTiedShare(SweepOutcomes outcomes, ulong seed, CancellationToken cancellation)
    {
        double[] errors = [.. outcomes.GetOutcomes(0).ToArray().Select(outcome => outcome.TestError)];
        if (!TiedOutputs.AreScored(Configuration)
            || !(errors.Where(double.IsFinite).DefaultIfEmpty(0.0).Average() > Configuration.ChanceError))
            return double.NaN;
        double sum = 0.0;
        foreach (int trial in Enumerable.Range(0, errors.Length).Where(trial => double.IsFinite(errors[trial])))
        {
            cancellation.ThrowIfCancellationRequested();
            sum += TiedOutputs.MeasureShare(
                new(Configuration, trial, SweepIndex: 0, ResultIndex: trial, seed), outcomes.GetParameters(0, trial));
        }

        return sum / errors.Count(double.IsFinite);
    }

    /// <summary>Collects the outcomes, and the errors of the first trials during training.</summary>
    private sealed class CurveSink(SweepOutcomes outcomes, RunProgress progress) : ITrialSink
    {
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
            outcomes.SetOutcome(trial.ResultIndex, outcome, parameters);
            progress.AddCompletedTrial(trial.Configuration, outcome);
            if (trial.TrialIndex >= MaxCurveTrials)
                return;
            int end = outcome.Presentations;
            DiagnosticSnapshot[] before = [.. snapshots.Where(snapshot => snapshot.Presentations < end)];
            Curves[trial.TrialIndex] =
            [
                .. before,
                new(end, outcome.Cost, double.IsNaN(outcome.TrainingError) && before.Length > 0
                    ? before[^1].Error : outcome.TrainingError, double.NaN, double.NaN, double.NaN),
            ];
        }
    }
}
