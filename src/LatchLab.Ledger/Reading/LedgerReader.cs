using LatchLab.Experiments;

namespace LatchLab.Ledger;

/// <summary>
/// Reads a ledger as it was when it was opened, whoever writes on. Trials and checks are streamed in the order of
/// cells, trials and checks, which is all that anything made from a ledger may depend on.
/// </summary>
public sealed class LedgerReader : IDisposable
{
    private readonly Database database;

    private LedgerReader(string folder, Database database)
    {
        (Folder, this.database) = (folder, database);
        Identity = IdentityRows.Read(database);
    }

    /// <summary>The folder of the ledger.</summary>
    public string Folder { get; }

    /// <summary>What it is about.</summary>
    public LedgerIdentity Identity { get; }

    /// <summary>The processes that have written it.</summary>
    public IReadOnlyList<LedgerSession> Sessions => SessionRows.Read(database);

    /// <summary>How many trials it holds, by its totals.</summary>
    public long Count => database.Whole("SELECT sum(trials) FROM totals");

    /// <summary>Opens the ledger of a folder.</summary>
    /// <exception cref="InputException">There is none, or one in a format that this program does not know.</exception>
    /// <exception cref="IOException">It is damaged, say.</exception>
    public static LedgerReader Open(string folder)
    {
        Database database = ReadableFile.Open(folder);
        try
        {
            return new(folder, database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>The totals of every cell, in order: seconds are enough for any number of trials.</summary>
    public IReadOnlyList<CellTotals> Totals()
    {
        CellTotals[] totals =
            [.. Identity.Cells.Select(cell => new CellTotals(cell.Sequences, cell.TestSequences))];
        using Statement row = database.Prepare(
            """
            SELECT cell, converged, out_of_presentations, diverged, stuck, tested, test_wrong, test_wrong_squared,
                reviewed, training_wrong, presentations, judging_presentations
            FROM totals
            """);
        while (row.Step())
        {
            CellTotals cell = totals[row.Whole(0)];
            cell[Ending.Converged] = row.Whole(1);
            cell[Ending.OutOfPresentations] = row.Whole(2);
            cell[Ending.Diverged] = row.Whole(3);
            cell[Ending.Stuck] = row.Whole(4);
            cell.Tested = row.Whole(5);
            cell.TestWrong = row.Whole(6);
            cell.TestWrongSquared = row.Whole(7);
            cell.Reviewed = row.Whole(8);
            cell.TrainingWrong = row.Whole(9);
            cell.Presentations = row.Whole(10);
            cell.JudgingPresentations = row.Whole(11);
        }

        AddHistograms(totals);
        return totals;
    }

    /// <summary>Every trial, in the order of cells and trials.</summary>
    public IEnumerable<LedgerTrial> Trials()
    {
        using Statement row = database.Prepare(
            """
            SELECT cell, trial, ending, presentations, judging_presentations, cost, training_error, fresh_error,
                fresh_cost, saved, temperatures, damping, stage
            FROM trials ORDER BY cell, trial
            """);
        while (row.Step())
        {
            var outcome = new Outcome((Ending)row.Whole(2), (int)row.Whole(3), (int)row.Whole(4), row.Number(5))
            {
                TrainingError = row.Number(6),
                FreshError = row.Number(7),
                FreshCost = row.Number(8),
                Saved = row.Whole(9),
                Temperatures = (int)row.Whole(10),
                Damping = row.Number(11),
                Stage = (int)row.Whole(12),
            };
            yield return new((int)row.Whole(0), (int)row.Whole(1), outcome);
        }
    }

    /// <summary>Which trials there are, in that order: faster than to read all that is known of them.</summary>
    public IEnumerable<(int Cell, int Trial)> Keys()
    {
        using Statement row = database.Prepare("SELECT cell, trial FROM trials ORDER BY cell, trial");
        while (row.Step())
            yield return ((int)row.Whole(0), (int)row.Whole(1));
    }

    /// <summary>The first cell that has a log, the last one, and one between.</summary>
    public IReadOnlyList<int> LoggedCells()
    {
        if (database.Whole("SELECT count(*) FROM (SELECT 1 FROM checks LIMIT 1)") == 0)
            return [];
        long first = database.Whole("SELECT min(cell) FROM checks");
        long last = database.Whole("SELECT max(cell) FROM checks");
        long between = database.Whole(FormattableString.Invariant(
            $"SELECT min(cell) FROM checks WHERE cell >= {(first + last) / 2}"));
        return [.. new[] { (int)first, (int)between, (int)last }.Distinct()];
    }

    /// <summary>Every check, in the order of cells, trials and checks.</summary>
    /// <param name="cell">Those of one cell alone; null for all.</param>
    public IEnumerable<LedgerCheck> Checks(int? cell = null)
    {
        string only = cell is { } one ? FormattableString.Invariant($"WHERE cell = {one}") : "";
        using Statement row = database.Prepare(
            $"""
            SELECT cell, trial, number, presentations, cost, error, gradient_norm, spectral_radius, old_gradient_share
            FROM checks {only} ORDER BY cell, trial, number
            """);
        while (row.Step())
        {
            var check = new TrialCheck(
                (int)row.Whole(3), row.Number(4), row.Number(5), row.Number(6), row.Number(7), row.Number(8));
            yield return new((int)row.Whole(0), (int)row.Whole(1), (int)row.Whole(2), check);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => database.Dispose();

    private void AddHistograms(CellTotals[] totals)
    {
        using Statement row = database.Prepare("SELECT cell, quantity, interval, count FROM histograms");
        while (row.Step())
        {
            CellTotals cell = totals[row.Whole(0)];
            Histogram histogram = row.Text(1) == LedgerSchema.TestCost
                ? cell.TestCost
                : cell.PresentationsToConvergence;
            histogram.Add((int)row.Whole(2), row.Whole(3));
        }
    }
}
