using System.Globalization;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Writing;
using LatchLab.Numerics;
using LatchLab.Training;

namespace LatchLab.LedgerWriter;

/// <summary>
/// A sweep with synthetic trials. Like a real trial, each is a function of its configuration and number. Every stop
/// reason occurs, and every number is occasionally unknown.
/// </summary>
/// <param name="configurationCount">The number of configurations.</param>
/// <param name="trialsPerConfiguration">The number of trials of each configuration.</param>
/// <param name="loggedTrials">The number of trials of each configuration that keep a log.</param>
public sealed class SampleSweep(int configurationCount, int trialsPerConfiguration, int loggedTrials = 3)
{
    private const int Sequences = 20, TestSequences = 200;

    /// <summary>The number of configurations.</summary>
    public int ConfigurationCount => configurationCount;

    /// <summary>The number of trials of each configuration.</summary>
    public int TrialsPerConfiguration => trialsPerConfiguration;

    /// <summary>The identity of a ledger of this sweep.</summary>
    public LedgerIdentity Identity { get; } = new()
    {
        Name = "sample",
        Seed = 7,
        LoggedTrials = loggedTrials,
        SweepText = "name = \"sample\"\n",
        DataFiles = [("data.csv", "ab12")],
        Configurations = [.. Enumerable.Range(0, configurationCount).Select(configuration => new LedgerConfiguration(
            configuration % 2 == 0 ? "even" : "odd",
            trialsPerConfiguration,
            Sequences,
            TestSequences,
            [
                ("task.name", "latch"),
                ("task.length", (5 * (configuration + 1)).ToString(CultureInfo.InvariantCulture)),
                ("learner.rate", (0.1 / (configuration + 1)).ToString(CultureInfo.InvariantCulture)),
                .. configuration % 3 == 0 ? [("learner.order, \"sorted\"", configuration % 2 == 0 ? "up" : "down")]
                    : NoSettings,
            ])
        {
            Diagnostics = configuration % 2 == 0 ? ["stage", "damping"] : [],
            StoredParameters = configuration % 3,
        })],
    };

    private static IEnumerable<(string Field, string Value)> NoSettings => [];

    /// <summary>Creates the outcome of a trial.</summary>
    public static Outcome CreateOutcome(int configuration, int trial)
    {
        UniformStream draws = new TrialRandom(Seed: 7, (uint)configuration, trial).CreateUniformStream(Purpose.Search);
        double kind = draws.Next();
        StopReason reason = kind < 0.6 ? StopReason.Converged
            : kind < 0.8 ? StopReason.BudgetExhausted
            : kind < 0.9 ? StopReason.Diverged
            : StopReason.Stuck;
        bool isTested = reason != StopReason.Diverged;
        return new(reason, (int)(20_000 * draws.Next()), (int)(100 * draws.Next()),
            WithMissingValues(draws, draws.Next()))
        {
            TrainingError = isTested ? (int)(21 * draws.Next()) / (double)Sequences : double.NaN,
            TestError = isTested ? (int)(201 * draws.Next()) / (double)TestSequences : double.NaN,
            TestCost = isTested ? draws.Next() : double.NaN,
            ValidationCost = trial % 2 == 0 ? 1.0 / (trial + 1) : double.NaN,
            SkippedPresentations = (long)(1e10 * draws.Next()),
            Diagnostics = configuration % 2 == 0
                ? new((int)(9 * draws.Next()), WithMissingValues(draws, 1e-290 * draws.Next())) : new(),
        };
    }

    /// <summary>Creates the log of a trial; empty if the trial keeps none.</summary>
    public IReadOnlyList<DiagnosticSnapshot> CreateSnapshots(int configuration, int trial)
    {
        if (trial >= loggedTrials)
            return [];
        UniformStream draws = new TrialRandom(Seed: 8, (uint)configuration, trial).CreateUniformStream(Purpose.Search);
        return [.. Enumerable.Range(0, trial + 1).Select(number => new DiagnosticSnapshot(
            20 * number, draws.Next(), draws.Next(), WithMissingValues(draws, draws.Next()), draws.Next(),
            double.NaN))];
    }

    /// <summary>Adds the trials that a ledger lacks, in a shuffled order.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="first">The index of the first trial, in that order.</param>
    /// <param name="step">The distance between consecutive indices.</param>
    /// <param name="maximum">The maximum number of trials to add.</param>
    public void AddTo(TrialLedger ledger, int first = 0, int step = 1, int maximum = int.MaxValue)
    {
        // Neighbouring trials complete out of order, like trials that run in parallel.
        const int blockSize = 64;
        for (int i = first; i < configurationCount * trialsPerConfiguration && maximum > 0; i += step)
        {
            int blockStart = i / blockSize * blockSize;
            bool isFullBlock = blockStart + blockSize <= configurationCount * trialsPerConfiguration;
            int n = isFullBlock ? blockStart + (i % blockSize * 37 % blockSize) : i,
                configuration = n / trialsPerConfiguration, trial = n % trialsPerConfiguration;
            if (!ledger.Identity.Shard.Contains(configuration, trial) || ledger.Contains(configuration, trial))
                continue;
            ledger.Add(configuration, trial, CreateOutcome(configuration, trial),
                [1.0 / (trial + 1), double.NaN], CreateSnapshots(configuration, trial));
            maximum--;
        }
    }

    private static double WithMissingValues(UniformStream random, double value)
        => random.Next() < 0.1 ? double.NaN : value;
}
