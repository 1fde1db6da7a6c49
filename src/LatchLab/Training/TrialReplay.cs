using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// One presentation of a trial with one input a step, for display: the inputs u_1 … u_T and the states of the first
/// unit.
/// </summary>
/// <param name="Inputs">u_t at [t − 1]; trainable inputs have the values of the parameters.</param>
/// <param name="States">x_t at [t], from x_0.</param>
public sealed record TrialReplay(IReadOnlyList<double> Inputs, IReadOnlyList<double> States)
{
    /// <summary>
    /// Presents a training sequence of a trial with given parameters. If sequences vary between passes, it is that of
    /// the first pass.
    /// </summary>
    public static TrialReplay Compute(
        TrainingConfiguration configuration, int trialIndex, ulong seed, IReadOnlyList<double> parameters,
        int sequenceIndex)
    {
        TrialSequences sequences = configuration.Task.CreateSequences(configuration.CreateRandom(seed, trialIndex));
        var inputs = new double[sequences.LengthOf(
            Purpose.TrainingSequences, sequenceIndex, configuration.MaxLength)];
        var labels = new double[1];
        sequences.Write(Purpose.TrainingSequences, sequenceIndex, inputs, labels);
        return configuration.Accept(new Presentation(inputs, labels[0], parameters));
    }

    private sealed class Presentation(double[] inputs, double classSign, IReadOnlyList<double> parameters)
        : INetworkVisitor<TrialReplay>
    {
        public TrialReplay Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
        {
            int length = inputs.Length;
            var unrolledNetwork = new BackpropagationThroughTime<Scalar, TNetwork>(network, bundles: 1, length);
            for (int i = 0; i < network.Parameters; i++)
                unrolledNetwork.Parameters.Values[i] = new Scalar(parameters[i]);
            LaneMemory<Scalar> presented = new(length), startOffset = new(1), sign = new(1);
            inputs.CopyTo(presented.Doubles);
            sign.Values[0] = new Scalar(classSign);
            unrolledNetwork.Forward(new SequenceBatch<Scalar>
            {
                Inputs = presented.Slice(0, length),
                StartOffset = startOffset.Slice(0, 1),
                ClassSign = sign.Slice(0, 1),
                Length = length,
                EarliestStart = 0,
                LatestStart = 0,
            });
            return new(
                presented.Doubles.ToArray(),
                [.. Enumerable.Range(0, length + 1).Select(t => unrolledNetwork.State(t)[0].Value)]);
        }
    }
}
