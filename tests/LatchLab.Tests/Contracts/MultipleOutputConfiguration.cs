using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Tests.Contracts;

/// <summary>
/// A configuration that takes everything from another configuration except its sequences, which are those of a <see
/// cref="MultipleOutputTask"/>.
/// </summary>
/// <param name="Problem">The other configuration.</param>
internal sealed record MultipleOutputConfiguration(TrainingConfiguration Problem) : Configuration
{
    public override int MaxLength => Problem.MaxLength;

    public override int TrainingSequences => Problem.TrainingSequences;

    public override int Budget => Problem.Budget;

    public override uint RandomWord => Problem.RandomWord;

    public override object BatchKey => Problem.BatchKey;

    public override bool HasFinalTest => Problem.HasFinalTest;

    public override LearnerDefinition Learner => Problem.Learner;

    public override Scoring Scoring => Problem.Scoring;

    /// <summary>
    /// One configuration for each length, with a kind of targets, a learner and units that it supports.
    /// </summary>
    public static MultipleOutputConfiguration[] Of(TargetKind kind, LearnerDefinition learner,
        params IReadOnlyList<int> lengths)
        => [.. lengths.Select(length => new MultipleOutputConfiguration(new TrainingConfiguration
        {
            Task = new MultipleOutputTask(kind) { Length = length },
            Network = new()
            {
                Network = "fully-connected",
                Unit = learner.UnsupportedReason("tanh") is null ? "tanh" : "threshold",
                Units = 4,
                Biases = BiasUse.Yes,
            },
            Training = learner,
            Limits = new() { Presentations = ContractConfigurations.Budget,
                Tolerance = kind == TargetKind.Values ? 0.4 : 0.0 },
        })
        {
            ConvergenceRule = new() { Rule = ConvergenceRuleKind.SignAndCost,
                TestSequences = ContractConfigurations.TestSequences },
        })];

    public override TrialStart CreateTrialStart(ulong seed, int trial) => Problem.CreateTrialStart(seed, trial);

    public override NetworkDefinition CreateNetwork(IReadOnlyList<double> parameters)
        => Problem.CreateNetwork(parameters);

    internal override TResult Accept<TResult>(INetworkVisitor<TResult> visitor) => Problem.Accept(visitor);

    internal override ISequenceBatches<TLane> CreateSequences<TLane>(ulong seed, int bundles, int length)
        => new Lanes<TLane>(bundles, length, TrainingSequences, Problem.NetworkShape);

    internal override Learner<TLane> CreateLearner<TLane>(int length, int mostBundles)
        => Problem.CreateLearner<TLane>(length, mostBundles);

    /// <summary>The sequences in index order, rewritten before every pass.</summary>
    private sealed class Lanes<TLane>(int bundles, int length, int sequences, NetworkShape shape)
        : ISequenceBatches<TLane>
        where TLane : unmanaged, IBitLane<TLane>
    {
        private readonly LaneMemory<TLane>[] _inputs = Memory(sequences, length * bundles * shape.Inputs);
        private readonly LaneMemory<TLane>[] _targets = Memory(sequences, bundles * shape.Outputs);
        private readonly LaneMemory<TLane>[] _starts = Memory(sequences, bundles);
        private readonly LaneMemory<TLane>[] _signs = Memory(sequences, bundles);

        public void PrepareLane(int lane, in PendingTrial trial, TrialProgress progress)
        {
            Configuration configuration = trial.Configuration;
            Purpose purpose = progress.IsTesting ? Purpose.TestSequences : Purpose.TrainingSequences;
            int first = progress.IsTesting
                ? progress.FirstTestSequence
                : (configuration.StageLengths.Count - 1 - progress.Stage) << GeneratedSequences<TLane>.StageShift;
            int longest = progress.IsTesting ? configuration.MaxLength : progress.StageLength;
            for (int p = 0; p < sequences; p++)
            {
                (double[] given, double[] wanted) =
                    ((MultipleOutputTask)((MultipleOutputConfiguration)configuration).Problem.Task)
                    .Sequence(trial.TrialIndex, purpose, first + p, longest);
                int start = length - (given.Length / shape.Inputs);
                _starts[p].Doubles[lane] = start;
                _signs[p].Doubles[lane] = wanted[0];
                for (int i = 0; i < given.Length; i++)
                {
                    int t = start + (i / shape.Inputs);
                    Place(_inputs[p], (t * bundles) + (lane / TLane.Count), shape.Inputs, i % shape.Inputs, lane) =
                        given[i];
                }

                for (int k = 0; k < wanted.Length; k++)
                    Place(_targets[p], lane / TLane.Count, shape.Outputs, k, lane) = wanted[k];
            }
        }

        public void Deactivate(int lane)
        {
        }

        public void BeginEpoch()
        {
        }

        public SequenceBatch<TLane> GetBatch(int p) => new()
        {
            Inputs = _inputs[p].Slice(0, _inputs[p].Length),
            Targets = _targets[p].Slice(0, _targets[p].Length),
            StartOffset = _starts[p].Slice(0, bundles),
            ClassSign = _signs[p].Slice(0, bundles),
            Length = length,
            EarliestStart = (int)_starts[p].Doubles.ToArray().Min(),
            LatestStart = (int)_starts[p].Doubles.ToArray().Max(),
        };

        private static LaneMemory<TLane>[] Memory(int count, int length)
            => [.. Enumerable.Range(0, count).Select(_ => new LaneMemory<TLane>(length))];

        private static ref double Place(LaneMemory<TLane> memory, int row, int columns, int column, int lane)
            => ref memory.Doubles[(((row * columns) + column) * TLane.Count) + (lane % TLane.Count)];
    }
}
