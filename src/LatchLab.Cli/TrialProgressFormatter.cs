using LatchLab.Training;

namespace LatchLab.Cli;

/// <summary>
/// Formats the progress of a run with many trials: how many have ended, their rate, the time left, and a bar.
/// </summary>
internal sealed class TrialProgressFormatter(RunProgress progress) : IProgressFormatter
{
    private const int BarWidth = 12;

    public string FormatLine(TimeSpan? elapsed)
        => FormattableString.Invariant(
            $"{100.0 * progress.Fraction,3:0} %, {progress.CompletedTrials:N0} of {progress.Trials:N0} trials, ") +
            FormattableString.Invariant($"{progress.TrialsPerSecond:N0} a second, ") +
            (elapsed is { } time ? $"after {ProgressFormat.FormatDuration(time)}" : FormatTimeLeft());

    public IReadOnlyList<(string Characters, string Colour)> FormatGraphic(bool isUnicode, int availableColumns)
    {
        if (availableColumns < BarWidth)
            return [];
        var done = (int)Math.Round(BarWidth * progress.Fraction);
        return isUnicode
            ? [(new('━', done), ProgressFormat.Green), (new('━', BarWidth - done), ProgressFormat.Grey)]
            : [(new string('#', done) + new string('.', BarWidth - done), "")];
    }

    private string FormatTimeLeft()
        => progress.TimeLeft is { } left ? $"{ProgressFormat.FormatRange(left)} left" : "estimating";
}
