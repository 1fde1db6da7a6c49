using System.Globalization;
using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Networks.Units;

namespace LatchLab.Paper.Comparison;

/// <summary>
/// The algorithms of the comparison. Every algorithm that is tuned has <see cref="TuningGrid.CombinationCount"/>
/// combinations of settings, whose ranges follow from the scale of its steps and not from results.
/// </summary>
public static class KnownAlgorithms
{
    private const string LearningRate = "learning-rate", Damping = "damping", Cycles = "cycles";

    /// <summary>The paper's bound of the steps of eq. (6), Section V-C, for the other gradient methods.</summary>
    private const double StepBound = 0.3;

    // Back-propagation: from steps of a thousandth of a gradient, which is below 1, to far above the parameters.
    private static readonly TuningGrid BackpropagationGrid = TuningGrid.Combine(
        TuningRange.CreateLogarithmic(LearningRate, 0.001, decades: 4.75, count: 20));

    // Eq. (5): η around Newton's step, 1, and its share of one of 30 sequences, 1/30; μ from a curvature that almost
    // vanished to one above all that occur, with which the step is that of back-propagation.
    private static readonly TuningGrid PseudoNewtonGrid = TuningGrid.Combine(
        TuningRange.CreateLogarithmic(LearningRate, 0.01, decades: 3, count: 4),
        TuningRange.CreateLogarithmic(Damping, 0.0001, decades: 5, count: 5));

    /// <summary>Standard back-propagation.</summary>
    public static Algorithm Backpropagation { get; } = new(
        "back-propagation", "back-propagation", new Backpropagation(), BackpropagationGrid);

    /// <summary>Eq. (5), as it is written: μ fixed, steps without a bound.</summary>
    public static Algorithm PseudoNewton { get; } = new(
        "pseudo-newton", "pseudo-Newton", new PseudoNewton(), PseudoNewtonGrid);

    /// <summary>Eq. (6) with the settings of the paper: η = 0.01, μ adapted, steps of at most 0.3.</summary>
    public static Algorithm TimeWeightedPseudoNewton { get; } = new(
        "time-weighted-pseudo-newton", "time-weighted pseudo-Newton", new TimeWeightedPseudoNewton(), TuningGrid.None);

    /// <summary>
    /// Eqs. (7) to (10), where an impossible change drives the activation away from the threshold.
    /// </summary>
    public static Algorithm DiscreteErrorPropagation { get; } = CreateDiscreteErrorPropagation(
        "", PropagationInterpretation.Symmetric);

    /// <summary>Multi-grid random search, Section V-B, with a box of half-width 1 around the start.</summary>
    public static Algorithm MultigridRandomSearch { get; } = new(
        "multigrid-random-search", "multi-grid random search", new MultigridRandomSearch(), TuningGrid.None);

    /// <summary>Simulated annealing, Section V-A, with the constants of Corana et al.</summary>
    public static Algorithm SimulatedAnnealing { get; } = CreateAnnealing(
        "", "", new(), TuningGrid.None);

    /// <summary>A baseline that the paper does not include; its range is the published one.</summary>
    public static Algorithm RandomGuessing { get; } = new(
        "random-guessing", "random guessing", new RandomGuessing(), TuningGrid.None);

    /// <summary>Back-propagation with the bound of the steps that the paper gives for eq. (6).</summary>
    public static Algorithm BackpropagationBounded { get; } = new(
        "back-propagation-bounded",
        "back-propagation, |Δw| ≤ 0.3",
        new Backpropagation { Steps = new() { StepBound = StepBound } },
        BackpropagationGrid);

    /// <summary>Eq. (5) with the bound of the steps that the paper gives for eq. (6).</summary>
    public static Algorithm PseudoNewtonBounded { get; } = new(
        "pseudo-newton-bounded",
        "pseudo-Newton, |Δw| ≤ 0.3",
        new PseudoNewton { Steps = new() { StepBound = StepBound } },
        PseudoNewtonGrid);

