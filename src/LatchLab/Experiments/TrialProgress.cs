namespace LatchLab.Experiments;

/// <summary>What a lane does with the sequences that are presented to it.</summary>
public enum Phase
{
    /// <summary>It learns from them.</summary>
    Learning,

    /// <summary>Its parameters are held and the training sequences presented once more, to judge it.</summary>
    Judging,

    /// <summary>Its parameters are held and fresh sequences presented: to judge it, or at its end.</summary>
    Testing,

    /// <summary>It has ended without having learned: the training sequences are presented for the last time.</summary>
    Reviewing,
}

/// <summary>What a pass through the sequences showed of one lane.</summary>
/// <param name="Right">Counted sequences whose output was right.</param>
/// <param name="Cost">Sum of their costs.</param>
public readonly record struct PassResult(int Right, double Cost)
{
    /// <summary>Sequences until the fate of a candidate was decided; all of them where it never was.</summary>
    public int Presented { get; init; }

    /// <summary>Sequences that were right before one more was wrong than may be.</summary>
    public int RightBeforeWrong { get; init; }

    /// <summary>Whether a parameter is no finite number any more.</summary>
    public bool IsDiverged { get; init; }

    /// <summary>Whether a search that was told this result has stopped.</summary>
    public bool IsStuck { get; init; }

    /// <summary>Temperatures that an annealing has finished.</summary>
    public int Temperatures { get; init; }
}

/// <summary>
/// How far a trial has come: after every pass through its sequences it decides whether the trial learns on, is judged,
/// is tested, or has ended. A lane that is judged takes an ordinary pass with its parameters held, so no other lane
/// waits for it. The candidate of a search is judged by the pass that evaluates it.
/// </summary>
/// <param name="cell">The setting.</param>
/// <param name="isOnline">Whether every presentation teaches; otherwise a pass evaluates a candidate.</param>
public sealed class TrialProgress(Cell cell, bool isOnline = true)
{
    private readonly int sequences = cell.Sequences;
    private readonly int mostWrong = cell.Rule.MostWrong(cell.Sequences);
    private int judgingPresentations;
    private long saved;
    private int temperatures;
    private int tested;
    private int testedWrong;
    private double testedCost;
    private double meanCost = double.NaN;
    private double trainingError = double.NaN;
    private Ending? ending; // decided, but still to be tested

    /// <summary>What the next pass is for.</summary>
    public Phase Phase { get; private set; } = Phase.Learning;

    /// <summary>Passes through the training sequences so far.</summary>
    public int Passes { get; private set; }

    /// <summary>Presentations so far that taught.</summary>
    public int Presentations { get; private set; }

    /// <summary>Which of the training sets of a curriculum it has come to, from 0.</summary>
    public int Stage { get; private set; }

    /// <summary>T of that set.</summary>
    public int StageLength => cell.Stages[Stage];

    /// <summary>Whether the last pass showed that the present training set is learned.</summary>
    public bool HasLearned { get; private set; }

    /// <summary>Whether the next pass presents other sequences than the last one did.</summary>
    public bool NeedsOtherSequences { get; private set; } = true;

    /// <summary>Whether the next pass presents fresh sequences.</summary>
    public bool PresentsFresh => Phase == Phase.Testing;

    /// <summary>Number of the first fresh sequence of the next pass, when testing.</summary>
    public int FirstFreshSequence => tested;

    /// <summary>Sequences of the next pass that count; the last pass of a test may need fewer than there are.</summary>
    public int CountedSequences
        => Phase == Phase.Testing ? Math.Min(sequences, cell.TestSequences - tested) : sequences;

    /// <summary>
    /// For somebody who only looks at a trial: the training sequences of a stage, as the next pass presents them.
    /// </summary>
    internal static TrialProgress Observed(Cell cell, int stage, int passes)
        => new(cell) { Stage = stage, Passes = passes };

    /// <summary>Takes the result of a pass.</summary>
    /// <returns>The outcome, if the trial has ended.</returns>
    public Outcome? EndPass(in PassResult result)
    {
        (Phase before, int stage) = (Phase, Stage);
        HasLearned = false;
        Outcome? outcome = Decide(result);
        NeedsOtherSequences = Phase == Phase.Testing || before == Phase.Testing || Stage != stage;
        return outcome;
    }

