using System.Buffers;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Tasks;

/// <summary>
/// The n-bit flip-flop (Sussillo and Barak 2013): each of n inputs is usually 0 and at times a pulse, +1 or −1. The n
/// targets at every step are the signs of the last pulses: +1 or −1 for each input.
/// </summary>
/// <remarks>
/// In the first step every input has a pulse, so that its target is defined from the beginning. Both signs are equally
/// probable at every step, and so always answering the mean, 0, has a mean squared error of 1.
/// </remarks>
public sealed record FlipFlopTask : GeneratedTask
{
    /// <summary>With the defaults of the literature: new sequences, all of length T.</summary>
    public FlipFlopTask() => (Sequences, ShortestShare, TrainingSet) = (100, 1.0, TrainingSet.Fresh);

    public override string Name => "flip-flop";

    public override string Description => "give the sign of the last pulse of each of several inputs at every step";

    public override string DefaultNetwork => "fully-connected";

    /// <summary>n ≥ 1.</summary>
    [Setting("number n of bits, each with an input and an output", "Sussillo and Barak 2013: 3", Minimum = 1,
        Maximum = 16, Probe = "2")]
    public int Bits { get; init; } = 3;

    /// <summary>p.</summary>
    [Setting("probability of a pulse of an input in a step after the first", "decision", Minimum = 0, Maximum = 1,
        Probe = "0.5")]
    public double PulseProbability { get; init; } = 0.1;

    public override int InputsPerStep => Bits;

    public override int Outputs => Bits;

    public override TargetKind Targets => TargetKind.Values;

    public override bool HasTargetsAtEveryStep => true;

    public override bool HasBiasesAndInputWeightsByDefault => true;

    public override double ChanceMeanSquaredError => 1.0;

    public override bool UsesRootMeanSquareError => true;

    /// <summary>1, the distance of a label from 0: an answer is correct if it has the sign of its label.</summary>
    public override double DefaultTolerance => 1.0;

    public override double GetLabelUnitsPerOutput(double halfRange) => 1.0 / (Target * halfRange);

    public override void Write(
        TrialRandom random, Purpose purpose, int number, Span<double> inputs, Span<double> targets = default)
    {
        int paddedPairs = RandomNumbers.RoundUpToFill((inputs.Length + 1) / 2);
        double[] buffer = ArrayPool<double>.Shared.Rent(2 * paddedPairs);
        Span<double> even = buffer.AsSpan(0, paddedPairs), odd = buffer.AsSpan(paddedPairs, paddedPairs);
        random.FillUniforms(purpose, number, FirstContentPair, even, odd);
        for (int i = 0; i < inputs.Length; i++)
        {
            double uniform = (i % 2 == 0 ? even : odd)[i / 2], probability = i < Bits ? 1.0 : PulseProbability;
            inputs[i] = uniform < 0.5 * probability ? 1.0 : uniform < probability ? -1.0 : 0.0;
            targets[i] = inputs[i] == 0.0 ? targets[i - Bits] : Target * inputs[i];
        }

        ArrayPool<double>.Shared.Return(buffer);
    }
}
