using LatchLab.Paper.Experiments;

namespace LatchLab.Paper.Claims;

/// <summary>Which rows of the table of claims a run tests.</summary>
internal static class ClaimSelection
{
    /// <summary>Whether a claim is tested.</summary>
    public static bool Tests(this ReproductionSettings settings, ClaimRow row) => settings.Tests(row.Number);
}
