using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Paper.WeightGradient;

/// <summary>
/// A network with the terms of eq. (4) for many sequences. In each sequence an event at the first step moves the state
/// to one side, and noise follows. The weights are not negative and all row sums of W are w, so the network behaves
/// like several copies of one neuron of weight w.
/// </summary>
/// <remarks>
/// The network is robustly latched (Definition 5) from the step at which every output exceeds σ = √(1 − 1/w). There
/// each w·f′ is below 1, and noise up to h* cannot move the state below σ, because the activation of σ is w·σ − h*.
/// </remarks>
internal sealed class SystemGradientTerms
{
    /// <summary>The sequence length T.</summary>
    public const int Steps = 50;

    /// <summary>The number of sequences of each system. All systems have the same noise, up to its scale.</summary>
    public const int SequenceCount = 100;

    /// <summary>The random word of the noise: the number of the claim; it belongs to no configuration.</summary>
    internal const uint RandomWord = 7;

    /// <summary>The weight of the loops of the two units, and of the connections between them.</summary>
    internal const double TwoUnitSelfWeight = 1.2, TwoUnitCrossWeight = 0.4;

    private readonly GradientDecomposition[] _terms;    // [sequence], of the output; times ∂C/∂x_T, those of any cost

    private SystemGradientTerms(
        string name, NetworkDefinition network, double equivalentWeight, double firstInput, double noise, ulong seed)
    {
        Name = name;
        EquivalentNeuron = SingleNeuron.Analyze(equivalentWeight);
        _terms = [.. Enumerable.Range(0, SequenceCount).Select(number => GradientDecomposition.ComputeForOutput(
            network, GenerateInputs(seed, number, firstInput, noise)))];
    }

    /// <summary>The name of the system, for the legend and the interpretations of the claim.</summary>
    public string Name { get; }

    /// <summary>The single neuron to which each unit is equivalent.</summary>
    public SingleNeuron EquivalentNeuron { get; }

    /// <summary>
    /// Two units that store one bit together. The input is added to one unit; the other is the output.
    /// </summary>
    internal static FullyConnectedDefinition TwoUnitNetwork { get; }
        = new("tanh", 2, input: 0, outputs: [1],
            [TwoUnitSelfWeight, TwoUnitCrossWeight, TwoUnitCrossWeight, TwoUnitSelfWeight]);

    /// <summary>The share of the earlier half of the sequence in Σ‖term‖, for each sequence.</summary>
    public IEnumerable<double> FirstHalfShares => _terms.Select(sequence => sequence.LongTermShare(Steps / 2));

    /// <summary>The gradient horizons, for each sequence.</summary>
    public IEnumerable<int> Horizons => _terms.Select(sequence => sequence.Horizon()!.Value);

    /// <summary>ln ‖term_τ‖ of each sequence, [T − τ].</summary>
    public IEnumerable<IReadOnlyList<double>> LogNorms
        => _terms.Select(sequence => (IReadOnlyList<double>)
            [.. sequence.TermNorms.Reverse().Select(norm => Elementary.Log(norm))]);

    /// <summary>Creates systems that are robustly latched; the noise is half the critical input h*.</summary>
    public static IReadOnlyList<SystemGradientTerms> CreateLatched(ulong seed)
    {
        return
        [
            CreateSystem("w = 1.25", CreateSingleUnit(1.25), 1.25),
            CreateSystem("w = 2", CreateSingleUnit(2.0), 2.0),
            CreateSystem("two units", TwoUnitNetwork, TwoUnitSelfWeight + TwoUnitCrossWeight),
        ];

        SystemGradientTerms CreateSystem(string name, NetworkDefinition network, double weight)
            => new($"latched, {name}", network, weight, 1.0, HalfCriticalInput(weight), seed);
    }

    /// <summary>
    /// Creates systems that are not latched: one that forgets, with the noise of w = 1.25; and, without noise, one at
    /// the bifurcation, w = 1, and one whose event leaves the state near the boundary of two basins.
    /// </summary>
    public static IReadOnlyList<SystemGradientTerms> CreateUnlatched(ulong seed)
        => [
            new("forgetting, w = 0.5", CreateSingleUnit(0.5), 0.5, 1.0, HalfCriticalInput(1.25), seed),
            new("on the edge, w = 1", CreateSingleUnit(1.0), 1.0, 1.0, noise: 0.0, seed),
            new("between basins, w = 1.25", CreateSingleUnit(1.25), 1.25, firstInput: 1e-9, noise: 0.0, seed),
        ];

    /// <summary>Creates the curve of the norms relative to the last, as geometric means over the sequences.</summary>
    public Series ToSeries(int colour, ulong seed)
        => new(
            Name,
            SeriesKind.Curve,
            [
                .. Enumerable.Range(0, Steps - 1).Select(lag => GeometricMean.Compute(
                    lag, _terms.Select(sequence => sequence.TermNorms[^(lag + 1)] / sequence.TermNorms[^1]), seed)),
            ],
            colour);

    /// <summary>
    /// Generates the inputs: an event at the first step, between one and two times <c>firstInput</c>, then uniform
    /// noise.
    /// </summary>
    internal static double[] GenerateInputs(ulong seed, int sequence, double firstInput, double noise)
    {
        UniformStream random = new TrialRandom(seed, RandomWord, Trial: 0).CreateUniformStream(Purpose.TestNoise,
            sequence);
        var inputs = new double[Steps];
        inputs[0] = firstInput * (1.0 + random.Next());
        for (int t = 1; t < Steps; t++)
            inputs[t] = noise * ((2.0 * random.Next()) - 1.0);
        return inputs;
    }

    /// <summary>Half the critical input, h*/2, of a neuron.</summary>
    internal static double HalfCriticalInput(double weight) => 0.5 * SingleNeuron.Analyze(weight).CriticalInput!.Value;

    private static LatchDefinition CreateSingleUnit(double weight) => new("tanh", weight, []);
}
