using System.Diagnostics;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Training;

/// <summary>Trials of one cell, and what came out of them: what <c>train</c> does.</summary>
public sealed class TrainingRun
{
    /// <summary>Most trials of a run.</summary>
    public const int MaxTrials = 100_000;

    // The parameters of every trial are kept until it is known which of them is the best: 400 MB.
    private const long MaxParameters = 50_000_000;

    private readonly TrainingConfiguration _configuration;
    private readonly Sweep _sweep;

    /// <summary>A run that has not begun.</summary>
    /// <param name="configuration">The cell.</param>
    /// <param name="trialCount">Number of trials, at least 1.</param>
    public TrainingRun(TrainingConfiguration configuration, int trialCount)
    {
        this._configuration = configuration;
        _sweep = new($"{configuration.Task.Name}, {configuration.Training.Name}", [configuration], trialCount)
        {
            StoredParameters = configuration.ParameterNames.Count,
        };
        Progress = RunProgress.Create([_sweep]);
    }

    /// <summary>How far it is.</summary>
    public RunProgress Progress { get; }

    /// <summary>Why so many trials cannot be run; null if they can.</summary>
    public ValidationError? ValidationError
        => (long)_sweep.TrialsPerConfiguration * _sweep.StoredParameters > MaxParameters
            ? new("--trials", "",
                $"{_sweep.TrialsPerConfiguration} networks of {_sweep.StoredParameters} parameters do not fit in " +
                $"memory: give at most {MaxParameters / _sweep.StoredParameters}")
            : null;

    /// <summary>Runs every trial.</summary>
    /// <param name="options">How to run.</param>
    /// <param name="cancellation">Ends the run early.</param>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public TrainingResult Run(RunOptions options, CancellationToken cancellation = default)
    {
        var stopwatch = Stopwatch.StartNew();
        SweepOutcomes outcomes = TrialRunner.Run([_sweep], options, Progress, cancellation)[0];
        return new(_configuration, [.. outcomes.GetOutcomes(0)], options.Seed)
        {
            Duration = stopwatch.Elapsed,
            BestParameters =
                [.. outcomes.GetParameters(0,
                    TrainingResult.FindBestTrial(outcomes.GetOutcomes(0), _configuration.UsesRootMeanSquareError))],
        };
    }
}
