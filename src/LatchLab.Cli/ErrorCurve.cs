using LatchLab.Experiments;

namespace LatchLab.Cli;

/// <summary>
/// The progress of a few trials that are watched as they learn: how many have ended, their error, their presentations,
/// the time left at most, and a picture of the error since the beginning.
/// </summary>
/// <param name="progress">The run.</param>
internal sealed class ErrorCurve(RunProgress progress) : IProgressText
{
    private const int Fewest = 4, Most = 16;
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const double Chance = 0.5; // the error of a network that knows nothing fills a column

    private readonly List<double> errors = [];

    /// <inheritdoc/>
    public string Line(TimeSpan? ended)
    {
        double error = progress.Live.MeanError;
        string shown = double.IsNaN(error) ? "not known yet" : FormattableString.Invariant($"{error:0.00}");
        string time = ended is { } all ? $"after {InWords(all)}"
            : progress.Live.MostTimeLeft is { } left ? $"up to {InWords(left)} left"
            : "estimating";
        return FormattableString.Invariant($"{progress.Ended:N0} of {progress.Trials:N0} trials ended, error {shown}, ")
            + $"{Short(progress.Live.Presentations)} presentations, {time}";
    }

    /// <inheritdoc/>
    public IReadOnlyList<(string Characters, string Colour)> Picture(bool isUnicode, int room)
    {
        if (!double.IsNaN(progress.Live.MeanError))
            errors.Add(progress.Live.MeanError);
        if (!isUnicode || room < Fewest)
            return [];
        int width = Math.Min(Most, room), columns = Math.Min(width, errors.Count);
        var curve = new char[columns];
        for (int i = 0; i < columns; i++)
        {
            int first = i * errors.Count / columns, end = (i + 1) * errors.Count / columns;
            double share = errors.GetRange(first, end - first).Average() / Chance;
            curve[i] = Blocks[(int)Math.Clamp(Math.Round(share * (Blocks.Length - 1)), 0, Blocks.Length - 1)];
        }

        return [(new string(curve).PadRight(width), ProgressWords.Green)];
    }

    private static string InWords(TimeSpan time)
        => time.TotalHours < 1.0 ? FormattableString.Invariant($"{time:m\\:ss}") : ProgressWords.Of(time);

    private static string Short(long count) => count switch
    {
        < 10_000 => FormattableString.Invariant($"{count:N0}"),
        < 1_000_000 => FormattableString.Invariant($"{count / 1000} k"),
        _ => FormattableString.Invariant($"{count / 1e6:N1} M"),
    };
}
