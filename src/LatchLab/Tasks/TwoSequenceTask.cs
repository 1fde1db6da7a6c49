using System.Buffers;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Tasks;

/// <summary>
/// The 2-Sequence problem: each class has a key sequence, drawn once per trial from U[−1, 1], and an input sequence is
/// the first N elements of one of the keys, plus noise.
/// </summary>
/// <remarks>
/// "N varies from pattern to pattern" is interpreted as the length of the whole sequence, with keys of T elements. With
/// a key length K, keys have K elements and only noise follows them, so that the class must be stored.
/// </remarks>
public sealed record TwoSequenceTask : NoisyTask
{
    public override string Name => "two-sequence";

    public override string Description => "identify which of two random key sequences the inputs follow";

    public override string DefaultNetwork => "fully-connected";

    /// <summary>K; 0 for keys as long as the sequences.</summary>
    [Setting("elements K of a key, after which only noise follows; 0: keys are as long as the sequences", "decision",
        Minimum = 0, Maximum = 100_000, Probe = "2")]
    public int KeyLength { get; init; }

    protected override void TransformToContent(TrialRandom random, int sequenceClass, Span<double> inputs)
    {
        int length = KeyLength == 0 ? inputs.Length : Math.Min(KeyLength, inputs.Length);
        int paddedPairs = RandomNumbers.RoundUpToFill((length + 1) / 2);
        double[] buffer = ArrayPool<double>.Shared.Rent(2 * paddedPairs);
        Span<double> even = buffer.AsSpan(0, paddedPairs), odd = buffer.AsSpan(paddedPairs, paddedPairs);
        random.FillUniforms(Purpose.KeySequences, sequenceClass, firstPair: 0, even, odd);
        for (int t = 0; t < length; t++)
            inputs[t] = (2.0 * (t % 2 == 0 ? even : odd)[t / 2]) - 1.0;
        ArrayPool<double>.Shared.Return(buffer);
        inputs[length..].Clear();
    }
}
