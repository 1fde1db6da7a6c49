using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Models.Datasets;
using LatchLab.Numerics;
using LatchLab.Sweeps;
using LatchLab.Tasks;
using LatchLab.Tests.Architecture;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Contracts;

/// <summary>
/// No setting is ignored: for every task with every learner, each setting is probed with other values. Where it is said
/// to have no effect, no trial changes; everywhere else some trial does.
/// </summary>
public sealed class SettingEffectTests
{
    private const int Trials = 3;

    private static readonly double[] Factors = [0.75, 2.0, 0.01, 40.0];

    /// <summary>Texts have no default from which other values follow.</summary>
    private static readonly Dictionary<string, string[]> TextValues = new()
    {
        ["network.unit"] = ["tanh", "logistic", "threshold"],
        ["network.prior"] = ["*<=0.1"],
        ["task.labels"] = [], // another file: DatasetCommandTests
        ["task.label"] = [],
        ["task.file"] = [],
        ["task.split"] = [],
        ["task.label-range"] = ["-5,5"],
        ["task.inputs"] = ["band1,band2"],
    };

    /// <summary>Settings that make short trials depend on the others, on top of the defaults.</summary>
    private static readonly (string Field, string Value)[] Base =
    [
        ("task.length", "8"), ("task.sequences", "6"), ("rule.presentations", "240"), ("rule.test-sequences", "12"),
        ("network.units", "2"), ("network.initial-range", "1"),
        ("learner.cycles", "1"), ("learner.adjustments", "2"), ("learner.stuck-values", "1"),
        ("learner.largest-step", "0.7"), ("learner.first-length", "4"), ("learner.guess-range", "1"),
        ("learner.stuck-tolerance", "1"),
    ];

    /// <summary>Beside each of these, some settings act that do not act beside the others.</summary>
    private static readonly (string Field, string Value)[][] Contexts =
    [
        [],
        [("rule.rule", "sign"), ("rule.training-share", "0.5")],
        [("rule.rule", "sign-and-cost"), ("rule.cost-threshold", "1"), ("rule.training-share", "0.05")],
        [("rule.rule", "test-sequences"), ("rule.required-test-share", "0.6")],
        [("network.network", "fully-connected")],
        [("learner.adaptation", "adaptive"), ("learner.learning-rate", "3")],
        [("task.noise", "0"), ("rule.training-share", "0.6"), ("learner.adaptation", "adaptive")],
        [("task.label-kind", "values"), ("rule.tolerance", "0.3")],
        [("network.perfect-weight", "2"), ("network.perfect-inputs", "2")],
    ];

