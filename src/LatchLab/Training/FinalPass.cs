using System.Runtime.ExceptionServices;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Training;

/// <summary>
/// Presents sequences of trials once more, to their final networks: groups of as many trials as a bundle has lanes, on
/// several threads.
/// </summary>
/// <typeparam name="TResult">The result of a trial.</typeparam>
internal abstract class FinalPass<TResult> : ILaneVisitor<IReadOnlyList<TResult>>
{
    private const int MaxThreads = 512; // of a parallel query

    /// <summary>Trials of one configuration.</summary>
    public required IReadOnlyList<PendingTrial> Trials { get; init; }

    /// <summary>Returns the finite final parameters of a trial.</summary>
    public required Func<PendingTrial, double[]> GetParameters { get; init; }

    /// <summary>The number of threads.</summary>
    public required int Threads { get; init; }

    /// <summary>Cancels the pass.</summary>
    public required CancellationToken Cancellation { get; init; }

    public IReadOnlyList<TResult> Visit<TLane>()
        where TLane : unmanaged, IBitLane<TLane>
    {
        try
        {
            return
            [
                .. Trials.Chunk(TLane.Count).AsParallel().AsOrdered()
                    .WithDegreeOfParallelism(Math.Min(Threads, MaxThreads)).WithCancellation(Cancellation)
                    .SelectMany(group => group[0].Configuration.Accept(CreateVisitor<TLane>(group))),
            ];
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
            throw;
        }
    }

    /// <summary>Creates what presents the sequences of a group.</summary>
    protected abstract INetworkVisitor<TResult[]> CreateVisitor<TLane>(PendingTrial[] group)
        where TLane : unmanaged, IBitLane<TLane>;
}
