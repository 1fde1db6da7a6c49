using LatchLab.Figures;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// The colours of a figure. The palette is that of Okabe and Ito, which colour-blind readers can distinguish; its
/// eighth colour, yellow, is darkened for white backgrounds, and the dark theme lightens each hue for black ones.
/// </summary>
/// <param name="Name"><c>light</c> or <c>dark</c>: part of file names and of the ids inside an SVG.</param>
/// <param name="Background">The background.</param>
/// <param name="Text">Text.</param>
/// <param name="Muted">Axes, grey series, and bounds that belong to no curve.</param>
/// <param name="Grid">Grid lines.</param>
/// <param name="Palette">Colours of series; larger indices wrap around.</param>
public sealed record Theme(
    string Name, string Background, string Text, string Muted, string Grid, IReadOnlyList<string> Palette)
{
    // Colour-blind readers cannot distinguish pale hues, so regions differ in lightness, too. A search found the
    // strengths that maximize the CIELAB distances between the first five colours, their cores and grey in both themes,
    // for normal vision and for simulations without each kind of cone (Machado, Oliveira and Fernandes, 2009).
    private static readonly (int Pale, int Core)[] LightTints =
        [(38, 76), (28, 66), (14, 74), (32, 76), (36, 74), (20, 64), (26, 70), (22, 68)];

    // On near-black the third pale colour of the search has a contrast of 1.3 with the background. This is the palest
    // one with a contrast of at least 3 that keeps the least of the distances; its core is stronger, too.
    private static readonly (int Pale, int Core)[] DarkTints = [.. LightTints[..2], (57, 88), .. LightTints[3..]];

    /// <summary>Dark text on white: for light screens and print.</summary>
    public static Theme Light { get; } = new(
        "light", "#FFFFFF", "#1C1E21", "#6B7077", "#E4E6E9",
        ["#0072B2", "#D55E00", "#009E73", "#B8578F", "#C98A00", "#3D9BD6", "#26282B", "#8F8200"]);

    /// <summary>Light text on near-black.</summary>
    public static Theme Dark { get; } = new(
        "dark", "#15171A", "#E6E7E9", "#9BA1A8", "#2E3237",
        ["#4FA8E8", "#F5864A", "#2CC79B", "#E594C4", "#F2B53A", "#9AD4FF", "#D9DBDE", "#F0E442"])
    {
        RegionTints = DarkTints,
    };

    /// <summary>Both themes, in the order in which a report writes them.</summary>
    public static IReadOnlyList<Theme> All { get; } = [Light, Dark];

    private (int Pale, int Core)[] RegionTints { get; init; } = LightTints;

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
    /// A tint of a series' colour, mixed with the background: for the wide stroke of a bound beneath its curve.
    /// </summary>
    public string GetTint(int colour) => MixWithBackground(GetSeriesColour(colour), strength: 45);

    /// <summary>
    /// The colour of the cells of a region: pale enough to draw over, stronger in the core. For a
    /// <see cref="Region.Hatched"/> region it is the colour of the lines.
    /// </summary>
    public string GetRegionColour(int colour, bool isCore)
    {
        var (pale, strong) = colour switch
        {
            Region.Hatched => (80, 80),
            Region.Grey => (50, 70),
            Figures.Series.TextColour => (100, 100), // lines, visible above the cores of all other regions
            _ => RegionTints[(int)((uint)colour % (uint)RegionTints.Length)],
        };
        return MixWithBackground(colour == Region.Hatched ? Muted : GetSeriesColour(colour), isCore ? strong : pale);
    }

    // Strength is the percentage of the colour; the rest is background.
    private string MixWithBackground(string hex, int strength)
    {
        return $"#{MixChannel(1):X2}{MixChannel(3):X2}{MixChannel(5):X2}";

        int MixChannel(int at)
            => ((strength * ParseChannel(hex, at)) + ((100 - strength) * ParseChannel(Background, at))) / 100;

        static int ParseChannel(string colour, int at) => Convert.ToInt32(colour.Substring(at, 2), 16);
    }
}
