using System.Diagnostics;

namespace LatchLab.Experiments;

/// <summary>Trials of one cell, and what came out of them: what <c>train</c> does.</summary>
public sealed class TrainingRun
{
    /// <summary>Most trials of a run.</summary>
    public const int MostTrials = 100_000;

    // The parameters of every trial are kept until it is known which of them is the best: 400 MB.
    private const long MostParameters = 50_000_000;

    private readonly ProblemCell cell;
    private readonly Sweep sweep;

    /// <summary>A run that has not begun.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="trials">Number of trials, at least 1.</param>
    public TrainingRun(ProblemCell cell, int trials)
    {
        this.cell = cell;
        sweep = new($"{cell.Task.Name}, {cell.Training.Name}", [cell], trials)
        {
            KeptParameters = cell.ParameterNames.Count,
        };
        Progress = RunProgress.Of([sweep]);
    }

    /// <summary>How far it is.</summary>
    public RunProgress Progress { get; }

    /// <summary>Why so many trials cannot be run; null if they can.</summary>
    public InputError? Mistake
        => (long)sweep.Trials * sweep.KeptParameters > MostParameters
            ? new("--trials", "", $"{sweep.Trials} networks of {sweep.KeptParameters} parameters do not fit in " +
                $"memory: give at most {MostParameters / sweep.KeptParameters}")
            : null;

    /// <summary>Runs every trial.</summary>
    /// <param name="options">How to run.</param>
    /// <param name="cancellation">Ends the run early.</param>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public TrainingResult Run(RunOptions options, CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        SweepOutcomes outcomes = Runner.Run([sweep], options, Progress, cancellation)[0];
        return new(cell, [.. outcomes.OfCell(0)], options.Seed)
        {
            Time = clock.Elapsed,
            BestParameters =
                [.. outcomes.Parameters(0, TrainingResult.BestOf(outcomes.OfCell(0), cell.IsMeasuredByCost))],
        };
    }
}
