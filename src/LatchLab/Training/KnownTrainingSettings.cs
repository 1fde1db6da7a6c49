using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Learning.Optimizers;
using LatchLab.Networks;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// A task or a learner with the settings that only it has or whose defaults it changes; a kind of network with the
/// settings that it uses; or an update rule with its parameters.
/// </summary>
/// <param name="Name">The name of the task, learner, network or rule.</param>
/// <param name="Description">A one-line description.</param>
/// <param name="Settings">The settings, with their defaults.</param>
public sealed record DefinitionSettings(string Name, string Description, IReadOnlyList<Setting> Settings);

/// <summary>
/// All tasks, learners, networks and update rules with their settings. A setting is listed with the tasks if its
/// existence or default depends on the task, and with the learners if it depends on the learner; otherwise it is
/// common.
/// </summary>
public static class KnownTrainingSettings
{
    /// <summary>The tasks.</summary>
    public static IReadOnlyList<DefinitionSettings> Tasks { get; } = CreateEntries(
        KnownTasks.All.Select(
            task => (task.Name, task.Description,
                TrainingConfigurationFactory.CreateDefault(task, KnownLearners.All[0]))));

    /// <summary>The learners.</summary>
    public static IReadOnlyList<DefinitionSettings> Learners { get; } = CreateEntries(KnownLearners.All.Select(
        learner => (learner.Name, learner.Description,
            TrainingConfigurationFactory.CreateDefault(KnownTasks.All[0], learner))));

    /// <summary>The kinds of networks, each with the settings that only some kinds use.</summary>
    public static IReadOnlyList<DefinitionSettings> Networks { get; } = CreateNetworks();

    /// <summary>The update rules of the setting <c>optimizer</c>, with their parameters.</summary>
    public static IReadOnlyList<DefinitionSettings> UpdateRules { get; } =
        [.. KnownUpdateRules.All.Select(rule => new DefinitionSettings(
            rule.Name, rule.Description, Foundation.Settings.GetAll(rule)))];

    /// <summary>Settings that are the same for every task and learner.</summary>
    public static IReadOnlyList<Setting> Common { get; } =
    [
        .. TrainingConfigurationFactory.GetSettings(
            TrainingConfigurationFactory.CreateDefault(KnownTasks.All[0], KnownLearners.All[0]))
            .Where(
                setting => !Tasks[0].Settings.Concat(Learners[0].Settings).Any(
                    entrySetting => entrySetting.Name == setting.Name)),
    ];

    private static DefinitionSettings[] CreateNetworks()
    {
        var designs = KnownNetworkKinds.All.Select(kind => new NetworkDesign { Network = kind.Name })
            .Select(design => (Kind: design.Kind, Settings: Foundation.Settings.GetAll(design, "network"),
                Idle: Foundation.Settings.FindIdle(design))).ToArray();
        HashSet<string> restricted = [.. designs.SelectMany(design => design.Idle.Keys)];
        return
        [
            .. designs.Select(design => new DefinitionSettings(design.Kind.Name, design.Kind.Description,
                [.. design.Settings.Where(setting => restricted.Contains(setting.Name)
                    && !design.Idle.ContainsKey(setting.Name))])),
        ];
    }

    private static DefinitionSettings[] CreateEntries(
        IEnumerable<(string Name, string Meaning, TrainingConfiguration Configuration)> definitions)
    {
        var entries = definitions
            .Select(
                definition => new DefinitionSettings(definition.Name, definition.Meaning,
                    TrainingConfigurationFactory.GetSettings(definition.Configuration))).ToArray();
        var sharedSettings = entries.Select(entry => entry.Settings.Select(setting => (setting.Name, setting.Value)))
            .Aggregate((all, following) => all.Intersect(following)).ToHashSet();
        return
        [
            .. entries.Select(entry => entry with
            {
                Settings = [
                    .. entry.Settings.Where(setting => !sharedSettings.Contains((setting.Name, setting.Value)))],
            }),
        ];
    }
}
