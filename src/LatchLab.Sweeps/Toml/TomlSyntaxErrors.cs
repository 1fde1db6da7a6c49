using LatchLab.Files;
using Tomlyn.Syntax;

namespace LatchLab.Sweeps.Toml;

/// <summary>
/// Describes why a text is not TOML. Tomlyn reports the tokens of its parser; the surrounding text shows what the
/// author probably intended. Only the first error of each line is reported, because further errors mostly follow from
/// it. Nothing is reported after an unclosed string.
/// </summary>
internal static class TomlSyntaxErrors
{
    private const string WordTerminators = " \t\r\n,=[]{}#\"':;";

    /// <summary>Throws all errors in one exception; does nothing if there are none.</summary>
    public static void ThrowIfAny(DiagnosticsBag diagnostics, string text, ValidationErrors errors)
    {
        int lastLine = -1;
        foreach (DiagnosticMessage diagnostic in diagnostics.OrderBy(diagnostic => diagnostic.Span.Start.Offset))
        {
            TextPosition start = diagnostic.Span.Start;
            if (start.Line == lastLine)
                continue;
            lastLine = start.Line;
            string message = diagnostic.Message;
            string problem = Describe(message, text, Math.Clamp(start.Offset, 0, text.Length));
            errors.Add(new SourceLocation(start.Line + 1, start.Column + 1), "", $"not valid TOML: {problem}");
            if (IsUnterminatedString(message))
                break;
        }

        errors.ThrowIfAny();
    }

    /// <summary>Replaces the control characters of a message of Tomlyn by spaces.</summary>
    public static string ReplaceControlCharacters(string message)
        => string.Concat(message.Select(letter => char.IsControl(letter) ? ' ' : letter));

    private static string Describe(string message, string text, int offset)
    {
        string word = GetWordAt(text, offset);
        return message switch
        {
            _ when IsUnterminatedString(message) => "the closing quote of a string is missing",
            _ when Contains("Expecting `=` after a key") => DescribeMissingEquals(text, offset, word),
            _ when Contains("for a value") || Contains("expecting a value") => DescribeMissingValue(text, offset, word),
            _ when Contains("expecting token `newline`") => DescribeTrailingText(text, offset, word),
            _ when Contains("while expecting `]")
                => $"{(Contains("`]]`") ? "]]" : "]")} is missing after the name of a section",
            _ when Contains("closing `]`") => $"a list is not closed: ] or a comma is missing before {word}",
            _ when Contains("Missing a `,`") => $"a comma is missing before {word}",
            _ when Contains("inline table")
                => $"a table in braces is not closed: }} or a comma is missing before {word}",
            _ when Contains("escape character")
                => "a backslash in double quotes begins an escape; write / in a path, or use single quotes",
            _ when Contains("leading zero") => $"{word} has a leading 0; remove it",
            _ when Contains("parse integer") => $"{word} is too large",
            _ when Contains("underscore") => "an underscore is allowed only between two digits",
            _ when Contains("control character") => "a string contains a control character",
            _ when Contains("Unexpected token [") => word == "=" ? "a name is missing before ="
                : $"{word} stands where a name is needed; quote names with letters other than a to z",
            _ => ReplaceControlCharacters(message),
        };

        bool Contains(string part) => message.Contains(part, StringComparison.Ordinal);
    }

    private static string DescribeMissingEquals(string text, int offset, string word)
    {
        string name = GetWordAt(text, FindPreviousWord(text, offset));
        return word == ":" ? $"write = instead of : after {name}" : $"= and a value are missing after {name}";
    }

    private static string DescribeMissingValue(string text, int offset, string word)
    {
        if (offset >= text.Length || text[offset] is '\r' or '\n' or '#')
            return "a value is missing after =";
        return word switch
        {
            "," or "]" or "}" or "=" => $"a value is missing before {word}",
            ['.', >= '0' and <= '9', ..] => $"a number needs a digit before the decimal point: write 0{word}",
            [.., '.'] => $"a number needs a digit after the decimal point: write {word}0",
            _ when word.ToLowerInvariant() is "true" or "false" => $"{word} must be lower case",
            _ when word.TrimStart('+', '-').ToLowerInvariant() is "nan" or "inf" or "infinity"
                => $"{word} is not allowed; a finite number is needed",
            _ when char.IsLetter(word[0]) => $"a string needs double quotes: write \"{word}\"",
            _ => $"{word} is not a value",
        };
    }

    private static string DescribeTrailingText(string text, int offset, string word)
    {
        bool isBetweenDigits = offset > 0 && char.IsAsciiDigit(text[offset - 1])
            && offset + 1 < text.Length && char.IsAsciiDigit(text[offset + 1]);
        return word == "," && isBetweenDigits
            ? "decimals are written with a point: 0.5"
            : $"{word} follows the end of the value or section; start a new line before it";
    }

    /// <summary>Whether a diagnostic reports an unclosed string. Diagnostics after it are unreliable.</summary>
    private static bool IsUnterminatedString(string message)
        => message.Contains("newline in a string", StringComparison.Ordinal)
            || message.Contains("End-Of-File", StringComparison.Ordinal);

    /// <summary>Returns the word at an offset, up to the next space or TOML punctuation, for a message.</summary>
    private static string GetWordAt(string text, int offset)
    {
        int end = offset;
        while (end < text.Length && !WordTerminators.Contains(text[end]))
            end++;
        string word = text[offset..Math.Max(end, Math.Min(offset + 1, text.Length))];
        return string.IsNullOrWhiteSpace(word) ? "the end of the line" : Escape.Text(word);
    }

    /// <summary>Returns the start of the last word before an offset.</summary>
    private static int FindPreviousWord(string text, int offset)
    {
        while (offset > 0 && char.IsWhiteSpace(text[offset - 1]))
            offset--;
        while (offset > 0 && !WordTerminators.Contains(text[offset - 1]))
            offset--;
        return offset;
    }
}
