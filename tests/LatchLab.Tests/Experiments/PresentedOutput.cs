using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Tests.Experiments;

/// <summary>The output of a network at the end of one sequence, presented alone.</summary>
internal sealed class PresentedOutput(IReadOnlyList<double> parameters, double[] inputs, double sign)
    : INetworkVisitor<double>
{
    public double Visit<TNetwork>(TNetwork network)
        where TNetwork : struct, INetwork
    {
        var unfolding = new Unfolding<Scalar, TNetwork>(network, bundles: 1, inputs.Length, keepsStates: false);
        var memory = new LaneMemory<Scalar>(inputs.Length + 2);
        inputs.CopyTo(memory.Numbers);
        memory.Numbers[^1] = sign;
        for (int i = 0; i < parameters.Count; i++)
            unfolding.Parameters.Numbers[i] = parameters[i];
        unfolding.Forward(new Sequence<Scalar>
        {
            Inputs = memory.Row(0, inputs.Length),
            Start = memory.Row(inputs.Length, 1),
            Sign = memory.Row(inputs.Length + 1, 1),
            Length = inputs.Length,
            EarliestStart = 0,
            LatestStart = 0,
        });
        return unfolding.Output(inputs.Length, bundle: 0, output: 0).Value;
    }
}
