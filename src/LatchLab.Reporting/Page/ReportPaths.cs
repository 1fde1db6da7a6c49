using System.Text.RegularExpressions;
using LatchLab.Figures;
using LatchLab.Reporting.Drawing;

namespace LatchLab.Reporting.Page;

/// <summary>The names of a report's files, relative to its folder, as links in a page write them.</summary>
internal static partial class ReportPaths
{
    /// <summary>The drawing; the light one has the plain name.</summary>
    public static string GetSvgPath(Figure figure, Theme theme) => $"figures/{GetStem(figure, theme)}.svg";

    /// <summary>The picture; the light one has the plain name.</summary>
    public static string GetPngPath(Figure figure, Theme theme) => $"figures/{GetStem(figure, theme)}.png";

    /// <summary>The numbers.</summary>
    public static string GetCsvPath(Figure figure) => $"data/{ValidateId(figure.Id)}.csv";

    /// <summary>The table of a section.</summary>
    public static string GetCsvPath(ReportSection section) => $"data/{ValidateId(section.Id)}.csv";

    private static string GetStem(Figure figure, Theme theme)
        => ValidateId(figure.Id) + (theme == Theme.Light ? "" : $"-{theme.Name}");

    /// <summary>
    /// The id of a figure or section. It becomes a file name, an anchor and the beginning of other ids; nothing in it
    /// may mean anything to either.
    /// </summary>
    /// <exception cref="ArgumentException">It is not made of letters, digits and hyphens.</exception>
    public static string ValidateId(string id)
        => IdPattern().IsMatch(id)
            ? id
            : throw new ArgumentException(
                $"The id '{id}' is not made of letters, digits and hyphens.", nameof(id));

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9-]*$")]
    private static partial Regex IdPattern();
}
