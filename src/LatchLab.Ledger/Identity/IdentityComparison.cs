using System.Globalization;

namespace LatchLab.Ledger.Identity;

/// <summary>Describes the differences between two sweeps.</summary>
/// <param name="existingLabel">The label of the first sweep, for example <c>in the ledger</c>.</param>
/// <param name="givenLabel">The label of the second sweep, for example <c>now</c>.</param>
internal sealed class IdentityComparison(string existingLabel, string givenLabel)
{
    private const int MaximumShown = 5;

    private readonly List<(string Field, string Difference)> _differences = [];

    /// <summary>Returns the first differences, and the number of omitted ones.</summary>
    public IReadOnlyList<(string Field, string Difference)> Compare(LedgerIdentity existing, LedgerIdentity given)
    {
        CompareField("program", existing.Program, given.Program);
        CompareField("random streams", existing.RandomStreams, given.RandomStreams);
        CompareField("seed", Format(existing.Seed), Format(given.Seed));
        CompareField("logged trials", Format(existing.LoggedTrials), Format(given.LoggedTrials));
        CompareField("configurations", Format(existing.Configurations.Count), Format(given.Configurations.Count));
        CompareFields("data file ", existing.DataFiles, given.DataFiles);
        foreach ((int i, (LedgerConfiguration a,
            LedgerConfiguration b)) in existing.Configurations.Zip(given.Configurations).Index())
        {
            CompareField($"configuration {i}: part", $"'{a.Part}'", $"'{b.Part}'");
            CompareField($"configuration {i}: training sequences", Format(a.Sequences), Format(b.Sequences));
            CompareField($"configuration {i}: test sequences", Format(a.TestSequences), Format(b.TestSequences));
            CompareField($"configuration {i}: stored parameters",
                Format(a.StoredParameters), Format(b.StoredParameters));
            CompareFields($"configuration {i}: ", a.Settings, b.Settings);
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
            return; // the common case: fields are in the order of their declaration
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
