using System.Buffers;
using System.Text;
using System.Text.Json;
using LatchLab.Files;
using LatchLab.Foundation;

namespace LatchLab.Models.Json;

/// <summary>
/// Describes why a text is not JSON. The error follows the last valid token, so the description is derived from this
/// token, the open lists and objects, and the next few bytes.
/// </summary>
internal readonly ref struct JsonSyntaxError
{
    private static readonly SearchValues<byte> WordTerminators = SearchValues.Create(" \t\r\n,:[]{}\""u8);

    private static readonly SearchValues<byte> HexadecimalDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    private readonly JsonTree _tree;
    private readonly JsonParseState _state;
    private readonly ReadOnlySpan<byte> _text;

    private JsonSyntaxError(JsonTree tree, JsonParseState state)
    {
        _tree = tree;
        _state = state;
        _text = tree.Source.Bytes;
    }

    private bool IsValueExpected
        => _state.LastToken is JsonTokenType.PropertyName or JsonTokenType.StartArray or JsonTokenType.None;

    private bool IsInObject
        => _state.OpenContainers.TryPeek(out int node) && _tree[node].Kind == JsonTokenType.StartObject;

    /// <summary>Creates the exception for a text that the reader rejected.</summary>
    public static ValidationException CreateException(JsonTree tree, JsonParseState state)
    {
        (int offset, string problem) = new JsonSyntaxError(tree, state).Locate();
        bool isInField = state.LastToken == JsonTokenType.PropertyName || state.OpenContainers.Count > 1;
        return new ValidationException(
            tree.Source.FormatLocation(offset),
            isInField && state.TopLevelField is { } field ? Escape.Text(field.Value) : "",
            $"not valid JSON at column {tree.Source.ColumnAt(offset)}: {problem}");
    }

    private (int Offset, string Problem) Locate()
    {
        int next = SkipWhitespace(_state.EndOffset);
        if (IsEndOrComment(next, out string problem))
            return (next, problem);
        if (IsValueExpected)
            return LocateInValue(next);
        if (_state.LastToken == JsonTokenType.StartObject)
            return (next, DescribeInvalidName(next));
        if (_state.OpenContainers.Count == 0)
            return (next, "nothing may follow the end of the network");
        if (_text[next] != ',')
            return (next, DescribeMissingComma(next));

        int comma = next;
        next = SkipWhitespace(comma + 1);
        if (IsEndOrComment(next, out problem))
            return (next, problem);
        if (_text[next] is (byte)']' or (byte)'}')
            return (comma, $"a comma is not allowed before {(char)_text[next]}");
        return IsInObject ? (next, DescribeInvalidName(next)) : LocateInValue(next);
    }

    private bool IsEndOrComment(int offset, out string description)
    {
        description = offset == _text.Length ? DescribeUnexpectedEnd() : "comments are not allowed";
        return offset == _text.Length || _text[offset..].StartsWith("//"u8) || _text[offset..].StartsWith("/*"u8);
    }

    private string DescribeUnexpectedEnd()
    {
        var missing = new StringBuilder();
        foreach (int node in _state.OpenContainers)
            missing.Append(_tree[node].Kind == JsonTokenType.StartObject ? '}' : ']');
        return $"the text ends too early; {missing} is missing";
    }

    private string DescribeMissingComma(int offset)
        => _text[offset] is (byte)']' or (byte)'}'
            ? $"{(char)_text[offset]} stands where {(IsInObject ? "}" : "]")} is needed"
            : $"a comma is missing before {GetWordAt(offset)}";

    private string DescribeInvalidName(int offset)
    {
        if (_text[offset] == '"')
            return DescribeString(offset, fallback: "a colon is missing after the name of the field");
        bool maybeDecimalComma = _state.LastToken == JsonTokenType.Number && char.IsAsciiDigit((char)_text[offset]);
        string hint = maybeDecimalComma ? "; decimals are written with a point" : "";
        return $"{GetWordAt(offset)} stands where the name of a field in double quotes is needed{hint}";
    }

    /// <summary>
    /// Locates the error where a value is expected. A number or word at the end of the text may be valid or truncated,
    /// so the end of the text is reported.
    /// </summary>
    private (int Offset, string Problem) LocateInValue(int offset)
    {
        bool isWord = !WordTerminators.Contains(_text[offset]);
        return isWord && _state.OpenContainers.Count > 0 && offset + GetWordLength(offset) == _text.Length
            ? (_text.Length, DescribeUnexpectedEnd())
            : (offset, DescribeInvalidValue(offset));
    }

    private string DescribeInvalidValue(int offset)
    {
        byte first = _text[offset];
        string word = GetWordAt(offset);
        return first switch
        {
            (byte)'"' => DescribeString(offset, fallback: "this string is invalid"),
            (byte)'\'' => "a string needs double quotes, not single quotes",
            (byte)'[' or (byte)'{' => $"nested deeper than {JsonTree.MaximumDepth} levels",
            (byte)',' or (byte)':' or (byte)']' or (byte)'}' => $"a value is missing before {(char)first}",
            _ when IsNonFiniteLiteral(word) => $"{word} is not a JSON number; a finite number is needed",
            _ when word.ToLowerInvariant() is "true" or "false" or "null" => $"{word} must be lower case",
            _ when char.IsAsciiDigit((char)first) || "+-.".Contains((char)first)
                => $"{word} is not a valid JSON number, such as 0.5, -3 or 1e-4",
            _ => $"{word} is not a value; a string needs double quotes",
        };
    }

    /// <summary>Describes the error in the string that starts here; the fallback if the string is valid.</summary>
    private string DescribeString(int offset, string fallback)
    {
        for (int i = offset + 1; i < _text.Length; i++)
        {
            if (_text[i] == '"')
                return fallback;
            if (_text[i] < ' ')
                return "the closing quote of this string is missing, or the string contains a line break or tab";
            if (_text[i] != '\\')
                continue;
            i++;
            if (i < _text.Length && !IsEscape(_text[i..]))
                return "a backslash in this string does not start a JSON escape; write a backslash as \\\\";
        }

        return "the closing quote of this string is missing";
    }

    /// <summary>Whether the text after a backslash completes an escape.</summary>
    private static bool IsEscape(ReadOnlySpan<byte> text)
        => text[0] == 'u'
            ? text.Length > 4 && !text[1..5].ContainsAnyExcept(HexadecimalDigits)
            : "\"\\/bfnrt"u8.Contains(text[0]);

    private static bool IsNonFiniteLiteral(string word)
        => word.TrimStart('+', '-').ToLowerInvariant() is "nan" or "inf" or "infinity" or "∞";

    /// <summary>Returns the word at an offset, up to the next space or JSON punctuation, for a message.</summary>
    private string GetWordAt(int offset)
        => Escape.Text(Encoding.UTF8.GetString(_text.Slice(offset, GetWordLength(offset))));

    private int GetWordLength(int offset)
    {
        if (_text[offset] == '"')
            return 2 + _text[(offset + 1)..].IndexOf((byte)'"');
        int length = _text[offset..].IndexOfAny(WordTerminators);
        return length < 0 ? _text.Length - offset : Math.Max(length, 1);
    }

    private int SkipWhitespace(int offset)
    {
        while (offset < _text.Length && _text[offset] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            offset++;
        return offset;
    }
}
