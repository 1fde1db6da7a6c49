using System.Diagnostics;

namespace LatchLab.Experiments;

/// <summary>Watches the lanes of an ensemble, and tells of them at most twenty times a second.</summary>
/// <param name="live">Whom it tells; null for nobody.</param>
/// <param name="lanes">Number of lanes.</param>
internal sealed class LaneMeter(LiveTrials? live, int lanes)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    private readonly double[] errors = [.. Enumerable.Repeat(double.NaN, lanes)];
    private readonly int place = live?.Join() ?? 0;
    private LaneTotals ended;
    private long presentations;
    private double trialSeconds;
    private long told = Stopwatch.GetTimestamp();

    /// <summary>Counts a pass that taught.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="sequences">Its presentations.</param>
    /// <param name="error">The share that was wrong; null where the pass says nothing new.</param>
    public void CountPass(int lane, int sequences, double? error)
    {
        presentations += sequences;
        errors[lane] = error ?? errors[lane];
    }

    /// <summary>The lane's trial has ended.</summary>
    public void End(int lane, int budget, in Outcome outcome)
    {
        double error = double.IsNaN(outcome.TrainingError) ? errors[lane] : outcome.TrainingError;
        if (!double.IsNaN(error))
            ended = ended with { Errors = ended.Errors + error, Begun = ended.Begun + 1 };
        ended = ended with { Spared = ended.Spared + budget - outcome.Presentations };
        errors[lane] = double.NaN;
    }

    /// <summary>To be called after every pass.</summary>
    /// <param name="isLast">Whether there will be none any more.</param>
    public void Tell(bool isLast)
    {
        if (live is null || (!isLast && Stopwatch.GetElapsedTime(told) < Period))
            return;
        LaneTotals now = ended;
        foreach (double error in errors)
        {
            if (!double.IsNaN(error))
                now = now with { Errors = now.Errors + error, Begun = now.Begun + 1, Running = now.Running + 1 };
        }

        trialSeconds += now.Running * Stopwatch.GetElapsedTime(told).TotalSeconds;
        told = Stopwatch.GetTimestamp();
        live.Tell(place, now with { Presentations = presentations, TrialSeconds = trialSeconds });
    }
}

/// <summary>Sums over the trials that have been in the lanes of an ensemble.</summary>
/// <param name="Errors">Shares of the training sequences that are wrong.</param>
/// <param name="Begun">Trials in that sum.</param>
/// <param name="Running">Those of them that have not ended.</param>
/// <param name="Presentations">Presentations that taught.</param>
/// <param name="Spared">Presentations that trials which have ended had left.</param>
/// <param name="TrialSeconds">Running trials times seconds.</param>
internal readonly record struct LaneTotals(
    double Errors, int Begun, int Running, long Presentations, long Spared, double TrialSeconds)
{
    public static LaneTotals operator +(in LaneTotals a, in LaneTotals b)
        => new(
            a.Errors + b.Errors,
            a.Begun + b.Begun,
            a.Running + b.Running,
            a.Presentations + b.Presentations,
            a.Spared + b.Spared,
            a.TrialSeconds + b.TrialSeconds);
}
