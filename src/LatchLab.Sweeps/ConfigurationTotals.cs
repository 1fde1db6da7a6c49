using LatchLab.Training;

namespace LatchLab.Sweeps;

/// <summary>
/// What is known of the trials of a cell together. All sums are of whole numbers: the same trials give the same totals
/// in any order, and totals of parts of a cell add up to those of the whole.
/// </summary>
/// <param name="trainingSequences">P, the training sequences of a trial.</param>
/// <param name="testSequences">Sequences that a trial is tested on at its end; 0 for none.</param>
public sealed class ConfigurationTotals(int trainingSequences, int testSequences)
{
    private readonly long[] _stopReasonCounts = new long[Enum.GetValues<StopReason>().Length];

    /// <summary>Trials that have ended.</summary>
    public long Trials => _stopReasonCounts.Sum();

    /// <summary>Trials that were tested at their end.</summary>
    public long TestedTrials { get; set; }

    /// <summary>Test sequences that were wrong, of all tested trials together.</summary>
    public long IncorrectTestSequences { get; set; }

    /// <summary>The sum over tested trials of the square of that number.</summary>
    public long IncorrectTestSequencesSquared { get; set; }

    /// <summary>Trials whose training error at the end is known.</summary>
    public long FinalEvaluations { get; set; }

    /// <summary>Training sequences that were wrong at the end, of all those trials together.</summary>
    public long IncorrectTrainingSequences { get; set; }

    /// <summary>Presentations that taught, of all trials.</summary>
    public long Presentations { get; set; }

    /// <summary>Presentations that only judged, of all trials.</summary>
    public long EvaluationPresentations { get; set; }

    /// <summary>Presentations that taught, of each trial that converged.</summary>
    public Histogram PresentationsToConvergence { get; } = new();

    /// <summary>Mean cost of the test sequences, of each tested trial.</summary>
    public Histogram TestCost { get; } = new();

    /// <summary>P.</summary>
    public int TrainingSequences => trainingSequences;

    /// <summary>Sequences that a trial is tested on at its end.</summary>
    public int TestSequences => testSequences;

    /// <summary>How many trials ended so.</summary>
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
            FinalEvaluations++;
            IncorrectTrainingSequences += (long)Math.Round(outcome.TrainingError * trainingSequences);
        }

        if (!double.IsNaN(outcome.TestError))
        {
            var incorrect = (long)Math.Round(outcome.TestError * testSequences);
            TestedTrials++;
            IncorrectTestSequences += incorrect;
            IncorrectTestSequencesSquared = checked(IncorrectTestSequencesSquared + (incorrect * incorrect));
        }

        if (!double.IsNaN(outcome.TestCost))
            TestCost.Add(outcome.TestCost);
    }
}
