using LatchLab.Paper.Claims;
using LatchLab.Paper.Comparison;
using LatchLab.Training;
using static LatchLab.Paper.Claims.ClaimTable;
using static LatchLab.Paper.Comparison.KnownAlgorithms;

namespace LatchLab.Paper.Figure4;

/// <summary>
/// The parts of claims 8 to 14 and 16: what each claim compares, at each problem, length and noise. Noises and lengths
/// are never pooled. The same trial of two algorithms has the same initial parameters and training set.
/// </summary>
internal static class ComparisonClaims
{
    /// <summary>√10: on a logarithmic scale, a larger ratio is closer to 10 than to 1.</summary>
    public const double OrderOfMagnitude = 3.1622776601683795;

    private static readonly Algorithm[] GradientMethods = [Backpropagation, PseudoNewton, TimeWeightedPseudoNewton];

    private static readonly Problem[] WithoutParity = [Problem.Latch, Problem.TwoSequence];

    /// <summary>The claims on which each algorithm of the paper is compared.</summary>
    public static IReadOnlyList<ClaimPlan> All { get; } =
    [
        new(AnnealingPerformsWell, Each(AnnealingPerformsWell, Problem.FromPaper, SimulatedAnnealing, TestError)),
        new(AnnealingIsSlow, Against(
            AnnealingIsSlow, Problem.FromPaper, SimulatedAnnealing,
            [.. GradientMethods, DiscreteErrorPropagation, MultigridRandomSearch],
            (own, rival) => CompareTimes(own, rival, OrderOfMagnitude))),
        new(AnnealingSlowsDown, Over(AnnealingSlowsDown, [Problem.Latch], [SimulatedAnnealing], Presentations)),
        new(MultigridIsFaster, Against(
            MultigridIsFaster, WithoutParity, MultigridRandomSearch, [SimulatedAnnealing], IsEarlier)),
        new(MultigridFailsOnParity, Each(
            MultigridFailsOnParity, [Problem.Parity], MultigridRandomSearch, Learned)),
        new(PropagationPerformsReasonably, Each(
            PropagationPerformsReasonably, Problem.FromPaper, DiscreteErrorPropagation, TestError)),
        new(PropagationIsFast, Against(
            PropagationIsFast, Problem.FromPaper, DiscreteErrorPropagation, [SimulatedAnnealing],
            (own, rival) => CompareTimes(rival, own, OrderOfMagnitude))),
        new(
            OnlyTwoSolveParity,
            [
                .. from solver in new[] { DiscreteErrorPropagation, SimulatedAnnealing }
                   select Each(OnlyTwoSolveParity, [Problem.Parity], solver, Learned, rule: 0),
                .. from other in GradientMethods.Append(MultigridRandomSearch)
                   select Each(OnlyTwoSolveParity, [Problem.Parity], other, Learned, rule: 1),
            ]),
        new(PseudoNewtonIsBetter, Against(
            PseudoNewtonIsBetter, Problem.FromPaper, PseudoNewton, [Backpropagation], ErrorReduction)),
        new(TimeWeightedIsBetter, Against(
            TimeWeightedIsBetter, Problem.FromPaper, TimeWeightedPseudoNewton, [Backpropagation, PseudoNewton],
            ErrorReduction)),
        new(GradientMethodsGetWorse, Over(GradientMethodsGetWorse, Problem.FromPaper, GradientMethods, TestError)),
        new(GuessingIsFaster, Against(
            GuessingIsFaster, [Problem.Latch], RandomGuessing,
            [.. InFigure4.Where(algorithm => algorithm != RandomGuessing)], IsEarlier)),
    ];

    /// <summary>A value of each trial of an algorithm, at each problem, length and noise.</summary>
    public static PartFamily Each(
        ClaimRow row, IReadOnlyList<Problem> problems, Algorithm algorithm, Func<Outcome, double> value, int rule = 0)
        => new(row.Rules[rule], problems, [algorithm], [], false, (own, _) => value(own));

    /// <summary>A comparison of an algorithm with each rival in the same trials.</summary>
    public static PartFamily Against(
        ClaimRow row, IReadOnlyList<Problem> problems, Algorithm algorithm, IReadOnlyList<Algorithm> rivals,
        Func<Outcome, Outcome, double> value, int rule = 0)
        => new(row.Rules[rule], problems, [algorithm], rivals, false, value);

    /// <summary>A trend over all lengths, for each problem, algorithm and noise.</summary>
    public static PartFamily Over(
        ClaimRow row, IReadOnlyList<Problem> problems, IReadOnlyList<Algorithm> algorithms,
        Func<Outcome, double> value)
        => new(row.Rules[0], problems, algorithms, [], true, (own, _) => value(own));

    /// <summary>1 if a trial was learned.</summary>
    public static double Learned(Outcome outcome) => outcome.IsConverged ? 1.0 : 0.0;

    /// <summary>The classification error after training.</summary>
    public static double TestError(Outcome outcome) => outcome.TestErrorOrChance;

    /// <summary>1 if the first run learned in fewer presentations, −1 if in more, 0 if neither.</summary>
    public static double IsEarlier(Outcome own, Outcome rival) => CompareTimes(rival, own, 1.0);

    private static double Presentations(Outcome outcome) => AlgorithmRuns.PresentationsToLearn(outcome);

    private static double ErrorReduction(Outcome own, Outcome rival) => TestError(rival) - TestError(own);

    /// <summary>
    /// Compares the presentations of a run with a multiple of those of another: 1 if they are more, −1 if fewer. A run
    /// that did not learn counts as later than every run that did, and two such runs as equal.
    /// </summary>
    private static double CompareTimes(Outcome first, Outcome second, double factor)
        => Presentations(first).CompareTo(factor * Presentations(second));
}
