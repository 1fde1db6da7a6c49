namespace LatchLab.Experiments;

/// <summary>What a lane does with the sequences that are presented to it.</summary>
public enum Phase
{
    /// <summary>It learns from them.</summary>
    Learning,

    /// <summary>Its parameters are held and the training sequences presented once more, to judge it.</summary>
    Judging,

    /// <summary>Its parameters are held and fresh sequences presented.</summary>
    Testing,
}

/// <summary>
/// How far a trial has come: after every pass through its sequences it decides whether the trial learns on, is judged,
/// is tested, or has ended. A lane that is judged takes an ordinary pass with its parameters held, so no other lane
/// waits for it.
/// </summary>
/// <param name="cell">The setting.</param>
public sealed class TrialProgress(Cell cell)
{
    private readonly int sequences = cell.Task.Sequences;
    private int presentations;
    private int judgingPresentations;
    private int tested;
    private int testedWrong;

    /// <summary>What the next pass is for.</summary>
    public Phase Phase { get; private set; } = Phase.Learning;

    /// <summary>Passes through the training sequences so far.</summary>
    public int Passes { get; private set; }

    /// <summary>Number of the first fresh sequence of the next pass, when testing.</summary>
    public int FirstFreshSequence => tested;

    /// <summary>Sequences of the next pass that count; the last pass of a test may need fewer than there are.</summary>
    public int CountedSequences
        => Phase == Phase.Testing ? Math.Min(sequences, cell.Rule.FreshSequences - tested) : sequences;

    /// <summary>Takes the result of a pass.</summary>
    /// <param name="right">Counted sequences whose output had the right sign.</param>
    /// <param name="cost">Sum of their costs.</param>
    /// <returns>The outcome, if the trial has ended.</returns>
    public Outcome? EndPass(int right, double cost)
    {
        int counted = CountedSequences;
        double meanCost = cost / counted;
        if (Phase == Phase.Learning)
            presentations += counted;
        else
            judgingPresentations += counted;
        if (!double.IsFinite(cost))
            return End(Ending.Diverged, meanCost);

        switch (Phase)
        {
            case Phase.Learning:
                Passes++;
                if (!CallsForJudgement(right))
                    break;
                BeginJudging();
                return null;
            case Phase.Judging:
                Passes++;
                if (!IsConvergedOnTrainingSequences(right, meanCost))
                    break;
                return End(Ending.Converged, meanCost);
            default:
                if (!CanStillPass(right, counted))
                    break;
                return tested == cell.Rule.FreshSequences ? End(Ending.Converged, meanCost) : null;
        }

        if (presentations + sequences > cell.Training.Presentations)
            return End(Ending.OutOfPresentations, meanCost);
        Phase = Phase.Learning;
        return null;
    }

    /// <summary>
    /// Whether the outputs of a learning epoch call for a judgement. A run that hovers below the required share would
    /// be tested after every epoch: so a test begins only while tests have taken no more presentations than learning.
    /// </summary>
    private bool CallsForJudgement(int right)
        => cell.Rule.Rule == RuleKind.FreshSequences
            ? (double)right / sequences >= cell.Rule.FreshShare && judgingPresentations <= presentations
            : right == sequences;

    private bool IsConvergedOnTrainingSequences(int right, double meanCost)
        => right == sequences
            && (cell.Rule.Rule != RuleKind.SignAndCost || meanCost < cell.Rule.CostThreshold);

    /// <summary>Counts a pass of the test; false as soon as too many were wrong, whatever is still to come.</summary>
    private bool CanStillPass(int right, int counted)
    {
        tested += counted;
        testedWrong += counted - right;
        return (double)(cell.Rule.FreshSequences - testedWrong) / cell.Rule.FreshSequences >= cell.Rule.FreshShare;
    }

    private void BeginJudging()
    {
        Phase = cell.Rule.Rule == RuleKind.FreshSequences ? Phase.Testing : Phase.Judging;
        tested = 0;
        testedWrong = 0;
    }

    private Outcome End(Ending ending, double meanCost)
        => new(ending, presentations, judgingPresentations, double.IsFinite(meanCost) ? meanCost : double.NaN);
}
