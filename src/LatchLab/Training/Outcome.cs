using LatchLab.Learning;

namespace LatchLab.Training;

/// <summary>Why a trial stopped.</summary>
public enum StopReason
{
    /// <summary>The convergence rule was met.</summary>
    Converged,

    /// <summary>The budget of presentations was exhausted before the convergence rule was met.</summary>
    BudgetExhausted,

    /// <summary>The cost or a parameter became infinite or NaN.</summary>
    Diverged,

    /// <summary>A search stopped finding improvements (footnote 1 of the paper).</summary>
    Stuck,
}

/// <summary>The stored result of a trial.</summary>
/// <param name="StopReason">Why the trial stopped.</param>
/// <param name="Presentations">Training presentations; a pass that evaluates a candidate counts in full.</param>
/// <param name="EvaluationPresentations">Presentations of evaluation passes, counted separately.</param>
/// <param name="Cost">Mean cost of a sequence in the last pass, which may be an evaluation pass.</param>
public readonly record struct Outcome(StopReason StopReason, int Presentations, int EvaluationPresentations,
    double Cost)
{
    /// <summary>The error of guessing one of two classes.</summary>
    public const double ChanceLevel = 0.5;

    /// <summary>Whether the convergence rule was met.</summary>
    public bool IsConverged => StopReason == StopReason.Converged;

    /// <summary>Share of the training sequences that were incorrect at the end; NaN if not evaluated.</summary>
    public double TrainingError { get; init; } = double.NaN;

    /// <summary>Share of the test sequences that were incorrect at the end; NaN if not evaluated.</summary>
    public double TestError { get; init; } = double.NaN;

    /// <summary>
    /// The test error; chance level if there is none, because the trial diverged and its output is undefined.
    /// </summary>
    public double TestErrorOrChance => double.IsNaN(TestError) ? ChanceLevel : TestError;

    /// <summary>
    /// The presentations until the trial stopped by itself; +∞ if it exhausted its budget or diverged.
    /// </summary>
    public double PresentationsToStop
        => StopReason is StopReason.Converged or StopReason.Stuck ? Presentations : double.PositiveInfinity;

    /// <summary>Mean cost of the test sequences; NaN if not evaluated.</summary>
    public double TestCost { get; init; } = double.NaN;

    /// <summary>
    /// The lowest mean cost of the validation sequences after an epoch, that of the final parameters; NaN without
    /// validations, or if the trial diverged.
    /// </summary>
    public double ValidationCost { get; init; } = double.NaN;

    /// <summary>Presentations skipped because the candidate had already been accepted or rejected.</summary>
    public long SkippedPresentations { get; init; }

    /// <summary>
    /// What the learner reports of itself, in the order of <see cref="LearnerDefinition.DiagnosticNames"/>.
    /// </summary>
    public DiagnosticValues Diagnostics { get; init; }

    /// <summary>A diagnostic by name; NaN if the learner has none of this name.</summary>
    /// <param name="learner">The learner of the trial.</param>
    /// <param name="name">The name.</param>
    public double GetDiagnostic(LearnerDefinition learner, string name)
    {
        int index = Array.IndexOf([.. learner.DiagnosticNames], name);
        return index < 0 ? double.NaN : Diagnostics[index];
    }
}
