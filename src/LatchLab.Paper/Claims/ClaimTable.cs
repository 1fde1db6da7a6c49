using LatchLab.Foundation;

namespace LatchLab.Paper.Claims;

/// <summary>
/// The table of claims: what the paper says, and how each claim is tested. It is written before the runs that it
/// judges: every threshold, smallest effect and rule is here, or for Section IV in <see cref="TheoryClaims"/>, and
/// nowhere else. The trials that a claim needs are in <see cref="ClaimPower"/>.
/// </summary>
internal static class ClaimTable
{
    private const string Figure2a = "Section III, Figure 2(a)", Figure2b = "Section III, Figure 2(b)",
        Figure4 = "Section V-E, Figure 4";

    /// <summary>
    /// Our claim 2 is tested where the lower end of the 95 % interval of the noise ceiling is above this.
    /// </summary>
    public const double MinimumCeiling = 0.5;

    private const string EachPoint = "problem × length × noise", EachRival = "problem × length × noise × rival";

    private static readonly PartRule FallsWithNoise = new(
        "concordance of convergence with s", Statistic.Trend, Side.Below, 0.0, 0.05);

    private static readonly PartRule GrowsWithWeight = new(
        "concordance of convergence with w0", Statistic.Trend, Side.Above, 0.0, 0.05);

    private static readonly PartRule FallsWithLength = new(
        "concordance of convergence with T", Statistic.Trend, Side.Below, 0.0, 0.05);

    private static readonly PartRule IsVeryUnlikely = new(
        "frequency of convergence in the fifth of the plane at this end", Statistic.Share, Side.Below, 0.1, 0.02);

    private static readonly PartRule IsNearZero = new(
        "frequency of convergence at the longest T", Statistic.Share, Side.Below, 0.1, 0.02);

    private static readonly PartRule PerformsWell = new("test error", Statistic.Mean, Side.Below, 0.1, 0.02);

    private static readonly PartRule PerformsReasonably = new("test error", Statistic.Mean, Side.Below, 0.25, 0.02);

    private static readonly PartRule Solves = new("trials learned", Statistic.Share, Side.Above, 0.5, 0.05);

    private static readonly PartRule DoesNotSolve = new("trials learned", Statistic.Share, Side.Below, 0.5, 0.05);

    private static readonly PartRule LearnsEarlier = new(
        "trials learned in fewer presentations", Statistic.NetShare, Side.Above, 0.0, 0.1);

    private static readonly PartRule LearnsMuchEarlier = new(
        "trials learned in fewer than 1/√10 of the presentations", Statistic.NetShare, Side.Above, 0.0, 0.1);

    private static readonly PartRule LearnsMuchLater = new(
        "trials that need more than √10 times the presentations", Statistic.NetShare, Side.Above, 0.0, 0.1);

    private static readonly PartRule HasLowerError = new(
        "error of the rival less that of the algorithm", Statistic.MeanDifference, Side.Above, 0.0, 0.02);

    private static readonly PartRule ErrorGrowsWithLength = new(
        "concordance of the test error with T", Statistic.Trend, Side.Above, 0.0, 0.05);

    private static readonly PartRule TimeGrowsWithLength = new(
        "concordance of the presentations with T", Statistic.Trend, Side.Above, 0.0, 0.05);

    /// <summary>Claim 1, large noise.</summary>
    public static ClaimRow LargeNoise { get; } = new(
        "1-noise", 1, "Convergence becomes very unlikely for large noise.", Figure2a, "figure-2a", Formula.All,
        "trend, large s", FallsWithNoise, IsVeryUnlikely);

    /// <summary>Claim 1, small weights.</summary>
    public static ClaimRow SmallWeight { get; } = new(
        "1-weight", 1, "Convergence becomes very unlikely for small initial weights.", Figure2a, "figure-2a",
        Formula.All, "trend, small w0", GrowsWithWeight, IsVeryUnlikely);

