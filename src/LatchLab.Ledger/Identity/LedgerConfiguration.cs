namespace LatchLab.Ledger.Identity;

/// <summary>A configuration of a sweep, as stored in a ledger.</summary>
/// <param name="Part">The part of the sweep; empty if there is a single part.</param>
/// <param name="Trials">The number of planned trials, which are numbered from 0; at least 1.</param>
/// <param name="Sequences">P, the number of training sequences of a trial.</param>
/// <param name="TestSequences">The number of test sequences of a trial; 0 for none.</param>
/// <param name="Settings">
/// All settings of the configuration as the user writes them, for example (<c>task.length</c>, <c>20</c>), with
/// distinct fields.
/// </param>
public sealed record LedgerConfiguration(
    string Part, int Trials, int Sequences, int TestSequences, IReadOnlyList<(string Field, string Value)> Settings)
{
    /// <summary>The names of the diagnostics that the learner reports of each trial.</summary>
    public IReadOnlyList<string> Diagnostics { get; init; } = [];

    /// <summary>The number of leading parameters that are stored with each trial.</summary>
    public int StoredParameters { get; init; }
}
