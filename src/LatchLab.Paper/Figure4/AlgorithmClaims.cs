using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Paper.Comparison;
using LatchLab.Paper.Experiments;
using static LatchLab.Paper.Comparison.KnownAlgorithms;

namespace LatchLab.Paper.Figure4;

/// <summary>
/// Claims 8 to 14 and 16, each under every interpretation of discrete error propagation and of the 2-Sequence problem
/// on which it depends. A claim about several problems or algorithms is reproduced if every part is reproduced, and not
/// reproduced if one part is contradicted (<see cref="ClaimTest.Combine"/>).
/// </summary>
internal sealed class AlgorithmClaims(RunTable table, ulong seed)
{
    private const string Source = "Section V-E, Figure 4";

    private const string SearchedSettingsNote =
        "Tested with settings from a grid search for each problem (latchlab tune; the report lists them), with and " +
        "without noise, and under all listed interpretations.";

    private static readonly (string Name, Algorithm Algorithm)[] DiscretePropagationInterpretations =
    [
        ("symmetric", DiscreteErrorPropagation),
        ("as printed", DiscreteErrorPropagationAsPrinted),
        ("feasible only", DiscreteErrorPropagationFeasibleOnly),
    ];

    private static readonly (string Name, Algorithm Algorithm)[] MultigridInterpretations =
        [.. MultigridBoxes.Select(box => ($"box of {NumberFormat.Short(box.HalfWidth)}", box.Algorithm))];

    private static readonly (string Name, Algorithm Algorithm)[] PseudoNewtonInterpretations =
        [("μ fixed", PseudoNewton), ("μ adaptive", PseudoNewtonAdaptiveDamping)];

    private static readonly (string Name, Algorithm Algorithm)[] TimeWeightedInterpretations =
        [("η = 0.01", TimeWeightedPseudoNewton), ("η tuned", TimeWeightedPseudoNewtonTunedRate)];

    private static readonly (string Name, Problem Problem)[] TwoSequenceInterpretations =
        [("keys as long as the sequences", Problem.TwoSequence), ($"keys of {Problem.KeyLength}", Problem.ShortKeys)];

    private static readonly Algorithm[] GradientAlgorithms = [Backpropagation, PseudoNewton, TimeWeightedPseudoNewton];

    private readonly ClaimEvaluator _evaluator = new(table, seed);

    public IEnumerable<Claim> EvaluateClaims() =>
    [
        .. from keys in TwoSequenceInterpretations
           where table.Contains(keys.Problem, Backpropagation)
           from claim in EvaluateClaims(keys.Problem, keys.Name)
           select claim,
        .. from propagation in WhereRun(DiscretePropagationInterpretations)
           select EvaluateParity(propagation.Algorithm, propagation.Name),
        CreateClaim(
            9, "On the Latch problem, the training time of simulated annealing grows with T.", "",
            [_evaluator.EvaluateSlowdown(Problem.Latch, SimulatedAnnealing)]),
        .. from multigrid in WhereRun(MultigridInterpretations)
           select CreateClaim(
               10, "Multi-grid random search fails on the Parity problem.", multigrid.Name,
               [_evaluator.EvaluateSolved(Problem.Parity, multigrid.Algorithm).Negate()]),
        CreateClaim(
            16, "Random guessing learns the Latch problem in fewer presentations than every other algorithm.", "",
            from algorithm in InFigure4
            where algorithm != RandomGuessing
            select _evaluator.EvaluateFaster(Problem.Latch, RandomGuessing, algorithm),
            source: "not the paper's; Schmidhuber, Hochreiter, Bengio"),
    ];

    /// <summary>Evaluates the claims about all three problems under an interpretation of 2-Sequence.</summary>
    private IEnumerable<Claim> EvaluateClaims(Problem keys, string interpretation)
    {
        Problem[] problems = [Problem.Latch, keys, Problem.Parity];
        return
        [
            .. EvaluateSearches(problems, keys, interpretation),
            .. EvaluateGradientAlgorithms(problems, interpretation),
            .. from propagation in WhereRun(DiscretePropagationInterpretations)
               from claim in EvaluateDiscretePropagation(
                   problems, propagation.Algorithm, $"{propagation.Name}, {interpretation}")
               select claim,
        ];
    }

    /// <summary>Selects the interpretations of an algorithm that were run.</summary>
    private IEnumerable<(string Name, Algorithm Algorithm)> WhereRun(
        IEnumerable<(string Name, Algorithm Algorithm)> interpretations)
        => interpretations.Where(interpretation => _evaluator.HasRun(interpretation.Algorithm));

