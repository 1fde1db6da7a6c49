namespace LatchLab.Reporting;

/// <summary>
/// The colours of a figure. The palette is that of Okabe and Ito, which the colour-blind can tell apart; its eighth
/// colour, yellow, is darkened for white paper, and the dark theme raises each hue until it reads on black.
/// </summary>
/// <param name="Name"><c>light</c> or <c>dark</c>: part of file names and of the ids inside an SVG.</param>
/// <param name="Paper">Behind everything.</param>
/// <param name="Ink">Text.</param>
/// <param name="Muted">Axes, grey series, and bounds that belong to no curve.</param>
/// <param name="Grid">Lines that only guide the eye.</param>
/// <param name="Palette">Colours of series; an index beyond the last begins again.</param>
public sealed record Theme(
    string Name, string Paper, string Ink, string Muted, string Grid, IReadOnlyList<string> Palette)
{
    /// <summary>Dark ink on white: the screen by day, and print.</summary>
    public static Theme Light { get; } = new(
        "light", "#FFFFFF", "#1C1E21", "#6B7077", "#E4E6E9",
        ["#0072B2", "#D55E00", "#009E73", "#B8578F", "#C98A00", "#3D9BD6", "#26282B", "#8F8200"]);

    /// <summary>Light ink on near-black.</summary>
    public static Theme Dark { get; } = new(
        "dark", "#15171A", "#E6E7E9", "#9BA1A8", "#2E3237",
        ["#4FA8E8", "#F5864A", "#2CC79B", "#E594C4", "#F2B53A", "#9AD4FF", "#D9DBDE", "#F0E442"]);

    /// <summary>Both, in the order in which a report writes them.</summary>
    public static IReadOnlyList<Theme> All { get; } = [Light, Dark];

    /// <summary>The colour of a series; <see cref="Experiments.Results.Series.Grey"/> is that of the axes.</summary>
    public string Series(int colour)
        => colour == Experiments.Results.Series.Grey ? Muted : Palette[(int)((uint)colour % (uint)Palette.Count)];

    /// <summary>
    /// A lighter shade of a series' colour on this paper: for the wide stroke of a bound beneath its curve.
    /// </summary>
    public string Shade(int colour)
    {
        const int strength = 45; // per cent of the colour, the rest paper
        string hex = Series(colour);
        return $"#{Mix(hex, 1):X2}{Mix(hex, 3):X2}{Mix(hex, 5):X2}";

        int Mix(string ink, int at)
            => ((strength * Convert.ToInt32(ink.Substring(at, 2), 16))
                + ((100 - strength) * Convert.ToInt32(Paper.Substring(at, 2), 16))) / 100;
    }
}
