using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Paper.WeightGradient;

/// <summary>
/// A network that an event at the first step drives to one side and noise disturbs after that, with the terms of eq.
/// (4) of many such sequences. Its weights are not negative and the row sums of W are all w, so it is a neuron of
/// weight w as often as it has units.
/// </summary>
/// <remarks>
/// It is robustly latched (Definition 5) from the step on at which every output exceeds σ = √(1 − 1/w): there each w·f′
/// is below 1, and noise up to h* keeps it there, for the activation of σ is w·σ − h*.
/// </remarks>
internal sealed class SystemGradientTerms
{
    /// <summary>T.</summary>
    public const int Steps = 50;

    /// <summary>Sequences of each system; all systems see the same noise, in units of their own.</summary>
    public const int SequenceCount = 100;

    /// <summary>The word of the noise: no cell of an experiment, but the number of the claim.</summary>
    internal const uint RandomWord = 7;

    /// <summary>The weight of the loops of the two units, and of the connections between them.</summary>
    internal const double TwoUnitSelfWeight = 1.2, TwoUnitCrossWeight = 0.4;

    private readonly GradientDecomposition[] _terms;     // [sequence], of the output: those of any cost, times ∂C/∂x_T

    private SystemGradientTerms(
        string name, NetworkDefinition network, double equivalentWeight, double firstInput, double noise, ulong seed)
    {
        Name = name;
        EquivalentNeuron = SingleNeuron.Analyze(equivalentWeight);
        _terms =
        [
            .. Enumerable.Range(0, SequenceCount)
                .Select(
                    number => GradientDecomposition.ComputeForOutput(network,
                        GenerateInputs(seed, number, firstInput, noise))),
        ];
    }

    /// <summary>What it is, for the legend and the readings of the claim.</summary>
    public string Name { get; }

    /// <summary>The neuron that each of its units is.</summary>
    public SingleNeuron EquivalentNeuron { get; }

    /// <summary>Two units that hold one bit together; the input is added to one of them, the other is read.</summary>
    internal static FullyConnectedDefinition TwoUnitNetwork { get; }
        = new("tanh", 2, input: 0, outputs: [1],
            [TwoUnitSelfWeight, TwoUnitCrossWeight, TwoUnitCrossWeight, TwoUnitSelfWeight]);

    /// <summary>Share of Σ‖term‖ from the earlier half of the sequence, for each sequence.</summary>
    public IEnumerable<double> FirstHalfShares => _terms.Select(sequence => sequence.LongTermShare(Steps / 2));

    /// <summary>The gradient horizons, for each sequence.</summary>
    public IEnumerable<int> Horizons => _terms.Select(sequence => sequence.Horizon()!.Value);

    /// <summary>ln ‖term_τ‖ of each sequence, [T − τ].</summary>
    public IEnumerable<IReadOnlyList<double>> LogNorms
        => _terms.Select(sequence => (IReadOnlyList<double>)
            [.. sequence.TermNorms.Reverse().Select(norm => Scalar.Log(new Scalar(norm)).Value)]);

    /// <summary>Systems that have latched robustly: noise is half the critical input h*.</summary>
    public static IReadOnlyList<SystemGradientTerms> CreateLatched(ulong seed)
    {
        return [OneUnit(1.25), OneUnit(2.0), TwoUnits()];

        SystemGradientTerms OneUnit(double weight)
            => new($"latched, w = {NumberFormat.Short(weight)}", CreateSingleUnit(weight), weight, 1.0,
                HalfCriticalInput(weight), seed);

        SystemGradientTerms TwoUnits()
        {
            const double rowSum = TwoUnitSelfWeight + TwoUnitCrossWeight;
            return new("latched, two units", TwoUnitNetwork, rowSum, 1.0, HalfCriticalInput(rowSum), seed);
        }
    }

    /// <summary>
    /// Systems that have not: one that forgets, under the noise of w = 1.25; and without noise one on the edge, and one
    /// that the event has left near the boundary of two basins.
    /// </summary>
    public static IReadOnlyList<SystemGradientTerms> CreateUnlatched(ulong seed)
        => [
            new("forgetting, w = 0.5", CreateSingleUnit(0.5), 0.5, 1.0, HalfCriticalInput(1.25), seed),
            new("on the edge, w = 1", CreateSingleUnit(1.0), 1.0, 1.0, noise: 0.0, seed),
            new("between basins, w = 1.25", CreateSingleUnit(1.25), 1.25, firstInput: 1e-9, noise: 0.0, seed),
        ];

    /// <summary>The norms relative to the last, geometric mean over the sequences.</summary>
    public Series ToSeries(int colour, ulong seed)
        => new(
            Name,
            SeriesKind.Curve,
            [
                .. Enumerable.Range(0, Steps - 1).Select(lag => GeometricMean.Compute(
                    lag, _terms.Select(sequence => sequence.TermNorms[^(lag + 1)] / sequence.TermNorms[^1]), seed)),
            ],
            colour);

    /// <summary>An event at the first step, once to twice a number, and uniform noise after it.</summary>
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

    /// <summary>h*/2 of a neuron.</summary>
    internal static double HalfCriticalInput(double weight) => 0.5 * SingleNeuron.Analyze(weight).CriticalInput!.Value;

    private static LatchDefinition CreateSingleUnit(double weight) => new("tanh", weight, []);
}
