namespace LatchLab.Tasks;

/// <summary>Every task that a network can be trained on. To add one, add an entry here.</summary>
public static class KnownTasks
{
    /// <summary>
    /// The tasks that generate their sequences: those of Section V-E of the paper in its order, that of Section II,
    /// then the others.
    /// </summary>
    public static IReadOnlyList<GeneratedTask> Generated { get; } =
    [
        new LatchTask(), new TwoSequenceTask(), new ParityTask(), new MinimalTask(), new KeepTask(), new AddingTask(),
        new FlipFlopTask(),
    ];

    /// <summary>All tasks; the dataset task is the last.</summary>
    public static IReadOnlyList<TaskDefinition> All { get; } = [.. Generated, new DatasetTask()];
}
