namespace LatchLab.Experiments.Comparison;

/// <summary>The races by problem and contender.</summary>
/// <param name="races">All of them.</param>
public sealed class Standings(IReadOnlyList<Race> races)
{
    private readonly Dictionary<(Problem, Contender), Race> byEntry
        = races.ToDictionary(race => (race.Problem, race.Contender));

    /// <summary>Whether a contender was run on a problem: other readings may be left out.</summary>
    public bool Has(Problem problem, Contender contender) => byEntry.ContainsKey((problem, contender));

    /// <summary>The race of a contender on a problem.</summary>
    public Race this[Problem problem, Contender contender] => byEntry[(problem, contender)];
}
