using ScottPlot;
using SkiaSharp;

namespace LatchLab.Reporting.Fonts;

/// <summary>
/// The one font of every figure: a subset of DejaVu Sans Condensed (Latin, Greek, subscripts, arrows, operators) that
/// travels inside this assembly, so that no figure depends on what a machine has installed.
/// </summary>
internal static class FigureFont
{
    /// <summary>The family, as the font itself, ScottPlot and the pages know it.</summary>
    public const string Family = "LatchLab Sans";

    private static readonly byte[] FontBytes = ReadFontBytes();

    /// <summary>The loaded face.</summary>
    public static SKTypeface Typeface { get; } = LoadTypeface();

    /// <summary>A rule of CSS that carries the whole font.</summary>
    public static string FontFaceRule { get; } =
        $"@font-face{{font-family:'{Family}';src:url(data:font/ttf;base64,{Convert.ToBase64String(FontBytes)})"
        + " format('truetype')}";

    /// <summary>Whether the font can draw a text without an empty box.</summary>
    public static bool CanRender(string text) => text.EnumerateRunes().All(rune => Typeface.GetGlyph(rune.Value) != 0);

    private static SKTypeface LoadTypeface()
    {
        // ScottPlot asks its resolvers in order and takes the first answer, so ours goes before that of the system.
        ScottPlot.Fonts.FontResolvers.Insert(0, new Resolver());
        return CreateFace();
    }

    private static SKTypeface CreateFace() => SKTypeface.FromData(SKData.CreateCopy(FontBytes));

    private static byte[] ReadFontBytes()
    {
        using var stream = typeof(FigureFont).Assembly.GetManifestResourceStream("LatchLabSans.ttf")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private sealed class Resolver : IFontResolver
    {
        public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing)
            => fontName == Family ? CreateFace() : null;

        [Obsolete("ScottPlot keeps this overload for old callers.")]
        public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic)
            => fontName == Family ? CreateFace() : null;
    }
}
