namespace LatchLab.Learning;

/// <summary>Every way of learning that LatchLab knows, with its defaults. A new one is a line here.</summary>
public static class KnownLearners
{
    /// <summary>In the order of the paper, then ours.</summary>
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
}
