using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Sqlite;

namespace LatchLab.Ledger.Writing;

/// <summary>How a ledger is written; none of it changes what it holds.</summary>
public sealed record LedgerOptions
{
    /// <summary>The journal; null to choose by the file system of the folder.</summary>
    public JournalMode? Journal { get; init; }

    /// <summary>What is said of the lanes that the trials run on.</summary>
    public string Lanes { get; init; } = "";

    /// <summary>The processes that ran the trials; null for this one.</summary>
    internal IReadOnlyList<LedgerSession>? Sessions { get; init; }

    /// <summary>
    /// The most ledgers that a merge has open at a time: each holds some files and some memory, and a cluster's array
    /// may have a thousand.
    /// </summary>
    internal int MaximumOpenLedgers { get; init; } = 64;

    /// <summary>The most rows of a transaction, and as many again may wait for the next.</summary>
    internal int MaximumBatchRows { get; init; } = TrialLedger.MaximumPendingRows / 2;
}