    public static TheoryData<string, string, string> Templates
    {
        get
        {
            var all = new TheoryData<string, string, string>
            {
                { ConfigurationTemplate.MinimalTaskName, ConfigurationTemplate.MinimalTaskLearner, "" },
            };
            foreach (string task in KnownTasks.All.Select(task => task.Name))
            {
                foreach (string learner in ConfigurationTemplate.Learners.Where(name => name != "curriculum"))
                    all.Add(task, learner, "");
                if (task is not "dataset")
                {
                    all.Add(task, "curriculum", "back-propagation");
                    all.Add(task, "curriculum", "simulated-annealing");
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Templates))]
    public void A_setting_changes_trials_where_it_has_an_effect_and_nowhere_else(
        string task, string learner, string innerLearner)
    {
        if (task != "latch" && learner != ConfigurationTemplate.MinimalTaskLearner)
            SlowTests.SkipUnlessRequested(); // one task with every learner and every task with one learner are quick
        var template = ConfigurationTemplate.Get(task, learner, innerLearner);
        using var source = new CsvDatasetSource(Path.Combine(Repository.Root, "examples", "data"));
        var probes = new List<(string Field, int Context, bool IsIdle, Configuration Plain, Configuration Changed)>();
        foreach ((int context, (string, string)[] additions) in Contexts.Index())
        {
            Dictionary<string, string> plainValues = new()
            {
                [ConfigurationSettings.TaskField] = task,
                [ConfigurationSettings.LearnerField] = learner,
            };
            if (innerLearner.Length > 0)
                plainValues[ConfigurationSettings.InnerLearnerField] = innerLearner;
            foreach ((string field, string value) in Base.Concat(additions))
            {
                if (template.FindSetting(field) is not null && template.Parse(field, value).Error is null)
                    plainValues[field] = value;
            }

            if (task == "dataset")
                (plainValues["task.file"], plainValues["rule.presentations"]) = ("sonar.csv",
                    IsSearch(learner) ? "40000" : "1600");
            else if (IsSearch(innerLearner.Length > 0 ? innerLearner : learner))
                plainValues["rule.presentations"] = "2400";
            if (TryCreate(plainValues) is not { } plain)
                continue;
            foreach (string idle in Settings.FindIdle(plain).Keys)
                plainValues.Remove(idle);
            plain = TryCreate(plainValues)!;
            foreach (Setting setting in ConfigurationSettings.GetSettings(plain))
            {
                if (setting.Path is ConfigurationSettings.TaskField or ConfigurationSettings.LearnerField
                    or ConfigurationSettings.InnerLearnerField)
                    continue;
                bool isIdle = Settings.FindIdle(plain).ContainsKey(setting.Path);
                foreach (string value in GetOtherValues(template, setting))
                {
                    if (TryCreate(new(plainValues) { [setting.Path] = value }) is { } changed && !changed.Equals(plain))
                        probes.Add((setting.Path, context, isIdle, plain, changed));
                }
            }
        }

        HashSet<string> probed = [.. probes.Select(probe => probe.Field)];

        // A setting that acts in none of the contexts cannot be run at all: the runner refuses it.
        HashSet<string> acting = [.. probes.Where(probe => !probe.IsIdle).Select(probe => probe.Field)];
        _ = probes.RemoveAll(probe => !acting.Contains(probe.Field));
        Configuration[] configurations = [
            .. probes.SelectMany(probe => new[] { probe.Plain, probe.Changed }).Distinct()];
        Dictionary<Configuration, string> results = Run(configurations);
        foreach (var group in probes.GroupBy(probe => (probe.Field, probe.IsIdle)))
        {
            // A short trial may not depend on a setting in one context, for example on a limit that it does not reach.
            var effective = group.Where(probe => results[probe.Plain] != results[probe.Changed]).ToArray();
            Assert.True(
                effective.Length > 0 != group.Key.IsIdle,
                group.Key.IsIdle
                    ? $"{template}, {group.Key.Field} changes trials in context " +
                        $"{effective.FirstOrDefault().Context}, but is " +
                        "said to have no effect"
                    : $"{template}, {group.Key.Field} changes no trial");
        }

        // Every other setting has no other valid value here (the network of the task latch), or is a text.
        IEnumerable<string> unprobed = template.Fields.Select(field => field.Path).Except(probed).Except(
            TextValues.Keys);
        Assert.Subset(
            new HashSet<string>
            {
                ConfigurationSettings.TaskField, ConfigurationSettings.LearnerField,
                ConfigurationSettings.InnerLearnerField, "network.network", "network.biases", "network.input-weights",
                "task.label-kind", "rule.tolerance",
            },
            unprobed.ToHashSet());

        Configuration? TryCreate(Dictionary<string, string> values)
        {
            var errors = new List<ValidationError>();
            Configuration? configuration = ConfigurationSettings.CreateConfiguration(values, errors, source);
            return errors.Count == 0 ? configuration : null;
        }
    }

    private static bool IsSearch(string learner) => KnownLearners.All.Single(known => known.Name == learner).IsSearch;

    private static IEnumerable<string> GetOtherValues(ConfigurationTemplate template, Setting setting)
        => (setting.Kind switch
        {
            SettingKind.Choice => setting.AllowedValues.Split([", ", " or "], StringSplitOptions.None),
            SettingKind.Text => TextValues[setting.Path],
            SettingKind.Integer => [.. Factors.Select(factor => $"{(int)(factor * double.Parse(setting.Value))}"),
                $"{int.Parse(setting.Value) + 1}"],
            _ => [.. Factors.Select(factor => Settings.FormatValue(factor * double.Parse(setting.Value))), "0.1"],
        }).Where(value => value != setting.Value && template.Parse(setting.Path, value).Error is null);

    /// <summary>The outcomes and final parameters of every trial of each configuration, as one text.</summary>
    private static Dictionary<Configuration, string> Run(Configuration[] configurations)
    {
        var results = new Dictionary<Configuration, string>();
        Sweep[] sweeps = [.. configurations.GroupBy(CountParameters).Select(
            group => new Sweep("probe", [.. group], Trials) { StoredParameters = group.Key })];
        foreach (SweepOutcomes outcomes in TrialRunner.Run(sweeps,
            new RunOptions(Seed: 5, Threads: 1, LaneKind.Widest)))
        {
            foreach ((int i, Configuration member) in outcomes.Sweep.Configurations.Index())
            {
                results[member] = string.Join('\n', Enumerable.Range(0, Trials).Select(trial
                    => outcomes.GetOutcomes(i)[trial] + " "
                        + string.Join(' ',
                            outcomes.GetParameters(i, trial).ToArray().Select(BitConverter.DoubleToInt64Bits))
                        + (member is TrainingConfiguration training ? $"{training.UsesRootMeanSquareError}" : "")));
            }
        }

        return results;
    }

    private static int CountParameters(Configuration configuration)
        => configuration.CreateTrialStart(seed: 0, trialIndex: 0).InitialParameters.Count;
}
