namespace LatchLab.Learning;

/// <summary>All learners of LatchLab with their default settings. To register a new one, add a line here.</summary>
public static class KnownLearners
{
    /// <summary>Those of the paper in its order, then the others.</summary>
    public static IReadOnlyList<LearnerDefinition> All { get; } =
    [
        new Backpropagation(),
        new PseudoNewton(),
        new TimeWeightedPseudoNewton(),
        new DiscreteErrorPropagation(),
        new MultigridRandomSearch(),
        new SimulatedAnnealing(),
        new RandomGuessing(),
        new ForwardPropagation(),
        new Curriculum(),
    ];

    /// <summary>Those that a curriculum can use.</summary>
    public static IReadOnlyList<LearnerDefinition> Inner { get; } =
        [.. All.Where(learner => learner.InnerLearner is null)];
}
