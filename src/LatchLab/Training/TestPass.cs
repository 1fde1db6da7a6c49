using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// Presents the test sequences of trials once more, to their final networks, and collects the answers. The results are
/// the same on every lane type, whichever trials are tested together.
/// </summary>
internal static class TestPass
{
    /// <summary>The number of trials that are tested together in a lane type.</summary>
    public static int CountLanes(LaneKind lane) => lane.Accept(new LaneCounter());

    /// <summary>Tests networks.</summary>
    /// <param name="trials">Trials of one configuration, each with its finite final parameters.</param>
    /// <param name="lane">The lane type.</param>
    /// <param name="cancellation">Cancels the tests.</param>
    /// <returns>The tests in the order of the trials.</returns>
    /// <exception cref="OperationCanceledException">The tests were cancelled.</exception>
    public static IReadOnlyList<TrialTest> Run(
        IReadOnlyList<(PendingTrial Trial, double[] Parameters)> trials, LaneKind lane, CancellationToken cancellation)
        => lane.Accept(new Pass { Trials = trials, Cancellation = cancellation });

    private sealed class LaneCounter : ILaneVisitor<int>
    {
        public int Visit<TLane>()
            where TLane : unmanaged, IBitLane<TLane>
            => TLane.Count;
    }

    private sealed class Pass : FinalPass<TrialTest>
    {
        protected override INetworkVisitor<TrialTest[]> CreateVisitor<TLane>(
            (PendingTrial Trial, double[] Parameters)[] group)
            => new GroupVisitor<TLane>(group, Cancellation);
    }

    /// <summary>Tests the networks of as many trials as a bundle has lanes.</summary>
    private sealed class GroupVisitor<TLane>(
        (PendingTrial Trial, double[] Parameters)[] group, CancellationToken cancellation)
        : INetworkVisitor<TrialTest[]>
        where TLane : unmanaged, IBitLane<TLane>
    {
        public TrialTest[] Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
        {
            TrainingConfiguration configuration = group[0].Trial.Configuration;
            TaskSequences<TLane> sequences = configuration.CreateSequences<TLane>(bundles: 1, configuration.MaxLength);
            var unrolledNetwork = new BackpropagationThroughTime<TLane, TNetwork>(
                network, bundles: 1, configuration.MaxLength, configuration.Scoring.HasTargetsAtEveryStep);
            int outputCount = network.Readout.Outputs;
            TargetKind targetKind = configuration.Scoring.Targets;
            LaneMemory<TLane> outputs = new(outputCount), targets = new(outputCount);
            AnswerCollector[] collectors = [.. group.Select(entry => new AnswerCollector(entry.Trial))];
            for (int lane = 0; lane < group.Length; lane++)
            {
                foreach ((int i, double value) in group[lane].Parameters.Index())
                    unrolledNetwork.Parameters.Doubles[(i * TLane.Count) + lane] = value;
            }

            var progress = TrialProgress.CreateForTest(configuration);
            do
            {
                for (int lane = 0; lane < group.Length; lane++)
                    sequences.PrepareLane(lane, group[lane].Trial, progress);
                sequences.BeginEpoch();
                int count = progress.CountedSequences;
                for (int p = 0; p < count; p++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    SequenceBatch<TLane> batch = sequences.GetBatch(p);
                    unrolledNetwork.Forward(batch);
                    Collect(unrolledNetwork, batch, targetKind, outputs, targets, collectors);
                }
            }
            while (progress.EndEpoch(default) is null);
            return [.. collectors.Select(collector => collector.Result)];
        }

        /// <summary>Adds the outputs of a presentation at every step with targets.</summary>
        private static void Collect<TNetwork>(
            BackpropagationThroughTime<TLane, TNetwork> network, in SequenceBatch<TLane> batch, TargetKind kind,
            LaneMemory<TLane> outputs, LaneMemory<TLane> targets, AnswerCollector[] collectors)
            where TNetwork : struct, INetwork
        {
            var starts = new LaneMemory<TLane>(1);
            starts.Values[0] = batch.StartOffset[0];
            int outputCount = outputs.Length;
            bool isEveryStep = batch.HasTargetsAtEveryStep;
            for (int t = isEveryStep ? batch.EarliestStart + 1 : batch.Length; t <= batch.Length; t++)
            {
                for (int k = 0; k < outputCount; k++)
                {
                    outputs.Values[k] = network.Output(t, bundle: 0, k);
                    targets.Values[k] = kind == TargetKind.Sign ? batch.ClassSign[0]
                        : batch.Targets[(isEveryStep ? (t - 1) * outputCount : 0) + k];
                }

                for (int lane = 0; lane < collectors.Length; lane++)
                {
                    double start = starts.Doubles[lane];
                    if (t > start)
                    {
                        collectors[lane].Add(
                            GetLane(outputs, lane), GetLane(targets, lane),
                            isEveryStep ? 1.0 / (batch.Length - start) : 1.0);
                    }
                }
            }
        }

        private static double[] GetLane(LaneMemory<TLane> memory, int lane)
        {
            var values = new double[memory.Length];
            for (int i = 0; i < values.Length; i++)
                values[i] = memory.Doubles[(i * TLane.Count) + lane];
            return values;
        }
    }
}
