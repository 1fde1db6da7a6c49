using LatchLab.Experiments;

namespace LatchLab.Ledger;

/// <summary>
/// The trials of several ledgers in the order of cells and trials. One that several of them hold comes once, and must
/// be the same in all: a trial is a function of the sweep and its number.
/// </summary>
internal static class KeyOrder
{
    /// <summary>Streams the trials with their checks.</summary>
    /// <exception cref="InputException">Two ledgers say different things of one trial.</exception>
    public static IEnumerable<RecordedTrial> Of(IReadOnlyList<LedgerReader> ledgers)
    {
        var next = new PriorityQueue<Source, (long Key, int Ledger)>();
        try
        {
            foreach ((int i, LedgerReader ledger) in ledgers.Index())
                Advance(new(ledger, i), next);

            Source? first = null; // the one that the last trial came from
            RecordedTrial last = default;
            while (next.TryDequeue(out Source? source, out _))
            {
                RecordedTrial trial = source.Current;
                if (first is null || trial.Key != last.Key)
                {
                    (first, last) = (source, trial);
                    yield return trial;
                }
                else if (!AreSame(last, trial))
                {
                    string which = FormattableString.Invariant($"trial {trial.Trial} of cell {trial.Cell}");
                    throw new InputException(
                        source.Folder,
                        "",
                        $"says of {which} something else than {first.Folder}; one of them is damaged or was not made " +
                            "by this program");
                }

                Advance(source, next);
            }
        }
        finally
        {
            while (next.TryDequeue(out Source? source, out _))
                source.Dispose();
        }
    }

    private static void Advance(Source source, PriorityQueue<Source, (long Key, int Ledger)> next)
    {
        if (source.MoveNext())
            next.Enqueue(source, (source.Current.Key, source.Number));
        else
            source.Dispose();
    }

    private static bool AreSame(in RecordedTrial a, in RecordedTrial b)
        => a.Outcome == b.Outcome && a.Checks.SequenceEqual(b.Checks);

    /// <summary>The trials of one ledger, each with its checks.</summary>
    private sealed class Source(LedgerReader ledger, int number) : IDisposable
    {
        private readonly IEnumerator<LedgerTrial> trials = ledger.Trials().GetEnumerator();
        private readonly IEnumerator<LedgerCheck> checks = ledger.Checks().GetEnumerator();
        private bool isBegun;
        private bool hasCheck;

        public string Folder => ledger.Folder;

        public int Number => number;

        public RecordedTrial Current { get; private set; }

        public bool MoveNext()
        {
            if (!isBegun)
                (isBegun, hasCheck) = (true, checks.MoveNext());
            if (!trials.MoveNext())
                return false;
            LedgerTrial trial = trials.Current;
            Current = new(trial.Cell, trial.Trial, trial.Outcome, ChecksOf(trial));
            return true;
        }

        public void Dispose()
        {
            trials.Dispose();
            checks.Dispose();
        }

        private TrialCheck[] ChecksOf(in LedgerTrial trial)
        {
            if (!hasCheck || checks.Current.Key != trial.Key)
                return [];
            var own = new List<TrialCheck>();
            for (; hasCheck && checks.Current.Key == trial.Key; hasCheck = checks.MoveNext())
                own.Add(checks.Current.Check);
            return [.. own];
        }
    }
}
