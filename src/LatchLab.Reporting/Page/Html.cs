namespace LatchLab.Reporting.Page;

/// <summary>What all parts of the page need: text made safe, and the style.</summary>
internal static class Html
{
    /// <summary>The style sheet of the page.</summary>
    public static string StyleSheet { get; } = ReadStyleSheet();

    /// <summary>Text that means nothing but itself, in an element or in a quoted attribute.</summary>
    public static string Escape(string text) => text
        .Replace("&", "&amp;")
        .Replace("<", "&lt;")
        .Replace(">", "&gt;")
        .Replace("\"", "&quot;")
        .Replace("'", "&#39;");

    private static string ReadStyleSheet()
    {
        using var stream = typeof(Html).Assembly.GetManifestResourceStream("style.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
