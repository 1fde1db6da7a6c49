using System.Globalization;
using LatchLab.Experiments;
using LatchLab.Ledger;
using LatchLab.Numerics;

namespace LatchLab.LedgerWriter;

/// <summary>
/// A sweep whose trials are made up: each a function of its cell and number, as real ones are, with every ending and
/// with every number now and then unknown.
/// </summary>
/// <param name="cells">Number of cells.</param>
/// <param name="trials">Trials of each.</param>
/// <param name="logged">Trials of each cell that keep a log.</param>
public sealed class SampleSweep(int cells, int trials, int logged = 3)
{
    private const int Sequences = 20, TestSequences = 200;

    /// <summary>Number of cells.</summary>
    public int Cells => cells;

    /// <summary>Trials of each.</summary>
    public int Trials => trials;

    /// <summary>What a ledger of it is about.</summary>
    public LedgerIdentity Identity { get; } = new()
    {
        Name = "sample",
        Seed = 7,
        LoggedTrials = logged,
        SweepText = "name = \"sample\"\n",
        DataFiles = [("data.csv", "ab12")],
        Cells = [.. Enumerable.Range(0, cells).Select(cell => new LedgerCell(
            cell % 2 == 0 ? "even" : "odd",
            trials,
            Sequences,
            TestSequences,
            [
                ("task.name", "latch"),
                ("task.length", (5 * (cell + 1)).ToString(CultureInfo.InvariantCulture)),
                ("learner.rate", (0.1 / (cell + 1)).ToString(CultureInfo.InvariantCulture)),
                .. cell % 3 == 0 ? [("learner.order, \"sorted\"", cell % 2 == 0 ? "up" : "down")] : Nothing,
            ]))],
    };

    private static IEnumerable<(string Field, string Value)> Nothing => [];

    /// <summary>How a trial ends.</summary>
    public static Outcome OutcomeOf(int cell, int trial)
    {
        UniformDraws draws = new TrialRandom(Seed: 7, (uint)cell, trial).Uniforms(Purpose.Search);
        double kind = draws.Next();
        Ending ending = kind < 0.6 ? Ending.Converged
            : kind < 0.8 ? Ending.OutOfPresentations
            : kind < 0.9 ? Ending.Diverged
            : Ending.Stuck;
        bool isTested = ending != Ending.Diverged;
        return new(ending, (int)(20_000 * draws.Next()), (int)(100 * draws.Next()), Known(draws, draws.Next()))
        {
            TrainingError = isTested ? (int)(21 * draws.Next()) / (double)Sequences : double.NaN,
            FreshError = isTested ? (int)(201 * draws.Next()) / (double)TestSequences : double.NaN,
            FreshCost = isTested ? draws.Next() : double.NaN,
            Saved = (long)(1e10 * draws.Next()),
            Temperatures = (int)(9 * draws.Next()),
            Damping = Known(draws, 1e-290 * draws.Next()),
            Stage = (int)(3 * draws.Next()),
        };
    }

    /// <summary>The log of a trial; empty where none is kept.</summary>
    public IReadOnlyList<TrialCheck> ChecksOf(int cell, int trial)
    {
        if (trial >= logged)
            return [];
        UniformDraws draws = new TrialRandom(Seed: 8, (uint)cell, trial).Uniforms(Purpose.Search);
        return [.. Enumerable.Range(0, trial + 1).Select(number => new TrialCheck(
            20 * number, draws.Next(), draws.Next(), Known(draws, draws.Next()), draws.Next(), double.NaN))];
    }

    /// <summary>Adds what a ledger lacks, in an order of its own.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="first">The first of the trials, in that order.</param>
    /// <param name="step">Every how many-th trial is meant.</param>
    /// <param name="most">How many are added at most.</param>
    public void AddTo(TrialLedger ledger, int first = 0, int step = 1, int most = int.MaxValue)
    {
        // Neighbours end in disorder, as trials do that run side by side.
        const int together = 64;
        for (int i = first; i < cells * trials && most > 0; i += step)
        {
            int begin = i / together * together;
            bool isMixed = begin + together <= cells * trials;
            int n = isMixed ? begin + (i % together * 37 % together) : i, cell = n / trials, trial = n % trials;
            if (!ledger.Identity.Shard.Holds(cell, trial) || ledger.Holds(cell, trial))
                continue;
            ledger.Add(cell, trial, OutcomeOf(cell, trial), ChecksOf(cell, trial));
            most--;
        }
    }

    private static double Known(UniformDraws draws, double value) => draws.Next() < 0.1 ? double.NaN : value;
}
