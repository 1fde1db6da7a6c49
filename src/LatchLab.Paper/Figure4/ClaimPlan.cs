using LatchLab.Paper.Claims;
using LatchLab.Paper.Comparison;

namespace LatchLab.Paper.Figure4;

/// <summary>A claim about algorithms with the families of its parts.</summary>
/// <param name="Row">The claim.</param>
/// <param name="Families">The families of parts.</param>
internal sealed record ClaimPlan(ClaimRow Row, params IReadOnlyList<PartFamily> Families)
{
    /// <summary>The runs that the claim needs.</summary>
    public IEnumerable<(Problem Problem, Algorithm Algorithm)> Runs
        => Families.SelectMany(family => family.Runs).Distinct();

    /// <summary>Whether a change replaces one of these runs.</summary>
    public bool IsAffectedBy(SingleChange change)
        => Runs.Any(run => change.Replace(run) != run);

    /// <summary>The parts of the claim.</summary>
    /// <param name="table">The runs.</param>
    /// <param name="above">Only lengths above this belong to the claim.</param>
    public IReadOnlyList<PartSample> CreateParts(RunTable table, int above = 0)
        => [.. Families.SelectMany(family => family.CreateParts(table, above))];
}
