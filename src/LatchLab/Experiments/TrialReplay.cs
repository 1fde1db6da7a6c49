using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Experiments;

/// <summary>One presentation of a trial, to be looked at: the inputs h_1 … h_T and the states x_0 … x_T.</summary>
/// <param name="Inputs">h_t at [t − 1], the trainable ones as the parameters have them.</param>
/// <param name="States">x_t at [t].</param>
public sealed record TrialReplay(IReadOnlyList<double> Inputs, IReadOnlyList<double> States)
{
    /// <summary>
    /// Presents a training sequence of a trial with given parameters; noise drawn afresh is that of pass 0.
    /// </summary>
    public static TrialReplay Of(
        MinimalCell cell, int trial, ulong seed, IReadOnlyList<double> parameters, int sequenceNumber)
    {
        int length = cell.Task.Length;
        var network = new LatchNeuron<Tanh>(cell.Task.TrainableInputs, classes: 2, default);
        var unfolding = new Unfolding<Scalar, LatchNeuron<Tanh>>(network, bundles: 1, length);
        for (int i = 0; i < network.Parameters; i++)
            unfolding.Parameters.Values[i] = new Scalar(parameters[i]);

        var noise = new LaneNoise<Scalar>(seed, bundles: 1, length);
        var inputs = new LaneMemory<Scalar>(length * cell.Task.Sequences);
        Purpose purpose = cell.Task.NoiseDrawn == NoiseDraw.Frozen ? Purpose.TrainingNoise : Purpose.PresentationNoise;
        noise.FillLane(cell, trial, purpose, firstItem: 0, inputs, lane: 0);

        var start = new LaneMemory<Scalar>(1);
        var sign = new LaneMemory<Scalar>(1);
        sign.Values[0] = new Scalar(MinimalTask.ClassOf(sequenceNumber) == 1 ? 1.0 : -1.0);
        unfolding.Forward(new Sequence<Scalar>
        {
            Inputs = inputs.Row(sequenceNumber * length, length),
            Start = start.Row(0, 1),
            Sign = sign.Row(0, 1),
            Length = length,
            EarliestStart = 0,
            LatestStart = 0,
        });
        return new(
            inputs.Numbers.Slice(sequenceNumber * length, length).ToArray(),
            [.. Enumerable.Range(0, length + 1).Select(t => unfolding.State(t)[0].Value)]);
    }
}
