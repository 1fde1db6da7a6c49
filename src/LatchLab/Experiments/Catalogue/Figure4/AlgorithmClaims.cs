using LatchLab.Experiments.Comparison;
using LatchLab.Experiments.Results;

namespace LatchLab.Experiments.Catalogue.Figure4;

/// <summary>
/// Claims 8 to 14 and 16, each under every reading of discrete error propagation and of the 2-Sequence problem on which
/// it depends. A claim about several problems or algorithms is reproduced if every part is, and not reproduced if one
/// part is contradicted (<see cref="Judgement.All"/>).
/// </summary>
internal static class AlgorithmClaims
{
    private const string Source = "Section V-E, Figure 4";

    private const string Tried = "Tried: settings from a grid for each problem (latchlab tune; the report lists " +
        "them), with noise and without, and every reading that stands beside this one.";

    private static readonly (string Reading, Contender Contender)[] DiscreteReadings =
    [
        ("feasible only", Contenders.DiscretePropagation),
        ("as printed", Contenders.DiscreteAsPrinted),
        ("symmetric", Contenders.DiscreteSymmetric),
    ];

    private static readonly (string Reading, Problem Problem)[] SequenceReadings =
    [
        ("keys as long as the sequences", Problem.TwoSequence),
        ($"keys of {Problem.KeyLength}", Problem.ShortKeys),
    ];

    private static readonly (string Reading, Contender Contender)[] Boxes =
        [("box tuned", Contenders.Multigrid), ("box of 1", Contenders.SmallMultigrid)];

    private static readonly Contender[] Gradients =
        [Contenders.Backpropagation, Contenders.PseudoNewton, Contenders.TimeWeighted];

    public static IEnumerable<Claim> Judge(Standings standings, ulong seed)
    {
        var judge = new Judgements(standings, seed);
        foreach ((string reading, Problem keys) in SequenceReadings.Where(
            other => standings.Has(other.Problem, Contenders.Backpropagation)))
        {
            Problem[] problems = [Problem.Latch, keys, Problem.Parity];
            foreach (Claim claim in OfSearches(judge, problems, keys, reading))
                yield return claim;
            foreach (Claim claim in OfGradients(judge, problems, reading))
                yield return claim;
            foreach ((string discrete, Contender contender) in Run(DiscreteReadings, judge))
            {
                foreach (Claim claim in OfDiscrete(judge, problems, contender, $"{discrete}, {reading}"))
                    yield return claim;
            }
        }

        foreach ((string discrete, Contender contender) in Run(DiscreteReadings, judge))
            yield return OfParity(judge, contender, discrete);
        yield return Claim(
            9, "On the Latch problem, the training time of simulated annealing grows with T.", "",
            [judge.TakesLonger(Problem.Latch, Contenders.Annealing)]);
        foreach ((string box, Contender multigrid) in Run(Boxes, judge))
        {
            yield return Claim(
                10, "Multi-grid random search fails on the Parity problem.", box,
                [judge.Solved(Problem.Parity, multigrid).OfOpposite()]);
        }

        yield return Claim(
            16, "Random guessing learns the Latch problem in fewer presentations than every other algorithm.", "",
            [
                .. Contenders.OfFigure.Where(contender => contender != Contenders.Guessing)
                    .Select(contender => judge.IsFaster(Problem.Latch, Contenders.Guessing, contender)),
            ],
            source: "not the paper's; Schmidhuber, Hochreiter, Bengio");
    }

    /// <summary>The readings of an algorithm that were run.</summary>
    private static IEnumerable<(string Reading, Contender Contender)> Run(
        IEnumerable<(string Reading, Contender Contender)> readings, Judgements judge)
        => readings.Where(reading => judge.HasRun(reading.Contender));

    private static IEnumerable<Claim> OfSearches(Judgements judge, Problem[] problems, Problem keys, string reading)
    {
        yield return Claim(
            8, "Simulated annealing performs well on all problems.", reading,
            [
                .. problems.Select(problem =>
                    judge.ErrorBelow(problem, Contenders.Annealing, Judgements.DoesWell)),
            ]);
        yield return Claim(
            8, "Simulated annealing needs an order of magnitude more presentations than all other algorithms.", reading,
            [
                .. from problem in problems
                   from other in Contenders.OfFigure
                   where other != Contenders.Annealing && other != Contenders.Guessing
                   select judge.NeedsMuchMore(problem, Contenders.Annealing, other),
            ]);
        foreach ((string box, Contender multigrid) in Run(Boxes, judge))
        {
            yield return Claim(
                10, "Multi-grid random search is faster than simulated annealing.", $"{box}, {reading}",
                [
                    judge.IsFaster(Problem.Latch, multigrid, Contenders.Annealing),
                    judge.IsFaster(keys, multigrid, Contenders.Annealing),
                ]);
        }
    }

