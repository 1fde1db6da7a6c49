using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Training;

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

    /// <summary>
    /// One configuration for each length, with a kind of targets, a learner and units that it supports.
    /// </summary>
    public static TrainingConfiguration[] CreateConfigurations(
        TargetKind kind, LearnerDefinition learner, params IReadOnlyList<int> lengths)
        => [.. lengths.Select(length => new TrainingConfiguration
        {
            Task = new MultipleOutputTask(kind) { Length = length },
            Network = new()
            {
                Network = "fully-connected",
                Unit = learner.UnsupportedReason("tanh") is null ? "tanh" : "threshold",
                Units = 4,
                Biases = BiasUse.Yes,
            },
            Learner = learner,
            Limits = new()
            {
                Presentations = ContractConfigurations.Budget,
                Tolerance = kind == TargetKind.Values ? 0.4 : 0.0,
            },
            ConvergenceRule = new()
            {
                Rule = ConvergenceRuleKind.SignAndCost,
                TestSequences = ContractConfigurations.TestSequences,
            },
        })];

    /// <summary>The sequences of a set by rank: inputs as [t − 1][input], and one target per output.</summary>
    public IEnumerable<(double[] Inputs, double[] Targets)> RankSequences(
        int trial, Purpose purpose, int first, int count, int longest)
        => Enumerable.Range(first, count).Select(number => (Length: LengthOf(trial, purpose, number, longest), number))
            .Order().Select(sequence => Generate(trial, purpose, sequence.number, sequence.Length));

    public override TrialSequences CreateSequences(TrialRandom random) => new Generator(this, random);

    private static int LengthOf(int trial, Purpose purpose, int number, int longest)
        => Math.Min(longest, 2) + CreateRandom(trial, purpose, number).Next(Math.Max(1, longest - 1));

    private (double[] Inputs, double[] Targets) Generate(int trial, Purpose purpose, int number, int length)
    {
        Random random = CreateRandom(trial, purpose, number);
        random.Next();    // the length
        int classIndex = number % Classes;
        double[] first = classIndex switch { 0 => [1.0, 0.0], 1 => [-0.5, 0.9], _ => [-0.5, -0.9] };
        double[] inputs = [.. first, .. Enumerable.Range(0, 2 * (length - 1)).Select(_ => random.NextDouble() - 0.5)];
        return (inputs, Kind switch
        {
            TargetKind.Sign => [classIndex == 0 ? 1.0 : -1.0],
            TargetKind.Classes => [.. Enumerable.Range(0, Classes).Select(k => k == classIndex ? Target : -Target)],
            _ => [0.5 * first[0], 0.5 * first[1], -0.5 * first[0]],
        });
    }

    private static Random CreateRandom(int trial, Purpose purpose, int number)
        => new(unchecked((trial * 7919) + ((int)purpose * 104_729) + (number * 31)));

    private sealed class Generator(MultipleOutputTask task, TrialRandom random) : TrialSequences
    {
        public override TrialRandom Random => random;

        public override int LengthOf(Purpose purpose, int number, int maxLength)
            => MultipleOutputTask.LengthOf(random.Trial, purpose, number, maxLength);

        public override void Write(Purpose purpose, int number, Span<double> inputs, Span<double> labels)
        {
            (double[] given, double[] wanted) = task.Generate(random.Trial, purpose, number, inputs.Length / 2);
            given.CopyTo(inputs);
            wanted.CopyTo(labels);
        }
    }
}
