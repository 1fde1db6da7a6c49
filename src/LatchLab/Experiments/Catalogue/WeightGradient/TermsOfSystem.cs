using LatchLab.Dynamics;
using LatchLab.Experiments.Results;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Experiments.Catalogue.WeightGradient;

/// <summary>
/// A network that an event at the first step drives to one side and noise disturbs after that, with the terms of eq.
/// (4) of many such sequences. Its weights are not negative and the row sums of W are all w, so it is a neuron of
/// weight w as often as it has units.
/// </summary>
/// <remarks>
/// It is robustly latched (Definition 5) from the step on at which every output exceeds σ = √(1 − 1/w): there each w·f′
/// is below 1, and noise up to h* keeps it there, for the activation of σ is w·σ − h*.
/// </remarks>
internal sealed class TermsOfSystem
{
    /// <summary>T.</summary>
    public const int Steps = 50;

    /// <summary>Sequences of each system; all systems see the same noise, in units of their own.</summary>
    public const int Sequences = 100;

    /// <summary>The word of the noise: no cell of an experiment, but the number of the claim.</summary>
    internal const uint Cell = 7;

    /// <summary>The weight of the loops of the two units, and of the connections between them.</summary>
    internal const double LoopOfTwo = 1.2, BetweenTwo = 0.4;

    private readonly GradientTerms[] terms;     // [sequence], of the output: those of any cost, times ∂C/∂x_T

    private TermsOfSystem(
        string name, NetworkDefinition network, double rowSum, double firstInput, double noise, ulong seed)
    {
        Name = name;
        Neuron = SingleNeuron.Of(rowSum);
        terms =
        [
            .. Enumerable.Range(0, Sequences)
                .Select(number => GradientTerms.OfOutput(network, Inputs(seed, number, firstInput, noise))),
        ];
    }

    /// <summary>What it is, for the legend and the readings of the claim.</summary>
    public string Name { get; }

    /// <summary>The neuron that each of its units is.</summary>
    public SingleNeuron Neuron { get; }

    /// <summary>Two units that hold one bit together; the input is added to one of them, the other is read.</summary>
    internal static FullyConnectedDefinition Pair { get; }
        = new("tanh", 2, input: 0, outputs: [1], [LoopOfTwo, BetweenTwo, BetweenTwo, LoopOfTwo]);

    /// <summary>Share of Σ‖term‖ from the earlier half of the sequence, for each sequence.</summary>
    public IEnumerable<double> EarlierHalf => terms.Select(ofOne => ofOne.ShareBefore(Steps / 2));

    /// <summary>The gradient horizons, for each sequence.</summary>
    public IEnumerable<int> Horizons => terms.Select(ofOne => ofOne.Horizon()!.Value);

    /// <summary>ln ‖term_τ‖ of each sequence, [T − τ].</summary>
    public IEnumerable<IReadOnlyList<double>> Logarithms
        => terms.Select(ofOne => (IReadOnlyList<double>)
            [.. ofOne.Norms.Reverse().Select(norm => Scalar.Log(new Scalar(norm)).Value)]);

    /// <summary>Systems that have latched robustly: noise is half the critical input h*.</summary>
    public static IReadOnlyList<TermsOfSystem> Latched(ulong seed)
    {
        return [OneUnit(1.25), OneUnit(2.0), TwoUnits()];

        TermsOfSystem OneUnit(double weight)
            => new($"latched, w = {Words.Short(weight)}", Unit(weight), weight, 1.0, HalfCritical(weight), seed);

        TermsOfSystem TwoUnits()
        {
            const double rowSum = LoopOfTwo + BetweenTwo;
            return new("latched, two units", Pair, rowSum, 1.0, HalfCritical(rowSum), seed);
        }
    }

    /// <summary>
    /// Systems that have not: one that forgets, under the noise of w = 1.25; and without noise one on the edge, and one
    /// that the event has left near the boundary of two basins.
    /// </summary>
    public static IReadOnlyList<TermsOfSystem> NotLatched(ulong seed)
        => [
            new("forgetting, w = 0.5", Unit(0.5), 0.5, 1.0, HalfCritical(1.25), seed),
            new("on the edge, w = 1", Unit(1.0), 1.0, 1.0, noise: 0.0, seed),
            new("between basins, w = 1.25", Unit(1.25), 1.25, firstInput: 1e-9, noise: 0.0, seed),
        ];

    /// <summary>The norms relative to the last, geometric mean over the sequences.</summary>
    public Series Draw(int colour, ulong seed)
        => new(
            Name,
            SeriesKind.Curve,
            [
                .. Enumerable.Range(0, Steps - 1).Select(before => GeometricMean.Of(
                    before, terms.Select(ofOne => ofOne.Norms[^(before + 1)] / ofOne.Norms[^1]), seed)),
            ],
            colour);

    /// <summary>An event at the first step, once to twice a number, and uniform noise after it.</summary>
    internal static double[] Inputs(ulong seed, int number, double firstInput, double noise)
    {
        UniformDraws draws = new TrialRandom(seed, Cell, Trial: 0).Uniforms(Purpose.TestNoise, number);
        var inputs = new double[Steps];
        inputs[0] = firstInput * (1.0 + draws.Next());
        for (int t = 1; t < Steps; t++)
            inputs[t] = noise * ((2.0 * draws.Next()) - 1.0);
        return inputs;
    }

    /// <summary>h*/2 of a neuron.</summary>
    internal static double HalfCritical(double weight) => 0.5 * SingleNeuron.Of(weight).CriticalInput!.Value;

    private static LatchDefinition Unit(double weight) => new("tanh", weight, []);
}
