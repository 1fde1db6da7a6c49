using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.BeyondThePaper;
using LatchLab.Paper.Experiments;
using LatchLab.Paper.Theory;
using LatchLab.Statistics;

namespace LatchLab.Paper.VanishingGradient;

/// <summary>
/// Claim 17, the part about attractors: a system that behaves as a finite automaton jumps between attractors, near each
/// of which the norm of the Jacobian is below 1. The network that computes parity is driven by random inputs ±1; its
/// state is the activation of its output unit. The test evaluates |∂a_t/∂a_{t−1}| at every step, including jumps.
/// </summary>
/// <param name="AttractorsByInput">The attractors with constant inputs u = −1 and u = +1.</param>
/// <param name="NormsAtAttractors">|∂a_t/∂a_{t−1}| at every point of these attractors.</param>
/// <param name="NoiselessNorms">|∂a_t/∂a_{t−1}| at every step of the walks without noise, ascending.</param>
/// <param name="NoisyNorms">The same of the walks with noise.</param>
internal sealed record AutomatonWalk(
    IReadOnlyList<PeriodicOrbit>[] AttractorsByInput,
    double[] NormsAtAttractors,
    double[] NoiselessNorms,
    double[] NoisyNorms)
{
    /// <summary>The number of random input sequences (walks).</summary>
    public const int SequenceCount = 50;

    /// <summary>The noise on each input in the second interpretation, uniform between minus and plus this.</summary>
    public const double InputNoise = 0.2;

    private const int CurvePoints = 200;

    private static readonly double[] ConstantInputs = [-1.0, 1.0];

    private static readonly ClaimStatement Statement = new(
        17, "In a walk between attractors, the norm of the Jacobian is less than one near each of them.", "Section VI");

    public static AutomatonWalk Simulate(ulong seed)
    {
        DrivenSystem network = DrivenSystem.Create(Generality.ParityAutomaton);
        IReadOnlyList<PeriodicOrbit>[] attractors =
            [.. ConstantInputs.Select(input => InvariantSets.Find(network.WithConstantInputs([input])).Attractors)];
        double[] normsAtAttractors =
        [
            .. ConstantInputs.SelectMany((input, i) => attractors[i].SelectMany(attractor => attractor.Points)
                .Select(point => Math.Abs(network.Jacobian([.. point, input])[0]))),
        ];
        double[] start = attractors[0].MinBy(attractor => attractor.Points[0][0])!.Points[0]; // parity even, y = −1
        return new(attractors, normsAtAttractors, ComputeNorms(network, start, seed, 0.0),
            ComputeNorms(network, start, seed, InputNoise));
    }

    /// <summary>Creates the curves of the cumulative distributions.</summary>
    public IEnumerable<Series> ToSeries()
    {
        yield return CreateDistributionSeries("without noise", NoiselessNorms, colour: 0);
        yield return CreateDistributionSeries(
            $"noise U[−{NumberFormat.Short(InputNoise)}, {NumberFormat.Short(InputNoise)}]", NoisyNorms, colour: 1);
    }

    public IEnumerable<Claim> EvaluateClaims()
    {
        string attractorEvidence =
            $"With constant input u = −1 there are {FormatAttractors(AttractorsByInput[0])}, with u = +1 " +
            $"{FormatAttractors(AttractorsByInput[1])}; at their points |∂a_t/∂a_{{t−1}}| is at most " +
            $"{NumberFormat.Short(NormsAtAttractors.Max())}.";
        yield return CreateClaim("the Parity fixture, at its attractors and at every step", NoiselessNorms,
            attractorEvidence);
        yield return CreateClaim("the Parity fixture, the same with input noise", NoisyNorms, attractorEvidence);
    }

    private Claim CreateClaim(string interpretation, double[] norms, string attractorEvidence)
    {
        var expanding = new Proportion(norms.Count(norm => norm >= 1.0), norms.Length);
        double mean = norms.Average(norm => Elementary.Log(norm));
        bool isContractingAtAttractors = NormsAtAttractors.Max() < 1.0;
        return Statement.Conclude(
            interpretation,
            ClaimTest.Decide(
                isContractingAtAttractors && expanding.Successes == 0,
                !isContractingAtAttractors || expanding.Lower > 0.0),
            $"{attractorEvidence} In {norms.Length} steps of {SequenceCount} random walks, including jumps, it is at " +
                $"most {NumberFormat.Short(norms[^1])}, and at least 1 in {expanding.Successes}, " +
                $"{IntervalFormat.Format(expanding)}. The mean of its logarithm is {NumberFormat.Short(mean)}: " +
                $"∂a_t/∂a_0 {(mean < 0.0 ? "vanishes" : "does not vanish")}.");
    }

    private static string FormatAttractors(IReadOnlyList<PeriodicOrbit> attractors)
        => string.Join(" and ", attractors.GroupBy(attractor => attractor.Describe())
            .Select(group => $"{group.Count()} × {group.Key}"));

    private static double[] ComputeNorms(DrivenSystem network, double[] start, ulong seed, double noise)
        => [.. Enumerable.Range(0, SequenceCount).SelectMany(number =>
        {
            UniformStream random = new TrialRandom(seed, AutonomousNetwork.RandomWord, number)
                .CreateUniformStream(Purpose.TestNoise);
            double[][] inputs =
                [.. Generality.AutomatonInputs(seed, number).Select(u => new[] { u + random.Next(-noise, noise) })];
            return DrivenOrbit.Simulate(network, start, inputs).StepJacobianNorms.Skip(1);
        }).Order()];

    /// <summary>The share of the steps whose norm is at most x.</summary>
    private static Series CreateDistributionSeries(string name, double[] norms, int colour)
        => new(
            name,
            SeriesKind.Path,
            [
                .. Enumerable.Range(1, CurvePoints)
                    .Select(i => new DataPoint(norms[(i * norms.Length / CurvePoints) - 1], (double)i / CurvePoints)),
            ],
            colour);
}
