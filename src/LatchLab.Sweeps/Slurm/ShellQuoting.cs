namespace LatchLab.Sweeps.Slurm;

/// <summary>Quotes arguments for a POSIX shell.</summary>
public static class ShellQuoting
{
    /// <summary>Joins arguments with spaces and quotes them where necessary.</summary>
    public static string Join(params IEnumerable<string> arguments)
        => string.Join(' ', arguments.Select(word => word.Length > 0 && word.All(IsSafe)
            ? word
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'"));

    private static bool IsSafe(char c) => char.IsAsciiLetterOrDigit(c) || "-_./=,:+@%".Contains(c);
}
