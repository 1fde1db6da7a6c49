using LatchLab.Figures;
using LatchLab.Statistics;
using LatchLab.Training;

namespace LatchLab.Paper.Comparison;

/// <summary>
/// All runs of one algorithm on one problem, at every noise and length. The same trial of two algorithms has the same
/// initial parameters and training set, so the runs are compared in pairs. The lengths, the values of T, are ascending;
/// the outcomes are those of the configurations [noise][length].
/// </summary>
internal sealed record AlgorithmRuns(
    Problem Problem,
    Algorithm Algorithm,
    IReadOnlyList<int> Lengths,
    IReadOnlyList<double> Noises,
    SweepOutcomes Outcomes)
{
    /// <summary>The number of presentations after which a run stops.</summary>
    public int Budget => Outcomes.Sweep.Configurations[0].Budget;

    /// <summary>The runs of the configuration at a noise and a length, in the order of trials.</summary>
    public Outcome[] GetOutcomes(int noise, int length)
        => Outcomes.GetOutcomes((noise * Lengths.Count) + length).ToArray();

    /// <summary>Checks that the runs of this algorithm and another have the same starts and training sets.</summary>
    /// <exception cref="ArgumentException">The other runs are not of the same trials.</exception>
    public void ThrowIfNotPaired(AlgorithmRuns other)
    {
        if (!TrialIdentities.SequenceEqual(other.TrialIdentities))
            throw new ArgumentException("The runs are not of the same trials.", nameof(other));
    }

    /// <summary>
    /// The summary of runs at any noise and length, with their presentations to learn or to stop. The error of a run
    /// that diverged is chance level.
    /// </summary>
    public OutcomeSummary Summarize(
        IReadOnlyCollection<Outcome> trialOutcomes, Func<Outcome, double> presentations)
    {
        TrainingConfiguration configuration = Outcomes.Sweep.Configurations[0];
        return OutcomeSummary.Create(configuration, trialOutcomes)
            .ForComparison(trialOutcomes, configuration.TestSequences, presentations);
    }

    /// <summary>
    /// Creates the curve of an estimate at each length, given by its index. If there are no runs at a length, the
    /// estimate is NaN and no point is drawn.
    /// </summary>
    public Series ToCurve(string name, Func<int, Estimate> estimateAt, Marker mark, int colour)
        => new(
            name,
            SeriesKind.Curve,
            [.. from length in Lengths.Index()
                let estimate = estimateAt(length.Index)
                select new DataPoint(length.Item, estimate.Value, estimate.Lower, estimate.Upper)
                {
                    IsCensored = estimate.IsCensored,
                }],
            colour,
            mark);

    public static Proportion CountLearned(IEnumerable<Outcome> trialOutcomes)
    {
        Outcome[] all = [.. trialOutcomes];
        return new(all.Count(outcome => outcome.IsConverged), all.Length);
    }

    /// <summary>The presentations until the task was learned; +∞ if it was not learned.</summary>
    public static double PresentationsToLearn(Outcome outcome)
        => outcome.IsConverged ? outcome.Presentations : double.PositiveInfinity;

    /// <summary>The random word and the number of trials of each configuration, which identify its trials.</summary>
    private IEnumerable<(uint RandomWord, int Count)> TrialIdentities
        => Outcomes.Sweep.Configurations.Select(cell => (cell.RandomWord, Outcomes.Sweep.TrialsPerConfiguration));
}
