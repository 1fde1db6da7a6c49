using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Tests.Learning;

/// <summary>One sequence presented to one network in one bundle, in any kind of number.</summary>
internal sealed class Presentation<TLane, TNetwork>
    where TLane : unmanaged, ILane<TLane>
    where TNetwork : struct, INetwork
{
    private readonly LaneMemory<TLane> inputs;
    private readonly LaneMemory<TLane> start = new(1);
    private readonly LaneMemory<TLane> sign = new(1);
    private readonly TNetwork network;

    public Presentation(TNetwork network, NetworkDefinition definition, IReadOnlyList<double> given)
    {
        this.network = network;
        inputs = new(network.TrainableInputs + given.Count);
        for (int i = 0; i < given.Count; i++)
            inputs.Values[network.TrainableInputs + i] = TLane.From(given[i]);
        sign.Values[0] = TLane.From(1.0);
        Unfolding = new(network, bundles: 1, inputs.Length);
        for (int i = 0; i < definition.Parameters.Count; i++)
            Unfolding.Parameters.Values[i] = TLane.From(definition.Parameters[i]);
    }

    public Unfolding<TLane, TNetwork> Unfolding { get; }

    public TLane Forward()
    {
        Unfolding.Forward(Sequence());
        return Unfolding.Output(inputs.Length, bundle: 0, output: 0);
    }

    public Span<TLane> Backward<TContributions>(TLane error)
        where TContributions : struct, IContributions
    {
        var errors = new LaneMemory<TLane>(1);
        errors.Values[0] = error;
        int times = TContributions.KeepsTimes ? inputs.Length + 1 : 1;
        var memory = new LaneMemory<TLane>(times * network.Parameters * TContributions.ValuesPerParameter);
        Unfolding.Backward<TContributions>(Sequence(), errors.Row(0, 1), memory.Row(0, memory.Length));
        return memory.Values;
    }

    private Sequence<TLane> Sequence()
        => new()
        {
            Inputs = inputs.Row(0, inputs.Length),
            Start = start.Row(0, 1),
            Sign = sign.Row(0, 1),
            Length = inputs.Length,
            EarliestStart = 0,
            LatestStart = 0,
        };
}
