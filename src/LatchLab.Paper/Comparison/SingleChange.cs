namespace LatchLab.Paper.Comparison;

/// <summary>
/// One change of the reference interpretation of Section V-E: other problems or algorithms take the place of those of
/// the reference, and all else stays.
/// </summary>
/// <param name="Title">What changes, for tables.</param>
/// <param name="Problems">The problems that take the place of others.</param>
/// <param name="Algorithms">The algorithms that take the place of others.</param>
internal sealed record SingleChange(
    string Title, IReadOnlyDictionary<Problem, Problem> Problems, IReadOnlyDictionary<Algorithm, Algorithm> Algorithms)
{
    /// <summary>
    /// The problem and algorithm that take the place of others, or these themselves. The order of sequences, which has
    /// no effect on a search, changes for the other algorithms only.
    /// </summary>
    public (Problem Problem, Algorithm Algorithm) Replace((Problem Problem, Algorithm Algorithm) run)
    {
        Problem problem = Problems.GetValueOrDefault(run.Problem, run.Problem);
        bool isIdle = run.Algorithm.Learner.IsSearch && problem.Task.Order != run.Problem.Task.Order;
        return (isIdle ? run.Problem : problem, Algorithms.GetValueOrDefault(run.Algorithm, run.Algorithm));
    }
}

/// <summary>The changes, in the order of the report. To add one, add a line here.</summary>
internal static class KnownChanges
{
    /// <summary>The reference interpretation.</summary>
    public static SingleChange None { get; } = new("", Map<Problem>(), Map<Algorithm>());

    /// <summary>The changes of the initial box of multi-grid search, which the paper does not give.</summary>
    public static IReadOnlyList<SingleChange> MultigridBoxes { get; } =
    [
        .. from box in KnownAlgorithms.MultigridBoxes
           where box.Algorithm != KnownAlgorithms.MultigridRandomSearch
           select OfAlgorithms(
               $"multi-grid box of {Foundation.NumberFormat.Short(box.HalfWidth)}",
               (KnownAlgorithms.MultigridRandomSearch, box.Algorithm)),
    ];

    /// <summary>All changes.</summary>
    public static IReadOnlyList<SingleChange> All { get; } =
    [
        OfAlgorithms(
            "|Δw| ≤ 0.3 in all gradient methods",
            (KnownAlgorithms.Backpropagation, KnownAlgorithms.BackpropagationBounded),
            (KnownAlgorithms.PseudoNewton, KnownAlgorithms.PseudoNewtonBounded)),
        OfAlgorithms(
            "η and η/μ at most 0.3",
            (KnownAlgorithms.Backpropagation, KnownAlgorithms.BackpropagationSmallSteps),
            (KnownAlgorithms.PseudoNewton, KnownAlgorithms.PseudoNewtonSmallSteps)),
        OfAlgorithms(
            "μ adapted in eq. (5)", (KnownAlgorithms.PseudoNewton, KnownAlgorithms.PseudoNewtonAdaptiveDamping)),
        OfAlgorithms(
            "η of eq. (6) tuned",
            (KnownAlgorithms.TimeWeightedPseudoNewton, KnownAlgorithms.TimeWeightedPseudoNewtonTunedRate)),
        OfAlgorithms(
            "no bound in eq. (6)",
            (KnownAlgorithms.TimeWeightedPseudoNewton, KnownAlgorithms.TimeWeightedPseudoNewtonUnbounded)),
        OfAlgorithms(
            "annealing tuned", (KnownAlgorithms.SimulatedAnnealing, KnownAlgorithms.SimulatedAnnealingTuned)),
        OfAlgorithms(
            "annealing without a largest step",
            (KnownAlgorithms.SimulatedAnnealing, KnownAlgorithms.SimulatedAnnealingUnlimitedStep)),
        OfAlgorithms(
            "annealing from T0 = 10", (KnownAlgorithms.SimulatedAnnealing, KnownAlgorithms.SimulatedAnnealingHot)),
        OfAlgorithms(
            "annealing from T0 = 0.1", (KnownAlgorithms.SimulatedAnnealing, KnownAlgorithms.SimulatedAnnealingCool)),
        .. MultigridBoxes,
        OfAlgorithms(
            "eq. (9) as printed",
            (KnownAlgorithms.DiscreteErrorPropagation, KnownAlgorithms.DiscreteErrorPropagationAsPrinted)),
        OfAlgorithms(
            "eq. (9) feasible only",
            (KnownAlgorithms.DiscreteErrorPropagation, KnownAlgorithms.DiscreteErrorPropagationFeasibleOnly)),
        OfProblems("y_0 = −1 in the Parity network", (Problem.Parity, Problem.ParityInitialOutput)),
        OfProblems($"2-Sequence keys of {Problem.KeyLength}", (Problem.TwoSequence, Problem.ShortKeys)),
        OfProblems("Latch with the Gaussian noise of Section III", (Problem.Latch, Problem.GaussianLatch)),
        OfProblems("sequences sorted by length", [.. Problem.FromPaper.Zip(Problem.Sorted)]),
    ];

    private static SingleChange OfAlgorithms(string title, params (Algorithm, Algorithm)[] pairs)
        => new(title, Map<Problem>(), Map(pairs));

    private static SingleChange OfProblems(string title, params (Problem, Problem)[] pairs)
        => new(title, Map(pairs), Map<Algorithm>());

    private static Dictionary<T, T> Map<T>(params (T From, T To)[] pairs)
        where T : notnull
        => pairs.ToDictionary(pair => pair.From, pair => pair.To);
}
