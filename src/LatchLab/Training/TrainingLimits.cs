using LatchLab.Foundation;

namespace LatchLab.Training;

/// <summary>The budget of a trial and the scoring of its outputs.</summary>
public sealed record TrainingLimits
{
    /// <summary>Presentations after which a trial that has not converged stops.</summary>
    [Setting("presentations after which a run ends", "decision", Minimum = 1, Maximum = 1_000_000_000, Probe = "12")]
    public int Presentations { get; init; } = 100_000;

    /// <summary>Largest distance between a correct output and its target; 0 to compare signs or classes.</summary>
    [Setting("largest distance of a correct output from its target (for label values, in their units); 0: the sign " +
        "of the output decides or, with one output per class, the largest output", "decision; paper: sign",
        Minimum = 0, Maximum = 1e9, Probe = "0.1")]
    public double Tolerance { get; init; }

    /// <summary>The error criterion.</summary>
    [Setting("error criterion of the gradient methods", "paper: squared", Probe = "absolute")]
    public ErrorCriterion Criterion { get; init; } = ErrorCriterion.Squared;

    /// <summary>The weights of the classes.</summary>
    [Setting("weights of the classes in the criterion of the gradient methods: none, or balanced (inverse to the " +
        "frequency of the class among the training sequences, with mean 1 over these)", "decision", Probe = "balanced",
        ProbeBeside = "task.label=other; task.split=part")]
    public ClassWeighting ClassWeights { get; init; }
}
