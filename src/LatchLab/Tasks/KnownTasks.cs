namespace LatchLab.Tasks;

/// <summary>Every task that a network can be trained on. A new one is a line here.</summary>
public static class KnownTasks
{
    /// <summary>Those that draw their sequences, in the order of the paper, then ours.</summary>
    public static IReadOnlyList<GeneratedTask> Generated { get; } =
        [new LatchTask(), new TwoSequenceTask(), new ParityTask(), new FirstInputsTask()];

    /// <summary>All of them, a user's own last.</summary>
    public static IReadOnlyList<TaskDefinition> All { get; } = [.. Generated, new DatasetTask()];
}
