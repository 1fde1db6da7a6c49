using LatchLab.Experiments;

namespace LatchLab.Cli;

/// <summary>
/// The progress of a run of very many trials: how many have ended, their rate, the time left, and a bar.
/// </summary>
/// <param name="progress">The run.</param>
internal sealed class TrialCount(RunProgress progress) : IProgressText
{
    private const int Bar = 12;

    /// <summary>Says what a long run will roughly take, before it begins.</summary>
    public static void Announce(RunProgress progress, int threads)
    {
        TimeSpan expected = progress.Expected(threads);
        if (expected > TimeSpan.FromSeconds(30))
        {
            CommandLine.Tell(FormattableString.Invariant(
                $"{progress.Trials:N0} trials, roughly {ProgressWords.Of(expected)} on {threads} threads"));
        }
    }

    /// <inheritdoc/>
    public string Line(TimeSpan? ended)
        => FormattableString.Invariant(
            $"{100.0 * progress.Fraction,3:0} %, {progress.Ended:N0} of {progress.Trials:N0} trials, ") +
            FormattableString.Invariant($"{progress.Rate:N0} a second, ") +
            (ended is { } time ? $"after {ProgressWords.Of(time)}" : Left());

    /// <inheritdoc/>
    public IReadOnlyList<(string Characters, string Colour)> Picture(bool isUnicode, int room)
    {
        if (room < Bar)
            return [];
        var done = (int)Math.Round(Bar * progress.Fraction);
        return isUnicode
            ? [(new('━', done), ProgressWords.Green), (new('━', Bar - done), ProgressWords.Grey)]
            : [(new string('#', done) + new string('.', Bar - done), "")];
    }

    private string Left()
    {
        try
        {
            return progress.TimeLeft is { } left ? $"about {ProgressWords.Of(left)} left" : "estimating";
        }
        catch (OverflowException)
        {
            return "ages left";
        }
    }
}
