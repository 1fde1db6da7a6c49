namespace LatchLab.Sweeps.Slurm;

/// <summary>The parameters of the job scripts of a sweep on a Slurm cluster.</summary>
/// <param name="Sweep">The full path of the sweep file, accessible from all machines of the cluster.</param>
/// <param name="Folder">The full path of the folder of the run, accessible from all machines of the cluster.</param>
/// <param name="Tasks">N, the number of tasks that share the trials; at least 1.</param>
public sealed record SlurmJob(string Sweep, string Folder, int Tasks)
{
    /// <summary>The maximum number of tasks.</summary>
    public const int MaximumTasks = 100_000;

    /// <summary>Slurm's default of <c>MaxArraySize</c>.</summary>
    public const int DefaultMaximumArraySize = 1001;

    /// <summary>The name of the jobs.</summary>
    public string Name { get; init; } = "latchlab";

    /// <summary>The command, with its arguments, that starts LatchLab on the machines.</summary>
    public IReadOnlyList<string> Program { get; init; } = ["latchlab"];

    /// <summary>The partition; null for the cluster's default.</summary>
    public string? Partition { get; init; }

    /// <summary>The time limit of a task, in Slurm's format; null for the partition's default.</summary>
    public string? TimeLimit { get; init; }

    /// <summary>The memory of a task, in Slurm's format; null for the cluster's default.</summary>
    public string? Memory { get; init; }

    /// <summary>The account to charge; null for the user's default.</summary>
    public string? Account { get; init; }

    /// <summary>The number of processors of a task, at least 1.</summary>
    public int ProcessorsPerTask { get; init; } = 1;

    /// <summary>The cluster's <c>MaxArraySize</c>; the indices of a job array are below it.</summary>
    public int MaximumArraySize { get; init; } = DefaultMaximumArraySize;

    /// <summary>The maximum number of tasks of each job array; indices start at 1.</summary>
    public int TasksPerArray => Math.Max(1, MaximumArraySize - 1);

    /// <summary>The number of job arrays.</summary>
    public int ArrayCount => ((Tasks - 1) / TasksPerArray) + 1;
}
