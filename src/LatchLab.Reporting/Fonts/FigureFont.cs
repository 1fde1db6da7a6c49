using ScottPlot;
using SkiaSharp;

namespace LatchLab.Reporting.Fonts;

/// <summary>
/// The font of all figures: a subset of DejaVu Sans Condensed (Latin, Greek, subscripts, arrows, operators) that is
/// embedded in this assembly, so that figures do not depend on installed fonts.
/// </summary>
internal static class FigureFont
{
    /// <summary>The family name in the font file, in ScottPlot and in the pages.</summary>
    public const string Family = "LatchLab Sans";

    private static readonly byte[] FontBytes = ReadFontBytes();

    public static SKTypeface Typeface { get; } = LoadTypeface();

    /// <summary>A CSS <c>@font-face</c> rule with the embedded font.</summary>
    public static string FontFaceRule { get; } =
        $"@font-face{{font-family:'{Family}';src:url(data:font/ttf;base64,{Convert.ToBase64String(FontBytes)})"
        + " format('truetype')}";

    private static SKTypeface LoadTypeface()
    {
        // ScottPlot uses the first resolver that returns a typeface, so this one is inserted before the system's.
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
