using LatchLab.Foundation;

namespace LatchLab.Paper.Claims;

/// <summary>
/// The claims of Section IV and its appendix. The unit of a test is a system, or a sequence where there is one system:
/// several starts, attractors or orbits of a system give one value. The numbers of the tests are here and in the rows.
/// </summary>
internal static class TheoryClaims
{
    /// <summary>Claim 3: the states of each system around which Theorem 1 is checked.</summary>
    public const int PointsPerSystem = 10;

    /// <summary>Claim 3: the most starts in β outside Γ of each system.</summary>
    public const int StartsPerSystem = 4;

    /// <summary>Claim 3: the steps after which a ball is compared with its initial size.</summary>
    public const int LongTime = 200;

    /// <summary>Claim 3: the factor above which a ball counts as grown for a finite time.</summary>
    public const double GrowthFactor = 2.0;

    /// <summary>Claim 3: other factors for which the growth is shown, since the paper names none.</summary>
    public static IReadOnlyList<double> ShownGrowthFactors { get; } = [1.5, 2.0, 3.0, 5.0, 10.0];

    /// <summary>Claims 4 and 5: the noise as a fraction of a bound that it must not reach.</summary>
    public const double FractionOfBound = 0.999;

    /// <summary>Claims 4 and 5: the steps of an orbit.</summary>
    public const int OrbitSteps = 100;

    /// <summary>Claim 5: the noise that a robust system survives, as in Section V-E.</summary>
    public const double RobustNoise = 0.2;

    /// <summary>Claim 5: the steps T over which a gradient is kept, the longest of Figure 2(b).</summary>
    public const int Horizon = 100;

    /// <summary>Claim 5: the smallest fraction of a gradient that counts as kept.</summary>
    public const double KeptGradient = 0.01;

    /// <summary>Claim 5: the groups of systems by the noise that they survive.</summary>
    public const int NoiseGroups = 4;

    /// <summary>Claim 6: the steps of an orbit on a boundary in a constructed system and in the figure.</summary>
    public const int BoundarySteps = 60;

    /// <summary>Claim 6: the steps of an orbit on the boundary of a random system.</summary>
    public const int LemmaSteps = 300;

    /// <summary>Claim 6: the fewest steps of such an orbit, which rounding may end early.</summary>
    public const int LeastLemmaSteps = 100;

    /// <summary>Claim 7: a share, or a ratio of gradients, below this is negligible.</summary>
    public const double NegligibleShare = 1e-3;

    /// <summary>The fewest systems or sequences for Student's interval.</summary>
    private const int LeastUnits = 30;

    private const string Appendix = "Appendix, Lemma", Growth = "Section IV-A, after Theorem 1; Figure 3(a)",
        TradeOff = "Abstract; Section IV-A", RandomSystems = "random systems";

    private static readonly string KeepsGradient =
        $"keep at least {NumberFormat.Percent(KeptGradient)} of it over {Horizon} steps at rest";

    /// <summary>Claim 3, Theorem 1.</summary>
    public static ClaimRow Theorem1 { get; } = Universal(
        "3-theorem-1", 3, "Where |M′| > 1 on an open sphere around x, a step moves some y in it further from x.",
        "Section IV-A, Theorem 1", "figure-3",
        $"systems with such an x, of {PointsPerSystem} states, and no such y in the direction that M′ stretches " +
            "most");

    /// <summary>Claim 3, the remark after Theorem 1 as worded.</summary>
    public static ClaimRow BallGrows { get; } = new(
        "3-growth", 3, "From a state in β but outside Γ, a ball of uncertainty grows exponentially as t increases.",
        Growth, "figure-3", Formula.All, RandomSystems,
        new PartRule(
            $"share of the starts of a system, at most {StartsPerSystem}, whose infinitesimal ball is larger after " +
                $"{LongTime} steps", Statistic.Mean, Side.Above, 0.5, 0.05))
    { LeastTrials = LeastUnits, IsMain = false };

