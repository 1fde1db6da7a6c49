using LatchLab.Foundation;
using LatchLab.Ledger.Folders;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Reading;

namespace LatchLab.Ledger.Merging;

/// <summary>The combined identity of ledgers of one sweep.</summary>
/// <param name="Identity">The sweep, with the largest number of planned trials of each configuration.</param>
/// <param name="Shards">The shards of the ledgers; ledgers of all trials are omitted.</param>
/// <param name="Sessions">The processes that have written the ledgers.</param>
internal sealed record MergePlan(
    LedgerIdentity Identity, IReadOnlyList<Shard> Shards, IReadOnlyList<LedgerSession> Sessions)
{
    /// <summary>Reads the identities of ledgers, but not their trials.</summary>
    /// <exception cref="ValidationException">
    /// The ledgers belong to different sweeps or versions. The errors list the differences.
    /// </exception>
    public static MergePlan Read(string target, IReadOnlyList<string> sources)
    {
        var identities = new List<(string Folder, LedgerIdentity Identity)>();
        var sessions = new List<LedgerSession>();
        foreach (string folder in LedgerFolder.HasLedger(target) ? [target, .. sources] : sources)
        {
            using LedgerReader ledger = LedgerReader.Open(folder);
            identities.Add((folder, ledger.Identity));
            sessions.AddRange(ledger.Sessions);
        }

        EnsureSameSweep(identities);
        LedgerIdentity largest = identities.MaxBy(
            entry => entry.Identity.Configurations.Sum(configuration => (long)configuration.Trials)).Identity;
        LedgerIdentity whole = largest with
        {
            Shard = Shard.Whole,
            Configurations =
            [
                .. largest.Configurations.Select((configuration, i) => configuration with
                {
                    Trials = identities.Max(entry => entry.Identity.Configurations[i].Trials),
                }),
            ],
        };
        return new(
            whole, [.. identities.Select(entry => entry.Identity.Shard).Where(shard => !shard.IsWhole)], sessions);
    }

    private static void EnsureSameSweep(List<(string Folder, LedgerIdentity Identity)> identities)
    {
        (string firstFolder, LedgerIdentity first) = identities[0];
        var errors = new List<ValidationError>();
        foreach ((string folder, LedgerIdentity identity) in identities.Skip(1))
        {
            errors.AddRange(identity.CompareWith(first, $"in {firstFolder}", $"in {folder}")
                .Select(difference => new ValidationError(folder, difference.Field, difference.Difference)));
        }

        if (errors.Count > 0)
            throw new ValidationException(errors);
    }
}
