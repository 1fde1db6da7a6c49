using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>One presentation of a trial, for display: the inputs h_1 … h_T and the states x_0 … x_T.</summary>
/// <param name="Inputs">h_t at [t − 1]; trainable inputs have the values of the parameters.</param>
/// <param name="States">x_t at [t].</param>
public sealed record TrialReplay(IReadOnlyList<double> Inputs, IReadOnlyList<double> States)
{
    /// <summary>
    /// Presents a training sequence of a trial with given parameters. Noise that is drawn in each pass is that of
    /// pass 0.
    /// </summary>
    public static TrialReplay Compute(
        MinimalTaskConfiguration configuration, int trialIndex, ulong seed, IReadOnlyList<double> parameters,
        int sequenceIndex)
    {
        int length = configuration.Task.Length;
        var network = new LatchNeuron<Tanh>(configuration.Task.TrainableInputs, classes: 2, default);
        var unrolledNetwork = new BackpropagationThroughTime<Scalar, LatchNeuron<Tanh>>(network, bundles: 1, length);
        for (int i = 0; i < network.Parameters; i++)
            unrolledNetwork.Parameters.Values[i] = new Scalar(parameters[i]);

        var noise = new GaussianInputNoise<Scalar>(seed, bundles: 1, length);
        var inputs = new LaneMemory<Scalar>(length * configuration.Task.Sequences);
        Purpose purpose = configuration.Task.NoiseDrawn == NoiseDraw.Frozen ? Purpose.TrainingNoise
            : Purpose.PresentationNoise;
        noise.FillLane(
            configuration, trialIndex, purpose, firstSequence: 0, inputs.Doubles,
            new(Offset: 0, length, StepStride: 1));

        var startOffsets = new LaneMemory<Scalar>(1);
        var classSigns = new LaneMemory<Scalar>(1);
        classSigns.Values[0] = new Scalar(MinimalTask.ClassOf(sequenceIndex) == 1 ? 1.0 : -1.0);
        unrolledNetwork.Forward(new SequenceBatch<Scalar>
        {
            Inputs = inputs.Slice(sequenceIndex * length, length),
            StartOffset = startOffsets.Slice(0, 1),
            ClassSign = classSigns.Slice(0, 1),
            Length = length,
            EarliestStart = 0,
            LatestStart = 0,
        });
        return new(
            inputs.Doubles.Slice(sequenceIndex * length, length).ToArray(),
            [.. Enumerable.Range(0, length + 1).Select(t => unrolledNetwork.State(t)[0].Value)]);
    }
}
