namespace LatchLab.Formats;

/// <summary>Words for a shell.</summary>
public static class ShellWords
{
    /// <summary>The words in a row, quoted where they must be.</summary>
    public static string Of(params IEnumerable<string> words)
        => string.Join(' ', words.Select(word => word.Length > 0 && word.All(IsPlain)
            ? word
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'"));

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || "-_./=,:+@%".Contains(c);
}
