using LatchLab.Ledger.Identity;

namespace LatchLab.Ledger.Merging;

/// <summary>What a merge has done, and what is still missing.</summary>
/// <param name="SourceCount">How many ledgers were read.</param>
/// <param name="AddedTrials">Trials that the merged ledger had not held before.</param>
/// <param name="CompletedTrials">Trials that it holds now.</param>
/// <param name="PlannedTrials">Trials of the whole sweep.</param>
/// <param name="MissingShards">
/// Where the ledgers are shards of one division: each shard of which trials are missing, in order.
/// </param>
public sealed record MergeResult(
    int SourceCount, long AddedTrials, long CompletedTrials, long PlannedTrials,
    IReadOnlyList<MissingShard> MissingShards)
{
    /// <summary>Trials that no ledger holds.</summary>
    public long MissingTrials => PlannedTrials - CompletedTrials;
}

/// <summary>A shard of which trials are missing.</summary>
/// <param name="Shard">Which.</param>
/// <param name="MissingTrials">How many trials are missing.</param>
/// <param name="HasLedger">Whether there is a ledger of it.</param>
public sealed record MissingShard(Shard Shard, long MissingTrials, bool HasLedger);
