using LatchLab.Learning;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>How a network was trained: what a network file records for its readers.</summary>
/// <param name="Task">Name of the task.</param>
/// <param name="Learner">Name of the learner.</param>
/// <param name="Settings">The paths and the values of the settings that differ from the defaults.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Trial">Number of the trial, from 0.</param>
/// <param name="Outcome">Its outcome.</param>
public sealed record TrainingRecord(
    string Task, string Learner, IReadOnlyList<(string Path, string Value)> Settings, ulong Seed, int Trial,
    Outcome Outcome)
{
    /// <summary>The record of the best trial.</summary>
    /// <param name="result">The results of the trials.</param>
    /// <param name="seed">Their seed.</param>
    public static TrainingRecord Create(TrainingResult result, ulong seed)
    {
        TrainingConfiguration configuration = result.Configuration;
        LearnerDefinition learner = configuration.Learner;
        TaskDefinition? task = KnownTasks.All.FirstOrDefault(known => known.Name == configuration.Task.Name);
        LearnerDefinition? defaults = KnownLearners.All.FirstOrDefault(known => known.Name == learner.Name);
        HashSet<(string, string)> usual = task is null || defaults is null ? []
            :
            [
                .. TrainingConfigurationFactory.GetSettings(TrainingConfigurationFactory.CreateDefault(task, defaults))
                    .Select(setting => (setting.Path, setting.Value)),
            ];
        return new(
            configuration.Task.Name,
            learner.Name,
            [
                .. TrainingConfigurationFactory.GetSettings(configuration)
                    .Select(setting => (setting.Path, setting.Value))
                    .Where(setting => !usual.Contains(setting)),
            ],
            seed,
            result.BestTrial,
            result.Outcomes[result.BestTrial]);
    }
}
