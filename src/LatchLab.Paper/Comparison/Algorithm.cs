using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Networks.Units;

namespace LatchLab.Paper.Comparison;

/// <summary>A learning algorithm, under one interpretation of the paper, in the comparison of Section V-E.</summary>
/// <param name="Id">Its name in the file of tuned settings.</param>
/// <param name="Name">Its name in figures and claims.</param>
/// <param name="Learner">Its settings before they are tuned.</param>
/// <param name="TuningGrid">The values that tuning tries for each setting; it tries every combination.</param>
public sealed record Algorithm(
    string Id, string Name, LearnerDefinition Learner, IReadOnlyDictionary<string, string[]> TuningGrid);

/// <summary>The algorithms of the comparison.</summary>
public static class KnownAlgorithms
{
    /// <summary>Standard back-propagation.</summary>
    public static Algorithm Backpropagation { get; } = new(
        "back-propagation",
        "back-propagation",
        new Backpropagation(),
        CreateGrid(("learning-rate", ["0.01", "0.03", "0.1", "0.3", "1", "3"])));

    /// <summary>Eq. (5), μ fixed.</summary>
    public static Algorithm PseudoNewton { get; } = new(
        "pseudo-newton",
        "pseudo-Newton",
        new PseudoNewton(),
        CreateGrid(("learning-rate", ["0.03", "0.1", "0.3", "1"]), ("damping", ["0.001", "0.01", "0.1", "1"])));

    /// <summary>
    /// Eq. (5) with μ adapted as for eq. (6). The only remaining difference from eq. (6) is the time weighting.
    /// </summary>
    public static Algorithm PseudoNewtonAdaptiveDamping { get; } = new(
        "pseudo-newton-adaptive",
        "pseudo-Newton, μ adaptive",
        new PseudoNewton { LearningRate = 0.01, Damping = new(), Steps = new() { StepBound = 0.3 } },
        CreateGrid(("learning-rate", ["0.003", "0.01", "0.03", "0.1"]), ("damping", ["0.1", "1", "10"])));

    /// <summary>Eq. (6), with the learning rate of the paper.</summary>
    public static Algorithm TimeWeightedPseudoNewton { get; } = new(
        "time-weighted-pseudo-newton",
        "time-weighted pseudo-Newton",
        new TimeWeightedPseudoNewton(),
        CreateGrid(("damping", ["0.1", "1", "10"]), ("limit", ["cap", "rescale"])));

    /// <summary>Eq. (6), with a learning rate that is tuned like those of the other algorithms.</summary>
    public static Algorithm TimeWeightedPseudoNewtonTunedRate { get; } = new(
        "time-weighted-pseudo-newton-rate",
        "time-weighted pseudo-Newton, η tuned",
        new TimeWeightedPseudoNewton(),
        CreateGrid(("learning-rate", ["0.001", "0.003", "0.03", "0.1", "0.3"]), ("limit", ["cap", "rescale"])));

    /// <summary>Eqs. (7) to (10); an impossible change propagates nothing.</summary>
    public static Algorithm DiscreteErrorPropagation { get; } =
        CreateDiscreteErrorPropagation(PropagationInterpretation.FeasibleOnly, "");

    /// <summary>Eq. (9) as it is printed.</summary>
    public static Algorithm DiscreteErrorPropagationAsPrinted { get; } =
        CreateDiscreteErrorPropagation(PropagationInterpretation.AsPrinted, "-as-printed");

    /// <summary>An impossible change drives the activation away from the threshold.</summary>
    public static Algorithm DiscreteErrorPropagationSymmetric { get; } =
        CreateDiscreteErrorPropagation(PropagationInterpretation.Symmetric, "-symmetric");

    /// <summary>Multi-grid random search, Section V-B.</summary>
    public static Algorithm MultigridRandomSearch { get; } = new(
        "multigrid-random-search",
        "multi-grid random search",
        new MultigridRandomSearch(),
        CreateGrid(("initial-half-width", ["1", "3", "10", "30", "100"])));

    /// <summary>
    /// Section V-B with a box that is not tuned: about as large as the interval of the initial parameters.
    /// </summary>
    public static Algorithm MultigridRandomSearchUnitBox { get; } = new(
        "multigrid-random-search-small",
        "multi-grid random search, box of 1",
        new MultigridRandomSearch { InitialHalfWidth = 1.0 },
        CreateGrid());

    /// <summary>Simulated annealing, Section V-A.</summary>
    public static Algorithm SimulatedAnnealing { get; } = new(
        "simulated-annealing",
        "simulated annealing",
        new SimulatedAnnealing(),
        CreateGrid(
            ("initial-temperature", ["0.1", "1", "10"]),
            ("initial-step", ["1", "10"]),
            ("cycles", ["5", "20"]),
            ("adjustments", ["5", "20"])));

    /// <summary>A baseline that the paper does not include; its range is the published one.</summary>
    public static Algorithm RandomGuessing { get; } = new("random-guessing", "random guessing", new RandomGuessing(),
        CreateGrid());

    /// <summary>The six algorithms of Figure 4, and random guessing.</summary>
    public static IReadOnlyList<Algorithm> InFigure4 { get; } =
        [Backpropagation, PseudoNewton, TimeWeightedPseudoNewton, DiscreteErrorPropagation, MultigridRandomSearch,
            SimulatedAnnealing, RandomGuessing];

    /// <summary>All algorithms under all interpretations.</summary>
    public static IReadOnlyList<Algorithm> All { get; } =
        [.. InFigure4, PseudoNewtonAdaptiveDamping, TimeWeightedPseudoNewtonTunedRate, MultigridRandomSearchUnitBox,
            DiscreteErrorPropagationAsPrinted, DiscreteErrorPropagationSymmetric];

    private static Algorithm CreateDiscreteErrorPropagation(PropagationInterpretation interpretation, string suffix)
        => new(
        $"discrete-error-propagation{suffix}",
        suffix.Length == 0
            ? "discrete error propagation"
            : $"discrete error propagation, {Settings.FormatValue(interpretation).Replace('-', ' ')}",
        new DiscreteErrorPropagation { ThresholdUnits = new() { Propagation = interpretation } },
        CreateGrid(("learning-rate", ["0.01", "0.03", "0.1", "0.3", "1"]), ("epsilon", ["0.03", "0.1", "0.3", "1"])));

    private static Dictionary<string, string[]> CreateGrid(params (string Name, string[] Values)[] settings)
        => settings.ToDictionary(setting => setting.Name, setting => setting.Values);
}
