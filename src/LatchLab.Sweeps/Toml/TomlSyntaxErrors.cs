using LatchLab.Files;
using Tomlyn.Syntax;

namespace LatchLab.Sweeps.Toml;

/// <summary>
/// Says in plain words why a text is no TOML. Tomlyn tells the tokens of its parser; what stands around the place says
/// what the author probably meant. Of a line only the first mistake is told, for the others mostly follow from it, and
/// nothing after a text that is not closed.
/// </summary>
internal static class TomlSyntaxErrors
{
    private const string WordTerminators = " \t\r\n,=[]{}#\"':;";

    /// <summary>Throws everything at once; does nothing where all was right.</summary>
    /// <param name="diagnostics">What Tomlyn says.</param>
    /// <param name="text">The text.</param>
    /// <param name="errors">Receives the mistakes.</param>
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

    /// <summary>A message that somebody else wrote.</summary>
    public static string ReplaceControlCharacters(string message)
        => string.Concat(message.Select(letter => char.IsControl(letter) ? ' ' : letter));

    private static string Describe(string message, string text, int offset)
    {
        string word = GetWordAt(text, offset);
        bool Contains(string part) => message.Contains(part, StringComparison.Ordinal);
        if (IsUnterminatedString(message))
            return "the closing quote of a text is missing";
        if (Contains("Expecting `=` after a key"))
        {
            string name = GetWordAt(text, FindPreviousWord(text, offset));
            return word == ":" ? $"write = instead of : after {name}" : $"= and a value are missing after {name}";
        }

        if (Contains("for a value") || Contains("expecting a value"))
            return DescribeMissingValue(text, offset, word);
        if (Contains("expecting token `newline`"))
            return DescribeTrailingText(text, offset, word);
        if (Contains("while expecting `]"))
            return $"{(Contains("`]]`") ? "]]" : "]")} is missing after the name of a section";
        if (Contains("closing `]`"))
            return $"a list is not closed: ] or a comma is missing before {word}";
        if (Contains("Missing a `,`"))
            return $"a comma is missing before {word}";
        if (Contains("inline table"))
            return $"a table in braces is not closed: }} or a comma is missing before {word}";
        if (Contains("escape character"))
            return "a backslash in double quotes begins an escape; write / in a path, or put the text in single quotes";
        if (Contains("leading zero"))
            return $"{word} begins with 0; write it without";
        if (Contains("parse integer"))
            return $"{word} is too large";
        if (Contains("underscore"))
            return "an underscore may stand between two digits only";
        if (Contains("control character"))
            return "a control character stands in a text";
        if (Contains("Unexpected token ["))
        {
            return word == "="
                ? "a name is missing before ="
                : $"{word} stands where a name is needed; names of other letters than a to z stand in quotes";
        }

        return ReplaceControlCharacters(message);
    }

    private static string DescribeMissingValue(string text, int offset, string word)
    {
        if (offset >= text.Length || text[offset] is '\r' or '\n' or '#')
            return "a value is missing after =";
        return word switch
        {
            "," or "]" or "}" or "=" => $"a value is missing before {word}",
            ['.', >= '0' and <= '9', ..] => $"a number has a digit before its point: write 0{word}",
            [.., '.'] => $"a number has a digit after its point: write {word}0",
            _ when word.ToLowerInvariant() is "true" or "false" => $"{word} is written in small letters",
            _ when word.TrimStart('+', '-').ToLowerInvariant() is "nan" or "inf" or "infinity"
                => $"{word} is no number; a finite number is needed",
            _ when char.IsLetter(word[0]) => $"a text stands in double quotes: write \"{word}\"",
            _ => $"{word} is no value",
        };
    }

    private static string DescribeTrailingText(string text, int offset, string word)
    {
        bool isBetweenDigits = offset > 0 && char.IsAsciiDigit(text[offset - 1])
            && offset + 1 < text.Length && char.IsAsciiDigit(text[offset + 1]);
        return word == "," && isBetweenDigits
            ? "decimals are written with a point: 0.5"
            : $"{word} follows the end of the value or section; what comes next stands on a line of its own";
    }

    /// <summary>A text whose end was not found: what Tomlyn says of the rest is as if inside were outside.</summary>
    private static bool IsUnterminatedString(string message)
        => message.Contains("newline in a string", StringComparison.Ordinal)
            || message.Contains("End-Of-File", StringComparison.Ordinal);

    /// <summary>What stands at a place, up to the next space or sign of TOML, for a message.</summary>
    private static string GetWordAt(string text, int offset)
    {
        int end = offset;
        while (end < text.Length && !WordTerminators.Contains(text[end]))
            end++;
        string word = text[offset..Math.Max(end, Math.Min(offset + 1, text.Length))];
        return string.IsNullOrWhiteSpace(word) ? "the end of the line" : Escape.Text(word);
    }

    /// <summary>Where the last word before a place begins.</summary>
    private static int FindPreviousWord(string text, int offset)
    {
        while (offset > 0 && char.IsWhiteSpace(text[offset - 1]))
            offset--;
        while (offset > 0 && !WordTerminators.Contains(text[offset - 1]))
            offset--;
        return offset;
    }
}
