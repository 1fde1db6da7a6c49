namespace LatchLab.Ledger;

/// <summary>What a merge has done, and what is still missing.</summary>
/// <param name="Sources">How many ledgers were read.</param>
/// <param name="Added">Trials that the merged ledger had not held before.</param>
/// <param name="Held">Trials that it holds now.</param>
/// <param name="Planned">Trials of the whole sweep.</param>
/// <param name="MissingShards">
/// Where the ledgers are shards of one division: each shard of which trials are missing, in order.
/// </param>
public sealed record MergeResult(
    int Sources, long Added, long Held, long Planned, IReadOnlyList<MissingShard> MissingShards)
{
    /// <summary>Trials that no ledger holds.</summary>
    public long Missing => Planned - Held;
}

/// <summary>A shard of which trials are missing.</summary>
/// <param name="Shard">Which.</param>
/// <param name="Trials">How many trials are missing.</param>
/// <param name="HasBegun">Whether there is a ledger of it.</param>
public sealed record MissingShard(Shard Shard, long Trials, bool HasBegun);
