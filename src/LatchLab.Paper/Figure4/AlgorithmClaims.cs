using LatchLab.Figures;
using LatchLab.Paper.Comparison;

namespace LatchLab.Paper.Figure4;

/// <summary>
/// Claims 8 to 14 and 16, each under every interpretation of discrete error propagation and of the 2-Sequence problem
/// on which it depends. A claim about several problems or algorithms is reproduced if every part is reproduced, and not
/// reproduced if one part is contradicted (<see cref="ClaimTest.Combine"/>).
/// </summary>
internal static class AlgorithmClaims
{
    private const string Source = "Section V-E, Figure 4";

    private const string SearchedSettingsNote =
        "Tested with settings from a grid search for each problem (latchlab tune; the report lists them), with and " +
        "without noise, and under all listed interpretations.";

    private static readonly (string Interpretation, Algorithm Algorithm)[] DiscretePropagationInterpretations =
    [
        ("feasible only", KnownAlgorithms.DiscreteErrorPropagation),
        ("as printed", KnownAlgorithms.DiscreteErrorPropagationAsPrinted),
        ("symmetric", KnownAlgorithms.DiscreteErrorPropagationSymmetric),
    ];

    private static readonly (string Interpretation, Problem Problem)[] TwoSequenceInterpretations =
    [
        ("keys as long as the sequences", Problem.TwoSequence),
        ($"keys of {Problem.KeyLength}", Problem.ShortKeys),
    ];

    private static readonly (string Interpretation, Algorithm Algorithm)[] MultigridInterpretations =
        [("box tuned", KnownAlgorithms.MultigridRandomSearch),
            ("box of 1", KnownAlgorithms.MultigridRandomSearchUnitBox)];

    private static readonly Algorithm[] GradientAlgorithms =
        [KnownAlgorithms.Backpropagation, KnownAlgorithms.PseudoNewton, KnownAlgorithms.TimeWeightedPseudoNewton];

    public static IEnumerable<Claim> EvaluateClaims(RunTable table, ulong seed)
    {
        var evaluator = new ClaimEvaluator(table, seed);
        foreach ((string interpretation, Problem keys) in TwoSequenceInterpretations.Where(
            other => table.Contains(other.Problem, KnownAlgorithms.Backpropagation)))
        {
            Problem[] problems = [Problem.Latch, keys, Problem.Parity];
            foreach (Claim claim in EvaluateSearches(evaluator, problems, keys, interpretation))
                yield return claim;
            foreach (Claim claim in EvaluateGradientAlgorithms(evaluator, problems, interpretation))
                yield return claim;
            foreach ((string propagationInterpretation,
                Algorithm algorithm) in WhereRun(DiscretePropagationInterpretations, evaluator))
            {
                foreach (Claim claim in EvaluateDiscretePropagation(evaluator, problems, algorithm,
                    $"{propagationInterpretation}, {interpretation}"))
                    yield return claim;
            }
        }

        foreach ((string propagationInterpretation,
            Algorithm algorithm) in WhereRun(DiscretePropagationInterpretations, evaluator))
            yield return EvaluateParity(evaluator, algorithm, propagationInterpretation);
        yield return CreateClaim(
            9, "On the Latch problem, the training time of simulated annealing grows with T.", "",
            [evaluator.EvaluateSlowdown(Problem.Latch, KnownAlgorithms.SimulatedAnnealing)]);
        foreach ((string box, Algorithm multigrid) in WhereRun(MultigridInterpretations, evaluator))
        {
            yield return CreateClaim(
                10, "Multi-grid random search fails on the Parity problem.", box,
                [evaluator.EvaluateSolved(Problem.Parity, multigrid).Negate()]);
        }

        yield return CreateClaim(
            16, "Random guessing learns the Latch problem in fewer presentations than every other algorithm.", "",
            [
                .. KnownAlgorithms.InFigure4.Where(algorithm => algorithm != KnownAlgorithms.RandomGuessing)
                    .Select(
                        algorithm => evaluator.EvaluateFaster(Problem.Latch, KnownAlgorithms.RandomGuessing,
                            algorithm)),
            ],
            source: "not the paper's; Schmidhuber, Hochreiter, Bengio");
    }

    /// <summary>Selects the interpretations of an algorithm that were run.</summary>
    private static IEnumerable<(string Interpretation, Algorithm Algorithm)> WhereRun(
        IEnumerable<(string Interpretation, Algorithm Algorithm)> interpretations, ClaimEvaluator evaluator)
        => interpretations.Where(interpretation => evaluator.HasRun(interpretation.Algorithm));

    private static IEnumerable<Claim> EvaluateSearches(ClaimEvaluator evaluator, Problem[] problems, Problem keys,
        string interpretation)
    {
        yield return CreateClaim(
            8, "Simulated annealing performs well on all problems.", interpretation,
            [
                .. problems.Select(problem =>
                    evaluator.EvaluateErrorBelow(problem, KnownAlgorithms.SimulatedAnnealing,
                        ClaimEvaluator.GoodErrorThreshold)),
            ]);
        yield return CreateClaim(
            8, "Simulated annealing needs an order of magnitude more presentations than all other algorithms.",
            interpretation,
            [
                .. from problem in problems
                   from other in KnownAlgorithms.InFigure4
                   where other != KnownAlgorithms.SimulatedAnnealing && other != KnownAlgorithms.RandomGuessing
                   select evaluator.EvaluateNeedsManyMore(problem, KnownAlgorithms.SimulatedAnnealing, other),
            ]);
        foreach ((string box, Algorithm multigrid) in WhereRun(MultigridInterpretations, evaluator))
        {
            yield return CreateClaim(
                10, "Multi-grid random search is faster than simulated annealing.", $"{box}, {interpretation}",
                [
                    evaluator.EvaluateFaster(Problem.Latch, multigrid, KnownAlgorithms.SimulatedAnnealing),
                    evaluator.EvaluateFaster(keys, multigrid, KnownAlgorithms.SimulatedAnnealing),
                ]);
        }
    }