    /// <summary>Claim 2 with the weight held.</summary>
    public static ClaimRow LongSequences { get; } = new(
        "2-held", 2, "The frequency of convergence falls towards 0 as T grows (w held).", Figure2b, "figure-2b",
        Formula.All, "trend, longest T", FallsWithLength, IsNearZero);

    /// <summary>Claim 2 with the weight trained.</summary>
    public static ClaimRow LongSequencesTrained { get; } = LongSequences with
    {
        Key = "2-trained",
        Statement = "The frequency of convergence falls towards 0 as T grows (w trained).",
    };

    /// <summary>Ours: claim 2 where the noise leaves a solution, with the weight held.</summary>
    public static ClaimRow WherePerfectLatchSucceeds { get; } = new(
        "2-held-solvable", 2, "Where a perfect latch meets the rule, gradient descent fails as T grows (w held).",
        "not the paper's", "figure-2b", Formula.All,
        $"trend, longest T with a noise ceiling above {NumberFormat.Short(MinimumCeiling)}",
        FallsWithLength, IsNearZero)
    { IsMain = false };

    /// <summary>Ours: claim 2 where the noise leaves a solution, with the weight trained.</summary>
    public static ClaimRow WherePerfectLatchSucceedsTrained { get; } = WherePerfectLatchSucceeds with
    {
        Key = "2-trained-solvable",
        Statement = "Where a perfect latch meets the rule, gradient descent fails as T grows (w trained).",
    };

    /// <summary>Claim 8, error.</summary>
    public static ClaimRow AnnealingPerformsWell { get; } = new(
        "8-error", 8, "Simulated annealing performs well on all problems.", Figure4, "figure-4", Formula.All,
        EachPoint, PerformsWell);

    /// <summary>Claim 8, presentations.</summary>
    public static ClaimRow AnnealingIsSlow { get; } = new(
        "8-presentations", 8,
        "Simulated annealing needs an order of magnitude more presentations than all other algorithms.", Figure4,
        "figure-4", Formula.All, EachRival, LearnsMuchLater);

    /// <summary>Claim 9.</summary>
    public static ClaimRow AnnealingSlowsDown { get; } = new(
        "9", 9, "On the Latch problem, the training time of simulated annealing grows with T.", Figure4, "figure-4",
        Formula.All, "noise", TimeGrowsWithLength);

    /// <summary>Claim 10, presentations.</summary>
    public static ClaimRow MultigridIsFaster { get; } = new(
        "10-presentations", 10, "Multi-grid random search is faster than simulated annealing.", Figure4, "figure-4",
        Formula.All, "Latch and 2-Sequence × length × noise", LearnsEarlier)
    { DependsOn = "the initial box" };

    /// <summary>Claim 10, Parity.</summary>
    public static ClaimRow MultigridFailsOnParity { get; } = new(
        "10-parity", 10, "Multi-grid random search fails on the Parity problem.", Figure4, "figure-4", Formula.All,
        "length × noise", DoesNotSolve)
    { DependsOn = "the initial box" };

    /// <summary>Claim 11, error.</summary>
    public static ClaimRow PropagationPerformsReasonably { get; } = new(
        "11-error", 11, "Discrete error propagation does reasonably on all problems and lengths.", Figure4,
        "figure-4", Formula.All, EachPoint, PerformsReasonably);

    /// <summary>Claim 11, presentations.</summary>
    public static ClaimRow PropagationIsFast { get; } = new(
        "11-presentations", 11, "Discrete error propagation is much faster than simulated annealing.", Figure4,
        "figure-4", Formula.All, EachPoint, LearnsMuchEarlier);

    /// <summary>Claim 11, Parity.</summary>
    public static ClaimRow OnlyTwoSolveParity { get; } = new(
        "11-parity", 11, "Only discrete error propagation and simulated annealing solve the Parity problem.", Figure4,
        "figure-4", Formula.All, "algorithm × length × noise", Solves, DoesNotSolve)
    { DependsOn = "the initial box" };

