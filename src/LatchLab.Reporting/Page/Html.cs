using LatchLab.Foundation;

namespace LatchLab.Reporting.Page;

/// <summary>HTML escaping and the style sheet of the page.</summary>
internal static class Html
{
    /// <summary>The style sheet of the page.</summary>
    public static string StyleSheet { get; } = ReadStyleSheet();

    /// <summary>Escapes text for use in an element or in a quoted attribute.</summary>
    public static string Escape(string text) => text
        .Replace("&", "&amp;")
        .Replace("<", "&lt;")
        .Replace(">", "&gt;")
        .Replace("\"", "&quot;")
        .Replace("'", "&#39;");

    /// <summary>
    /// Escapes text for readers, in which numbers with an exponent become powers of ten that no line end breaks.
    /// </summary>
    public static string EscapeProse(string text)
        => Escape(NumberFormat.Typeset(text)).Replace(" × 10", "&nbsp;×&nbsp;10");

    private static string ReadStyleSheet()
    {
        using var stream = typeof(Html).Assembly.GetManifestResourceStream("style.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
