using LatchLab.Learning;
using LatchLab.Statistics;
using LatchLab.Training;

namespace LatchLab.Paper.Comparison;

/// <summary>
/// All runs of one contender on one problem, at every noise and length. The same trial of two contenders has the same
/// initial parameters and training set, so they are compared in pairs.
/// </summary>
/// <remarks>
/// An annealing that its budget ended before it had finished <see cref="MinimumTemperatures"/> is not judged: it had no
/// time to cool. Then no other run of the same cell is judged either, for those that are left would be the lucky ones.
/// </remarks>
/// <param name="problem">The problem.</param>
/// <param name="algorithm">The contender.</param>
/// <param name="lengths">The values of T, ascending.</param>
/// <param name="noises">The values of the noise.</param>
/// <param name="outcomes">[noise][length] are the cells.</param>
public sealed class AlgorithmRuns(
    Problem problem,
    Algorithm algorithm,
    IReadOnlyList<int> lengths,
    IReadOnlyList<double> noises,
    SweepOutcomes outcomes)
{
    /// <summary>Temperatures that an annealing must have finished.</summary>
    public const int MinimumTemperatures = 5;

    /// <summary>The problem.</summary>
    public Problem Problem => problem;

    /// <summary>The contender.</summary>
    public Algorithm Algorithm => algorithm;

    /// <summary>The values of T.</summary>
    public IReadOnlyList<int> Lengths => lengths;

    /// <summary>The values of the noise.</summary>
    public IReadOnlyList<double> Noises => noises;

    /// <summary>Presentations after which a run ended.</summary>
    public int Budget => outcomes.Sweep.Configurations[0].Budget;

    /// <summary>The runs of the cell at a noise and a length, in the order of trials.</summary>
    public Outcome[] GetOutcomes(int noise, int length)
        => outcomes.GetOutcomes((noise * lengths.Count) + length).ToArray();

    /// <summary>These runs, or none if the cell is not judged.</summary>
    public Outcome[] GetEligibleOutcomes(int noise, int length)
    {
        Outcome[] outcomesAtPoint = GetOutcomes(noise, length);
        return outcomesAtPoint.Any(IsTruncatedAnnealing) ? [] : outcomesAtPoint;
    }

    /// <summary>The judged runs of all noises at a length.</summary>
    public IEnumerable<Outcome> GetEligibleOutcomesAt(int length)
        => Enumerable.Range(0, noises.Count).SelectMany(noise => GetEligibleOutcomes(noise, length));

    /// <summary>All judged runs.</summary>
    public IEnumerable<Outcome> EligibleOutcomes
        => Enumerable.Range(0, lengths.Count).SelectMany(GetEligibleOutcomesAt);

    /// <summary>Whether a run is an annealing that ended too early to say anything.</summary>
    public bool IsTruncatedAnnealing(Outcome outcome)
        => algorithm.Learner is SimulatedAnnealing
            && outcome.StopReason == StopReason.OutOfPresentations
            && outcome.CompletedTemperatures < MinimumTemperatures;

    /// <summary>The runs of this contender and of another in the same trials, where both are judged.</summary>
    /// <returns>Each pair with the index of its noise.</returns>
    /// <exception cref="ArgumentException">The other race was not run on the same trials.</exception>
    public IEnumerable<(Outcome First, Outcome Second, int Noise)> Pair(AlgorithmRuns other)
    {
        if (!TrialIdentities.SequenceEqual(other.TrialIdentities))
            throw new ArgumentException("The races were not run on the same trials.", nameof(other));
        return from noise in Enumerable.Range(0, noises.Count)
               from length in Enumerable.Range(0, lengths.Count)
               from pair in GetEligibleOutcomes(noise, length).Zip(other.GetEligibleOutcomes(noise, length))
               select (pair.First, pair.Second, noise);
    }

    /// <summary>How many of some runs learned.</summary>
    public static Proportion CountLearned(IEnumerable<Outcome> trialOutcomes)
    {
        Outcome[] all = [.. trialOutcomes];
        return new(all.Count(outcome => outcome.IsConverged), all.Length);
    }

    /// <summary>Presentations until the task was learned; +∞ where it was not.</summary>
    public static double PresentationsToLearn(Outcome outcome)
        => outcome.IsConverged ? outcome.Presentations : double.PositiveInfinity;

    /// <summary>Presentations until the run stopped by itself; +∞ where its budget ended it or it diverged.</summary>
    public static double PresentationsToStop(Outcome outcome)
        => outcome.StopReason is StopReason.Converged or StopReason.Stuck ? outcome.Presentations
            : double.PositiveInfinity;

    /// <summary>
    /// The classification error after training; of a diverged run, whose network answers nothing, that of guessing.
    /// </summary>
    public static double TestErrorOrChance(Outcome outcome)
        => double.IsNaN(outcome.TestError) ? 0.5 : outcome.TestError;

    /// <summary>What makes the trials of each cell.</summary>
    private IEnumerable<(uint RandomWord, int Count)> TrialIdentities
        => outcomes.Sweep.Configurations.Select(cell => (cell.RandomWord, outcomes.Sweep.TrialsPerConfiguration));
}
