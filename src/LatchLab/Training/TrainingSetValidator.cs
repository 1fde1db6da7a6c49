using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// Validates that a learner and a convergence rule support the sequences of a task: fixed or fresh, and with targets at
/// the last step or at every step.
/// </summary>
internal static class TrainingSetValidator
{
    // The numbers of sequences that the random number counter has.
    private const int MaxFreshSequences = RandomNumbers.MaximumItem + 1;

    /// <summary>Returns the validation errors, each with the settings that could explain it.</summary>
    public static IEnumerable<(string[] RelatedSettings, ValidationError Error)> Validate(
        TrainingConfiguration configuration)
        => ValidateSequences(configuration).Concat(
            configuration.HasFreshSequences ? ValidateFresh(configuration) : ValidateFixed(configuration));

    private static IEnumerable<(string[] RelatedSettings, ValidationError Error)> ValidateSequences(
        TrainingConfiguration configuration)
    {
        (TaskDefinition task, LearnerDefinition learner) = (configuration.Task, configuration.Learner);
        if (configuration.TestsOnValidation && task.HasSequences && configuration.ValidationSequences == 0)
        {
            yield return (["task.file"], new("", "rule.final-test",
                "there are no validation sequences: give validation-share, too, for example 0.2"));
        }

        if (task.CurriculumError is { } curriculumError && learner.InnerLearner is not null)
        {
            yield return ([], new("", "learner.name",
                $"a curriculum begins with shortened sequences, and {curriculumError}: give the learner itself"));
        }

        if (task.HasTargetsAtEveryStep && !learner.SupportsTargetsAtEveryStep)
        {
            string[] names = [.. KnownLearners.All.Where(known => known.SupportsTargetsAtEveryStep)
                .Select(known => known.Name)];
            yield return learner.ObstacleToTargetsAtEveryStep is { } obstacle
                ? ([], new("", $"learner.{obstacle.Setting}",
                    $"the task {task.Name} has targets at every step, and {obstacle.Reason}"))
                : ([], new("", "learner.name",
                    $"the task {task.Name} has targets at every step, which {learner.Name} does not support: give " +
                    string.Join(", ", names)));
        }
    }

    private static IEnumerable<(string[] RelatedSettings, ValidationError Error)> ValidateFresh(
        TrainingConfiguration configuration)
    {
        LearnerDefinition learner = configuration.Learner;
        int maxPresentations = MaxFreshSequences - configuration.TrainingSequences; // a snapshot looks one pass ahead
        if (configuration.Budget > maxPresentations)
        {
            yield return (["task.training-set", "task.sequences"], new("", "rule.presentations",
                $"{configuration.Budget} are more than a trial has fresh sequences: give at most {maxPresentations}"));
        }

        if (UsesTrainingSet(configuration))
        {
            yield return (["learner.name"], new("", "task.training-set", learner.IsSearch
                ? $"the learner {learner.Name} compares its candidates on the same sequences: give fixed"
                : $"the learner {learner.Name} goes on to longer sequences when it has learned a training set: give " +
                    "fixed"));
        }
        else if (configuration.ConvergenceRule.Rule is ConvergenceRuleKind.Sign or ConvergenceRuleKind.SignAndCost)
        {
            yield return (["task.training-set"], new("", "rule.rule",
                "a fresh training set has no sequences to evaluate, because each is presented once: give " +
                "test-sequences or validation"));
        }
    }

    private static IEnumerable<(string[] RelatedSettings, ValidationError Error)> ValidateFixed(
        TrainingConfiguration configuration)
    {
        ConvergenceRuleKind rule = configuration.ConvergenceRule.Rule;
        if (rule is ConvergenceRuleKind.Sign or ConvergenceRuleKind.SignAndCost)
            yield break;
        if (rule == ConvergenceRuleKind.Validation && configuration.Task.HasSequences
            && configuration.ValidationSequences == 0)
        {
            yield return (["task.file"], new("", "rule.rule",
                "there are no validation sequences: give validation-share, too, for example 0.2"));
        }

        if (rule == ConvergenceRuleKind.TestSequences && configuration.Task.TestSequences is not null)
        {
            yield return ([], new("", "rule.rule",
                $"the task {configuration.Task.Name} does not support test-sequences, because it cannot generate " +
                "test sequences: give sign, sign-and-cost or validation"));
        }
        else if (UsesTrainingSet(configuration))
        {
            yield return ([], new("", "rule.rule",
                $"the learner {configuration.Learner.Name} does not support {Settings.FormatValue(rule)}, because " +
                "it is evaluated on its training sequences: give sign or sign-and-cost"));
        }
    }

    /// <summary>Whether the learner evaluates networks on its training set.</summary>
    private static bool UsesTrainingSet(TrainingConfiguration configuration)
        => configuration.Learner.IsSearch || configuration.StageLengths.Count > 1;
}
