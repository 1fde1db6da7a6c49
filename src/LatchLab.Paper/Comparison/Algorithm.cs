using LatchLab.Learning;

namespace LatchLab.Paper.Comparison;

/// <summary>A learning algorithm, under one interpretation of the paper, in the comparison of Section V-E.</summary>
/// <param name="Id">Its name in the file of tuned settings.</param>
/// <param name="Name">Its name in figures and claims.</param>
/// <param name="Learner">Its settings before they are tuned.</param>
/// <param name="TuningGrid">The combinations of settings that tuning tries; none if it is not tuned.</param>
public sealed record Algorithm(string Id, string Name, LearnerDefinition Learner, TuningGrid TuningGrid)
{
    /// <summary>Whether it changes one parameter at a time, so that a temperature takes as many moves.</summary>
    public bool TemperatureTakesEveryParameter { get; init; }

    /// <summary>Whether some of its settings are tuned.</summary>
    public bool IsTuned => TuningGrid.Combinations.Count > 0;
}
