using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Tests.Contracts;

/// <summary>
/// A task for tests only. A step has two inputs. The inputs of the first step determine one of three classes; all later
/// inputs are noise. The targets depend on their kind: the sign (first class or not), one output per class, or three
/// numbers.
/// </summary>
/// <param name="Kind">The kind of targets.</param>
internal sealed record MultipleOutputTask(TargetKind Kind) : TaskDefinition
{
    public const int Classes = 3;

    public override string Name => "several";

    public override string Description => "tell the classes of made-up sequences";

    public override string DefaultNetwork => "fully-connected";

    public int Length { get; init; } = 9;

    public override int MaximumLength => Length;

    public override int TrainingSequences => 6;

    public override int InputsPerStep => 2;

    public override int Outputs => Kind == TargetKind.Sign ? 1 : 3;

    public override TargetKind Targets => Kind;

    /// <summary>A sequence: inputs as [t − 1][input], and one target per output.</summary>
    public (double[] Inputs, double[] Targets) Sequence(int trial, Purpose purpose, int number, int longest)
    {
        var random = new Random(GetHash(trial, (int)purpose, number));
        int length = Math.Min(longest, 2) + random.Next(Math.Max(1, longest - 1)), classIndex = number % Classes;
        double[] first = classIndex switch { 0 => [1.0, 0.0], 1 => [-0.5, 0.9], _ => [-0.5, -0.9] };
        double[] inputs = [.. first, .. Enumerable.Range(0, 2 * (length - 1)).Select(_ => random.NextDouble() - 0.5)];
        return (inputs, Kind switch
        {
            TargetKind.Sign => [classIndex == 0 ? 1.0 : -1.0],
            TargetKind.Classes => [.. Enumerable.Range(0, Classes).Select(k => k == classIndex ? Target : -Target)],
            _ => [0.5 * first[0], 0.5 * first[1], -0.5 * first[0]],
        });
    }

    private static int GetHash(int trial, int purpose, int number)
        => unchecked((trial * 7919) + (purpose * 104_729) + (number * 31));
}