    /// <summary>Claim 3, the remark for a finite time.</summary>
    public static ClaimRow BallGrowsForFiniteTime { get; } = new(
        "3-growth-finite", 3,
        "From a state in β but outside Γ, a ball of uncertainty grows for a finite time, at least by a factor of " +
            $"{NumberFormat.Short(GrowthFactor)}.",
        Growth, "figure-3", Formula.All, RandomSystems,
        new PartRule(
            $"share of the starts of a system, at most {StartsPerSystem}, whose infinitesimal ball grows by more " +
                $"than {NumberFormat.Short(GrowthFactor)}", Statistic.Mean, Side.Above, 0.5, 0.05))
    { LeastTrials = LeastUnits, IsMain = false };

    /// <summary>Claim 3, the remark close to the boundary of β.</summary>
    public static ClaimRow BallGrowsNearBoundary { get; } = Exact(
        "3-growth-near-boundary", 3,
        "From close to the boundary of β, a ball grows exponentially for a finite time, at the rate of the saddle on " +
            "the boundary (the network of Figure 3).",
        Growth, "figure-3",
        "|slope of ln growth over the time t of its peak − ln μ| ≤ ln μ·Σ|t − t̄|/Σ(t − t̄)², μ the unstable " +
            "eigenvalue: t is whole, so that each point lies at most one step's growth from the line",
        isMain: false);

    /// <summary>Claim 4, Theorem 3.</summary>
    public static ClaimRow Theorem3 { get; } = Universal(
        "4-theorem-3", 4,
        "While ‖u_t‖ < b_t = (1 − λ_t)d and |M′| < λ_t < 1 on balls of radius d, the state stays within d of the " +
            "orbit without inputs.",
        "Section IV-A, Theorem 3", "figure-3",
        $"systems in which an orbit of {OrbitSteps} steps with noise of {FractionOfBound} b_t leaves the ball");

    /// <summary>Claim 4, the bound that Theorem 3 gives.</summary>
    public static ClaimRow BoundOfTheorem3 { get; } = Universal(
        "4-bound-by-theorem-3", 4, "At every hyperbolic fixed point, Theorem 3 gives a bound on the inputs.",
        "Section IV-A, after Theorem 3", "figure-3",
        "systems with a stable fixed point at which |M′| ≥ 1 in the Euclidean norm",
        isMain: false);

    /// <summary>Claim 4, the conclusion that a bound exists.</summary>
    public static ClaimRow BoundExists { get; } = Universal(
        "4-bound-exists", 4,
        "At every hyperbolic fixed point, a bound on the inputs can be found that keeps the state near it.",
        "Section IV-A, after Theorem 3", "figure-3",
        $"systems in which an orbit of {OrbitSteps} steps with noise of {FractionOfBound} (1 − λ)r leaves a ball of " +
            "radius r around a stable fixed point, on which M contracts by λ in the norm of the ball",
        isMain: false);

    /// <summary>Claim 5, Theorem 4 below the bound of Theorem 3.</summary>
    public static ClaimRow Theorem4 { get; } = Universal(
        "5-theorem-4", 5,
        "While the inputs of a robustly latched system are below the bound of Theorem 3, ∂a_t/∂a_0 → 0.",
        "Section IV-A, Theorem 4", "vanishing-gradient",
        $"systems in which the slope of ln ‖∂a_t/∂a_0‖ over {OrbitSteps} steps with noise of {FractionOfBound} of " +
            "the bound is not negative");

    /// <summary>Claim 5, Theorem 4 as worded.</summary>
    public static ClaimRow Theorem4AsStated { get; } = Exact(
        "5-theorem-4-as-stated", 5,
        "Whatever the inputs, while a_t ∈ Γ(X) by Definition 4, ∂a_t/∂a_0 → 0 (two constructed systems).",
        "Section IV-A, Theorem 4", "vanishing-gradient",
        $"not reproduced if in a system all states up to t = {OrbitSteps} lie in Γ of one attractor and ‖∂a_t/∂a_0‖ " +
            "≥ the limit that follows from its factors: Π(1 − 1/k²) = ½ for one unit that is led to the edge of Γ, " +
            "and 1 for two units that alternate between two states of Γ, whose product over two steps is " +
            "(c·sech² a)² > 1",
        isMain: false);

    /// <summary>Claim 5, X ⊂ Γ(X) with M.</summary>
    public static ClaimRow Inclusion { get; } = Exact(
        "5-inclusion", 5,
        "A stable periodic attractor lies in its own reduced attracting set for M itself (one constructed neuron).",
        "Section IV-A, Definitions 2 and 4", "vanishing-gradient",
        "not reproduced if |(M²)′| < 1 on the orbit of period 2, which is therefore stable, but |M′| ≥ 1 at one of " +
            "its points",
        isMain: false);

