using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// The test sequences for which a network with one output per class names no class, because its largest outputs are
/// equal. They count as incorrect, so the error of units that saturate or have a threshold can exceed that of guessing.
/// </summary>
internal static class TiedOutputs
{
    /// <summary>Whether outputs can tie: whether the largest of several is the answer.</summary>
    public static bool AreScored(Configuration configuration)
        => configuration.Scoring is { Targets: TargetKind.Classes, Tolerance: 0.0, HasTargetsAtEveryStep: false }
            && configuration.TestSequences > 0;

    /// <summary>Returns the share of the test sequences of a trial whose largest outputs are equal.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="parameters">The finite parameters of its network.</param>
    public static double MeasureShare(in PendingTrial trial, ReadOnlySpan<double> parameters)
        => trial.Configuration.Accept(new Visitor(trial, parameters.ToArray()));

    private sealed class Visitor(PendingTrial trial, double[] parameters) : INetworkVisitor<double>
    {
        public double Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
        {
            Configuration configuration = trial.Configuration;
            TaskSequences<Scalar> batches =
                configuration.CreateSequences<Scalar>(bundles: 1, configuration.MaxLength);
            var unrolledNetwork = new BackpropagationThroughTime<Scalar, TNetwork>(
                network, bundles: 1, configuration.MaxLength, keepAllStates: false);
            parameters.CopyTo(unrolledNetwork.Parameters.Doubles);
            var progress = TrialProgress.CreateForTest(configuration);
            int ties = 0;
            do
            {
                batches.PrepareLane(lane: 0, trial, progress);
                batches.BeginEpoch();
                for (int p = 0; p < progress.CountedSequences; p++)
                {
                    SequenceBatch<Scalar> batch = batches.GetBatch(p);
                    unrolledNetwork.Forward(batch);
                    int length = batch.Length;
                    double[] outputs = [.. Enumerable.Range(0, network.Readout.Outputs)
                        .Select(k => unrolledNetwork.Output(length, bundle: 0, k).Value)];
                    ties += outputs.Count(output => output == outputs.Max()) > 1 ? 1 : 0;
                }
            }
            while (progress.EndEpoch(default) is null);
            return (double)ties / configuration.TestSequences;
        }
    }
}
