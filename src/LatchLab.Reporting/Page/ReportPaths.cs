using System.Text.RegularExpressions;
using LatchLab.Figures;
using LatchLab.Reporting.Drawing;

namespace LatchLab.Reporting.Page;

/// <summary>The paths of a report's files, relative to its folder, with forward slashes.</summary>
internal static partial class ReportPaths
{
    /// <summary>The path of the SVG file; the light theme has no suffix.</summary>
    public static string GetSvgPath(Figure figure, Theme theme) => $"figures/{GetStem(figure, theme)}.svg";

    /// <summary>The path of the PNG file; the light theme has no suffix.</summary>
    public static string GetPngPath(Figure figure, Theme theme) => $"figures/{GetStem(figure, theme)}.png";

    /// <summary>The path of a figure's data.</summary>
    public static string GetCsvPath(Figure figure) => $"data/{ValidateId(figure.Id)}.csv";

    /// <summary>The path of a section's table.</summary>
    public static string GetCsvPath(ReportSection section) => $"data/{ValidateId(section.Id)}.csv";

    private static string GetStem(Figure figure, Theme theme)
        => ValidateId(figure.Id) + (theme == Theme.Light ? "" : $"-{theme.Name}");

    /// <summary>
    /// Returns the id of a figure or section if it is valid. The id becomes a file name, an anchor and a prefix of
    /// other ids, so it must not contain special characters.
    /// </summary>
    /// <exception cref="ArgumentException">The id does not consist of letters, digits and hyphens.</exception>
    public static string ValidateId(string id)
        => IdPattern().IsMatch(id)
            ? id
            : throw new ArgumentException(
                $"The id '{id}' must consist of letters, digits and hyphens.", nameof(id));

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9-]*$")]
    private static partial Regex IdPattern();
}
