using System.Buffers;
using LatchLab.Numerics;

namespace LatchLab.Tasks;

/// <summary>
/// The adding problem (Hochreiter and Schmidhuber 1997, Section 5.4) in the form of Le, Jaitly and Hinton (2015): a
/// step has a number, uniform in [0, 1), and a marker, which is 1 at two steps and otherwise 0. One of the marked steps
/// is in the first half of the sequence, the other in the second. The target at the last step is the sum of the two
/// numbers.
/// </summary>
/// <remarks>
/// Always answering the mean, 1, has a mean squared error of 2·(1/12) = 1/6: the variance of the sum of two independent
/// numbers.
/// </remarks>
public sealed record AddingTask : GeneratedTask
{
    /// <summary>With the defaults of the literature: new sequences, all of length T.</summary>
    public AddingTask() => (Sequences, ShortestShare, TrainingSet) = (100, 1.0, TrainingSet.Fresh);

    public override string Name => "adding";

    public override string Description => "add the two marked numbers among many, given with markers 0 and 1";

    public override string DefaultNetwork => "fully-connected";

    public override int InputsPerStep => 2;

    public override TargetKind Targets => TargetKind.Values;

    public override int MinimumLength => 2;

    public override bool HasBiasesAndInputWeightsByDefault => true;

    public override double ChanceMeanSquaredError => 1.0 / 6.0;

    public override bool UsesRootMeanSquareError => true;

    /// <summary>0.04, as Hochreiter and Schmidhuber, whose label has half the range.</summary>
    public override double DefaultTolerance => 0.04;

    public override double GetLabelUnitsPerOutput(double halfRange) => LabelScale.LabelUnitsPerHalfRange / halfRange;

    /// <summary>The mapping from sums, 0 to 2, to targets.</summary>
    private LabelScale LabelScale => new(Minimum: 0.0, Maximum: 2.0, Target);

    public override void Write(
        TrialRandom random, Purpose purpose, int number, Span<double> inputs, Span<double> targets = default)
    {
        // The first pair gives the marked steps; the others give two numbers each.
        int length = inputs.Length / 2, half = length / 2, paddedPairs = RandomNumbers.RoundUpToFill(2 + (length / 2));
        double[] buffer = ArrayPool<double>.Shared.Rent(2 * paddedPairs);
        Span<double> first = buffer.AsSpan(0, paddedPairs), second = buffer.AsSpan(paddedPairs, paddedPairs);
        random.FillUniforms(purpose, number, FirstContentPair, first, second);
        for (int t = 0; t < length; t++)
            (inputs[2 * t], inputs[(2 * t) + 1]) = ((t % 2 == 0 ? first : second)[1 + (t / 2)], 0.0);
        int firstMarked = (int)(first[0] * half), secondMarked = half + (int)(second[0] * (length - half));
        inputs[(2 * firstMarked) + 1] = inputs[(2 * secondMarked) + 1] = 1.0;
        targets[0] = LabelScale.ToTarget(inputs[2 * firstMarked] + inputs[2 * secondMarked]);
        ArrayPool<double>.Shared.Return(buffer);
    }
}
