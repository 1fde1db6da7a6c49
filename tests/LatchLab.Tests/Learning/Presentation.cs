using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Tests.Learning;

/// <summary>One sequence presented to one network in one bundle, for any number type.</summary>
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
        _network = network;
        _inputs = new((network.TrainableInputs * network.Inputs) + given.Count);
        for (int i = 0; i < given.Count; i++)
            _inputs.Values[network.TrainableInputs + i] = TLane.From(given[i]);
        _sign.Values[0] = TLane.From(1.0);
        Length = _inputs.Length / network.Inputs;
        Backpropagation = new(network, bundles: 1, Length);
        for (int i = 0; i < definition.Parameters.Count; i++)
            Backpropagation.Parameters.Values[i] = TLane.From(definition.Parameters[i]);
    }

    public BackpropagationThroughTime<TLane, TNetwork> Backpropagation { get; }

    /// <summary>T.</summary>
    public int Length { get; }

    /// <summary>x_T of each output.</summary>
    public TLane[] Forward()
    {
        Backpropagation.Forward(Sequence());
        return [.. Enumerable.Range(0, _network.Readout.Outputs).Select(
            k => Backpropagation.Output(Length, bundle: 0, k))];
    }

    public Span<TLane> Backward<TTerms>(IEnumerable<TLane> atOutputs)
        where TTerms : struct, IGradientTerms
    {
        var errors = new LaneMemory<TLane>(_network.Readout.Outputs);
        atOutputs.ToArray().CopyTo(errors.Values);
        int times = TTerms.HasTermsPerTimeStep ? Length + 1 : 1;
        var memory = new LaneMemory<TLane>(times * _network.Parameters * TTerms.ValuesPerParameter);
        Backpropagation.Backward<TTerms>(Sequence(), errors.Slice(0, errors.Length), memory.Slice(0, memory.Length));
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
