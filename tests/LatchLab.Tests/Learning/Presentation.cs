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
        inputs = new((network.TrainableInputs * network.Inputs) + given.Count);
        for (int i = 0; i < given.Count; i++)
            inputs.Values[network.TrainableInputs + i] = TLane.From(given[i]);
        sign.Values[0] = TLane.From(1.0);
        Length = inputs.Length / network.Inputs;
        Unfolding = new(network, bundles: 1, Length);
        for (int i = 0; i < definition.Parameters.Count; i++)
            Unfolding.Parameters.Values[i] = TLane.From(definition.Parameters[i]);
    }

    public Unfolding<TLane, TNetwork> Unfolding { get; }

    /// <summary>T.</summary>
    public int Length { get; }

    /// <summary>x_T of each output.</summary>
    public TLane[] Forward()
    {
        Unfolding.Forward(Sequence());
        return [.. Enumerable.Range(0, network.Outputs).Select(k => Unfolding.Output(Length, bundle: 0, k))];
    }

    public Span<TLane> Backward<TContributions>(IEnumerable<TLane> atOutputs)
        where TContributions : struct, IContributions
    {
        var errors = new LaneMemory<TLane>(network.Outputs);
        atOutputs.ToArray().CopyTo(errors.Values);
        int times = TContributions.KeepsTimes ? Length + 1 : 1;
        var memory = new LaneMemory<TLane>(times * network.Parameters * TContributions.ValuesPerParameter);
        Unfolding.Backward<TContributions>(Sequence(), errors.Row(0, errors.Length), memory.Row(0, memory.Length));
        return memory.Values;
    }

    private Sequence<TLane> Sequence()
        => new()
        {
            Inputs = inputs.Row(0, inputs.Length),
            Start = start.Row(0, 1),
            Sign = sign.Row(0, 1),
            Length = Length,
            EarliestStart = 0,
            LatestStart = 0,
        };
}
