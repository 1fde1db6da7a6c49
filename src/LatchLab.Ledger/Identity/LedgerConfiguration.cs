namespace LatchLab.Ledger.Identity;

/// <summary>A cell of a sweep, as a ledger knows it.</summary>
/// <param name="Part">The part of the sweep it belongs to; empty where there is a single part.</param>
/// <param name="Trials">How many trials are wanted, numbered from 0; at least 1.</param>
/// <param name="Sequences">P, the training sequences of a trial.</param>
/// <param name="TestSequences">Sequences that a trial is tested on at its end; 0 for none.</param>
/// <param name="Settings">
/// Everything that makes the cell what it is, as a user would write it, for example (<c>task.length</c>, <c>20</c>); a
/// field stands there once.
/// </param>
public sealed record LedgerConfiguration(
    string Part, int Trials, int Sequences, int TestSequences, IReadOnlyList<(string Field, string Value)> Settings);
