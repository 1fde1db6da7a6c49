using System.Globalization;

namespace LatchLab.Ledger;

/// <summary>Finds how two sweeps differ, and says it so that a user sees which of the two she meant.</summary>
/// <param name="there">What the first is called, for example <c>in the ledger</c>.</param>
/// <param name="here">What the second is called, for example <c>now</c>.</param>
internal sealed class IdentityComparison(string there, string here)
{
    private const int Shown = 5;

    private readonly List<(string Field, string Difference)> differences = [];

    /// <summary>The differences, the first few in full.</summary>
    public IReadOnlyList<(string Field, string Difference)> Of(LedgerIdentity known, LedgerIdentity given)
    {
        Compare("program", known.Program, given.Program);
        Compare("random streams", known.RandomStreams, given.RandomStreams);
        Compare("seed", InWords(known.Seed), InWords(given.Seed));
        Compare("logged trials", InWords(known.LoggedTrials), InWords(given.LoggedTrials));
        Compare("cells", InWords(known.Cells.Count), InWords(given.Cells.Count));
        CompareNamed("data file ", known.DataFiles, given.DataFiles);
        foreach ((int i, (LedgerCell a, LedgerCell b)) in known.Cells.Zip(given.Cells).Index())
        {
            Compare($"cell {i}: part", $"'{a.Part}'", $"'{b.Part}'");
            Compare($"cell {i}: training sequences", InWords(a.Sequences), InWords(b.Sequences));
            Compare($"cell {i}: test sequences", InWords(a.TestSequences), InWords(b.TestSequences));
            CompareNamed($"cell {i}: ", a.Settings, b.Settings);
        }

        int more = differences.Count - Shown;
        return more <= 0
            ? differences
            : [.. differences.Take(Shown), ("", $"and {more} more difference{(more == 1 ? "" : "s")}")];
    }

    private static string InWords(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private void CompareNamed(
        string prefix,
        IReadOnlyList<(string Name, string Value)> known,
        IReadOnlyList<(string Name, string Value)> given)
    {
        if (known.SequenceEqual(given))
            return; // nearly always: the order is that of the declaration
        Dictionary<string, string> a = known.ToDictionary(), b = given.ToDictionary();
        foreach (string name in a.Keys.Union(b.Keys))
            Compare(prefix + name, a.GetValueOrDefault(name), b.GetValueOrDefault(name));
    }

    private void Compare(string field, string? known, string? given)
    {
        if (known != given)
            differences.Add((field, $"is {known ?? "not set"} {there} and {given ?? "not set"} {here}"));
    }
}
