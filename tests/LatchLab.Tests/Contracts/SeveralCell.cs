using LatchLab.Experiments;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Tests.Contracts;

/// <summary>A cell that is another one in everything but its sequences: those of a <see cref="SeveralTask"/>.</summary>
/// <param name="Problem">The other one.</param>
internal sealed record SeveralCell(ProblemCell Problem) : Cell
{
    public override int Length => Problem.Length;

    public override int Sequences => Problem.Sequences;

    public override int Budget => Problem.Budget;

    public override uint RandomWord => Problem.RandomWord;

    public override object Shape => Problem.Shape;

    public override bool TestsAtEnd => Problem.TestsAtEnd;

    public override LearnerDefinition Learner => Problem.Learner;

    public override Scoring Scoring => Problem.Scoring;

    /// <summary>A cell for each length, of targets of a kind and a learner, of units that it does not refuse.</summary>
    public static SeveralCell[] Of(TargetKind kind, LearnerDefinition learner, params IReadOnlyList<int> lengths)
        => [.. lengths.Select(length => new SeveralCell(new ProblemCell
        {
            Task = new SeveralTask(kind) { Length = length },
            Network = new()
            {
                Network = NetworkKind.FullyConnected,
                Unit = learner.Refuses("tanh") is null ? "tanh" : "threshold",
                Units = 4,
                Biases = BiasUse.Yes,
            },
            Training = learner,
            Limits = new() { Presentations = ContractCells.Budget, Tolerance = kind == TargetKind.Values ? 0.4 : 0.0 },
        })
        {
            Rule = new() { Rule = RuleKind.SignAndCost, FreshSequences = ContractCells.FreshSequences },
        })];

    public override TrialStart StartOf(ulong seed, int trial) => Problem.StartOf(seed, trial);

    public override NetworkDefinition NetworkWith(IReadOnlyList<double> parameters) => Problem.NetworkWith(parameters);

    internal override TResult Accept<TResult>(INetworkVisitor<TResult> visitor) => Problem.Accept(visitor);

    internal override ISequenceLanes<TLane> CreateSequences<TLane>(ulong seed, int bundles, int length)
        => new Lanes<TLane>(bundles, length, Sequences, Problem.Wiring);

    internal override Learner<TLane> CreateLearner<TLane>(int length, int mostBundles)
        => Problem.CreateLearner<TLane>(length, mostBundles);

    /// <summary>The sequences in the order of their numbers, written anew before every pass.</summary>
    private sealed class Lanes<TLane>(int bundles, int length, int sequences, Wiring wiring) : ISequenceLanes<TLane>
        where TLane : unmanaged, IBitLane<TLane>
    {
        private readonly LaneMemory<TLane>[] inputs = Memory(sequences, length * bundles * wiring.Inputs);
        private readonly LaneMemory<TLane>[] targets = Memory(sequences, bundles * wiring.Outputs);
        private readonly LaneMemory<TLane>[] starts = Memory(sequences, bundles);
        private readonly LaneMemory<TLane>[] signs = Memory(sequences, bundles);

        public void Prepare(int lane, in QueuedTrial trial, TrialProgress progress)
        {
            Cell cell = trial.Cell;
            Purpose purpose = progress.PresentsFresh ? Purpose.TestSequences : Purpose.TrainingSequences;
            int first = progress.PresentsFresh
                ? progress.FirstFreshSequence
                : (cell.Stages.Count - 1 - progress.Stage) << TaskSequences<TLane>.StageBits;
            int longest = progress.PresentsFresh ? cell.Length : progress.StageLength;
            for (int p = 0; p < sequences; p++)
            {
                (double[] given, double[] wanted) = ((SeveralTask)((SeveralCell)cell).Problem.Task)
                    .Sequence(trial.Trial, purpose, first + p, longest);
                int start = length - (given.Length / wiring.Inputs);
                starts[p].Numbers[lane] = start;
                signs[p].Numbers[lane] = wanted[0];
                for (int i = 0; i < given.Length; i++)
                {
                    int t = start + (i / wiring.Inputs);
                    Place(inputs[p], (t * bundles) + (lane / TLane.Count), wiring.Inputs, i % wiring.Inputs, lane) =
                        given[i];
                }

                for (int k = 0; k < wanted.Length; k++)
                    Place(targets[p], lane / TLane.Count, wiring.Outputs, k, lane) = wanted[k];
            }
        }

        public void Rest(int lane)
        {
        }

        public void BeginPass()
        {
        }

        public Sequence<TLane> Take(int p) => new()
        {
            Inputs = inputs[p].Row(0, inputs[p].Length),
            Targets = targets[p].Row(0, targets[p].Length),
            Start = starts[p].Row(0, bundles),
            Sign = signs[p].Row(0, bundles),
            Length = length,
            EarliestStart = (int)starts[p].Numbers.ToArray().Min(),
            LatestStart = (int)starts[p].Numbers.ToArray().Max(),
        };

        private static LaneMemory<TLane>[] Memory(int count, int length)
            => [.. Enumerable.Range(0, count).Select(_ => new LaneMemory<TLane>(length))];

        private static ref double Place(LaneMemory<TLane> memory, int row, int columns, int column, int lane)
            => ref memory.Numbers[(((row * columns) + column) * TLane.Count) + (lane % TLane.Count)];
    }
}
