using LatchLab.Foundation;
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
    private readonly long[] _sums = new long[Names.Count];

    /// <summary>
    /// The names of <see cref="Sums"/> as columns of a table: the stop reasons, then the other sums.
    /// </summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Enum.GetValues<StopReason>().Select(reason => Settings.FormatValue(reason).Replace('-', '_')),
        "tested", "incorrect_test_sequences", "incorrect_test_sequences_squared", "final_evaluations",
        "incorrect_training_sequences", "incorrect_training_sequences_squared", "training_presentations",
        "evaluation_presentations",
    ];

    private static readonly int ReasonCount = Enum.GetValues<StopReason>().Length;

    /// <summary>All sums, in the order of <see cref="Names"/>.</summary>
    public Span<long> Sums => _sums;

    /// <summary>The number of completed trials.</summary>
    public long Trials => _sums.Take(ReasonCount).Sum();

    /// <summary>The number of trials with a test.</summary>
    public ref long TestedTrials => ref _sums[ReasonCount];

    /// <summary>The number of incorrect test sequences, summed over the tested trials.</summary>
    public ref long IncorrectTestSequences => ref _sums[ReasonCount + 1];

    /// <summary>The square of that number, summed likewise.</summary>
    public ref long IncorrectTestSequencesSquared => ref _sums[ReasonCount + 2];

    /// <summary>The number of trials with a final evaluation, that is, with a known final training error.</summary>
    public ref long FinalEvaluations => ref _sums[ReasonCount + 3];

    /// <summary>The number of incorrect training sequences, summed over the final evaluations.</summary>
    public ref long IncorrectTrainingSequences => ref _sums[ReasonCount + 4];

    /// <summary>The square of that number, summed likewise.</summary>
    public ref long IncorrectTrainingSequencesSquared => ref _sums[ReasonCount + 5];

    /// <summary>The number of training presentations of all trials.</summary>
    public ref long Presentations => ref _sums[ReasonCount + 6];

    /// <summary>The number of evaluation presentations of all trials.</summary>
    public ref long EvaluationPresentations => ref _sums[ReasonCount + 7];

    /// <summary>The training presentations of each converged trial.</summary>
    public Histogram PresentationsToConvergence { get; } = new();

    /// <summary>The mean cost of the test sequences of each tested trial.</summary>
    public Histogram TestCost { get; } = new();

    /// <summary>P, the number of training sequences of a trial.</summary>
    public int TrainingSequences => trainingSequences;

    /// <summary>The number of test sequences of a trial.</summary>
    public int TestSequences => testSequences;

    /// <summary>The number of trials with a stop reason.</summary>
    public ref long this[StopReason reason] => ref _sums[(int)reason];

    /// <summary>Adds a trial.</summary>
    public void Add(in Outcome outcome)
    {
        this[outcome.StopReason]++;
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
