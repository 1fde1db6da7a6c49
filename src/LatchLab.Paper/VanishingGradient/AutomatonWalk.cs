using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.BeyondThePaper;
using LatchLab.Paper.Claims;
using LatchLab.Paper.Theory;

namespace LatchLab.Paper.VanishingGradient;

/// <summary>
/// Claim 17, the part about attractors: a system that behaves as a finite automaton jumps between attractors, near each
/// of which the norm of the Jacobian is below 1. The network that computes parity is driven by random inputs ±1; its
/// state is the activation of its output unit. The test evaluates |∂a_t/∂a_{t−1}| at every step, including jumps.
/// </summary>
/// <param name="AttractorsByInput">The attractors with constant inputs u = −1 and u = +1.</param>
/// <param name="NormsAtAttractors">|∂a_t/∂a_{t−1}| at every point of these attractors.</param>
/// <param name="NoiselessNorms">|∂a_t/∂a_{t−1}| of the walks without noise, [walk][step].</param>
/// <param name="NoisyNorms">The same of the walks with noise.</param>
/// <param name="NoisyNormsByGain">The same with other gains of the units, at which the automaton is exact, too.</param>
internal sealed record AutomatonWalk(
    IReadOnlyList<PeriodicOrbit>[] AttractorsByInput,
    double[] NormsAtAttractors,
    double[][] NoiselessNorms,
    double[][] NoisyNorms,
    IReadOnlyList<(double Gain, double[][] Norms)> NoisyNormsByGain)
{
    /// <summary>The number of random input sequences (walks).</summary>
    public const int SequenceCount = 100;

    /// <summary>The noise on each input in the second interpretation, uniform between minus and plus this.</summary>
    public const double InputNoise = 0.2;

    private const int CurvePoints = 200;

    private static readonly double[] OtherGains = [6.0, 7.0, 10.0, 20.0];

    private static readonly double[] ConstantInputs = [-1.0, 1.0];

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
        return new(attractors, normsAtAttractors, ComputeNorms(network, seed, 0.0),
            ComputeNorms(network, seed, InputNoise),
            [
                .. OtherGains.Select(gain => (gain, ComputeNorms(
                    DrivenSystem.Create(Generality.CreateParityAutomaton(gain)), seed, InputNoise))),
            ]);
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
        yield return ClaimEvaluator.Conclude(
            TheoryClaims.AutomatonAttractors,
            NormsAtAttractors.Max() < 1.0 ? Verdict.Reproduced : Verdict.NotReproduced,
            $"With constant input u = −1 there are {FormatAttractors(AttractorsByInput[0])}, with u = +1 " +
                $"{FormatAttractors(AttractorsByInput[1])}; at their points |∂a_t/∂a_{{t−1}}| is at most " +
                $"{NumberFormat.Short(NormsAtAttractors.Max())}.");
        yield return EvaluateWalks(TheoryClaims.AutomatonWalk, NoiselessNorms);
        yield return ClaimEvaluator.CompareValues(
            TheoryClaims.NoisyAutomatonWalk,
            (EvaluateWalks(TheoryClaims.NoisyAutomatonWalk, NoisyNorms), $"gain of {Generality.Gain}"),
            [
                .. NoisyNormsByGain.Select(other => (EvaluateWalks(TheoryClaims.NoisyAutomatonWalk, other.Norms),
                    $"gain of {NumberFormat.Short(other.Gain)}")),
            ]);
    }

    /// <summary>Tests whether the norm is below 1 at every step of every walk, including jumps.</summary>
    internal static Claim EvaluateWalks(ClaimRow row, IReadOnlyList<double[]> walks)
    {
        double[] norms = [.. walks.SelectMany(norms => norms)];
        double mean = norms.Select(norm => Elementary.Log(norm)).DefaultIfEmpty(double.NaN).Average();
        return ClaimEvaluator.Evaluate(
            row,
            [
                SystemSample.Create(
                    "walks", row,
                    walks.Index().Select(walk => ($"walk {walk.Index + 1}", walk.Item.Any(norm => !(norm < 1.0))))),
            ],
            details: norms.Length == 0 ? ""
                : $"In {norms.Length} steps, including jumps, |∂a_t/∂a_{{t−1}}| is at most " +
                    $"{NumberFormat.Short(norms.Max())}, and at least 1 in {norms.Count(norm => !(norm < 1.0))}. The " +
                    $"mean of its logarithm is {NumberFormat.Short(mean)}: ∂a_t/∂a_0 " +
                    (mean < 0.0 ? "vanishes." : "does not vanish."));
    }

    private static string FormatAttractors(IReadOnlyList<PeriodicOrbit> attractors)
        => string.Join(" and ", attractors.GroupBy(attractor => attractor.Describe())
            .Select(group => $"{group.Count()} × {group.Key}"));

    /// <summary>The norms along walks that start at the attractor of even parity, y = −1.</summary>
    private static double[][] ComputeNorms(DrivenSystem network, ulong seed, double noise)
    {
        double[] start = InvariantSets.Find(network.WithConstantInputs([ConstantInputs[0]])).Attractors
            .MinBy(attractor => attractor.Points[0][0])!.Points[0];
        return [.. Enumerable.Range(0, SequenceCount).Select(number =>
        {
            UniformStream random = new TrialRandom(seed, AutonomousNetwork.RandomWord, number)
                .CreateUniformStream(Purpose.TestNoise);
            double[][] inputs =
                [.. Generality.AutomatonInputs(seed, number).Select(u => new[] { u + random.Next(-noise, noise) })];
            return DrivenOrbit.Simulate(network, start, inputs).StepJacobianNorms.Skip(1).ToArray();
        })];
    }

    /// <summary>The share of the steps whose norm is at most x.</summary>
    private static Series CreateDistributionSeries(string name, double[][] walks, int colour)
    {
        double[] norms = [.. walks.SelectMany(walk => walk).Order()];
        return new(
            name,
            SeriesKind.Path,
            [
                .. Enumerable.Range(1, CurvePoints)
                    .Select(i => new DataPoint(norms[(i * norms.Length / CurvePoints) - 1], (double)i / CurvePoints)),
            ],
            colour);
    }
}
