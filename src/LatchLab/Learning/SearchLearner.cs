using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// A learner whose lanes run gradient-free searches: the candidate of each search is presented with every sequence, and
/// the search receives its cost.
/// </summary>
public sealed class SearchLearner<TLane, TNetwork> : Learner<TLane>
    where TLane : unmanaged, IBitLane<TLane>
    where TNetwork : struct, INetwork
{
    private readonly Search?[] _searches;
    private readonly BackpropagationThroughTime<TLane, TNetwork> _unrolledNetwork;

    /// <summary>Allocates memory for the given number of bundles.</summary>
    public SearchLearner(TNetwork network, int bundles)
        : base(bundles, network.Parameters, network.Readout.Outputs)
    {
        _searches = new Search?[bundles * TLane.Count];
        _unrolledNetwork = new(network, bundles, maxLength: 1, Parameters.Memory, keepAllStates: false);
    }

    public override bool IsOnline => false;

    public override void BeginTrial(int lane, TrialStart start, LearnerDefinition settings)
    {
        _searches[lane] = settings.CreateSearch(start);
        Parameters.SetLane(lane, _searches[lane]!.Candidate);
    }

    public override void BeginStage(int lane, TrialStart start, LearnerDefinition settings, int stage)
        => BeginTrial(lane, start with { InitialParameters = Parameters.GetLane(lane), Stage = stage }, settings);

    public override void TransferState(int lane, StateTransfer state)
    {
        base.TransferState(lane, state);
        _searches[lane]!.TransferState(state);
    }

    public override void Deactivate(int lane)
    {
        base.Deactivate(lane);
        _searches[lane] = null;
    }

    public override void Present(in SequenceBatch<TLane> sequence) => _unrolledNetwork.Forward(sequence);

    public override TLane Output(int length, int bundle, int output)
        => _unrolledNetwork.Output(length, bundle, output);

    public override Search? GetSearch(int lane) => _searches[lane];
}
