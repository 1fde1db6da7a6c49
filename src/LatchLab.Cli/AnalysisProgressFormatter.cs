using LatchLab.Paper;

namespace LatchLab.Cli;

/// <summary>Formats the progress of the analysis that follows the trials of several seeds.</summary>
internal sealed class AnalysisProgressFormatter(AnalysisProgress progress) : IProgressFormatter
{
    public string FormatLine(TimeSpan? elapsed)
        => $"{progress.Completed} of {progress.Count} analyses, all seeds together and each by itself" +
            (elapsed is { } time ? $", after {ProgressFormat.FormatDuration(time)}" : "");

    public IReadOnlyList<(string Characters, string Colour)> FormatGraphic(bool isUnicode, int availableColumns) => [];
}
