using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Tasks;

/// <summary>
/// The general task of Section II: the first L inputs determine the class of a sequence, and the rest is noise without
/// information about it. Here these inputs are +1 in class 1 and −1 in class 0, plus the noise of all inputs.
/// </summary>
public sealed record KeepTask : NoisyTask
{
    public override string Name => "keep";

    public override string Description => "keep a bit, the sign of the first inputs, through the noise that follows";

    public override string DefaultNetwork => "fully-connected";

    /// <summary>The name of the task in version 0.1: it selects random numbers, and so it never changes.</summary>
    public override string RandomWordName => "first-inputs";

    /// <summary>L ≥ 1.</summary>
    [Setting("number L of inputs that set the class", "decision; paper, Section II: L", Minimum = 1,
        Maximum = 100_000, Probe = "2")]
    public int Inputs { get; init; } = 3;

    public override int MinimumLength => Inputs + 1;

    protected override void TransformToContent(TrialRandom random, int sequenceClass, Span<double> inputs)
    {
        int informativeInputs = Math.Min(Inputs, inputs.Length);
        inputs[..informativeInputs].Fill(sequenceClass == 1 ? 1.0 : -1.0);
        inputs[informativeInputs..].Clear();
    }
}
