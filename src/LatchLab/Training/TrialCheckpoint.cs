using LatchLab.Foundation;
using LatchLab.Learning;

namespace LatchLab.Training;

/// <summary>
/// A trial between two passes through its sequences, with everything that determines how it continues: bit for bit as
/// if it had not been interrupted, with any lane type and number of threads. Within a pass there are no checkpoints.
/// </summary>
public sealed class TrialCheckpoint
{
    private readonly IReadOnlyList<ulong> _state;

    private TrialCheckpoint(TrialIdentity identity, int trialIndex, IReadOnlyList<ulong> state)
        => (Identity, TrialIndex, _state) = (identity, trialIndex, state);

    /// <summary>What determines the trial, with its index.</summary>
    public TrialIdentity Identity { get; }

    /// <summary>The index of the trial in its configuration, from 0.</summary>
    public int TrialIndex { get; }

    /// <summary>Reads a checkpoint.</summary>
    /// <exception cref="ValidationException">The bytes are not those of <see cref="ToBytes"/>.</exception>
    public static TrialCheckpoint FromBytes(ReadOnlySpan<byte> bytes)
        => CheckpointBytes.Read(bytes, reader => ReadFrom(reader, TrialIdentity.ReadFrom(reader)));

    /// <summary>The checkpoint as bytes.</summary>
    public byte[] ToBytes() => CheckpointBytes.Write(writer =>
    {
        Identity.WriteTo(writer);
        WriteTo(writer);
    });

    /// <summary>Saves a trial.</summary>
    internal static TrialCheckpoint Save(in PendingTrial trial, Action<StateTransfer> transfer)
    {
        var state = new StateTransfer();
        transfer(state);
        return new(TrialIdentity.Of(trial.Configuration, trial.Seed), trial.TrialIndex, state.Words);
    }

    /// <summary>Restores a trial.</summary>
    /// <exception cref="ValidationException">It is another trial, or the program is another one.</exception>
    internal void Restore(in PendingTrial trial, Action<StateTransfer> transfer)
    {
        Identity.EnsureSame(TrialIdentity.Of(trial.Configuration, trial.Seed));
        if (TrialIndex != trial.TrialIndex)
            throw new ValidationException("", "trial", $"is {TrialIndex} in the checkpoint, not {trial.TrialIndex}");
        var state = new StateTransfer(_state);
        transfer(state);
        state.Complete();
    }

    /// <summary>Reads what <see cref="WriteTo"/> wrote.</summary>
    internal static TrialCheckpoint ReadFrom(BinaryReader reader, TrialIdentity identity)
        => new(identity, reader.ReadInt32(), CheckpointBytes.ReadWords(reader));

    /// <summary>Writes the checkpoint without its identity.</summary>
    internal void WriteTo(BinaryWriter writer)
    {
        writer.Write(TrialIndex);
        CheckpointBytes.WriteWords(writer, _state);
    }
}
