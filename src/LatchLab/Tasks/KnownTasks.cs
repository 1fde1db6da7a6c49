namespace LatchLab.Tasks;

/// <summary>Every task that a network can be trained on. A new one is a line here.</summary>
public static class KnownTasks
{
    /// <summary>In the order of the paper, then ours.</summary>
    public static IReadOnlyList<TaskDefinition> All { get; } =
        [new LatchTask(), new TwoSequenceTask(), new ParityTask(), new FirstInputsTask()];
}
