using LatchLab.Statistics;

namespace LatchLab.Training;

/// <summary>
/// Totals over the trials of a configuration, from which <see cref="OutcomeSummary"/> is computed. All sums are integer
/// sums, so the same trials give the same totals in any order, and the totals of disjoint sets of trials can be added.
/// </summary>
/// <param name="trainingSequences">P, the number of training sequences of a trial.</param>
/// <param name="testSequences">The number of test sequences of a trial; 0 for none.</param>
public sealed class OutcomeTotals(int trainingSequences, int testSequences)
{
    private readonly long[] _stopReasonCounts = new long[Enum.GetValues<StopReason>().Length];

    /// <summary>The number of completed trials.</summary>
    public long Trials => _stopReasonCounts.Sum();

    /// <summary>The number of trials with a test.</summary>
    public long TestedTrials { get; set; }

    /// <summary>The number of incorrect test sequences, summed over the tested trials.</summary>
    public long IncorrectTestSequences { get; set; }

    /// <summary>The square of the number of incorrect test sequences, summed over the tested trials.</summary>
    public long IncorrectTestSequencesSquared { get; set; }

    /// <summary>The number of trials with a final evaluation, that is, with a known final training error.</summary>
    public long FinalEvaluations { get; set; }

    /// <summary>The number of incorrect training sequences, summed over the final evaluations.</summary>
    public long IncorrectTrainingSequences { get; set; }

    /// <summary>The square of the number of incorrect training sequences, summed likewise.</summary>
    public long IncorrectTrainingSequencesSquared { get; set; }

    /// <summary>The number of training presentations of all trials.</summary>
    public long Presentations { get; set; }

    /// <summary>The number of evaluation presentations of all trials.</summary>
    public long EvaluationPresentations { get; set; }

    /// <summary>The training presentations of each converged trial.</summary>
    public Histogram PresentationsToConvergence { get; } = new();

    /// <summary>The mean cost of the test sequences of each tested trial.</summary>
    public Histogram TestCost { get; } = new();

    /// <summary>P, the number of training sequences of a trial.</summary>
    public int TrainingSequences => trainingSequences;

    /// <summary>The number of test sequences of a trial.</summary>
    public int TestSequences => testSequences;

    /// <summary>The number of trials with a stop reason.</summary>
    public ref long this[StopReason reason] => ref _stopReasonCounts[(int)reason];

    /// <summary>Adds a trial.</summary>
    public void Add(in Outcome outcome)
    {
        _stopReasonCounts[(int)outcome.StopReason]++;
        Presentations += outcome.Presentations;
        EvaluationPresentations += outcome.EvaluationPresentations;
        if (outcome.IsConverged)
            PresentationsToConvergence.Add(outcome.Presentations);
        if (!double.IsNaN(outcome.TrainingError))
        {
            var incorrect = (long)Math.Round(outcome.TrainingError * trainingSequences);
            FinalEvaluations++;
            IncorrectTrainingSequences += incorrect;
            IncorrectTrainingSequencesSquared = checked(IncorrectTrainingSequencesSquared + (incorrect * incorrect));
        }

        if (!double.IsNaN(outcome.TestError))
        {
            var incorrect = (long)Math.Round(outcome.TestError * testSequences);
            TestedTrials++;
            IncorrectTestSequences += incorrect;
            IncorrectTestSequencesSquared = checked(IncorrectTestSequencesSquared + (incorrect * incorrect));
        }

        if (double.IsFinite(outcome.TestCost))
            TestCost.Add(outcome.TestCost);
    }
}
