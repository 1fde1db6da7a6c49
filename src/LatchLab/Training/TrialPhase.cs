namespace LatchLab.Training;

/// <summary>The purpose of a pass through the sequences of a lane.</summary>
public enum TrialPhase
{
    /// <summary>Training on the training sequences.</summary>
    Learning,

    /// <summary>Evaluation of the convergence rule on the training sequences, with frozen parameters.</summary>
    EvaluatingTrainingSet,

    /// <summary>Evaluation on test sequences, with frozen parameters: for convergence or after training.</summary>
    Testing,

    /// <summary>Final evaluation on the training sequences of a trial that has not converged.</summary>
    FinalEvaluation,

    /// <summary>Evaluation on validation sequences after an epoch, with frozen parameters.</summary>
    Validating,
}
