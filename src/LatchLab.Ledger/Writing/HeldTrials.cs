namespace LatchLab.Ledger;

/// <summary>
/// Which trials a ledger holds: a bit a trial, 1.2 MB for ten million. Any number of threads may use it.
/// </summary>
internal sealed class HeldTrials
{
    private const int Bits = 64;

    private readonly int[] trials; // of each cell
    private readonly long[] firstWords; // of each cell
    private readonly ulong[] words;
    private long count;

    /// <summary>None of the trials of these cells.</summary>
    public HeldTrials(IReadOnlyList<LedgerCell> cells)
    {
        trials = [.. cells.Select(cell => cell.Trials)];
        firstWords = new long[cells.Count];
        long total = 0;
        for (int cell = 0; cell < cells.Count; cell++)
        {
            firstWords[cell] = total;
            total += (trials[cell] + Bits - 1) / Bits;
        }

        words = new ulong[total];
    }

    /// <summary>How many it holds.</summary>
    public long Count => Interlocked.Read(ref count);

    /// <summary>Whether it holds a trial.</summary>
    public bool Holds(int cell, int trial)
    {
        Check(cell, trial);
        return (Volatile.Read(ref WordOf(cell, trial)) & BitOf(trial)) != 0;
    }

    /// <summary>Adds a trial; false where it was there.</summary>
    public bool Add(int cell, int trial)
    {
        Check(cell, trial);
        if ((Interlocked.Or(ref WordOf(cell, trial), BitOf(trial)) & BitOf(trial)) != 0)
            return false;
        Interlocked.Increment(ref count);
        return true;
    }

    /// <summary>
    /// Reads which trials a ledger holds. A cell that holds all it may is not looked at trial by trial.
    /// </summary>
    public void Read(Database database)
    {
        using Statement total = database.Prepare("SELECT cell, trials FROM totals WHERE trials > 0");
        using Statement row = database.Prepare("SELECT trial FROM trials WHERE cell = ?1");
        while (total.Step())
        {
            int cell = (int)total.Whole(0);
            if (total.Whole(1) == trials[cell])
            {
                Fill(cell);
                continue;
            }

            row.Bind(1, cell);
            while (row.Step())
                Add(cell, (int)row.Whole(0));
        }
    }

    private static ulong BitOf(int trial) => 1UL << (trial % Bits);

    private void Fill(int cell)
    {
        for (int trial = 0; trial < trials[cell]; trial += Bits)
        {
            int rest = Math.Min(Bits, trials[cell] - trial);
            WordOf(cell, trial) = ulong.MaxValue >> (Bits - rest);
        }

        count += trials[cell];
    }

    private ref ulong WordOf(int cell, int trial) => ref words[firstWords[cell] + (trial / Bits)];

    private void Check(int cell, int trial)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trial);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(trial, trials[cell]);
    }
}
