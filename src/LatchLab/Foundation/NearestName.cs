namespace LatchLab.Foundation;

/// <summary>
/// Finds the known name that is closest to an input: the one at the smallest optimal string alignment distance (letters
/// inserted, deleted or substituted, or two adjacent letters transposed), if that distance is small for its length.
/// </summary>
public static class NearestName
{
    // Shorter names are alike without being meant.
    private const int MinLength = 3;

    /// <summary>The nearest name; null if none is near enough.</summary>
    public static string? Find(string input, IEnumerable<string> names)
        => names
            .Where(name => Math.Abs(name.Length - input.Length) <= MaximumDistance(name))
            .Select(name => (Name: name, Distance: ComputeDistance(input.ToLowerInvariant(), name)))
            .Where(candidate => candidate.Distance <= MaximumDistance(candidate.Name))
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();

    /// <summary>
    /// The end of a message about an unknown name: empty, or a suggestion. That is the nearest name or, if none is near
    /// enough, the only one that the input abbreviates, such as back-propagation for backprop. A number has none.
    /// </summary>
    public static string FormatSuggestion(string input, IEnumerable<string> names)
        => input.Length >= MinLength && input.Any(char.IsLetter)
            && (Find(input, names) ?? FindAbbreviated(input, names)) is { } name ? $"; did you mean \"{name}\"?" : "";

    /// <summary>The only name whose letters and digits begin with those of the input; null if there is none.</summary>
    private static string? FindAbbreviated(string input, IEnumerable<string> names)
    {
        string beginning = KeepLettersAndDigits(input.ToLowerInvariant());
        string[] abbreviated = beginning.Length < MinLength ? []
            : [.. names.Where(name => KeepLettersAndDigits(name).StartsWith(beginning, StringComparison.Ordinal))];
        return abbreviated is [var name] ? name : null;
    }

    private static string KeepLettersAndDigits(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    /// <summary>
    /// One edit for a name of fewer than five letters, two from five letters on: short words are easily alike.
    /// </summary>
    private static int MaximumDistance(string name) => name.Length < 5 ? 1 : name.Length / 5 + 1;

    private static int ComputeDistance(string a, string b)
    {
        int[,] distance = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
                distance[i, j] = i == 0 || j == 0 ? i + j : MinimumCost(i, j);
        }

        return distance[a.Length, b.Length];

        int MinimumCost(int i, int j)
        {
            int substitutionCost = distance[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            int cost = Math.Min(substitutionCost, 1 + Math.Min(distance[i - 1, j], distance[i, j - 1]));
            bool isTransposition = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            return isTransposition ? Math.Min(cost, distance[i - 2, j - 2] + 1) : cost;
        }
    }
}
