using System.Globalization;
using System.Text;

namespace LatchLab.Files;

/// <summary>Formats user input for a message: quoted, on one line and shortened.</summary>
public static class Escape
{
    private const int MaximumLength = 40;

    /// <summary>Returns the escaped text in double quotes.</summary>
    public static string Quote(string text) => $"\"{Text(text)}\"";

    /// <summary>Returns the escaped text without quotes.</summary>
    public static string Text(string text)
    {
        var shown = new StringBuilder();
        bool isLong = text.Length > MaximumLength;
        foreach (Rune rune in (isLong ? text[..MaximumLength] : text).EnumerateRunes())
        {
            if (IsPrintable(rune))
                shown.Append(rune);
            else
                shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
        }

        return isLong ? shown.Append('…').ToString() : shown.ToString();
    }

    private static bool IsPrintable(Rune rune)
        => rune.Value == ' ' || Rune.IsLetterOrDigit(rune) || Rune.IsPunctuation(rune) || Rune.IsSymbol(rune);
}
