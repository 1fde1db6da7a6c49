using LatchLab.Training;

namespace LatchLab.Cli;

/// <summary>Formats the progress of a run.</summary>
internal interface IProgressFormatter
{
    /// <summary>Formats the progress as one line.</summary>
    /// <param name="elapsed">The duration of the run; null while it runs.</param>
    string FormatLine(TimeSpan? elapsed);

    /// <summary>
    /// Formats a small graphic to show before the line: runs of characters with their terminal colours; empty if it
    /// does not fit. Called once each time the line is shown.
    /// </summary>
    /// <param name="isUnicode">Whether characters beyond ASCII can be shown.</param>
    /// <param name="availableColumns">The columns available for the graphic.</param>
    IReadOnlyList<(string Characters, string Colour)> FormatGraphic(bool isUnicode, int availableColumns);
}

/// <summary>The colours and the duration format of progress lines.</summary>
internal static class ProgressFormat
{
    /// <summary>The terminal escape sequence for green.</summary>
    public const string Green = "\e[32m";

    /// <summary>The terminal escape sequence for grey.</summary>
    public const string Grey = "\e[90m";

    /// <summary>
    /// Formats an estimate in whole seconds: one duration if both ends of its range look the same, and none of 0.
    /// </summary>
    public static string FormatRange(TimeRange range)
    {
        string least = FormatDuration(range.Least),
            most = FormatDuration(TimeSpan.FromSeconds(Math.Max(1.0, Math.Ceiling(range.Most.TotalSeconds))));
        return range.Least < TimeSpan.FromSeconds(1.0) ? $"up to {most}"
            : least == most ? $"about {most}" : $"{least} to {most}";
    }

    /// <summary>Formats a duration as hours, minutes and seconds.</summary>
    public static string FormatDuration(TimeSpan time)
        => FormattableString.Invariant($"{(long)time.TotalHours}:{time:mm\\:ss}");
}
