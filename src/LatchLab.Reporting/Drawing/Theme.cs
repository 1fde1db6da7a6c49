using LatchLab.Figures;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// The colours of a figure. The palette is that of Okabe and Ito, which the colour-blind can tell apart; its eighth
/// colour, yellow, is darkened for white paper, and the dark theme raises each hue until it reads on black.
/// </summary>
/// <param name="Name"><c>light</c> or <c>dark</c>: part of file names and of the ids inside an SVG.</param>
/// <param name="Background">Behind everything.</param>
/// <param name="Text">Text.</param>
/// <param name="Muted">Axes, grey series, and bounds that belong to no curve.</param>
/// <param name="Grid">Lines that only guide the eye.</param>
/// <param name="Palette">Colours of series; an index beyond the last begins again.</param>
public sealed record Theme(
    string Name, string Background, string Text, string Muted, string Grid, IReadOnlyList<string> Palette)
{
    // Pale hues look alike to the colour-blind, so that regions differ in lightness, too. Found by a search for those
    // strengths at which the first five, their cores and grey are farthest apart (CIELAB) in both themes, as seen
    // normally and as simulated without each kind of cone (Machado, Oliveira and Fernandes, 2009).
    private static readonly (int Pale, int Core)[] RegionTints =
        [(38, 76), (28, 66), (14, 74), (32, 76), (36, 74), (20, 64), (26, 70), (22, 68)];

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

    /// <summary>
    /// The colour of a series; <see cref="Figures.Series.Grey"/> is that of the axes,
    /// <see cref="Figures.Series.TextColour"/> that of text.
    /// </summary>
    public string GetSeriesColour(int colour) => colour switch
    {
        Figures.Series.Grey => Muted,
        Figures.Series.TextColour => Text,
        _ => Palette[(int)((uint)colour % (uint)Palette.Count)],
    };

    /// <summary>
    /// A lighter shade of a series' colour on this paper: for the wide stroke of a bound beneath its curve.
    /// </summary>
    public string GetTint(int colour) => MixWithBackground(GetSeriesColour(colour), strength: 45);

    /// <summary>
    /// The colour of the cells of a region: pale enough for what is drawn over it, stronger in its core. Of a
    /// <see cref="Region.Hatched"/> region it is that of the lines.
    /// </summary>
    public string GetRegionColour(int colour, bool isCore)
    {
        var (pale, strong) = colour switch
        {
            Region.Hatched => (80, 80),
            Region.Grey => (50, 70),
            _ => RegionTints[(int)((uint)colour % (uint)RegionTints.Length)],
        };
        return MixWithBackground(colour == Region.Hatched ? Muted : GetSeriesColour(colour), isCore ? strong : pale);
    }

    // Strength is in per cent of the colour; the rest is paper.
    private string MixWithBackground(string hex, int strength)
    {
        return $"#{MixChannel(1):X2}{MixChannel(3):X2}{MixChannel(5):X2}";

        int MixChannel(int at)
            => ((strength * ParseChannel(hex, at)) + ((100 - strength) * ParseChannel(Background, at))) / 100;

        static int ParseChannel(string colour, int at) => Convert.ToInt32(colour.Substring(at, 2), 16);
    }
}