    private static IEnumerable<Claim> EvaluateDiscretePropagation(
        ClaimEvaluator evaluator, Problem[] problems, Algorithm algorithm, string interpretation)
    {
        yield return CreateClaim(
            11, "Discrete error propagation does reasonably on all problems and lengths.", interpretation,
            [.. problems.Select(
                problem => evaluator.EvaluateErrorBelow(problem, algorithm, ClaimEvaluator.ReasonableErrorThreshold))]);
        yield return CreateClaim(
            11, "Discrete error propagation is much faster than simulated annealing.", interpretation,
            [.. problems.Select(
                problem => evaluator.EvaluateMuchFaster(problem, algorithm, KnownAlgorithms.SimulatedAnnealing))]);
    }

    private static Claim EvaluateParity(ClaimEvaluator evaluator, Algorithm algorithm, string interpretation)
        => CreateClaim(
            11, "Only discrete error propagation and simulated annealing solve the Parity problem.", interpretation,
            [
                evaluator.EvaluateSolved(Problem.Parity, algorithm),
                evaluator.EvaluateSolved(Problem.Parity, KnownAlgorithms.SimulatedAnnealing),
                .. GradientAlgorithms.Append(KnownAlgorithms.MultigridRandomSearch)
                    .Select(other => evaluator.EvaluateSolved(Problem.Parity, other).Negate()),
            ]);

    private static IEnumerable<Claim> EvaluateGradientAlgorithms(ClaimEvaluator evaluator, Problem[] problems,
        string interpretation)
    {
        (string Interpretation, Algorithm Algorithm)[] pseudoNewtons =
            [("μ fixed", KnownAlgorithms.PseudoNewton), ("μ adaptive", KnownAlgorithms.PseudoNewtonAdaptiveDamping)];
        (string Interpretation, Algorithm Algorithm)[] timeWeighted =
            [("η = 0.01", KnownAlgorithms.TimeWeightedPseudoNewton),
                ("η tuned", KnownAlgorithms.TimeWeightedPseudoNewtonTunedRate)];
        foreach ((string damping, Algorithm algorithm) in WhereRun(pseudoNewtons, evaluator))
        {
            yield return CreateClaim(
                12, "Pseudo-Newton is consistently better than back-propagation.", $"{damping}, {interpretation}",
                [.. problems.Select(
                    problem => evaluator.EvaluateLowerError(problem, algorithm, KnownAlgorithms.Backpropagation))]);
        }

        foreach ((string rate, Algorithm algorithm) in WhereRun(timeWeighted, evaluator))
        {
            foreach ((string damping, Algorithm other) in WhereRun(pseudoNewtons, evaluator))
            {
                yield return CreateClaim(
                    13,
                    "Time-weighted pseudo-Newton is better than both.",
                    $"{rate}, eq. (5) with {damping}, {interpretation}",
                    [
                        .. problems.Select(problem =>
                            evaluator.EvaluateLowerError(problem, algorithm, KnownAlgorithms.Backpropagation)),
                        .. problems.Select(problem => evaluator.EvaluateLowerError(problem, algorithm, other)),
                    ]);
            }
        }

        yield return EvaluateLengthDependence(evaluator, problems, interpretation);
    }

    /// <summary>
    /// Tests claim 14. Algorithms that learn almost no trial at the shortest T are excluded and listed.
    /// </summary>
    private static Claim EvaluateLengthDependence(ClaimEvaluator evaluator, Problem[] problems, string interpretation)
    {
        (Problem Problem, Algorithm Algorithm)[] pairs =
            [.. from problem in problems from algorithm in GradientAlgorithms select (problem, algorithm)];
        var pairsByTestability = pairs.ToLookup(pair => evaluator.CanDegrade(pair.Problem, pair.Algorithm));
        Claim claim = CreateClaim(
            14, "All three get worse as T grows.", interpretation,
            [.. pairsByTestability[true].Select(pair => evaluator.EvaluateDegradation(pair.Problem, pair.Algorithm))]);
        string[] excluded = [
            .. pairsByTestability[false].Select(pair => $"{pair.Problem.Title}, {pair.Algorithm.Name}")];
        string remark = "Excluded because almost no trial is learned at the shortest T: " +
            $"{string.Join("; ", excluded)}.";
        return excluded.Length == 0 ? claim : claim with { Evidence = $"{claim.Evidence} {remark}".TrimStart() };
    }

    private static Claim CreateClaim(
        int number, string statement, string interpretation, IReadOnlyList<ClaimTest> parts, string source = Source)
    {
        ClaimTest combined = ClaimTest.Combine(parts);
        string counts = parts.Count > 1
            ? $"Of {parts.Count} comparisons, {VerdictFormat.FormatCounts(parts.Select(part => part.Verdict))}. "
            : "";
        string searchedSettings = combined.Verdict == Verdict.Reproduced ? "" : $" {SearchedSettingsNote}";
        return new(number, statement, source, interpretation, combined.Verdict,
            counts + combined.Evidence + searchedSettings);
    }
}
