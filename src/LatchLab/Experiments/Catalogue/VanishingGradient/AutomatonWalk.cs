using LatchLab.Dynamics;
using LatchLab.Experiments.Catalogue.BeyondThePaper;
using LatchLab.Experiments.Results;
using LatchLab.Experiments.Statistics;
using LatchLab.Numerics;

namespace LatchLab.Experiments.Catalogue.VanishingGradient;

/// <summary>
/// Claim 17, the part about attractors: a system that behaves as a finite automaton jumps between attractors, near each
/// of which the norm of the Jacobian is below 1. The network that computes parity walks on random inputs ±1; its state
/// is the activation of its output unit, and |∂a_t/∂a_{t−1}| is looked at in every step, jumps included.
/// </summary>
internal sealed class AutomatonWalk
{
    /// <summary>Sequences.</summary>
    public const int Walks = 50;

    /// <summary>Noise that is added to each input, uniform between minus and plus this, in the second reading.</summary>
    public const double Noise = 0.2;

    private const int DrawnShares = 200;

    private static readonly double[] Held = [-1.0, 1.0];

    private AutomatonWalk(IReadOnlyList<PeriodicOrbit>[] attractors, double[] atAttractors, double[] quiet, double[] noisy)
        => (Attractors, AtAttractors, Quiet, Noisy) = (attractors, atAttractors, quiet, noisy);

    /// <summary>With u held at −1, and at +1.</summary>
    public IReadOnlyList<PeriodicOrbit>[] Attractors { get; }

    /// <summary>|∂a_t/∂a_{t−1}| at every point of these.</summary>
    public IReadOnlyList<double> AtAttractors { get; }

    /// <summary>The same in every step of the walks, ascending.</summary>
    public IReadOnlyList<double> Quiet { get; }

    /// <summary>The same with noise.</summary>
    public IReadOnlyList<double> Noisy { get; }

    /// <summary>Walks.</summary>
    public static AutomatonWalk Of(ulong seed)
    {
        DrivenSystem network = DrivenSystem.Of(Generality.Automaton);
        IReadOnlyList<PeriodicOrbit>[] attractors =
            [.. Held.Select(input => InvariantSets.Of(network.Hold([input])).Attractors)];
        double[] at =
        [
            .. Held.SelectMany((input, i) => attractors[i].SelectMany(attractor => attractor.Points)
                .Select(point => Math.Abs(network.Jacobian([.. point, input])[0]))),
        ];
        double[] start = attractors[0].MinBy(attractor => attractor.Points[0][0])!.Points[0]; // parity even, y = −1
        return new(attractors, at, Norms(network, start, seed, 0.0), Norms(network, start, seed, Noise));
    }

    /// <summary>The distribution, and the claims.</summary>
    public IEnumerable<Series> Draw()
    {
        yield return Curve("without noise", Quiet, colour: 0);
        yield return Curve($"noise U[−{Words.Short(Noise)}, {Words.Short(Noise)}]", Noisy, colour: 1);
    }

    /// <summary>Judges both readings.</summary>
    public IEnumerable<Claim> Judge()
    {
        string at = $"With u = −1 held there are {Describe(Attractors[0])}, with u = +1 {Describe(Attractors[1])}; at " +
            $"their points |∂a_t/∂a_{{t−1}}| is at most {Words.Short(AtAttractors.Max())}.";
        yield return Claim("the Parity fixture, at its attractors and in every step", Quiet, at);
        yield return Claim("the Parity fixture, the same with input noise", Noisy, at);
    }

    private Claim Claim(string reading, IReadOnlyList<double> norms, string at)
    {
        var expanding = new Proportion(norms.Count(norm => norm >= 1.0), norms.Count);
        double mean = norms.Average(norm => Elementary.Log(new Scalar(norm)).Value);
        bool contractsAt = AtAttractors.Max() < 1.0;
        return new(
            17,
            "In a walk between attractors, the norm of the Jacobian is less than one near each of them.",
            "Section VI",
            reading,
            contractsAt && expanding.Successes == 0 ? Verdict.Reproduced
                : !contractsAt || expanding.Lower > 0.0 ? Verdict.NotReproduced
                : Verdict.Undecided,
            $"{at} In {norms.Count} steps of {Walks} random walks, jumps included, it is {Words.Short(norms[^1])} at " +
                $"most and at least 1 in {expanding.Successes}, {Words.Interval(expanding)}. Its logarithm is " +
                $"{Words.Short(mean)} on average: ∂a_t/∂a_0 {(mean < 0.0 ? "vanishes" : "does not vanish")}.");
    }

    private static string Describe(IReadOnlyList<PeriodicOrbit> attractors)
        => string.Join(" and ", attractors.GroupBy(attractor => attractor.Describe())
            .Select(group => $"{group.Count()} × {group.Key}"));

    private static double[] Norms(DrivenSystem network, double[] start, ulong seed, double noise)
        => [.. Enumerable.Range(0, Walks).SelectMany(number =>
        {
            UniformDraws draws = new TrialRandom(seed, LatchedSystem.RandomWord, number)
                .Uniforms(Purpose.TestNoise);
            double[][] inputs =
                [.. Generality.AutomatonInputs(seed, number).Select(u => new[] { u + draws.Next(-noise, noise) })];
            return DrivenOrbit.Of(network, start, inputs).LocalNorms.Skip(1);
        }).Order()];

    /// <summary>Which share of the steps has at most this norm.</summary>
    private static Series Curve(string name, IReadOnlyList<double> norms, int colour)
        => new(
            name,
            SeriesKind.Path,
            [
                .. Enumerable.Range(1, DrawnShares)
                    .Select(i => new DataPoint(norms[(i * norms.Count / DrawnShares) - 1], (double)i / DrawnShares)),
            ],
            colour);
}
