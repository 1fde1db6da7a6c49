namespace LatchLab.Ledger;

/// <summary>What ledgers have in common that are parts of one sweep.</summary>
/// <param name="Whole">The sweep, with the most trials that any of them is for.</param>
/// <param name="Shards">Which parts the ledgers are for, those left out that are for all trials.</param>
/// <param name="Sessions">The processes that have written them.</param>
internal sealed record SweepParts(
    LedgerIdentity Whole, IReadOnlyList<Shard> Shards, IReadOnlyList<LedgerSession> Sessions)
{
    /// <summary>Reads what they are about, but none of their trials.</summary>
    /// <param name="target">A folder that may hold one.</param>
    /// <param name="sources">Folders that do.</param>
    /// <exception cref="InputException">They are of different sweeps or versions; it says how they differ.</exception>
    public static SweepParts Read(string target, IReadOnlyList<string> sources)
    {
        var identities = new List<(string Folder, LedgerIdentity Identity)>();
        var sessions = new List<LedgerSession>();
        foreach (string folder in LedgerFolder.HasLedger(target) ? [target, .. sources] : sources)
        {
            using LedgerReader ledger = LedgerReader.Open(folder);
            identities.Add((folder, ledger.Identity));
            sessions.AddRange(ledger.Sessions);
        }

        RefuseDifferent(identities);
        LedgerIdentity largest = identities.MaxBy(one => one.Identity.Cells.Sum(cell => (long)cell.Trials)).Identity;
        LedgerIdentity whole = largest with
        {
            Shard = Shard.Whole,
            Cells =
            [
                .. largest.Cells.Select((cell, i) => cell with
                {
                    Trials = identities.Max(one => one.Identity.Cells[i].Trials),
                }),
            ],
        };
        return new(
            whole, [.. identities.Select(one => one.Identity.Shard).Where(shard => !shard.IsWhole)], sessions);
    }

    private static void RefuseDifferent(List<(string Folder, LedgerIdentity Identity)> identities)
    {
        (string firstFolder, LedgerIdentity first) = identities[0];
        var mistakes = new List<InputError>();
        foreach ((string folder, LedgerIdentity identity) in identities.Skip(1))
        {
            mistakes.AddRange(identity.DifferencesFrom(first, $"in {firstFolder}", $"in {folder}")
                .Select(different => new InputError(folder, different.Field, different.Difference)));
        }

        if (mistakes.Count > 0)
            throw new InputException(mistakes);
    }
}
