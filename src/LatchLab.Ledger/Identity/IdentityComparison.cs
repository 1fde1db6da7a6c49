using System.Globalization;

namespace LatchLab.Ledger.Identity;

/// <summary>Finds how two sweeps differ, and says it so that a user sees which of the two she meant.</summary>
/// <param name="existingLabel">What the first is called, for example <c>in the ledger</c>.</param>
/// <param name="givenLabel">What the second is called, for example <c>now</c>.</param>
internal sealed class IdentityComparison(string existingLabel, string givenLabel)
{
    private const int MaximumShown = 5;

    private readonly List<(string Field, string Difference)> _differences = [];

    /// <summary>The differences, the first few in full.</summary>
    public IReadOnlyList<(string Field, string Difference)> Compare(LedgerIdentity existing, LedgerIdentity given)
    {
        CompareField("program", existing.Program, given.Program);
        CompareField("random streams", existing.RandomStreams, given.RandomStreams);
        CompareField("seed", Format(existing.Seed), Format(given.Seed));
        CompareField("logged trials", Format(existing.LoggedTrials), Format(given.LoggedTrials));
        CompareField("cells", Format(existing.Configurations.Count), Format(given.Configurations.Count));
        CompareFields("data file ", existing.DataFiles, given.DataFiles);
        foreach ((int i, (LedgerConfiguration a,
            LedgerConfiguration b)) in existing.Configurations.Zip(given.Configurations).Index())
        {
            CompareField($"cell {i}: part", $"'{a.Part}'", $"'{b.Part}'");
            CompareField($"cell {i}: training sequences", Format(a.Sequences), Format(b.Sequences));
            CompareField($"cell {i}: test sequences", Format(a.TestSequences), Format(b.TestSequences));
            CompareFields($"cell {i}: ", a.Settings, b.Settings);
        }

        int omitted = _differences.Count - MaximumShown;
        return omitted <= 0
            ? _differences
            : [.. _differences.Take(MaximumShown), ("", $"and {omitted} more difference{(omitted == 1 ? "" : "s")}")];
    }

    private static string Format(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private void CompareFields(
        string prefix,
        IReadOnlyList<(string Name, string Value)> existing,
        IReadOnlyList<(string Name, string Value)> given)
    {
        if (existing.SequenceEqual(given))
            return; // nearly always: the order is that of the declaration
        Dictionary<string, string> a = existing.ToDictionary(), b = given.ToDictionary();
        foreach (string name in a.Keys.Union(b.Keys))
            CompareField(prefix + name, a.GetValueOrDefault(name), b.GetValueOrDefault(name));
    }

    private void CompareField(string field, string? existing, string? given)
    {
        if (existing != given)
            _differences.Add(
                (field, $"is {existing ?? "not set"} {existingLabel} and {given ?? "not set"} {givenLabel}"));
    }
}
