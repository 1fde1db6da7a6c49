using LatchLab.Learning;
using LatchLab.Statistics;
using LatchLab.Training;

namespace LatchLab.Paper.Comparison;

/// <summary>
/// All runs of one algorithm on one problem, at every noise and length. The same trial of two algorithms has the same
/// initial parameters and training set, so the runs are compared in pairs.
/// </summary>
/// <remarks>
/// An annealing run that exhausts its budget before it completes <see cref="MinimumTemperatures"/> temperatures is not
/// eligible for claim tests, because it had no time to cool. No other run of the same configuration is eligible either,
/// because the remaining runs would be a biased selection.
/// </remarks>
/// <param name="problem">The problem.</param>
/// <param name="algorithm">The algorithm.</param>
/// <param name="lengths">The values of T, ascending.</param>
/// <param name="noises">The values of the noise.</param>
/// <param name="outcomes">The outcomes of the configurations [noise][length].</param>
public sealed class AlgorithmRuns(
    Problem problem,
    Algorithm algorithm,
    IReadOnlyList<int> lengths,
    IReadOnlyList<double> noises,
    SweepOutcomes outcomes)
{
    /// <summary>The number of temperatures that an annealing run must complete.</summary>
    public const int MinimumTemperatures = 5;

    /// <summary>The error of guessing one of two classes.</summary>
    private const double ChanceLevel = 0.5;

    /// <summary>The problem.</summary>
    public Problem Problem => problem;

    /// <summary>The algorithm.</summary>
    public Algorithm Algorithm => algorithm;

    /// <summary>The values of T.</summary>
    public IReadOnlyList<int> Lengths => lengths;

    /// <summary>The values of the noise.</summary>
    public IReadOnlyList<double> Noises => noises;

    /// <summary>The number of presentations after which a run stops.</summary>
    public int Budget => outcomes.Sweep.Configurations[0].Budget;

    /// <summary>The runs of the configuration at a noise and a length, in the order of trials.</summary>
    public Outcome[] GetOutcomes(int noise, int length)
        => outcomes.GetOutcomes((noise * lengths.Count) + length).ToArray();

    /// <summary>The runs at a noise and a length, or none if the configuration is not eligible.</summary>
    public Outcome[] GetEligibleOutcomes(int noise, int length)
    {
        Outcome[] outcomesAtPoint = GetOutcomes(noise, length);
        return outcomesAtPoint.Any(IsTruncatedAnnealing) ? [] : outcomesAtPoint;
    }

    /// <summary>The eligible runs of all noises at a length.</summary>
    public IEnumerable<Outcome> GetEligibleOutcomesAt(int length)
        => Enumerable.Range(0, noises.Count).SelectMany(noise => GetEligibleOutcomes(noise, length));

    /// <summary>All eligible runs.</summary>
    public IEnumerable<Outcome> EligibleOutcomes
        => Enumerable.Range(0, lengths.Count).SelectMany(GetEligibleOutcomesAt);

    /// <summary>Whether a run is an annealing run that stopped before it could cool.</summary>
    public bool IsTruncatedAnnealing(Outcome outcome)
        => algorithm.Learner is SimulatedAnnealing
            && outcome.StopReason == StopReason.BudgetExhausted
            && outcome.GetDiagnostic(algorithm.Learner, SimulatedAnnealing.CompletedTemperatures)
                < MinimumTemperatures;

    /// <summary>
    /// Pairs the runs of this algorithm with those of another in the same trials, where both are eligible.
    /// </summary>
    /// <returns>Each pair, with the index of its noise.</returns>
    /// <exception cref="ArgumentException">The other runs are not of the same trials.</exception>
    public IEnumerable<(Outcome First, Outcome Second, int Noise)> Pair(AlgorithmRuns other)
    {
        if (!TrialIdentities.SequenceEqual(other.TrialIdentities))
            throw new ArgumentException("The runs are not of the same trials.", nameof(other));
        return from noise in Enumerable.Range(0, noises.Count)
               from length in Enumerable.Range(0, lengths.Count)
               from pair in GetEligibleOutcomes(noise, length).Zip(other.GetEligibleOutcomes(noise, length))
               select (pair.First, pair.Second, noise);
    }

    /// <summary>
    /// The summary of runs at any noise and length. The error of a run that diverged is chance level.
    /// </summary>
    /// <param name="trialOutcomes">The runs.</param>
    /// <param name="presentations">
    /// The presentations of a run: <see cref="PresentationsToLearn"/> or <see cref="PresentationsToStop"/>.
    /// </param>
    public OutcomeSummary Summarize(
        IReadOnlyCollection<Outcome> trialOutcomes, Func<Outcome, double> presentations)
    {
        Configuration configuration = outcomes.Sweep.Configurations[0];
        return OutcomeSummary.Create(configuration, trialOutcomes) with
        {
            TestError = OutcomeSummary.EstimateTestError(configuration, trialOutcomes, ChanceLevel),
            Presentations = OutcomeSummary.EstimateMedian(trialOutcomes.Select(presentations), Budget),
        };
    }

    /// <summary>The share of the runs that learned.</summary>
    public static Proportion CountLearned(IEnumerable<Outcome> trialOutcomes)
    {
        Outcome[] all = [.. trialOutcomes];
        return new(all.Count(outcome => outcome.IsConverged), all.Length);
    }

    /// <summary>The presentations until the task was learned; +∞ if it was not learned.</summary>
    public static double PresentationsToLearn(Outcome outcome)
        => outcome.IsConverged ? outcome.Presentations : double.PositiveInfinity;

    /// <summary>The presentations until the run stopped by itself; +∞ if it exhausted its budget or diverged.</summary>
    public static double PresentationsToStop(Outcome outcome)
        => outcome.StopReason is StopReason.Converged or StopReason.Stuck ? outcome.Presentations
            : double.PositiveInfinity;

    /// <summary>
    /// The classification error after training; chance level for a diverged run, whose output is undefined.
    /// </summary>
    public static double TestErrorOrChance(Outcome outcome)
        => double.IsNaN(outcome.TestError) ? ChanceLevel : outcome.TestError;

    /// <summary>The random word and the number of trials of each configuration, which identify its trials.</summary>
    private IEnumerable<(uint RandomWord, int Count)> TrialIdentities
        => outcomes.Sweep.Configurations.Select(cell => (cell.RandomWord, outcomes.Sweep.TrialsPerConfiguration));
}
