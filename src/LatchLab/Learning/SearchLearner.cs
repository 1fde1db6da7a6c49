using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// A learner whose lanes run gradient-free searches: the candidate of each search is presented with every sequence, and
/// the search receives its cost.
/// </summary>
/// <typeparam name="TLane">The lane type; a lane is a trial.</typeparam>
/// <typeparam name="TNetwork">The network.</typeparam>
public sealed class SearchLearner<TLane, TNetwork> : Learner<TLane>
    where TLane : unmanaged, IBitLane<TLane>
    where TNetwork : struct, INetwork
{
    private readonly ISearch?[] _searches;
    private readonly BackpropagationThroughTime<TLane, TNetwork> _unrolledNetwork;

    /// <summary>Allocates memory for the given number of bundles.</summary>
    public SearchLearner(TNetwork network, int bundles)
        : base(bundles, network.Parameters, network.Outputs)
    {
        _searches = new ISearch?[bundles * TLane.Count];
        _unrolledNetwork = new(network, bundles, maxLength: 1, Parameters.Memory, keepAllStates: false);
    }

    /// <inheritdoc/>
    public override bool IsOnline => false;

    /// <inheritdoc/>
    public override void BeginTrial(int lane, TrialStart start, LearnerDefinition settings)
    {
        _searches[lane] = settings.CreateSearch(start);
        Parameters.SetLane(lane, _searches[lane]!.Candidate);
    }

    /// <inheritdoc/>
    public override void BeginStage(int lane, TrialStart start, LearnerDefinition settings, int stage)
        => BeginTrial(lane, start with { InitialParameters = Parameters.GetLane(lane), Stage = stage }, settings);

    /// <inheritdoc/>
    public override void Deactivate(int lane)
    {
        base.Deactivate(lane);
        _searches[lane] = null;
    }

    /// <inheritdoc/>
    public override void Present(in SequenceBatch<TLane> sequence) => _unrolledNetwork.Forward(sequence);

    /// <inheritdoc/>
    public override TLane Output(int length, int bundle, int output)
        => _unrolledNetwork.Output(length, bundle, output);

    /// <inheritdoc/>
    public override ISearch? GetSearch(int lane) => _searches[lane];
}
