using LatchLab.Numerics;

namespace LatchLab.Tasks;

/// <summary>
/// The Parity problem: inputs are +1 and −1, and the class is 1 if and only if the number of +1 is odd. Every input
/// affects the class. The first input is set so that a sequence has its given class; the others are drawn, so that all
/// sequences of a class are equally probable.
/// </summary>
public sealed record ParityTask : NoisyTask
{
    public override string Name => "parity";

    public override string Description => "decide whether the number of +1 among inputs +1 and −1 is odd";

    public override string DefaultNetwork => "parity";

    protected override void TransformToContent(TrialRandom random, int sequenceClass, Span<double> inputs)
    {
        int parity = 0;
        for (int t = 1; t < inputs.Length; t++)
        {
            int bit = inputs[t] < 0.5 ? 1 : 0;
            inputs[t] = (2 * bit) - 1;
            parity ^= bit;
        }

        inputs[0] = parity == sequenceClass ? -1.0 : 1.0;
    }
}