    private IEnumerable<Claim> EvaluateSearches(Problem[] problems, Problem keys, string interpretation) =>
    [
        CreateClaim(
            8, "Simulated annealing performs well on all problems.", interpretation,
            problems.Select(problem => _evaluator.EvaluateErrorBelow(
                problem, SimulatedAnnealing, ClaimEvaluator.GoodErrorThreshold))),
        CreateClaim(
            8, "Simulated annealing needs an order of magnitude more presentations than all other algorithms.",
            interpretation,
            from problem in problems
            from other in InFigure4
            where other != SimulatedAnnealing && other != RandomGuessing
            select _evaluator.EvaluateNeedsManyMore(problem, SimulatedAnnealing, other)),
        .. from multigrid in WhereRun(MultigridInterpretations)
           select CreateClaim(
               10, "Multi-grid random search is faster than simulated annealing.",
               $"{multigrid.Name}, {interpretation}",
               [
                   _evaluator.EvaluateFaster(Problem.Latch, multigrid.Algorithm, SimulatedAnnealing),
                   _evaluator.EvaluateFaster(keys, multigrid.Algorithm, SimulatedAnnealing),
               ]),
    ];

    private IEnumerable<Claim> EvaluateDiscretePropagation(
        Problem[] problems, Algorithm algorithm, string interpretation) =>
    [
        CreateClaim(
            11, "Discrete error propagation does reasonably on all problems and lengths.", interpretation,
            problems.Select(problem => _evaluator.EvaluateErrorBelow(
                problem, algorithm, ClaimEvaluator.ReasonableErrorThreshold))),
        CreateClaim(
            11, "Discrete error propagation is much faster than simulated annealing.", interpretation,
            problems.Select(problem => _evaluator.EvaluateMuchFaster(problem, algorithm, SimulatedAnnealing))),
    ];

    private Claim EvaluateParity(Algorithm algorithm, string interpretation)
        => CreateClaim(
            11, "Only discrete error propagation and simulated annealing solve the Parity problem.", interpretation,
            [
                _evaluator.EvaluateSolved(Problem.Parity, algorithm),
                _evaluator.EvaluateSolved(Problem.Parity, SimulatedAnnealing),
                .. GradientAlgorithms.Append(MultigridRandomSearch)
                    .Select(other => _evaluator.EvaluateSolved(Problem.Parity, other).Negate()),
            ]);

    private IEnumerable<Claim> EvaluateGradientAlgorithms(Problem[] problems, string interpretation)
    {
        return
        [
            .. from pseudoNewton in WhereRun(PseudoNewtonInterpretations)
               select CreateClaim(
                   12, "Pseudo-Newton is consistently better than back-propagation.",
                   $"{pseudoNewton.Name}, {interpretation}",
                   CompareErrors(pseudoNewton.Algorithm, Backpropagation)),
            .. from timeWeighted in WhereRun(TimeWeightedInterpretations)
               from pseudoNewton in WhereRun(PseudoNewtonInterpretations)
               select CreateClaim(
                   13, "Time-weighted pseudo-Newton is better than both.",
                   $"{timeWeighted.Name}, eq. (5) with {pseudoNewton.Name}, {interpretation}",
                   CompareErrors(timeWeighted.Algorithm, Backpropagation)
                       .Concat(CompareErrors(timeWeighted.Algorithm, pseudoNewton.Algorithm))),
            EvaluateLengthDependence(problems, interpretation),
        ];

        IEnumerable<ClaimTest> CompareErrors(Algorithm better, Algorithm worse)
            => problems.Select(problem => _evaluator.EvaluateLowerError(problem, better, worse));
    }

    /// <summary>
    /// Tests claim 14. Algorithms that learn almost no trial at the shortest T are excluded and listed.
    /// </summary>
    private Claim EvaluateLengthDependence(Problem[] problems, string interpretation)
    {
        var pairsByTestability = (from problem in problems
                                  from algorithm in GradientAlgorithms
                                  select (Problem: problem, Algorithm: algorithm))
            .ToLookup(pair => _evaluator.CanDegrade(pair.Problem, pair.Algorithm));
        Claim claim = CreateClaim(
            14, "All three get worse as T grows.", interpretation,
            pairsByTestability[true].Select(pair => _evaluator.EvaluateDegradation(pair.Problem, pair.Algorithm)));
        string[] excluded = [
            .. pairsByTestability[false].Select(pair => $"{pair.Problem.Title}, {pair.Algorithm.Name}")];
        string remark = "Excluded because almost no trial is learned at the shortest T: " +
            $"{string.Join("; ", excluded)}.";
        return excluded.Length == 0 ? claim : claim with { Evidence = $"{claim.Evidence} {remark}".TrimStart() };
    }

    private static Claim CreateClaim(
        int number, string statement, string interpretation, IEnumerable<ClaimTest> tests, string source = Source)
    {
        ClaimTest[] parts = [.. tests];
        ClaimTest combined = ClaimTest.Combine(parts);
        string counts = parts.Length > 1
            ? $"Of {parts.Length} comparisons, {VerdictFormat.FormatCounts(parts.Select(part => part.Verdict))}. "
            : "";
        string searchedSettings = combined.Verdict == Verdict.Reproduced ? "" : $" {SearchedSettingsNote}";
        return new(number, statement, source, interpretation, combined.Verdict,
            counts + combined.Evidence + searchedSettings);
    }
}
