namespace LatchLab.Experiments;

/// <summary>
/// What is known of the trials of a cell together. All sums are of whole numbers: the same trials give the same totals
/// in any order, and totals of parts of a cell add up to those of the whole.
/// </summary>
/// <param name="sequences">P, the training sequences of a trial.</param>
/// <param name="testSequences">Sequences that a trial is tested on at its end; 0 for none.</param>
public sealed class CellTotals(int sequences, int testSequences)
{
    private readonly long[] endings = new long[Enum.GetValues<Ending>().Length];

    /// <summary>Trials that have ended.</summary>
    public long Trials => endings.Sum();

    /// <summary>Trials that were tested at their end.</summary>
    public long Tested { get; set; }

    /// <summary>Test sequences that were wrong, of all tested trials together.</summary>
    public long TestWrong { get; set; }

    /// <summary>The sum over tested trials of the square of that number.</summary>
    public long TestWrongSquared { get; set; }

    /// <summary>Trials whose training error at the end is known.</summary>
    public long Reviewed { get; set; }

    /// <summary>Training sequences that were wrong at the end, of all those trials together.</summary>
    public long TrainingWrong { get; set; }

    /// <summary>Presentations that taught, of all trials.</summary>
    public long Presentations { get; set; }

    /// <summary>Presentations that only judged, of all trials.</summary>
    public long JudgingPresentations { get; set; }

    /// <summary>Presentations that taught, of each trial that converged.</summary>
    public Histogram PresentationsToConvergence { get; } = new();

    /// <summary>Mean cost of the test sequences, of each tested trial.</summary>
    public Histogram TestCost { get; } = new();

    /// <summary>P.</summary>
    public int Sequences => sequences;

    /// <summary>Sequences that a trial is tested on at its end.</summary>
    public int TestSequences => testSequences;

    /// <summary>How many trials ended so.</summary>
    public ref long this[Ending ending] => ref endings[(int)ending];

    /// <summary>Adds a trial.</summary>
    public void Add(in Outcome outcome)
    {
        endings[(int)outcome.Ending]++;
        Presentations += outcome.Presentations;
        JudgingPresentations += outcome.JudgingPresentations;
        if (outcome.Converged)
            PresentationsToConvergence.Add(outcome.Presentations);
        if (!double.IsNaN(outcome.TrainingError))
        {
            Reviewed++;
            TrainingWrong += (long)Math.Round(outcome.TrainingError * sequences);
        }

        if (!double.IsNaN(outcome.FreshError))
        {
            var wrong = (long)Math.Round(outcome.FreshError * testSequences);
            Tested++;
            TestWrong += wrong;
            TestWrongSquared = checked(TestWrongSquared + (wrong * wrong));
        }

        if (!double.IsNaN(outcome.FreshCost))
            TestCost.Add(outcome.FreshCost);
    }
}
