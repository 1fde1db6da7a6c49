using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Training;

/// <summary>
/// Presents sequences of trials once more, to their final networks: groups of as many trials as a bundle has lanes.
/// </summary>
/// <typeparam name="TResult">The result of a trial.</typeparam>
internal abstract class FinalPass<TResult> : ILaneVisitor<IReadOnlyList<TResult>>
{
    /// <summary>Trials of one configuration, each with its finite final parameters.</summary>
    public required IReadOnlyList<(PendingTrial Trial, double[] Parameters)> Trials { get; init; }

    /// <summary>Cancels the pass.</summary>
    public required CancellationToken Cancellation { get; init; }

    public IReadOnlyList<TResult> Visit<TLane>()
        where TLane : unmanaged, IBitLane<TLane>
        =>
        [
            .. Trials.Chunk(TLane.Count).SelectMany(
                group => group[0].Trial.Configuration.Accept(CreateVisitor<TLane>(group))),
        ];

    /// <summary>Creates what presents the sequences of a group.</summary>
    protected abstract INetworkVisitor<TResult[]> CreateVisitor<TLane>(
        (PendingTrial Trial, double[] Parameters)[] group)
        where TLane : unmanaged, IBitLane<TLane>;
}
