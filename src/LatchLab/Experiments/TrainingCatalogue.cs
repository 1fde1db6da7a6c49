using LatchLab.Learning;
using LatchLab.Tasks;

namespace LatchLab.Experiments;

/// <summary>A task or a learner with the settings that are its own, or have defaults of its own.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">One line.</param>
/// <param name="Settings">The settings, with their defaults.</param>
public sealed record CatalogueEntry(string Name, string Meaning, IReadOnlyList<Setting> Settings);

/// <summary>
/// Everything that can be trained, and all that can be set. A setting stands with a task if its default, or that there
/// is one, depends on the task; with a learner if it depends on the learner; otherwise it is common to all.
/// </summary>
public static class TrainingCatalogue
{
    /// <summary>The tasks.</summary>
    public static IReadOnlyList<CatalogueEntry> Tasks { get; } = Entries(
        KnownTasks.All.Select(task => (task.Name, task.Meaning, ProblemSetup.Of(task, KnownLearners.All[0]))));

    /// <summary>The learners.</summary>
    public static IReadOnlyList<CatalogueEntry> Learners { get; } = Entries(KnownLearners.All.Select(
        learner => (learner.Name, learner.Meaning, ProblemSetup.Of(KnownTasks.All[0], learner))));

    /// <summary>Settings that are the same for every task and learner.</summary>
    public static IReadOnlyList<Setting> Common { get; } =
    [
        .. ProblemSetup.SettingsOf(ProblemSetup.Of(KnownTasks.All[0], KnownLearners.All[0]))
            .Where(setting => !Tasks[0].Settings.Concat(Learners[0].Settings).Any(own => own.Name == setting.Name)),
    ];

    private static CatalogueEntry[] Entries(IEnumerable<(string Name, string Meaning, ProblemCell Cell)> known)
    {
        var entries = known
            .Select(one => new CatalogueEntry(one.Name, one.Meaning, ProblemSetup.SettingsOf(one.Cell))).ToArray();
        var shared = entries.Select(entry => entry.Settings.Select(setting => (setting.Name, setting.Value)))
            .Aggregate((all, next) => all.Intersect(next)).ToHashSet();
        return
        [
            .. entries.Select(entry => entry with
            {
                Settings = [.. entry.Settings.Where(setting => !shared.Contains((setting.Name, setting.Value)))],
            }),
        ];
    }
}
