using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// Networks that are searched for without gradients: in each lane the candidate of a search is presented with every
/// sequence, and the search told its cost.
/// </summary>
/// <typeparam name="TLane">The numbers; a lane is a trial.</typeparam>
/// <typeparam name="TNetwork">The network.</typeparam>
public sealed class SearchLearner<TLane, TNetwork> : Learner<TLane>
    where TLane : unmanaged, IBitLane<TLane>
    where TNetwork : struct, INetwork
{
    private readonly ISearch?[] searches;
    private readonly Unfolding<TLane, TNetwork> unfolding;

    /// <summary>Memory for that many bundles.</summary>
    public SearchLearner(TNetwork network, int bundles)
        : base(bundles, network.Parameters, network.Inputs, network.Outputs)
    {
        searches = new ISearch?[bundles * TLane.Count];
        unfolding = new(network, bundles, longest: 1, Parameters.Memory, keepsStates: false);
    }

    /// <inheritdoc/>
    public override bool IsOnline => false;

    /// <inheritdoc/>
    public override void Begin(int lane, TrialStart start, LearnerDefinition settings)
    {
        searches[lane] = settings.CreateSearch(start);
        Parameters.Write(lane, searches[lane]!.Candidate);
    }

    /// <inheritdoc/>
    public override void BeginStage(int lane, TrialStart start, LearnerDefinition settings, int stage)
        => Begin(lane, start with { Values = Parameters.Read(lane), Stage = stage }, settings);

    /// <inheritdoc/>
    public override void Rest(int lane)
    {
        base.Rest(lane);
        searches[lane] = null;
    }

    /// <inheritdoc/>
    public override void Present(in Sequence<TLane> sequence) => unfolding.Forward(sequence);

    /// <inheritdoc/>
    public override TLane Output(int length, int bundle, int output)
        => unfolding.Output(length, bundle, output);

    /// <inheritdoc/>
    public override ISearch? Search(int lane) => searches[lane];
}
