using System.Security.Cryptography;
using System.Text;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Sweeps;

namespace LatchLab.Ledger.Identity;

/// <summary>
/// The identity of a ledger. Two ledgers belong to the same sweep if program, random streams, seed, logged trials, data
/// files and configurations are equal (<see cref="CompareWith"/>); a trial is a function of nothing else. Name, text,
/// layout and shard are stored, but not compared.
/// </summary>
public sealed record LedgerIdentity
{
    // That of the format in which the digest began; later formats add columns, and keep the folders.
    private const int DigestVersion = 2;

    /// <summary>The version of the program that runs the trials.</summary>
    public string Program { get; init; } = ProgramVersion.Text;

    /// <summary>The version of the random streams.</summary>
    public string RandomStreams { get; init; } = RandomNumbers.Version;

    /// <summary>The seed of all random numbers.</summary>
    public required ulong Seed { get; init; }

    /// <summary>K: trials 0 … K − 1 of each configuration keep a log.</summary>
    public required int LoggedTrials { get; init; }

    /// <summary>The configurations of all parts of the sweep.</summary>
    public required IReadOnlyList<LedgerConfiguration> Configurations { get; init; }

    /// <summary>The name of each data file, as in the sweep file, and a fingerprint of its content.</summary>
    public IReadOnlyList<(string File, string Fingerprint)> DataFiles { get; init; } = [];

    /// <summary>The name of the sweep.</summary>
    public string Name { get; init; } = "";

    /// <summary>The text of the sweep file.</summary>
    public string SweepText { get; init; } = "";

    /// <summary>The parts and axes of the sweep, for its report.</summary>
    public SweepLayout Layout { get; init; } = new("", [], new());

    /// <summary>The shard of the trials in this ledger.</summary>
    public Shard Shard { get; init; } = Shard.Whole;

    /// <summary>The number of planned trials of this ledger.</summary>
    public long PlannedTrials => Shard.CountTrials(Configurations);

    /// <summary>
    /// A digest of everything that <see cref="CompareWith"/> compares, and of the
    /// numbers of trials: 16 hexadecimal digits that name the folder of a ledger which only this sweep continues.
    /// </summary>
    public string Digest
    {
        get
        {
            IEnumerable<object> values =
            [
                DigestVersion, Program, RandomStreams, Seed, LoggedTrials, .. DataFiles,
                .. Configurations.SelectMany(configuration => (IEnumerable<object>)
                [
                    configuration.Part, configuration.Trials, configuration.Sequences, configuration.TestSequences,
                    configuration.StoredParameters, .. configuration.Settings,
                ]),
            ];
            string text = string.Join('\n', values.Select(value => FormattableString.Invariant($"{value}")));
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
        }
    }

    /// <summary>
    /// Describes how this sweep differs from that of an existing ledger: the first differences, and the number of
    /// omitted ones. Empty if both are the same sweep; the numbers of trials may differ.
    /// </summary>
    /// <param name="existing">The identity of the existing ledger.</param>
    /// <param name="existingLabel">The label of the existing ledger, for example <c>in the ledger</c>.</param>
    /// <param name="givenLabel">The label of this sweep, for example <c>now</c>.</param>
    public IReadOnlyList<(string Field, string Difference)> CompareWith(
        LedgerIdentity existing, string existingLabel, string givenLabel)
        => new IdentityComparison(existingLabel, givenLabel).Compare(existing, this);

    /// <summary>Ensures that an existing ledger belongs to this sweep.</summary>
    /// <param name="existing">The identity of the existing ledger.</param>
    /// <param name="folder">The folder for messages.</param>
    /// <param name="existingLabel">The label of the existing ledger, for example <c>in the ledger</c>.</param>
    /// <exception cref="ValidationException">It belongs to another sweep. Lists the differences.</exception>
    public void EnsureSameSweep(LedgerIdentity existing, string folder, string existingLabel)
    {
        if (existing.RandomStreams != RandomStreams)
        {
            throw new ValidationException(folder, "random streams",
                $"version {existing.RandomStreams} {existingLabel} and {RandomStreams} now, which give other trials: " +
                "the ledger can be reported, exported and merged, but not continued; name another folder");
        }

        IReadOnlyList<(string Field, string Difference)> differences = CompareWith(existing, existingLabel, "now");
        if (differences.Count > 0)
        {
            throw new ValidationException(
            [
                .. differences.Select(entry => new ValidationError(folder, entry.Field, entry.Difference)),
                new(folder, "", "holds another sweep; name another folder, or give the same sweep"),
            ]);
        }
    }
}