    /// <summary>Claim 5, X ⊂ Γ(X) with M^l.</summary>
    public static ClaimRow InclusionOfIterate { get; } = Universal(
        "5-inclusion-iterate", 5,
        "An attractor of period l lies in its own reduced attracting set, X ⊂ Γ(X), for M^l in place of M.",
        "Section IV-A, after Definition 4", "vanishing-gradient",
        "systems with a point of an attractor at which an eigenvalue of a power of (M^l)′ is not inside the unit " +
            "circle",
        isMain: false);

    /// <summary>
    /// Claim 5, the main argument. It is no universal statement: a unit that decays slowly and is driven by the latch
    /// also tells the two states apart, and about one random system in a thousand has one.
    /// </summary>
    public static ClaimRow TradeOffOfLatchedBit { get; } = new(
        "5-trade-off", 5,
        "A system that latches a bit is, with rare exceptions, either sensitive to noise, or the gradient of the " +
            "latched bit vanishes.",
        TradeOff, "trade-off", Formula.All, RandomSystems,
        new PartRule(
            $"systems that provably survive noise of {NumberFormat.Short(RobustNoise)} on every unit and, of the " +
                $"gradient of the coordinate that tells the two states apart, {KeepsGradient}",
            Statistic.Share, Side.Below, 0.1, 0.02))
    { LeastTrials = LeastUnits, IsMain = false };

    /// <summary>Claim 5, the main argument for the gradient of the whole state.</summary>
    public static ClaimRow TradeOffOfWholeState { get; } = Exact(
        "5-trade-off-whole", 5,
        "A system that latches a bit is either sensitive to noise, or less than " +
            $"{NumberFormat.Percent(KeptGradient)} of the gradient of its whole state is left after {Horizon} steps " +
            "(a latch beside a unit that latches nothing).",
        "not the paper's: its Appendix D excludes it", "trade-off",
        $"not reproduced if the system provably survives noise of {NumberFormat.Short(RobustNoise)} and ρ^{Horizon} " +
            $"≥ {NumberFormat.Short(KeptGradient)}, ρ the spectral radius at its attractors",
        isMain: false);

    /// <summary>Claim 5, the main argument in the direction of the latch of the same system.</summary>
    public static ClaimRow TradeOffInLatchedDirection { get; } = Exact(
        "5-trade-off-latched", 5,
        "In the same system, the gradient of the latched bit vanishes.", "Appendix D", "trade-off",
        $"reproduced if less than {NumberFormat.Short(KeptGradient)} of the gradient of the coordinate that tells " +
            $"the two states apart is left after {Horizon} steps",
        isMain: false);

    /// <summary>Claim 5, the trade-off as a trend.</summary>
    public static ClaimRow GradientFallsWithNoise { get; } = new(
        "5-trade-off-trend", 5, "The more noise a system survives, the less of its gradient is left.", TradeOff,
        "trade-off", Formula.All, RandomSystems,
        new PartRule(
            $"concordance of the gradient left after {Horizon} steps over {NoiseGroups} groups by the noise survived",
            Statistic.Trend, Side.Below, 0.0, 0.05))
    { LeastTrials = LeastUnits, IsMain = false };

    /// <summary>Claim 6 without inputs.</summary>
    public static ClaimRow Lemma { get; } = Universal(
        "6-lemma", 6, "On the boundary between two basins, without inputs, |∂a_t/∂a_0| → ∞.", Appendix,
        "vanishing-gradient",
        $"systems in which ‖∂a_t/∂a_0‖ is not larger at the end of an orbit of {LeastLemmaSteps} to {LemmaSteps} " +
            "steps on the boundary between the first two basins than at its middle, where small changes of its last " +
            "state lead to different attractors");

