using LatchLab.Experiments;
using LatchLab.Tasks;

namespace LatchLab.Ledger;

/// <summary>
/// A sweep that runs into a ledger: what the ledger holds is skipped, what ends is added, and nothing else is kept in
/// memory.
/// </summary>
public sealed class RecordedRun
{
    private readonly SweepPlan plan;
    private readonly Shard shard;
    private readonly List<int> firstCells = [];     // [part]

    /// <summary>A run that has not begun.</summary>
    /// <param name="plan">What is to be run.</param>
    /// <param name="text">The text of its sweep file.</param>
    /// <param name="options">How.</param>
    /// <param name="shard">Which part of the trials.</param>
    public RecordedRun(SweepPlan plan, string text, RunOptions options, Shard shard)
    {
        (this.plan, this.shard, Options) = (plan, shard, options);
        int cells = 0;
        foreach (SweepPart part in plan.Parts)
        {
            firstCells.Add(cells);
            cells += part.Cells.Count;
        }

        Identity = new()
        {
            Seed = plan.Seed,
            LoggedTrials = plan.LoggedTrials,
            Name = plan.Name,
            SweepText = text,
            Shard = shard,
            Layout = plan.Layout,
            DataFiles = [.. DataFiles(plan)],
            Cells = [.. from part in plan.Parts
                        from cell in part.Cells
                        select new LedgerCell(
                            part.Name,
                            part.Trials,
                            cell.Sequences,
                            cell.TestSequences,
                            [.. CellSettings.Of(cell).Select(setting => (setting.Field, setting.Value))])],
        };
    }

    /// <summary>How it runs.</summary>
    public RunOptions Options { get; }

    /// <summary>What its ledger is about.</summary>
    public LedgerIdentity Identity { get; }

    /// <summary>How many trials it has that a ledger lacks, and how far they are.</summary>
    /// <param name="ledger">The ledger.</param>
    public RunProgress ProgressOf(TrialLedger ledger)
        => RunProgress.Of([
            .. from part in plan.Parts.Index()
               from cell in part.Item.Cells.Index()
               select (cell.Item, Missing(ledger, firstCells[part.Index] + cell.Index, part.Item.Trials)),
        ]);

    /// <summary>Runs every trial that the ledger lacks.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="progress">Counts them.</param>
    /// <param name="cancellation">Ends the run early; what has ended is in the ledger.</param>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    /// <exception cref="IOException">The ledger cannot be written.</exception>
    public void Run(TrialLedger ledger, RunProgress progress, CancellationToken cancellation = default)
        => Runner.Run(
            plan.Sweeps,
            Options,
            new Sink(this, ledger, progress),
            trial => shard.Holds(CellOf(trial), trial.Trial) && !ledger.Holds(CellOf(trial), trial.Trial),
            progress.Live,
            cancellation);

    /// <summary>The files that tasks name; one of which several columns were read has a fingerprint of each.</summary>
    private static IEnumerable<(string File, string Fingerprint)> DataFiles(SweepPlan plan)
        => plan.Parts.SelectMany(part => part.Cells).OfType<ProblemCell>()
            .Select(cell => cell.Task).OfType<SequencesTask>()
            .GroupBy(task => task.File, task => task.Set?.Digest ?? "")
            .Select(file => (file.Key, string.Join(' ', file.Distinct())));

    private int CellOf(in QueuedTrial trial)
        => firstCells[trial.Sweep] + ((trial.Index - trial.Trial) / plan.Parts[trial.Sweep].Trials);

    private long Missing(TrialLedger ledger, int cell, int trials)
    {
        long missing = 0;
        for (int trial = 0; trial < trials; trial++)
            missing += shard.Holds(cell, trial) && !ledger.Holds(cell, trial) ? 1 : 0;
        return missing;
    }

    private sealed class Sink(RecordedRun run, TrialLedger ledger, RunProgress progress) : ITrialSink
    {
        public bool WantsChecks(in QueuedTrial trial) => trial.Trial < run.plan.LoggedTrials;

        public void Record(
            in QueuedTrial trial,
            in Outcome outcome,
            ReadOnlySpan<double> parameters,
            IReadOnlyList<TrialCheck> checks)
        {
            ledger.Add(run.CellOf(trial), trial.Trial, outcome, checks);
            progress.Add(trial.Cell.ExpectedWork);
        }
    }
}