    /// <summary>Claim 12.</summary>
    public static ClaimRow PseudoNewtonIsBetter { get; } = new(
        "12", 12, "Pseudo-Newton is consistently better than back-propagation.", Figure4, "figure-4", Formula.All,
        EachPoint, HasLowerError);

    /// <summary>Claim 13.</summary>
    public static ClaimRow TimeWeightedIsBetter { get; } = new(
        "13", 13, "Time-weighted pseudo-Newton is better than both.", Figure4, "figure-4", Formula.All, EachRival,
        HasLowerError);

    /// <summary>Claim 14.</summary>
    public static ClaimRow GradientMethodsGetWorse { get; } = new(
        "14", 14, "All three get worse as T grows.", Figure4, "figure-4", Formula.All, "problem × algorithm × noise",
        ErrorGrowsWithLength);

    /// <summary>Claim 15.</summary>
    public static ClaimRow ShortSequencesHelp { get; } = new(
        "15", 15, "Starting with short sequences, the system rapidly settles in the right region.", "Section VI",
        "curriculum", Formula.All, "problem × length × noise, learned and earlier", Solves, LearnsEarlier);

    /// <summary>Claim 16, not the paper's.</summary>
    public static ClaimRow GuessingIsFaster { get; } = new(
        "16", 16, "Random guessing learns the Latch problem in fewer presentations than every other algorithm.",
        "not the paper's; Schmidhuber, Hochreiter, Bengio", "figure-4", Formula.All, "length × noise × rival",
        LearnsEarlier);

    /// <summary>Claim 17, error criteria.</summary>
    public static ClaimRow AnyCriterion { get; } = new(
        "17-criterion", 17, "The result holds for any error criterion.", "Section VI", "generality", Formula.All,
        "criterion", ErrorGrowsWithLength);

    /// <summary>The fewest gradients from which claim 17 is tested.</summary>
    private const int LeastGradients = 30;

    private static readonly PartRule GradientFallsWithDistance = new(
        "gradients that fall with the distance from the last layer", Statistic.Share, Side.Above, 0.5, 0.05);

    /// <summary>Claim 17, automata.</summary>
    public static ClaimRow JumpsBetweenAttractors { get; } = new(
        "17-automaton", 17, "The result holds for systems that jump between attractors.", "Section VI", "generality",
        Formula.All, "one part", GradientFallsWithDistance)
    { LeastTrials = LeastGradients };

    /// <summary>Claim 17, deep networks.</summary>
    public static ClaimRow DeepNetworks { get; } = new(
        "17-deep", 17, "The result holds for deep feed-forward networks with shared weights.", "Section VI",
        "generality", Formula.All, "one part", GradientFallsWithDistance)
    { LeastTrials = LeastGradients };

    /// <summary>The claims that are tested on trials.</summary>
    public static IReadOnlyList<ClaimRow> OnTrials { get; } =
    [
        LargeNoise, SmallWeight, LongSequences, LongSequencesTrained, WherePerfectLatchSucceeds,
        WherePerfectLatchSucceedsTrained, AnnealingPerformsWell, AnnealingIsSlow, AnnealingSlowsDown,
        MultigridIsFaster, MultigridFailsOnParity, PropagationPerformsReasonably, PropagationIsFast,
        OnlyTwoSolveParity, PseudoNewtonIsBetter, TimeWeightedIsBetter, GradientMethodsGetWorse, ShortSequencesHelp,
        GuessingIsFaster, AnyCriterion,
    ];

    /// <summary>All claims, in the order of their numbers.</summary>
    public static IReadOnlyList<ClaimRow> All { get; } =
    [
        .. OnTrials.Concat([JumpsBetweenAttractors, DeepNetworks]).Concat(TheoryClaims.All)
            .OrderBy(row => row.Number),
    ];
}