    private Outcome? Decide(in PassResult result)
    {
        int counted = CountedSequences;
        if (Phase == Phase.Learning)
        {
            Presentations += counted;
            saved += isOnline ? 0 : counted - result.Presented;
            temperatures = result.Temperatures;
        }
        else
        {
            judgingPresentations += counted;
        }

        if (ending is null || Phase == Phase.Reviewing)
            meanCost = result.Cost / counted;
        if (result.IsDiverged || (!double.IsFinite(result.Cost) && (isOnline || Phase != Phase.Learning)))
            return Outcome(Ending.Diverged);

        switch (Phase)
        {
            case Phase.Learning:
                Passes++;
                if (isOnline && CallsForJudgement(result.Right))
                {
                    BeginJudging();
                    return null;
                }

                if (!isOnline && IsConvergedOnTrainingSequences(result))
                    return EndStage(result);
                break;
            case Phase.Judging:
                Passes++;
                if (IsConvergedOnTrainingSequences(result))
                    return EndStage(result);
                break;
            case Phase.Reviewing:
                trainingError = ErrorOf(result);
                return End(ending!.Value);
            default:
                if (!CanStillPass(result, counted) && ending is null)
                    break;
                return tested < cell.TestSequences ? null
                    : ending is { } known ? Outcome(known)
                    : Outcome(Ending.Converged);
        }

        if (result.IsStuck)
            return End(Ending.Stuck);
        if (Presentations + sequences > cell.Budget)
            return End(Ending.OutOfPresentations);
        Phase = Phase.Learning;
        return null;
    }

    /// <summary>
    /// Whether the outputs of a learning epoch call for a judgement. A run that hovers below the required share would
    /// be tested after every epoch: so a test begins only while tests have taken no more presentations than learning.
    /// </summary>
    private bool CallsForJudgement(int right)
        => cell.Rule.Rule == RuleKind.FreshSequences
            ? (double)right / sequences >= cell.Rule.FreshShare && judgingPresentations <= Presentations
            : sequences - right <= mostWrong;

    private bool IsConvergedOnTrainingSequences(in PassResult result)
        => sequences - result.Right <= mostWrong
            && (cell.Rule.Rule != RuleKind.SignAndCost || result.Cost / sequences < cell.Rule.CostThreshold);

    /// <summary>Share of the training sequences that were wrong.</summary>
    private double ErrorOf(in PassResult result) => (double)(sequences - result.Right) / sequences;

    /// <summary>Counts a pass of the test; false as soon as too many were wrong, whatever is still to come.</summary>
    private bool CanStillPass(in PassResult result, int counted)
    {
        tested += counted;
        testedWrong += counted - result.Right;
        testedCost += result.Cost;
        return (double)(cell.TestSequences - testedWrong) / cell.TestSequences >= cell.Rule.FreshShare;
    }

    private void BeginJudging()
    {
        Phase = cell.Rule.Rule == RuleKind.FreshSequences ? Phase.Testing : Phase.Judging;
        tested = 0;
        testedWrong = 0;
        testedCost = 0.0;
    }

    /// <summary>The training set is learned: the next one is judged first, for it may be so already.</summary>
    private Outcome? EndStage(in PassResult result)
    {
        HasLearned = true;
        if (Stage + 1 == cell.Stages.Count)
        {
            trainingError = ErrorOf(result);
            return End(Ending.Converged);
        }

        Stage++;
        Phase = Phase.Judging;
        return null;
    }

    /// <summary>Ends the trial, after what is still to be found out about it.</summary>
    private Outcome? End(Ending decided)
    {
        if (!cell.TestsAtEnd)
            return Outcome(decided);
        ending = decided;
        if (double.IsNaN(trainingError))
        {
            Phase = Phase.Reviewing;
            return null;
        }

        if (cell.TestSequences == 0)
            return Outcome(decided);
        BeginJudging();
        Phase = Phase.Testing;
        return null;
    }

    private Outcome Outcome(Ending how)
    {
        bool isTested = Phase == Phase.Testing && tested == cell.TestSequences && how != Ending.Diverged;
        return new(how, Presentations, judgingPresentations, double.IsFinite(meanCost) ? meanCost : double.NaN)
        {
            TrainingError = how == Ending.Diverged ? double.NaN : trainingError,
            FreshError = isTested ? (double)testedWrong / tested : double.NaN,
            FreshCost = isTested ? testedCost / tested : double.NaN,
            Saved = saved,
            Temperatures = temperatures,
            Stage = Stage,
        };
    }
}
