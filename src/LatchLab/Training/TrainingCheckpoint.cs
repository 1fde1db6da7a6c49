using System.Globalization;
using LatchLab.Foundation;

namespace LatchLab.Training;

/// <summary>
/// A training run that was interrupted: its completed trials, and checkpoints of trials that were running. The trials
/// that it lacks begin anew, so that the run continues to the same result, whenever each trial was saved.
/// </summary>
public sealed class TrainingCheckpoint
{
    private readonly TrialIdentity _identity;

    internal TrainingCheckpoint(TrialIdentity identity) => _identity = identity;

    /// <summary>The completed trials by index.</summary>
    internal Dictionary<int, CompletedTrial> Completed { get; } = [];

    /// <summary>The running trials by index.</summary>
    internal Dictionary<int, TrialCheckpoint> Running { get; } = [];

    /// <summary>Number of completed trials.</summary>
    public int CompletedCount => Completed.Count;

    /// <summary>Number of trials that continue.</summary>
    public int RunningCount => Running.Count;

    /// <summary>Whether bytes begin as those of a checkpoint.</summary>
    public static bool HasFormat(ReadOnlySpan<byte> bytes) => CheckpointBytes.HasFormat(bytes);

    /// <summary>Reads a checkpoint.</summary>
    /// <exception cref="ValidationException">The bytes are not those of <see cref="ToBytes"/>.</exception>
    public static TrainingCheckpoint FromBytes(ReadOnlySpan<byte> bytes) => CheckpointBytes.Read(bytes, reader =>
    {
        var checkpoint = new TrainingCheckpoint(TrialIdentity.ReadFrom(reader));
        for (int count = reader.ReadInt32(); count > 0; count--)
            checkpoint.Completed.Add(reader.ReadInt32(), CompletedTrial.FromWords(CheckpointBytes.ReadWords(reader)));
        TrialIdentity trials = TrialIdentity.ReadFrom(reader);
        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            TrialCheckpoint trial = TrialCheckpoint.ReadFrom(reader, trials);
            checkpoint.Running.Add(trial.TrialIndex, trial);
        }

        return checkpoint;
    });

    /// <summary>The checkpoint as bytes.</summary>
    public byte[] ToBytes() => CheckpointBytes.Write(writer =>
    {
        _identity.WriteTo(writer);
        writer.Write(Completed.Count);
        foreach ((int trial, CompletedTrial completed) in Completed)
        {
            writer.Write(trial);
            CheckpointBytes.WriteWords(writer, completed.ToWords());
        }

        (Running.Values.FirstOrDefault()?.Identity ?? new([])).WriteTo(writer);
        writer.Write(Running.Count);
        foreach (TrialCheckpoint running in Running.Values)
            running.WriteTo(writer);
    });

    /// <summary>Ensures that a run with these settings continues this one.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="trialCount">Number of trials.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="ValidationException">Lists every difference.</exception>
    public void EnsureContinues(TrainingConfiguration configuration, int trialCount, ulong seed)
        => _identity.EnsureSame(Identify(configuration, trialCount, seed));

    /// <summary>What determines the result of a run.</summary>
    internal static TrialIdentity Identify(TrainingConfiguration configuration, int trialCount, ulong seed)
        => new([
            ("trials", trialCount.ToString(CultureInfo.InvariantCulture)),
            .. TrialIdentity.Of(configuration, seed).Values,
        ]);
}

/// <summary>How a training run saves checkpoints of itself.</summary>
/// <param name="Interval">The longest time between two of them, as far as passes end within it.</param>
/// <param name="Save">
/// Receives each checkpoint, from any thread, one after another: the last when the run ends or is cancelled.
/// </param>
public sealed record CheckpointPlan(TimeSpan Interval, Action<TrainingCheckpoint> Save);
