namespace LatchLab.Cli;

/// <summary>What there is to say of a run that goes on.</summary>
internal interface IProgressFormatter
{
    /// <summary>One line.</summary>
    /// <param name="elapsed">How long the run took; null as long as it goes on.</param>
    string FormatLine(TimeSpan? elapsed);

    /// <summary>
    /// A small picture to stand before the line: its characters, and the colour that the terminal is to give each of
    /// its parts; none where there is no room for it. Called once each time that the line is shown.
    /// </summary>
    /// <param name="isUnicode">Whether characters beyond ASCII can be shown.</param>
    /// <param name="availableColumns">Columns that are left for it.</param>
    IReadOnlyList<(string Characters, string Colour)> FormatGraphic(bool isUnicode, int availableColumns);
}

/// <summary>Words that progress is told in.</summary>
internal static class ProgressFormat
{
    /// <summary>Green, for the terminal.</summary>
    public const string Green = "\e[32m";

    /// <summary>Grey, for the terminal.</summary>
    public const string Grey = "\e[90m";

    /// <summary>Hours, minutes and seconds.</summary>
    public static string FormatDuration(TimeSpan time)
        => FormattableString.Invariant($"{(long)time.TotalHours}:{time:mm\\:ss}");
}
