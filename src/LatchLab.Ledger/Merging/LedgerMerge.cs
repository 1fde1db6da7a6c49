using LatchLab.Foundation;
using LatchLab.Ledger.Folders;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Reading;
using LatchLab.Ledger.Writing;

namespace LatchLab.Ledger.Merging;

/// <summary>
/// Merges several ledgers of the same sweep: shards, or runs on several machines. Trials that the merged ledger already
/// holds are compared and kept. A merge can therefore be killed and repeated, and can run while shards still run.
/// </summary>
public static class LedgerMerge
{
    /// <summary>Finds the ledgers in folders and in their shard folders.</summary>
    /// <param name="target">The target folder of the merge. A ledger in it is not a source.</param>
    /// <param name="folders">Folders of ledgers or of shards.</param>
    /// <exception cref="ValidationException">A folder contains neither.</exception>
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

    /// <summary>Merges ledgers.</summary>
    /// <param name="target">The folder of the merged ledger: missing, empty, or with a ledger to extend.</param>
    /// <param name="folders">Folders of ledgers or of shards.</param>
    /// <param name="options">The options for writing the ledger.</param>
    /// <param name="cancellation">Cancels the merge; merged trials are kept.</param>
    /// <exception cref="ValidationException">
    /// There are no ledgers, they belong to different sweeps or versions (the errors list the differences), they
    /// contradict each other, or the target is being written or is not a LatchLab ledger.
    /// </exception>
    /// <exception cref="IOException">Writing failed, for example because the disk is full; merged trials are
    /// kept.</exception>
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

    /// <summary>Copies missing trials. Existing trials are compared before anything is written.</summary>
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
                merged.Add(trial.ConfigurationIndex, trial.Trial, trial.Outcome,
                    (double[])[.. trial.Parameters], trial.Snapshots);
        });
    }

    /// <summary>Whether the merged ledger already holds trials of the sources, and whether it lacks any.</summary>
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

    private static void ForEachTrial(string[] folders, Action<LedgerTrial> action)
    {
        var ledgers = new List<LedgerReader>();
        try
        {
            foreach (string folder in folders)
                ledgers.Add(LedgerReader.Open(folder));
            foreach (LedgerTrial trial in TrialMerge.MergeSorted(ledgers))
                action(trial);
        }
        finally
        {
            ledgers.ForEach(ledger => ledger.Dispose());
        }
    }

    /// <summary>Lists the shards with missing trials, if all shards have the same count N.</summary>
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