    private static IEnumerable<Claim> OfDiscrete(
        Judgements judge, Problem[] problems, Contender contender, string reading)
    {
        yield return Claim(
            11, "Discrete error propagation does reasonably on all problems and lengths.", reading,
            [.. problems.Select(problem => judge.ErrorBelow(problem, contender, Judgements.DoesReasonably))]);
        yield return Claim(
            11, "Discrete error propagation is much faster than simulated annealing.", reading,
            [.. problems.Select(problem => judge.IsMuchFaster(problem, contender, Contenders.Annealing))]);
    }

    private static Claim OfParity(Judgements judge, Contender contender, string reading)
        => Claim(
            11, "Only discrete error propagation and simulated annealing solve the Parity problem.", reading,
            [
                judge.Solved(Problem.Parity, contender),
                judge.Solved(Problem.Parity, Contenders.Annealing),
                .. Gradients.Append(Contenders.Multigrid)
                    .Select(other => judge.Solved(Problem.Parity, other).OfOpposite()),
            ]);

    private static IEnumerable<Claim> OfGradients(Judgements judge, Problem[] problems, string reading)
    {
        (string Reading, Contender Contender)[] pseudoNewtons =
            [("μ fixed", Contenders.PseudoNewton), ("μ adaptive", Contenders.AdaptivePseudoNewton)];
        (string Reading, Contender Contender)[] timeWeighted =
            [("η = 0.01", Contenders.TimeWeighted), ("η tuned", Contenders.TunedTimeWeighted)];
        foreach ((string damping, Contender contender) in Run(pseudoNewtons, judge))
        {
            yield return Claim(
                12, "Pseudo-Newton is consistently better than back-propagation.", $"{damping}, {reading}",
                [.. problems.Select(problem => judge.HasLessError(problem, contender, Contenders.Backpropagation))]);
        }

        foreach ((string rate, Contender contender) in Run(timeWeighted, judge))
        {
            foreach ((string damping, Contender other) in Run(pseudoNewtons, judge))
            {
                yield return Claim(
                    13,
                    "Time-weighted pseudo-Newton is better than both.",
                    $"{rate}, eq. (5) with {damping}, {reading}",
                    [
                        .. problems.Select(problem =>
                            judge.HasLessError(problem, contender, Contenders.Backpropagation)),
                        .. problems.Select(problem => judge.HasLessError(problem, contender, other)),
                    ]);
            }
        }

        yield return OfLength(judge, problems, reading);
    }

    /// <summary>Those that learn hardly anything at the shortest T are left out, and named.</summary>
    private static Claim OfLength(Judgements judge, Problem[] problems, string reading)
    {
        (Problem Problem, Contender Contender)[] all =
            [.. from problem in problems from contender in Gradients select (problem, contender)];
        var split = all.ToLookup(pair => judge.CanGetWorse(pair.Problem, pair.Contender));
        Claim claim = Claim(
            14, "All three get worse as T grows.", reading,
            [.. split[true].Select(pair => judge.GetsWorse(pair.Problem, pair.Contender))]);
        string[] leftOut = [.. split[false].Select(pair => $"{pair.Problem.Title}, {pair.Contender.Name}")];
        string remark = "Left out, since hardly any trial is learned at the shortest T: " +
            $"{string.Join("; ", leftOut)}.";
        return leftOut.Length == 0 ? claim : claim with { Evidence = $"{claim.Evidence} {remark}".TrimStart() };
    }

    private static Claim Claim(
        int number, string statement, string reading, IReadOnlyList<Judgement> parts, string source = Source)
    {
        Judgement all = Judgement.All(parts);
        string counts = parts.Count > 1
            ? $"Of {parts.Count} comparisons, {Verdicts.Count(parts.Select(part => part.Verdict))}. "
            : "";
        string tried = all.Verdict == Verdict.Reproduced ? "" : $" {Tried}";
        return new(number, statement, source, reading, all.Verdict, counts + all.Evidence + tried);
    }
}
