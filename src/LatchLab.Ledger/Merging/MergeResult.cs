using LatchLab.Ledger.Identity;

namespace LatchLab.Ledger.Merging;

/// <summary>The result of a merge.</summary>
/// <param name="SourceCount">The number of ledgers that were read.</param>
/// <param name="AddedTrials">The number of trials added to the merged ledger.</param>
/// <param name="CompletedTrials">The number of trials in the merged ledger.</param>
/// <param name="PlannedTrials">The number of planned trials of the whole sweep.</param>
/// <param name="MissingShards">The shards with missing trials, in order, if all shards have the same count N.</param>
public sealed record MergeResult(
    int SourceCount, long AddedTrials, long CompletedTrials, long PlannedTrials,
    IReadOnlyList<MissingShard> MissingShards)
{
    /// <summary>The number of trials that no ledger holds.</summary>
    public long MissingTrials => PlannedTrials - CompletedTrials;
}

/// <summary>A shard with missing trials.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="MissingTrials">The number of missing trials.</param>
/// <param name="HasLedger">Whether the shard has a ledger.</param>
public sealed record MissingShard(Shard Shard, long MissingTrials, bool HasLedger);
