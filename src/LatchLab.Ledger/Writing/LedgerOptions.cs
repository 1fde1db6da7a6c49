using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Sqlite;

namespace LatchLab.Ledger.Writing;

/// <summary>The options for writing a ledger. They do not affect its trials.</summary>
public sealed record LedgerOptions
{
    /// <summary>The journal; null to choose by the file system of the folder.</summary>
    public JournalMode? Journal { get; init; }

    /// <summary>The description of the lanes of the trials.</summary>
    public string Lanes { get; init; } = "";

    /// <summary>The processes that ran the trials; null for this one.</summary>
    internal IReadOnlyList<LedgerSession>? Sessions { get; init; }

    /// <summary>
    /// The maximum number of ledgers that a merge has open at a time. Each uses file handles and memory, and a job
    /// array may have a thousand ledgers.
    /// </summary>
    internal int MaximumOpenLedgers { get; init; } = 64;

    /// <summary>The maximum number of rows of a transaction; as many again may be queued for the next one.</summary>
    internal int MaximumBatchRows { get; init; } = TrialLedger.MaximumPendingRows / 2;
}