    /// <summary>Back-propagation whose learning rate is at most 0.3.</summary>
    public static Algorithm BackpropagationSmallSteps { get; } = new(
        "back-propagation-small-steps",
        "back-propagation, η ≤ 0.3",
        new Backpropagation(),
        TuningGrid.Combine(TuningRange.CreateLogarithmic(LearningRate, 0.00126, decades: 2.375, count: 20)));

    /// <summary>Eq. (5) whose learning rate divided by the damping is at most 0.3.</summary>
    public static Algorithm PseudoNewtonSmallSteps { get; } = new(
        "pseudo-newton-small-steps",
        "pseudo-Newton, η/μ ≤ 0.3",
        new PseudoNewton(),
        TuningGrid.Combine(
            TuningRange.CreateLogarithmic(LearningRate, 0.0003, decades: 3, count: 4),
            TuningRange.CreateLogarithmic(Damping, 0.0001, decades: 5, count: 5)).ScaleRateBy(Damping));

    /// <summary>
    /// Eq. (5) with μ adapted and steps bounded as for eq. (6). The only remaining difference from eq. (6) is the time
    /// weighting.
    /// </summary>
    public static Algorithm PseudoNewtonAdaptiveDamping { get; } = new(
        "pseudo-newton-adaptive",
        "pseudo-Newton, μ adaptive",
        new PseudoNewton { LearningRate = 0.01, Damping = new(), Steps = new() { StepBound = StepBound } },
        TuningGrid.Combine(
            TuningRange.CreateLogarithmic(LearningRate, 0.001, decades: 4, count: 5),
            TuningRange.CreateLogarithmic(Damping, 0.01, decades: 3, count: 4)));

    /// <summary>Eq. (6), with a learning rate that is tuned like those of the other algorithms.</summary>
    public static Algorithm TimeWeightedPseudoNewtonTunedRate { get; } = new(
        "time-weighted-pseudo-newton-rate",
        "time-weighted pseudo-Newton, η tuned",
        new TimeWeightedPseudoNewton(),
        TuningGrid.Combine(
            TuningRange.CreateLogarithmic(LearningRate, 0.001, decades: 4.5, count: 10),
            TuningRange.CreateNames("limit", "cap", "rescale")));

    /// <summary>Eq. (6) with the settings of the paper, but steps without a bound.</summary>
    public static Algorithm TimeWeightedPseudoNewtonUnbounded { get; } = new(
        "time-weighted-pseudo-newton-unbounded",
        "time-weighted pseudo-Newton, no bound",
        new TimeWeightedPseudoNewton { Steps = new() },
        TuningGrid.None);

    /// <summary>Eq. (9) as it is printed.</summary>
    public static Algorithm DiscreteErrorPropagationAsPrinted { get; } = CreateDiscreteErrorPropagation(
        "-as-printed", PropagationInterpretation.AsPrinted);

    /// <summary>Eqs. (7) to (10), where an impossible change propagates nothing.</summary>
    public static Algorithm DiscreteErrorPropagationFeasibleOnly { get; } = CreateDiscreteErrorPropagation(
        "-feasible-only", PropagationInterpretation.FeasibleOnly);

    /// <summary>
    /// Simulated annealing with temperatures of 16 to 2,025 moves of a parameter; Corana's constants make 2,000 or
    /// more. The initial step size is not tuned: annealing adapts it.
    /// </summary>
    public static Algorithm SimulatedAnnealingTuned { get; } = CreateAnnealing(
        "-tuned",
        ", tuned",
        new(),
        TuningGrid.Combine(
            TuningRange.CreateLogarithmic("initial-temperature", 0.01, decades: 4, count: 5),
            new(Cycles, ["4", "9", "20", "45"], IsOrdered: true)).Copy(Cycles, "adjustments"));

