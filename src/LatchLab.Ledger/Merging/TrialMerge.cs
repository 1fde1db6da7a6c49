using LatchLab.Foundation;
using LatchLab.Ledger.Reading;
using LatchLab.Training;

namespace LatchLab.Ledger.Merging;

/// <summary>
/// Merges the trials of several ledgers in the order of configurations and trials. A trial that several ledgers hold is
/// returned once and must be equal in all of them, because a trial is a function of the sweep and its indices.
/// </summary>
internal static class TrialMerge
{
    /// <summary>Streams the trials with their snapshots.</summary>
    /// <exception cref="ValidationException">Two ledgers have different results for one trial.</exception>
    public static IEnumerable<LedgerTrial> MergeSorted(IReadOnlyList<LedgerReader> ledgers)
    {
        var queue = new PriorityQueue<TrialSource, (long Key, int Ledger)>();
        try
        {
            foreach ((int i, LedgerReader ledger) in ledgers.Index())
                Advance(new(ledger, i), queue);

            TrialSource? lastSource = null; // the source of the last trial
            LedgerTrial lastTrial = default;
            while (queue.TryDequeue(out TrialSource? source, out _))
            {
                LedgerTrial trial = source.Current;
                if (lastSource is null || trial.SortKey != lastTrial.SortKey)
                {
                    (lastSource, lastTrial) = (source, trial);
                    yield return trial;
                }
                else if (!AreEqual(lastTrial, trial))
                {
                    string trialName = FormattableString.Invariant(
                        $"trial {trial.Trial} of configuration {trial.ConfigurationIndex}");
                    throw new ValidationException(
                        source.Folder,
                        "",
                        $"differs in {trialName} from {lastSource.Folder}; one of them is damaged or was not " +
                            "written by this program");
                }

                Advance(source, queue);
            }
        }
        finally
        {
            while (queue.TryDequeue(out TrialSource? source, out _))
                source.Dispose();
        }
    }

    private static void Advance(TrialSource source, PriorityQueue<TrialSource, (long Key, int Ledger)> queue)
    {
        if (source.MoveNext())
            queue.Enqueue(source, (source.Current.SortKey, source.Number));
        else
            source.Dispose();
    }

    private static bool AreEqual(in LedgerTrial a, in LedgerTrial b)
        => a.Outcome == b.Outcome && a.Parameters.SequenceEqual(b.Parameters)
            && a.Snapshots.SequenceEqual(b.Snapshots);

    /// <summary>The trials of one ledger, each with its snapshots.</summary>
    private sealed class TrialSource(LedgerReader ledger, int number) : IDisposable
    {
        private readonly IEnumerator<LedgerTrial> _trials = ledger.ReadTrials().GetEnumerator();
        private readonly IEnumerator<LedgerSnapshot> _snapshots = ledger.ReadSnapshots().GetEnumerator();
        private bool _isStarted;
        private bool _hasSnapshot;

        public string Folder => ledger.Folder;

        public int Number => number;

        public LedgerTrial Current { get; private set; }

        public bool MoveNext()
        {
            if (!_isStarted)
                (_isStarted, _hasSnapshot) = (true, _snapshots.MoveNext());
            if (!_trials.MoveNext())
                return false;
            Current = _trials.Current with { Snapshots = ReadSnapshots(_trials.Current) };
            return true;
        }

        public void Dispose()
        {
            _trials.Dispose();
            _snapshots.Dispose();
        }

        private DiagnosticSnapshot[] ReadSnapshots(in LedgerTrial trial)
        {
            if (!_hasSnapshot || _snapshots.Current.SortKey != trial.SortKey)
                return [];
            var result = new List<DiagnosticSnapshot>();
            for (; _hasSnapshot && _snapshots.Current.SortKey == trial.SortKey; _hasSnapshot = _snapshots.MoveNext())
                result.Add(_snapshots.Current.Snapshot);
            return [.. result];
        }
    }
}
