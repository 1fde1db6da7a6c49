using LatchLab.Paper.Experiments;
using LatchLab.Training;

namespace LatchLab.Paper.Claims;

/// <summary>A claim with the values of the trials that test it, or what is missing to test it.</summary>
/// <param name="Row">The claim.</param>
/// <param name="Parts">Its parts.</param>
/// <param name="Missing">What a test needs and the run lacks; null if nothing.</param>
internal sealed record ClaimSample(ClaimRow Row, IReadOnlyList<PartSample> Parts, string? Missing = null);

/// <summary>An experiment whose claims are tested on trials.</summary>
internal interface ITrialClaims
{
    /// <summary>The trials of a group of a part.</summary>
    int GetTrials(Resolution resolution);

    /// <summary>Collects the values of the trials under the reference interpretation, for each claim.</summary>
    /// <param name="settings">The settings of the run.</param>
    /// <param name="outcomes">The outcomes of the experiment.</param>
    IEnumerable<ClaimSample> CollectClaims(ReproductionSettings settings, IReadOnlyList<SweepOutcomes> outcomes);
}
