using LatchLab.Foundation;
using LatchLab.Ledger.Folders;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Reading;

namespace LatchLab.Ledger.Writing;

/// <summary>
/// Checks, when a shard starts, that the other shards in the folder belong to the same sweep and division. A conflict
/// is reported before the run, not after all shards have run.
/// </summary>
internal static class ShardConsistency
{
    /// <summary>Checks that a shard can start in a folder.</summary>
    /// <exception cref="ValidationException">There are shards of another sweep or division.</exception>
    public static void Check(string folder, LedgerIdentity identity)
    {
        string suffix = FormattableString.Invariant($"-of-{identity.Shard.Count}");
        IReadOnlyList<string> shards = LedgerFolder.FindShards(folder);
        if (shards.FirstOrDefault(shard => !shard.EndsWith(suffix, StringComparison.Ordinal)) is { } other)
        {
            throw new ValidationException(folder, "", $"holds {Path.GetFileName(other)} already, and this is shard " +
                $"{identity.Shard}: divide a sweep in one way only, or name another folder");
        }

        foreach (string ledger in shards.Append(folder).Where(LedgerFolder.HasLedgerFile).Take(1))
        {
            if (TryReadIdentity(ledger) is { } existing)
                identity.EnsureSameSweep(existing, folder, $"in {Path.GetFileName(ledger)}");
        }
    }

    /// <summary>
    /// Reads the identity of another ledger; null if it is still being created. Its process then checks this shard.
    /// </summary>
    private static LedgerIdentity? TryReadIdentity(string ledger)
    {
        try
        {
            using LedgerReader reader = LedgerReader.Open(ledger);
            return reader.Identity;
        }
        catch (Exception exception) when (exception is ValidationException or IOException)
        {
            return null;
        }
    }
}
