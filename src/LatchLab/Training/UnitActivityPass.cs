using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Training;

/// <summary>
/// Presents training sequences of trials once more, to their final networks, and observes the outputs of their units
/// and gates. The results are the same on every lane type and number of threads.
/// </summary>
internal sealed class UnitActivityPass : FinalPass<UnitActivity>
{
    /// <summary>Most sequences of a trial that are presented: enough for a share, however large a dataset is.</summary>
    public const int MaxSequences = 1000;

    protected override INetworkVisitor<UnitActivity[]> CreateVisitor<TLane>(
        (PendingTrial Trial, double[] Parameters)[] group)
        => new GroupVisitor<TLane>(group, Cancellation);

    private sealed class GroupVisitor<TLane>(
        (PendingTrial Trial, double[] Parameters)[] trials, CancellationToken cancellation)
        : INetworkVisitor<UnitActivity[]>
        where TLane : unmanaged, IBitLane<TLane>
    {
        public UnitActivity[] Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
        {
            var configuration = trials[0].Trial.Configuration;
            TaskSequences<TLane> sequences = configuration.CreateSequences<TLane>(bundles: 1, configuration.MaxLength);
            var unrolledNetwork = new BackpropagationThroughTime<TLane, TNetwork>(
                network, bundles: 1, configuration.MaxLength);
            var progress = TrialProgress.CreateForLastTrainingSet(configuration);
            for (int lane = 0; lane < trials.Length; lane++)
            {
                foreach ((int i, double value) in trials[lane].Parameters.Index())
                    unrolledNetwork.Parameters.Doubles[(i * TLane.Count) + lane] = value;
                sequences.PrepareLane(lane, trials[lane].Trial, progress);
            }

            IReadOnlyList<KeptActivation> activations =
                configuration.CreateNetwork(trials[0].Parameters).KeptActivations;
            var observer = new ActivationObserver<TLane>(activations);
            int count = Math.Min(progress.CountedSequences, MaxSequences);
            sequences.BeginEpoch();
            for (int p = 0; p < count; p++)
            {
                cancellation.ThrowIfCancellationRequested();
                SequenceBatch<TLane> batch = sequences.GetBatch(p);
                unrolledNetwork.Forward(batch);
                for (int t = batch.EarliestStart + 1; t <= batch.Length; t++)
                    observer.Add(unrolledNetwork.State(t), batch.StartOffset[0], TLane.From(t));
            }

            return [.. trials.Select((_, lane) => observer.GetActivity(lane))];
        }
    }
}
