namespace LatchLab.Sweeps.Slurm;

/// <summary>Words for a shell.</summary>
public static class ShellQuoting
{
    /// <summary>The words in a row, quoted where they must be.</summary>
    public static string Join(params IEnumerable<string> arguments)
        => string.Join(' ', arguments.Select(word => word.Length > 0 && word.All(IsSafe)
            ? word
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'"));

    private static bool IsSafe(char c) => char.IsAsciiLetterOrDigit(c) || "-_./=,:+@%".Contains(c);
}
