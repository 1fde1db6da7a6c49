namespace LatchLab.Sweeps.Slurm;

/// <summary>A sweep that is to run on a cluster with Slurm: what its job scripts are made from.</summary>
/// <param name="Sweep">The sweep file, a full path that all machines of the cluster see.</param>
/// <param name="Folder">The folder of the run, a full path that all machines see.</param>
/// <param name="Tasks">N: tasks that share the trials, at least 1.</param>
public sealed record SlurmJob(string Sweep, string Folder, int Tasks)
{
    /// <summary>Most tasks.</summary>
    public const int MaximumTasks = 100_000;

    /// <summary>Slurm's own default of <c>MaxArraySize</c>.</summary>
    public const int DefaultMaximumArraySize = 1001;

    /// <summary>The name of the jobs.</summary>
    public string Name { get; init; } = "latchlab";

    /// <summary>The words that start LatchLab on the machines.</summary>
    public IReadOnlyList<string> Program { get; init; } = ["latchlab"];

    /// <summary>The partition; null for the cluster's default.</summary>
    public string? Partition { get; init; }

    /// <summary>The time limit of a task as Slurm reads it; null for the partition's default.</summary>
    public string? TimeLimit { get; init; }

    /// <summary>Memory of a task as Slurm reads it; null for the cluster's default.</summary>
    public string? Memory { get; init; }

    /// <summary>The account that pays; null for the user's default.</summary>
    public string? Account { get; init; }

    /// <summary>Processors of a task, at least 1.</summary>
    public int ProcessorsPerTask { get; init; } = 1;

    /// <summary>The cluster's <c>MaxArraySize</c>: indices of an array are below it.</summary>
    public int MaximumArraySize { get; init; } = DefaultMaximumArraySize;

    /// <summary>Tasks of each job array: no more than indices from 1 up allow.</summary>
    public int TasksPerArray => Math.Max(1, MaximumArraySize - 1);

    /// <summary>Number of job arrays.</summary>
    public int ArrayCount => ((Tasks - 1) / TasksPerArray) + 1;
}
