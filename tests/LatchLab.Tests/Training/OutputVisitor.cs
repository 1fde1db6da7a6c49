using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Tests.Training;

/// <summary>The outputs of a network at the end of one sequence, presented by itself.</summary>
internal sealed class OutputVisitor(IReadOnlyList<double> parameters, double[] inputs, double sign)
    : INetworkVisitor<double[]>
{
    public double[] Visit<TNetwork>(TNetwork network)
        where TNetwork : struct, INetwork
    {
        int length = inputs.Length / network.Inputs;
        var backpropagation = new BackpropagationThroughTime<Scalar, TNetwork>(network, bundles: 1, length,
            keepAllStates: false);
        var memory = new LaneMemory<Scalar>(inputs.Length + 2);
        inputs.CopyTo(memory.Doubles);
        memory.Doubles[^1] = sign;
        for (int i = 0; i < parameters.Count; i++)
            backpropagation.Parameters.Doubles[i] = parameters[i];
        backpropagation.Forward(new SequenceBatch<Scalar>
        {
            Inputs = memory.Slice(0, inputs.Length),
            StartOffset = memory.Slice(inputs.Length, 1),
            ClassSign = memory.Slice(inputs.Length + 1, 1),
            Length = length,
            EarliestStart = 0,
            LatestStart = 0,
        });
        return
        [
            .. Enumerable.Range(0, network.Readout.Outputs).Select(
                k => backpropagation.Output(length, bundle: 0, k).Value),
        ];
    }
}
