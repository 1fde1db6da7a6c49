namespace LatchLab.Paper.Claims;

/// <summary>The units, most often systems, in which a universal statement was checked; each counts once.</summary>
internal static class SystemSample
{
    /// <summary>Creates the part of a universal claim; its remark names the first counterexample.</summary>
    /// <param name="label">What the units are, in the plural.</param>
    /// <param name="row">The claim.</param>
    /// <param name="units">The name of each unit, and whether it is a counterexample.</param>
    public static PartSample Create(
        string label, ClaimRow row, IEnumerable<(string Name, bool IsCounterexample)> units)
    {
        (string Name, bool IsCounterexample)[] all = [.. units];
        return new(label, row.Rules[0], [[.. all.Select(unit => unit.IsCounterexample ? 1.0 : 0.0)]])
        {
            Remark = all.FirstOrDefault(unit => unit.IsCounterexample).Name ?? "",
        };
    }
}