    /// <summary>Claim 6 with inputs along the boundary.</summary>
    public static ClaimRow LemmaWithInputs { get; } = Exact(
        "6-lemma-with-inputs", 6,
        "On the boundary between two basins, with inputs along the boundary, |∂a_t/∂a_0| → ∞ (two constructed units).",
        Appendix, "vanishing-gradient",
        $"not reproduced if all states up to t = {BoundarySteps} lie on the boundary, a changed start reaches either " +
            "attractor, and ‖∂a_t/∂a_0‖ < 1, as (2·sech² c)^t with 2·sech² c < 1",
        isMain: false);

    /// <summary>Claim 7, the terms of eq. (4).</summary>
    public static ClaimRow TermsVanish { get; } = new(
        "7-terms", 7, "Terms of the weight gradient with τ ≪ t become negligible once the system has latched.",
        "Section IV-B, eq. (4)", "weight-gradient", Formula.All, "latched system × rule",
        new PartRule(
            "sequences in which ln ‖term‖ falls with its distance from the last", Statistic.Share, Side.Above, 0.5,
            0.05),
        new PartRule(
            $"sequences whose earlier half has less than {NumberFormat.Short(NegligibleShare)} of Σ‖term‖",
            Statistic.Share, Side.Above, 0.5, 0.05))
    { LeastTrials = LeastUnits };

    /// <summary>Claim 7, the two sub-systems.</summary>
    public static ClaimRow SmallGradientsAtA { get; } = new(
        "7-subsystems", 7,
        "Gradients at the output of A at time 0 are very small before B can latch, and again once it does.",
        "Section IV-B", "weight-gradient", Formula.All, "self-loop of B",
        new PartRule(
            "sequences whose gradient at the longest T is less than " +
                $"{NumberFormat.Short(NegligibleShare)} of that at the shortest",
            Statistic.Share, Side.Above, 0.5, 0.05))
    { LeastTrials = LeastUnits, IsMain = false };

    /// <summary>Claim 17, the attractors of an automaton.</summary>
    public static ClaimRow AutomatonAttractors { get; } = Exact(
        "17-walk-attractors", 17,
        "At the attractors of a finite automaton, the norm of the Jacobian is less than one (the Parity fixture).",
        "Section VI", "vanishing-gradient",
        "|∂a_t/∂a_{t−1}| < 1 at every point of every attractor, with either constant input");

    /// <summary>Claim 17, a walk without noise.</summary>
    public static ClaimRow AutomatonWalk { get; } = Universal(
        "17-walk", 17,
        "In a walk between the attractors of an automaton, the norm of the Jacobian is less than one at every step.",
        "Section VI", "vanishing-gradient", "walks with a step at which |∂a_t/∂a_{t−1}| ≥ 1");

    /// <summary>Claim 17, a walk with noise.</summary>
    public static ClaimRow NoisyAutomatonWalk { get; } = AutomatonWalk with
    {
        Key = "17-walk-with-noise",
        Statement = "With input noise, too, the norm of the Jacobian is less than one at every step of such a walk.",
        IsMain = false,
        DependsOn = "the gain of the automaton's units",
    };

    /// <summary>All rows.</summary>
    public static IReadOnlyList<ClaimRow> All { get; } =
    [
        Theorem1, BallGrows, BallGrowsForFiniteTime, BallGrowsNearBoundary, Theorem3, BoundOfTheorem3, BoundExists,
        Theorem4, Theorem4AsStated, Inclusion, InclusionOfIterate, TradeOffOfLatchedBit, TradeOffOfWholeState,
        TradeOffInLatchedDirection, GradientFallsWithNoise, Lemma, LemmaWithInputs, TermsVanish, SmallGradientsAtA,
        AutomatonAttractors, AutomatonWalk, NoisyAutomatonWalk,
    ];

    /// <summary>A universal statement: the rule says what a counterexample is, and how rare they must be.</summary>
    private static ClaimRow Universal(
        string key, int number, string statement, string source, string experiment, string counterexamples,
        bool isMain = true)
        => new(key, number, statement, source, experiment, Formula.Universal, "one part",
            new PartRule(counterexamples, Statistic.Share, Side.Below, 0.1, 0.02))
        {
            IsMain = isMain,
        };

    private static ClaimRow Exact(
        string key, int number, string statement, string source, string experiment, string inequality,
        bool isMain = true)
        => new(key, number, statement, source, experiment, Formula.Exact, "constructed systems")
        {
            Inequality = inequality,
            IsMain = isMain,
        };
}
