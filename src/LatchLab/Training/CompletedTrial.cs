using LatchLab.Learning;

namespace LatchLab.Training;

/// <summary>What a sink receives of a completed trial.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Parameters">The final parameters, in the order of the network.</param>
/// <param name="Snapshots">The diagnostic snapshots.</param>
internal sealed record CompletedTrial(
    Outcome Outcome, double[] Parameters, IReadOnlyList<DiagnosticSnapshot> Snapshots)
{
    /// <summary>The trial as words.</summary>
    public IReadOnlyList<ulong> ToWords()
    {
        var state = new StateTransfer();
        Transfer(state, this);
        return state.Words;
    }

    /// <summary>The trial of words that <see cref="ToWords"/> returned.</summary>
    public static CompletedTrial FromWords(IEnumerable<ulong> words)
        => Transfer(new(words), new(default, [], []));

    private static CompletedTrial Transfer(StateTransfer state, CompletedTrial trial)
    {
        List<DiagnosticSnapshot> snapshots = [.. trial.Snapshots];
        LaneLog.TransferSnapshots(state, snapshots);
        return new(TransferOutcome(state, trial.Outcome), TransferNumbers(state, trial.Parameters), snapshots);
    }

    private static Outcome TransferOutcome(StateTransfer state, Outcome outcome)
        => new(
            (StopReason)state.Transfer((int)outcome.StopReason), state.Transfer(outcome.Presentations),
            state.Transfer(outcome.EvaluationPresentations), state.Transfer(outcome.Cost))
        {
            TrainingError = state.Transfer(outcome.TrainingError),
            TestError = state.Transfer(outcome.TestError),
            TestCost = state.Transfer(outcome.TestCost),
            ValidationCost = state.Transfer(outcome.ValidationCost),
            SkippedPresentations = state.Transfer(outcome.SkippedPresentations),
            Diagnostics = new(TransferNumbers(state, [.. outcome.Diagnostics])),
        };

    private static double[] TransferNumbers(StateTransfer state, double[] numbers)
    {
        int count = state.Transfer(numbers.Length);
        double[] transferred = state.IsRestoring ? new double[count] : numbers;
        state.Transfer(transferred.AsSpan());
        return transferred;
    }
}
