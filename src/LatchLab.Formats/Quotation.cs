using System.Globalization;
using System.Text;

namespace LatchLab.Formats;

/// <summary>A user's own text inside a message: in quotes, on one line, and short.</summary>
internal static class Quotation
{
    private const int MaximumLength = 40;

    /// <summary>The text in double quotes.</summary>
    public static string Of(string text) => $"\"{Plain(text)}\"";

    /// <summary>The text without quotes.</summary>
    public static string Plain(string text)
    {
        var shown = new StringBuilder();
        bool isLong = text.Length > MaximumLength;
        foreach (Rune rune in (isLong ? text[..MaximumLength] : text).EnumerateRunes())
        {
            if (IsVisible(rune))
                shown.Append(rune);
            else
                shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
        }

        return isLong ? shown.Append('…').ToString() : shown.ToString();
    }

    private static bool IsVisible(Rune rune)
        => rune.Value == ' ' || Rune.IsLetterOrDigit(rune) || Rune.IsPunctuation(rune) || Rune.IsSymbol(rune);
}
