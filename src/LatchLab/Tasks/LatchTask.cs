using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Tasks;

/// <summary>
/// The Latch problem: the first L inputs are parameters of the network, one set for each class; the inputs after them
/// are noise. The network has to store the bit, because the noise has no information about the class.
/// </summary>
public sealed record LatchTask : NoisyTask
{
    public override string Name => "latch";

    public override string Description => "keep a bit, given by trainable inputs, through noise";

    public override string DefaultNetwork => "latch";

    /// <summary>L ≥ 1.</summary>
    [Setting("number L of trainable inputs at the beginning of a sequence", "paper, Section V-E: one",
        Minimum = 1, Maximum = 1000, Probe = "2")]
    public int Inputs { get; init; } = 1;

    public override int TrainableInputs => Inputs;

    protected override void TransformToContent(TrialRandom random, int sequenceClass, Span<double> inputs)
        => inputs.Clear();
}
