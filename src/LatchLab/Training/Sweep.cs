namespace LatchLab.Training;

/// <summary>Configurations and the number of trials of each: all trials of one figure.</summary>
/// <param name="Name">A name for progress and messages.</param>
/// <param name="Configurations">The configurations.</param>
/// <param name="TrialsPerConfiguration">Trials of each configuration, numbered from 0.</param>
public sealed record Sweep(string Name, IReadOnlyList<TrainingConfiguration> Configurations, int TrialsPerConfiguration)
{
    /// <summary>The seed of its random numbers; null for that of the run.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Number of leading parameters that are stored with the outcome of each trial.</summary>
    public int StoredParameters { get; init; }

    /// <summary>Receives snapshots of its trials while they train; null for none.</summary>
    public TrialObserver? Observer { get; init; }

    /// <summary>Total number of trials.</summary>
    public int TrialCount => checked(Configurations.Count * TrialsPerConfiguration);
}
