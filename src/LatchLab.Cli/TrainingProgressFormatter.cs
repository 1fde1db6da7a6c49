using LatchLab.Training;

namespace LatchLab.Cli;

/// <summary>
/// Formats the progress of a few training trials: how many have ended, their error, their presentations and the maximum
/// time left, as far as they are known, and a graph of the error since the beginning.
/// </summary>
internal sealed class TrainingProgressFormatter(RunProgress progress) : IProgressFormatter
{
    private const int MinColumns = 4, MaxColumns = 16;
    private const string BarCharacters = "▁▂▃▄▅▆▇█";
    private const double ChanceError = 0.5; // the error at chance level fills a column

    private readonly List<double> _errors = [];

    public string FormatLine(TimeSpan? elapsed)
    {
        double error = progress.Monitor.MeanTrainingError;
        string[] parts =
        [
            FormattableString.Invariant($"{progress.CompletedTrials:N0} of {progress.Trials:N0} trials ended"),
            double.IsNaN(error) ? "" : FormattableString.Invariant($"error {error:0.00}"),
            $"{FormatCount(progress.Monitor.Presentations)} presentations",
            elapsed is { } total ? $"after {FormatDuration(total)}"
                : progress.Monitor.MaxTimeLeft is { } left ? $"up to {FormatDuration(left)} left"
                : "",
        ];
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }

    public IReadOnlyList<(string Characters, string Colour)> FormatGraphic(bool isUnicode, int availableColumns)
    {
        if (!double.IsNaN(progress.Monitor.MeanTrainingError))
            _errors.Add(progress.Monitor.MeanTrainingError);
        if (!isUnicode || availableColumns < MinColumns)
            return [];
        int width = Math.Min(MaxColumns, availableColumns), columns = Math.Min(width, _errors.Count);
        var curve = new char[columns];
        for (int i = 0; i < columns; i++)
        {
            int first = i * _errors.Count / columns, end = (i + 1) * _errors.Count / columns;
            double share = _errors.GetRange(first, end - first).Average() / ChanceError;
            curve[i] =
                BarCharacters[(int)Math.Clamp(Math.Round(share * (BarCharacters.Length - 1)), 0,
                    BarCharacters.Length - 1)];
        }

        return [(new string(curve).PadRight(width), ProgressFormat.Green)];
    }

    private static string FormatDuration(TimeSpan time)
        => time.TotalHours < 1.0 ? FormattableString.Invariant($"{time:m\\:ss}") : ProgressFormat.FormatDuration(time);

    private static string FormatCount(long count) => count switch
    {
        < 10_000 => FormattableString.Invariant($"{count:N0}"),
        < 1_000_000 => FormattableString.Invariant($"{count / 1000} k"),
        _ => FormattableString.Invariant($"{count / 1e6:N1} M"),
    };
}
