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
        SweepOutcomes outcomes = TrialRunner.Run([_sweep], options, Progress, cancellation)[0];
        return new(Configuration, [.. outcomes.GetOutcomes(0)])
        {
            Duration = stopwatch.Elapsed,
            BestParameters =
                [.. outcomes.GetParameters(0,
                    TrainingResult.FindBestTrial(outcomes.GetOutcomes(0), Configuration.UsesRootMeanSquareError))],
        };
    }
}
