namespace LatchLab.Models.Datasets;

/// <summary>A sequence as the file has it, for a network that is already trained.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Steps">[step][input]; NaN for a missing number that the mean replaces.</param>
public sealed record RawSequence(string Name, double[] Steps)
{
    /// <summary>The number of its first step in the file.</summary>
    public long FirstStep { get; init; } = 1;

    /// <summary>Its class, or that of each step, empty where it is missing; none if the file has no classes.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>
    /// Its labels [label], or those of its steps [step][label], NaN where they are missing; none if the file has no
    /// values.
    /// </summary>
    public double[] Values { get; init; } = [];
}
