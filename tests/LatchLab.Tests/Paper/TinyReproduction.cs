using LatchLab.Paper.Experiments;
using LatchLab.Tests.Training;

namespace LatchLab.Tests.Paper;

/// <summary>Settings with which every experiment runs in a fraction of a second.</summary>
internal static class TinyReproduction
{
    public static ReproductionSettings Tiny { get; } = new()
    {
        BaseConfiguration = MinimalConfigurations.Create(new() { Length = 6 }, presentations: 60),
        Resolution = new()
        {
            Grid = 2,
            Runs = 2,
            Lengths = 2,
            LongestLength = 8,
            Trials = 3,
            Comparison = new()
            {
                ComparedLength = 5,
                ComparedTrials = 2,
                ComparedBudget = 60,
                SearchBudget = 60,
                KeyAnnealingBudget = 60,
            },
            Theory = new() { RandomSystems = 2, BasinGrid = 4, CurvePoints = 4 },
        },
    };
}
