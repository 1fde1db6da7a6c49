using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using LatchLab.Numerics;
using LatchLab.Statistics;

namespace LatchLab.Training;

/// <summary>
/// Collects the trials of a training run, and tests their networks while others train. What it keeps of each trial is
/// small: the parameters of the best trial alone remain, and the answers of all tests only as their sum.
/// </summary>
internal sealed class TrainingSink(
    TrainingConfiguration configuration, int trialCount, RunOptions options, RunProgress progress,
    TrainingCheckpointStore? store, CancellationToken cancellation)
    : ITrialSink
{
    private readonly Lock _lock = new();
    private readonly Outcome[] _outcomes = new Outcome[trialCount];
    private readonly TrialMetrics?[] _tests = new TrialMetrics?[trialCount];
    private readonly UnitActivity?[] _activities = new UnitActivity?[Math.Min(trialCount, TrainingRun.MaxCurveTrials)];
    private readonly TrialGroup _untested = new(options.Lane), _unobserved = new(options.Lane);
    private readonly BestTrial<double[]> _best = new(configuration.UsesRootMeanSquareError);
    private readonly BestTrial<ConfusionMatrix?> _bestTested = new(configuration.UsesRootMeanSquareError);
    private readonly ConcurrentDictionary<int, IReadOnlyList<DiagnosticSnapshot>> _curves = [];

    public ICheckpointStore? Checkpoints => store;

    /// <summary>[trial].</summary>
    public IReadOnlyList<Outcome> Outcomes => _outcomes;

    /// <summary>[trial]; null for a trial that was not tested.</summary>
    public IReadOnlyList<TrialMetrics?> Tests => _tests;

    /// <summary>[trial]: the units of the first trials; null for one that diverged.</summary>
    public IReadOnlyList<UnitActivity?> Activities => _activities;

    /// <summary>The answers of all tests together; null for numbers, or if no trial was tested.</summary>
    public ConfusionMatrix? Confusion { get; private set; }

    /// <summary>The parameters of the best trial.</summary>
    public IReadOnlyList<double> BestParameters => _best.Value!;

    /// <summary>The answers of the best trial; null for numbers, or if it was not tested.</summary>
    public ConfusionMatrix? BestConfusion => _bestTested.Trial == _best.Trial ? _bestTested.Value : null;

    public DiagnosticDetail GetDetail(in PendingTrial trial)
        => trial.TrialIndex < TrainingRun.MaxCurveTrials ? DiagnosticDetail.Errors : DiagnosticDetail.None;

    public void Record(
        in PendingTrial trial,
        in Outcome outcome,
        ReadOnlySpan<double> parameters,
        IReadOnlyList<DiagnosticSnapshot> snapshots)
    {
        var completed = new CompletedTrial(outcome, parameters.ToArray(), snapshots);
        progress.AddCompletedTrial(trial.Configuration, outcome);
        store?.Complete(trial.TrialIndex, completed);
        Add(trial.TrialIndex, completed);
    }

    /// <summary>Adds the trials that were completed before the run was interrupted, on all threads.</summary>
    public void Restore(IReadOnlyDictionary<int, CompletedTrial> trials)
    {
        try
        {
            Parallel.ForEach(
                trials, new() { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation },
                trial => Add(trial.Key, trial.Value));
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
    }

    /// <summary>Tests and observes the last trials, which are fewer than the lanes.</summary>
    public void FinishRemaining()
    {
        Test(_untested.TakeRest());
        Observe(_unobserved.TakeRest());
    }

    /// <summary>The mean error of the first trials during training.</summary>
    public IReadOnlyList<LearningCurvePoint> ComputeLearningCurve()
        => LearningCurvePoint.Compute([.. _curves.OrderBy(curve => curve.Key)
            .Select(curve => curve.Value).Where(curve => curve.Count > 0)]);

    private void Add(int trial, CompletedTrial completed)
    {
        (Outcome outcome, double[] parameters, IReadOnlyList<DiagnosticSnapshot> snapshots) = completed;
        _outcomes[trial] = outcome;
        if (trial < TrainingRun.MaxCurveTrials)
            _curves[trial] = CreateCurve(outcome, snapshots);
        (PendingTrial, double[]) entry =
            (new(configuration, trial, SweepIndex: 0, ResultIndex: trial, options.Seed), parameters);
        (PendingTrial, double[])[] tested, observed;
        lock (_lock)
        {
            _best.Offer(trial, outcome, parameters);
            tested = double.IsFinite(outcome.TestError) ? _untested.Add(entry) : [];
            observed = trial < _activities.Length && outcome.StopReason != StopReason.Diverged
                ? _unobserved.Add(entry) : [];
        }

        Test(tested);
        Observe(observed);
    }

    private void Observe(IReadOnlyList<(PendingTrial Trial, double[] Parameters)> group)
    {
        IReadOnlyList<UnitActivity> activities = options.Lane.Accept(
            new UnitActivityPass { Trials = group, Cancellation = cancellation });
        foreach ((PendingTrial pending, UnitActivity activity) in group.Select(entry => entry.Trial).Zip(activities))
            _activities[pending.TrialIndex] = activity;
    }

    private void Test(IReadOnlyList<(PendingTrial Trial, double[] Parameters)> group)
    {
        IReadOnlyList<TrialTest> tests = TestPass.Run(group, options.Lane, cancellation);
        lock (_lock)
        {
            foreach ((PendingTrial pending, TrialTest test) in group.Select(entry => entry.Trial).Zip(tests))
            {
                int trial = pending.TrialIndex;
                _tests[trial] = TrialMetrics.Create(test, configuration.Task.Targets);
                if (test.Network.Classes is not { } matrix)
                    continue;
                _bestTested.Offer(trial, _outcomes[trial], matrix);
                (Confusion ??= new(matrix.ClassCount)).Add(matrix);
            }
        }
    }

    private static IReadOnlyList<DiagnosticSnapshot> CreateCurve(
        in Outcome outcome, IReadOnlyList<DiagnosticSnapshot> snapshots)
    {
        int end = outcome.Presentations;
        DiagnosticSnapshot[] before = [.. snapshots.Where(snapshot => snapshot.Presentations < end)];
        return
        [
            .. before,
            new(end, outcome.Cost, double.IsNaN(outcome.TrainingError) && before.Length > 0
                ? before[^1].Error : outcome.TrainingError, double.NaN, double.NaN, double.NaN),
        ];
    }
}
