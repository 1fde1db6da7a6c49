using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Sweeps;

namespace LatchLab.Ledger.Identity;

/// <summary>
/// What a ledger is about. Two ledgers are parts of one whole if program, random streams, seed, logged trials, data
/// files and cells are the same (<see cref="CompareWith"/>); a trial is a function of nothing else. Name, text,
/// layout and shard are kept, but not compared.
/// </summary>
public sealed record LedgerIdentity
{
    /// <summary>The version of the program that runs the trials.</summary>
    public string Program { get; init; } = ProgramVersion.Text;

    /// <summary>The version of the random streams.</summary>
    public string RandomStreams { get; init; } = RandomNumbers.Version;

    /// <summary>The seed of all random numbers.</summary>
    public required ulong Seed { get; init; }

    /// <summary>K: of each cell, trials 0 … K − 1 keep a log of their checks.</summary>
    public required int LoggedTrials { get; init; }

    /// <summary>The cells, through all parts of the sweep.</summary>
    public required IReadOnlyList<LedgerConfiguration> Configurations { get; init; }

    /// <summary>Each data file, as the sweep names it, and a fingerprint of its content.</summary>
    public IReadOnlyList<(string File, string Fingerprint)> DataFiles { get; init; } = [];

    /// <summary>What the sweep is called.</summary>
    public string Name { get; init; } = "";

    /// <summary>The text of the sweep file.</summary>
    public string SweepText { get; init; } = "";

    /// <summary>Parts and axes of the sweep, for its report.</summary>
    public SweepLayout Layout { get; init; } = new("", [], new());

    /// <summary>Which part of the trials this ledger is for.</summary>
    public Shard Shard { get; init; } = Shard.Whole;

    /// <summary>Number of trials that this ledger is for.</summary>
    public long PlannedTrials => Shard.CountTrials(Configurations);

    /// <summary>
    /// How this sweep differs from that of a ledger, as ends of sentences: the first few differences, and how many more
    /// there are. None if both are one sweep; numbers of trials may differ.
    /// </summary>
    /// <param name="existing">The one that is there.</param>
    /// <param name="existingLabel">What to call it, for example <c>in the ledger</c>.</param>
    /// <param name="givenLabel">What to call this one, for example <c>now</c>.</param>
    public IReadOnlyList<(string Field, string Difference)> CompareWith(
        LedgerIdentity existing, string existingLabel, string givenLabel)
        => new IdentityComparison(existingLabel, givenLabel).Compare(existing, this);
}
