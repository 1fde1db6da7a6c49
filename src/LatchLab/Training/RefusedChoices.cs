using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// The choices that a training configuration refuses: tasks, learners, and words of its settings, with which it would
/// have a conflict that it does not have now. Settings that have no effect are not among them.
/// </summary>
public static class RefusedChoices
{
    /// <summary>Finds the choices, as a user would write them, each with the reason.</summary>
    public static IReadOnlyList<(string Choice, string Reason)> Find(TrainingConfiguration configuration)
    {
        HashSet<ValidationError> known = [.. configuration.FindConflicts([])];
        IReadOnlyDictionary<string, string> idle = Settings.FindIdle(configuration);
        return
        [
            .. from task in KnownTasks.All
               let reason = FindReason(
                   TrainingConfigurationFactory.CreateDefault(task, configuration.Learner), known, "learner.name")
               where task.Name != configuration.Task.Name && reason is not null
               select ($"--task {task.Name}", reason),
            .. from learner in KnownLearners.All
               let reason = FindReason(
                   TrainingConfigurationFactory.CreateDefault(configuration.Task, learner), known, "learner.name")
               where learner.Name != configuration.Learner.Name && reason is not null
               select ($"--learner {learner.Name}", reason),
            .. from setting in TrainingConfigurationFactory.GetSettings(configuration)
               where setting.Path != TrainingConfigurationFactory.InnerLearnerPath && !idle.ContainsKey(setting.Path)
               from choice in setting.Choices
               let changed = Settings.With(
                   configuration, new Dictionary<string, string> { [setting.Path] = choice }, [])
               let reason = FindReason(changed, known, setting.Path)
               where choice != setting.Value && reason is not null
               select ($"{setting.Name}={choice}", reason),
        ];
    }

    /// <summary>
    /// The first conflict of a configuration that is not known, with the setting that it names unless that is the one
    /// that was changed; null if there is none.
    /// </summary>
    private static string? FindReason(
        TrainingConfiguration configuration, HashSet<ValidationError> known, string changed)
        => configuration.FindConflicts([]).FirstOrDefault(conflict => !known.Contains(conflict)) switch
        {
            null => null,
            { } conflict when conflict.Field == changed => conflict.Message,
            { } conflict => $"{Settings.GetName(conflict.Field)}: {conflict.Message}",
        };
}