    /// <summary>Simulated annealing without a limit of the step sizes, as Corana et al. have none.</summary>
    public static Algorithm SimulatedAnnealingUnlimitedStep { get; } = CreateAnnealing(
        "-unlimited-step", ", no largest step", new() { LargestStep = 1e100 }, TuningGrid.None);

    /// <summary>Simulated annealing that begins at a higher temperature, which the paper does not give.</summary>
    public static Algorithm SimulatedAnnealingHot { get; } = CreateAnnealing(
        "-hot", ", T0 = 10", new() { InitialTemperature = 10.0 }, TuningGrid.None);

    /// <summary>Simulated annealing that begins at a lower temperature.</summary>
    public static Algorithm SimulatedAnnealingCool { get; } = CreateAnnealing(
        "-cool", ", T0 = 0.1", new() { InitialTemperature = 0.1 }, TuningGrid.None);

    /// <summary>
    /// Multi-grid random search with boxes of other half-widths, and with the reference, in the order of the width.
    /// </summary>
    public static IReadOnlyList<(double HalfWidth, Algorithm Algorithm)> MultigridBoxes { get; } =
    [
        CreateMultigridBox(0.5),
        (1.0, MultigridRandomSearch),
        .. new[] { 2.0, 5.0, 10.0, 20.0, 50.0, 100.0 }.Select(CreateMultigridBox),
    ];

    /// <summary>The six algorithms of Figure 4, and random guessing.</summary>
    public static IReadOnlyList<Algorithm> InFigure4 { get; } =
        [Backpropagation, PseudoNewton, TimeWeightedPseudoNewton, DiscreteErrorPropagation, MultigridRandomSearch,
            SimulatedAnnealing, RandomGuessing];

    /// <summary>All algorithms under all interpretations.</summary>
    public static IReadOnlyList<Algorithm> All { get; } =
    [
        .. InFigure4,
        BackpropagationBounded,
        PseudoNewtonBounded,
        BackpropagationSmallSteps,
        PseudoNewtonSmallSteps,
        PseudoNewtonAdaptiveDamping,
        TimeWeightedPseudoNewtonTunedRate,
        TimeWeightedPseudoNewtonUnbounded,
        DiscreteErrorPropagationAsPrinted,
        DiscreteErrorPropagationFeasibleOnly,
        SimulatedAnnealingTuned,
        SimulatedAnnealingUnlimitedStep,
        SimulatedAnnealingHot,
        SimulatedAnnealingCool,
        .. MultigridBoxes.Select(box => box.Algorithm).Where(algorithm => algorithm != MultigridRandomSearch),
    ];

    private static Algorithm CreateDiscreteErrorPropagation(
        string suffix, PropagationInterpretation interpretation)
        => new(
            $"discrete-error-propagation{suffix}",
            suffix.Length == 0
                ? "discrete error propagation"
                : $"discrete error propagation, {Settings.FormatValue(interpretation).Replace('-', ' ')}",
            new DiscreteErrorPropagation { ThresholdUnits = new() { Propagation = interpretation } },
            TuningGrid.Combine(
                TuningRange.CreateLogarithmic(LearningRate, 0.001, decades: 3, count: 4),
                TuningRange.CreateLogarithmic("epsilon", 0.1, decades: 4, count: 5)).ScaleRateBy("epsilon"));

    private static Algorithm CreateAnnealing(
        string idSuffix, string nameSuffix, SimulatedAnnealing learner, TuningGrid grid)
        => new($"simulated-annealing{idSuffix}", $"simulated annealing{nameSuffix}", learner, grid)
        {
            TemperatureTakesEveryParameter = true,
        };

    private static (double HalfWidth, Algorithm Algorithm) CreateMultigridBox(double halfWidth)
    {
        string text = halfWidth.ToString(CultureInfo.InvariantCulture);
        return (halfWidth, new(
            $"multigrid-random-search-{text}",
            $"multi-grid random search, box of {text}",
            new MultigridRandomSearch { InitialHalfWidth = halfWidth },
            TuningGrid.None));
    }
}
