namespace LatchLab.Training;

/// <summary>Cells and how many trials of each: everything that is to be run for one figure.</summary>
/// <param name="Name">A name for progress and messages.</param>
/// <param name="Configurations">The cells.</param>
/// <param name="TrialsPerConfiguration">Trials of each cell, numbered from 0.</param>
public sealed record Sweep(string Name, IReadOnlyList<Configuration> Configurations, int TrialsPerConfiguration)
{
    /// <summary>How many parameters of every trial are kept besides its outcome, from the first on.</summary>
    public int StoredParameters { get; init; }

    /// <summary>Number of trials altogether.</summary>
    public int TrialCount => checked(Configurations.Count * TrialsPerConfiguration);
}
