using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Tests.Learning;

/// <summary>One sequence presented to one network in one bundle, in any kind of number.</summary>
internal sealed class Presentation<TLane, TNetwork>
    where TLane : unmanaged, ILane<TLane>
    where TNetwork : struct, INetwork
{
    private readonly LaneMemory<TLane> _inputs;
    private readonly LaneMemory<TLane> _start = new(1);
    private readonly LaneMemory<TLane> _sign = new(1);
    private readonly TNetwork _network;

    public Presentation(TNetwork network, NetworkDefinition definition, IReadOnlyList<double> given)
    {
        this._network = network;
        _inputs = new((network.TrainableInputs * network.Inputs) + given.Count);
        for (int i = 0; i < given.Count; i++)
            _inputs.Values[network.TrainableInputs + i] = TLane.From(given[i]);
        _sign.Values[0] = TLane.From(1.0);
        Length = _inputs.Length / network.Inputs;
        Unfolding = new(network, bundles: 1, Length);
        for (int i = 0; i < definition.Parameters.Count; i++)
            Unfolding.Parameters.Values[i] = TLane.From(definition.Parameters[i]);
    }

    public BackpropagationThroughTime<TLane, TNetwork> Unfolding { get; }

    /// <summary>T.</summary>
    public int Length { get; }

    /// <summary>x_T of each output.</summary>
    public TLane[] Forward()
    {
        Unfolding.Forward(Sequence());
        return [.. Enumerable.Range(0, _network.Outputs).Select(k => Unfolding.Output(Length, bundle: 0, k))];
    }

    public Span<TLane> Backward<TContributions>(IEnumerable<TLane> atOutputs)
        where TContributions : struct, IGradientTerms
    {
        var errors = new LaneMemory<TLane>(_network.Outputs);
        atOutputs.ToArray().CopyTo(errors.Values);
        int times = TContributions.HasTermsPerTimeStep ? Length + 1 : 1;
        var memory = new LaneMemory<TLane>(times * _network.Parameters * TContributions.ValuesPerParameter);
        Unfolding.Backward<TContributions>(Sequence(), errors.Slice(0, errors.Length), memory.Slice(0, memory.Length));
        return memory.Values;
    }

    private SequenceBatch<TLane> Sequence()
        => new()
        {
            Inputs = _inputs.Slice(0, _inputs.Length),
            StartOffset = _start.Slice(0, 1),
            ClassSign = _sign.Slice(0, 1),
            Length = Length,
            EarliestStart = 0,
            LatestStart = 0,
        };
}
