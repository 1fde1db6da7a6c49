using LatchLab.Foundation;
using LatchLab.Paper.Claims;
using LatchLab.Paper.Experiments;

namespace LatchLab.Paper.Figure2a;

/// <summary>
/// Claim 1: "convergence becomes very unlikely for large noise variance or small initial values of w". Each half has
/// two parts: the trend along its axis, and the frequency of convergence in the fifth of the plane at its end. Every
/// run of the plane has its own start and noise, so every run is a unit. (The runs at different points have different
/// probabilities, which makes the interval of their common frequency wider than necessary, never narrower.)
/// </summary>
internal static class DensityClaims
{
    private const int LeastGrid = 10; // points along an axis, so that a fifth has at least two

    /// <summary>Collects both halves.</summary>
    public static IEnumerable<ClaimSample> Collect(ReproductionSettings settings, DensityGrid grid)
        => from row in new[] { ClaimTable.LargeNoise, ClaimTable.SmallWeight }
           where settings.Tests(row)
           select new ClaimSample(row, CreateParts(row, grid), FindWhatIsMissing(settings));

    private static PartSample[] CreateParts(ClaimRow row, DensityGrid grid)
    {
        bool alongWeight = row == ClaimTable.SmallWeight;
        return
        [
            new(alongWeight ? "trend over w0" : "trend over s", row.Rules[0], grid.GroupAlong(alongWeight)),
            new(
                alongWeight ? "the fifth with the smallest w0" : "the fifth with the largest s",
                row.Rules[1],
                [grid.ConvergenceInEdgeFifth(alongWeight, atUpperEnd: !alongWeight)]),
        ];
    }

    private static string? FindWhatIsMissing(ReproductionSettings settings)
    {
        Resolution resolution = settings.Resolution, reference = Resolution.Standard;
        return resolution.Grid >= LeastGrid && resolution.Runs >= reference.Runs
            && resolution.LargestNoise >= reference.LargestNoise ? null
            : $"A test needs {reference.Runs} runs at each point, a grid of {LeastGrid} points along each axis, and " +
                $"s up to {NumberFormat.Short(reference.LargestNoise)} (here {resolution.Runs}, {resolution.Grid} " +
                $"and {NumberFormat.Short(resolution.LargestNoise)}).";
    }
}
