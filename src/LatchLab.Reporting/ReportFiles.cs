using System.Text.RegularExpressions;
using LatchLab.Experiments.Results;

namespace LatchLab.Reporting;

/// <summary>The names of a report's files, relative to its folder, as links in a page write them.</summary>
internal static partial class ReportFiles
{
    /// <summary>The drawing; the light one has the plain name.</summary>
    public static string Svg(Figure figure, Theme theme) => $"figures/{Stem(figure, theme)}.svg";

    /// <summary>The picture; the light one has the plain name.</summary>
    public static string Png(Figure figure, Theme theme) => $"figures/{Stem(figure, theme)}.png";

    /// <summary>The numbers.</summary>
    public static string Data(Figure figure) => $"data/{Checked(figure.Id)}.csv";

    /// <summary>The table of a section.</summary>
    public static string Data(ReportSection section) => $"data/{Checked(section.Id)}.csv";

    private static string Stem(Figure figure, Theme theme)
        => Checked(figure.Id) + (theme == Theme.Light ? "" : $"-{theme.Name}");

    /// <summary>
    /// The id of a figure or section. It becomes a file name, an anchor and the beginning of other ids; nothing in it
    /// may mean anything to either.
    /// </summary>
    /// <exception cref="ArgumentException">It is not made of letters, digits and hyphens.</exception>
    public static string Checked(string id)
        => Plain().IsMatch(id)
            ? id
            : throw new ArgumentException(
                $"The id '{id}' is not made of letters, digits and hyphens.", nameof(id));

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9-]*$")]
    private static partial Regex Plain();
}
