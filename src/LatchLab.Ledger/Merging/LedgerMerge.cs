using LatchLab.Foundation;
using LatchLab.Ledger.Folders;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Reading;
using LatchLab.Ledger.Writing;

namespace LatchLab.Ledger.Merging;

/// <summary>
/// Makes one ledger of several of the same sweep: shards, or runs on several machines. Whatever it holds already is
/// compared and left, so that it may be killed and repeated, and be run while shards still run.
/// </summary>
public static class LedgerMerge
{
    /// <summary>The ledgers that folders stand for: a ledger's own, or those of the shards below.</summary>
    /// <param name="target">The folder that is merged into; a ledger in it is no source.</param>
    /// <param name="folders">Folders of ledgers, or of shards.</param>
    /// <exception cref="ValidationException">A folder holds neither.</exception>
    public static IReadOnlyList<string> FindSources(string target, IReadOnlyList<string> folders)
    {
        var sources = new List<string>();
        var errors = new List<ValidationError>();
        foreach (string folder in folders)
        {
            IReadOnlyList<string> shards = [.. LedgerFolder.FindShards(folder).Where(LedgerFolder.HasLedger)];
            bool isTarget = Path.GetFullPath(folder) == Path.GetFullPath(target);
            if (LedgerFolder.HasLedger(folder) && !isTarget)
                sources.Add(folder);
            else if (shards.Count == 0)
                errors.Add(new(folder, "", "holds no ledger and no shards of one"));
            sources.AddRange(shards);
        }

        if (errors.Count > 0)
            throw new ValidationException(errors);
        return [.. sources.DistinctBy(Path.GetFullPath)];
    }

    /// <summary>Merges.</summary>
    /// <param name="target">The folder of the merged ledger: missing, empty, or one that is to be completed.</param>
    /// <param name="folders">Folders of ledgers, or of shards.</param>
    /// <param name="options">How it is written.</param>
    /// <param name="cancellation">Ends it early; what was merged stays.</param>
    /// <exception cref="ValidationException">
    /// There are no ledgers, they are of different sweeps or versions (it says how they differ), contradict each other,
    /// or the target is being written or is no ledger of ours.
    /// </exception>
    /// <exception cref="IOException">The disk is full, say; what was merged stays.</exception>
    public static MergeResult Run(
        string target,
        IReadOnlyList<string> folders,
        LedgerOptions? options = null,
        CancellationToken cancellation = default)
    {
        IReadOnlyList<string> sources = FindSources(target, folders);
        MergePlan plan = MergePlan.Read(target, sources);
        options = (options ?? new()) with { Sessions = plan.Sessions };
        using TrialLedger merged = TrialLedger.Open(target, plan.Identity, options);
        try
        {
            long countBefore = merged.Count;
            foreach (string[] group in sources.Chunk(options.MaximumOpenLedgers))
                Copy(merged, group, cancellation);
            merged.Complete();
            return new(
                sources.Count, merged.Count - countBefore, merged.Count, plan.Identity.PlannedTrials,
                CountMissing(merged, plan.Shards));
        }
        catch (ValidationException exception)
        {
            merged.SetFailure(exception.Message);
            throw;
        }
    }

    /// <summary>Copies what is missing; what is there is compared before anything is written.</summary>
    private static void Copy(TrialLedger merged, string[] folders, CancellationToken cancellation)
    {
        (bool overlaps, bool hasMore) = merged.Count == 0 ? (false, true) : Compare(merged, folders, cancellation);
        if (overlaps)
        {
            merged.Flush();
            ForEachTrial([merged.Folder, .. folders], _ => cancellation.ThrowIfCancellationRequested());
        }

        if (!hasMore)
            return;
        ForEachTrial(folders, trial =>
        {
            cancellation.ThrowIfCancellationRequested();
            if (!merged.Contains(trial.ConfigurationIndex, trial.Trial))
                merged.Add(trial.ConfigurationIndex, trial.Trial, trial.Outcome, trial.Snapshots);
        });
    }

    /// <summary>Whether the merged ledger holds trials of some others, and whether it lacks any.</summary>
    private static (bool Overlaps, bool HasMore) Compare(
        TrialLedger merged, string[] folders, CancellationToken cancellation)
    {
        bool overlaps = false, hasMore = false;
        foreach (string folder in folders)
        {
            using LedgerReader ledger = LedgerReader.Open(folder);
            foreach ((int configuration, int trial) in ledger.ReadTrialKeys())
            {
                cancellation.ThrowIfCancellationRequested();
                bool isPresent = merged.Contains(configuration, trial);
                overlaps |= isPresent;
                hasMore |= !isPresent;
            }
        }

        return (overlaps, hasMore);
    }

    private static void ForEachTrial(string[] folders, Action<RecordedTrial> action)
    {
        var ledgers = new List<LedgerReader>();
        try
        {
            foreach (string folder in folders)
                ledgers.Add(LedgerReader.Open(folder));
            foreach (RecordedTrial trial in TrialMerge.MergeSorted(ledgers))
                action(trial);
        }
        finally
        {
            ledgers.ForEach(ledger => ledger.Dispose());
        }
    }

    /// <summary>Of which shards trials are missing, where all ledgers are shards of one division.</summary>
    private static MissingShard[] CountMissing(TrialLedger merged, IReadOnlyList<Shard> shards)
    {
        if (shards.Select(shard => shard.Count).Distinct().ToArray() is not [int count])
            return [];
        var missing = new long[count];
        foreach ((int configuration, LedgerConfiguration details) in merged.Identity.Configurations.Index())
        {
            for (int trial = 0; trial < details.Trials; trial++)
            {
                if (!merged.Contains(configuration, trial))
                    missing[Shard.ForTrial(configuration, trial, count).Number - 1]++;
            }
        }

        return [.. missing.Index().Where(shard => shard.Item > 0).Select(shard => new MissingShard(
            new(shard.Index + 1, count),
            shard.Item,
            shards.Any(other => other.Number == shard.Index + 1)))];
    }
}
