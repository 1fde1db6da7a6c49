using LatchLab.Foundation;
using LatchLab.Paper.Claims;
using LatchLab.Paper.Comparison;
using LatchLab.Training;

namespace LatchLab.Paper.Figure4;

/// <summary>
/// A family of parts of a claim: one rule at every problem, algorithm, rival, noise and length, or over all lengths.
/// </summary>
/// <param name="Rule">How each part is tested.</param>
/// <param name="Problems">The problems.</param>
/// <param name="Algorithms">The algorithms.</param>
/// <param name="Rivals">The algorithms with which each is compared; empty if with none.</param>
/// <param name="IsTrend">Whether a part ranges over all lengths.</param>
/// <param name="Value">The value of a trial, from its run and that of the rival.</param>
internal sealed record PartFamily(
    PartRule Rule, IReadOnlyList<Problem> Problems, IReadOnlyList<Algorithm> Algorithms,
    IReadOnlyList<Algorithm> Rivals, bool IsTrend, Func<Outcome, Outcome, double> Value)
{
    /// <summary>The runs that the parts need.</summary>
    public IEnumerable<(Problem Problem, Algorithm Algorithm)> Runs
        => from problem in Problems
           from algorithm in Algorithms.Concat(Rivals)
           select (problem, algorithm);

    /// <summary>Creates the parts.</summary>
    /// <param name="table">The runs.</param>
    /// <param name="above">Only lengths above this are compared.</param>
    public IEnumerable<PartSample> CreateParts(RunTable table, int above)
        => from problem in Problems
           from algorithm in Algorithms
           from rival in Rivals.DefaultIfEmpty(null)
           let own = table[problem, algorithm]
           from noise in Enumerable.Range(0, own.Noises.Count)
           from part in CreateParts(own, rival is null ? null : table[problem, rival], noise, above)
           select part;

    private IEnumerable<PartSample> CreateParts(AlgorithmRuns own, AlgorithmRuns? rival, int noise, int above)
    {
        string name = $"{own.Problem.Title}, {own.Algorithm.Name}" +
            (rival is null ? "" : $" against {rival.Algorithm.Name}");
        string noiseName = $"noise {NumberFormat.Short(own.Noises[noise])}";
        rival?.ThrowIfNotPaired(own);
        return IsTrend
            ? [new PartSample($"{name}, {noiseName}", Rule,
                [.. own.Lengths.Select((_, length) => GetValues(own, rival, noise, length))])]
            : from length in own.Lengths.Index()
              where length.Item > above
              select new PartSample(
                  $"{name}, T = {length.Item}, {noiseName}", Rule, [GetValues(own, rival, noise, length.Index)])
              {
                  Remark = rival is null ? "" : DescribeRatio(own, rival, noise, length.Index),
              };
    }

    private double[] GetValues(AlgorithmRuns own, AlgorithmRuns? rival, int noise, int length)
    {
        Outcome[] first = own.GetOutcomes(noise, length);
        return rival is null
            ? [.. first.Select(outcome => Value(outcome, default))]
            : [.. first.Zip(rival.GetOutcomes(noise, length), Value)];
    }

    /// <summary>
    /// The ratio of presentations where both learned, which is no evidence: those trials are selected.
    /// </summary>
    private static string DescribeRatio(AlgorithmRuns own, AlgorithmRuns rival, int noise, int length)
    {
        double[] ratios =
        [
            .. own.GetOutcomes(noise, length).Zip(rival.GetOutcomes(noise, length))
                .Where(pair => pair.First.IsConverged && pair.Second.IsConverged)
                .Select(pair => (double)pair.First.Presentations / pair.Second.Presentations).Order(),
        ];
        return ratios.Length == 0 ? "no trial was learned by both"
            : $"median ratio of presentations {NumberFormat.Short(ratios[(ratios.Length - 1) / 2])} in the " +
                $"{ratios.Length} that both learned";
    }
}
