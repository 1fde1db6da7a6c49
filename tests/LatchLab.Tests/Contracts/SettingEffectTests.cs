using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Models.Datasets;
using LatchLab.Numerics;
using LatchLab.Sweeps;
using LatchLab.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Contracts;

/// <summary>
/// No setting is ignored: for every task with every learner, the probe of each setting is run. Where the setting is
/// said to have no effect, no trial changes; everywhere else some trial does.
/// </summary>
public sealed class SettingEffectTests
{
    private const int Trials = 5;

    /// <summary>Settings that make short trials depend on the others, on top of the defaults.</summary>
    private static readonly (string Field, string Value)[] Base =
    [
        ("task.length", "8"), ("task.sequences", "6"), ("rule.presentations", "240"), ("rule.test-sequences", "12"),
        ("network.units", "2"), ("network.initial-range", "1"),
        ("learner.cycles", "1"), ("learner.adjustments", "2"),
        ("learner.largest-step", "0.7"), ("learner.first-length", "4"), ("learner.guess-range", "1"),
        ("learner.stuck-tolerance", "1"), ("task.file", ProbeDataset.FileName), ("task.inputs", ProbeDataset.Inputs),
    ];

    /// <summary>For the flip-flop: more units than outputs, and steps of which some trials answer all.</summary>
    private static readonly (string Field, string Value)[] EveryStep =
        [("network.units", "4"), ("rule.tolerance", "1.3"), ("task.length", "6"), ("task.pulse-probability", "0.4")];

    /// <summary>For the minimal task: noise with which some trials answer all sequences, and others do not.</summary>
    private static readonly (string Field, string Value)[] LoudNoise =
        [("task.noise", "1")];

    /// <summary>The presentations of a search, which uses fewer of them to learn.</summary>
    private static readonly (string Field, string Value) SearchBudget = ("rule.presentations", "2400");

    public static TheoryData<string, string, string> Templates
    {
        get
        {
            var all = new TheoryData<string, string, string>();
            foreach (TaskDefinition task in KnownTasks.All)
            {
                foreach (LearnerDefinition learner in KnownLearners.All.Where(learner => learner is not Curriculum
                    && ContractConfigurations.CanTrain(task, learner)))
                    all.Add(task.Name, learner.Name, "");
                if (task.Name != "dataset" && !task.HasTargetsAtEveryStep)
                {
                    all.Add(task.Name, "curriculum", "back-propagation");
                    all.Add(task.Name, "curriculum", "simulated-annealing");
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
        if (task != "latch")
            SlowTests.SkipUnlessRequested();
        var template = ConfigurationTemplate.Get(task, learner, innerLearner);
        using var folder = new ProbeDataset();
        using var source = new DatasetFileSource(folder.Path);
        List<Probe> probes = [.. CreateProbes(template, [task, learner, innerLearner], source)];

        HashSet<string> probed = [.. probes.Select(probe => probe.Path)];

        // A setting that acts in none of the contexts cannot be run at all: the runner refuses it.
        HashSet<string> acting = [.. probes.Where(probe => !probe.IsIdle).Select(probe => probe.Path)];
        probes.RemoveAll(probe => !acting.Contains(probe.Path));
        string[] failures =
        [
            .. FindIgnored(probes.Where(probe => !probe.IsIdle)).Select(path => $"{path} changes no trial"),
            .. FindEffective(probes.Where(probe => probe.IsIdle)).Select(
                probe => $"{probe.Path} is said to have no effect, and has one: {probe.Context}"),
        ];
        Assert.Equal([], failures);

        // Every other setting has no other valid value here (the network of latch, the truncation of flip-flop).
        Assert.Subset(
            new HashSet<string>
            {
                "network.network", "network.biases", "network.input-weights", "network.unit", "task.label-kind",
                "rule.tolerance", "task.training-set", "rule.rule",
                task == "dataset" ? "task.label-per" : "",
                task == "flip-flop" ? "learner.truncation" : "",
            },
            GetProbedSettings(template).Select(setting => setting.Path).Except(probed).ToHashSet());
    }

    /// <summary>
    /// The settings without an effect. A short trial may not depend on a setting in one context, for example on a limit
    /// that it does not reach; then the next one is tried.
    /// </summary>
    private static IEnumerable<string> FindIgnored(IEnumerable<Probe> probes)
    {
        List<Queue<Probe>> remaining =
            [.. probes.GroupBy(probe => probe.Path).Select(contexts => new Queue<Probe>(contexts))];
        while (remaining.Count > 0)
        {
            HashSet<string> effective =
                [.. FindEffective([.. remaining.Select(queue => queue.Peek())]).Select(probe => probe.Path)];
            remaining.RemoveAll(queue => effective.Contains(queue.Peek().Path));
            foreach (Queue<Probe> queue in remaining.ToArray())
            {
                string path = queue.Dequeue().Path;
                if (queue.Count > 0)
                    continue;
                remaining.Remove(queue);
                yield return path;
            }
        }
    }

    /// <summary>The probes that change a trial.</summary>
    private static IEnumerable<Probe> FindEffective(IEnumerable<Probe> probes)
    {
        Probe[] all = [.. probes];
        Dictionary<TrainingConfiguration, string> results =
            Run([.. all.SelectMany(probe => new[] { probe.Plain, probe.Changed }).Distinct()]);
        return all.Where(probe => results[probe.Plain] != results[probe.Changed]);
    }

    /// <summary>
    /// A tolerance with which some trials answer many, but not all sequences of the adding problem correctly. The
    /// outputs of threshold units, ±1, are 1.25 from the middle of the labels.
    /// </summary>
    private static (string Field, string Value) GetWideTolerance(string learner)
        => ("rule.tolerance", learner == "discrete-error-propagation" ? "1.4" : "0.5");

    /// <summary>Whether a learner needs a fixed training set.</summary>
    private static bool IsFixedOnly(string learner)
        => learner == "curriculum" || KnownLearners.All.Single(known => known.Name == learner).IsSearch;

    /// <summary>The settings of a template without those that select it.</summary>
    internal static IEnumerable<Setting> GetProbedSettings(ConfigurationTemplate template)
        => template.Fields.Where(setting => setting.Path is not (ConfigurationSettings.TaskField
            or ConfigurationSettings.LearnerField or ConfigurationSettings.InnerLearnerField));

    /// <summary>Every setting with each of its other values, beside what any setting of the template needs.</summary>
    private static IEnumerable<Probe> CreateProbes(
        ConfigurationTemplate template, string[] names, DatasetFileSource source)
    {
        Dictionary<string, string> selection = new()
        {
            [ConfigurationSettings.TaskField] = names[0],
            [ConfigurationSettings.LearnerField] = names[1],
        };
        if (names[2].Length > 0)
            selection[ConfigurationSettings.InnerLearnerField] = names[2];
        if (IsFixedOnly(names[1]) && template.FindSetting(ConfigurationSettings.TrainingSetField) is not null)
            selection[ConfigurationSettings.TrainingSetField] = "fixed";
        bool isSearch = KnownLearners.All.Single(
            known => known.Name == (names[2].Length > 0 ? names[2] : names[1])).IsSearch;
        foreach (string context in GetProbedSettings(template).Select(setting => setting.ProbeBeside).Append("")
            .Distinct())
        {
            var values = new Dictionary<string, string>(selection);
            foreach ((string path, string value) in Base.Concat(isSearch ? [SearchBudget] : [])
                .Concat(names[0] == "adding" ? [GetWideTolerance(names[1])] : [])
                .Concat(names[0] == "flip-flop" ? EveryStep : [])
                .Concat(names[0] == "minimal" ? LoudNoise : []).Concat(Parse(context)))
            {
                if (template.FindSetting(path) is not null && template.Parse(path, value).Error is null)
                    values[path] = value;
            }

            if (TryCreate(values) is not { } withIdle)
                continue;
            foreach (string idle in Settings.FindIdle(withIdle).Keys)
                values.Remove(idle);
            TrainingConfiguration plain = TryCreate(values)!;
            IReadOnlyDictionary<string, string> idleSettings = Settings.FindIdle(plain);
            foreach (Setting setting in ConfigurationSettings.GetSettings(plain).Where(
                setting => setting.Probe.Length > 0 && !selection.ContainsKey(setting.Path)))
            {
                foreach (string value in GetOtherValues(template, setting))
                {
                    if (TryCreate(new(values) { [setting.Path] = value }) is { } changed && !changed.Equals(plain))
                        yield return new(setting.Path, context, idleSettings.ContainsKey(setting.Path), plain, changed);
                }
            }
        }

        TrainingConfiguration? TryCreate(Dictionary<string, string> values)
        {
            var errors = new List<ValidationError>();
            TrainingConfiguration? configuration = ConfigurationSettings.CreateConfiguration(values, errors, source);
            return errors.Count == 0 ? configuration : null;
        }
    }

    private static IEnumerable<(string Path, string Value)> Parse(string context)
        => context.Split("; ", StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split('='))
            .Select(pair => (pair[0], pair[1]));

    /// <summary>The probe, and every other word where there is a choice.</summary>
    private static IEnumerable<string> GetOtherValues(ConfigurationTemplate template, Setting setting)
        => (setting.Kind == SettingKind.Choice
            ? setting.Choices : [setting.Probe])
            .Where(value => value != setting.Value && template.Parse(setting.Path, value).Error is null);

    /// <summary>The outcomes and final parameters of every trial of each configuration, as one text.</summary>
    private static Dictionary<TrainingConfiguration, string> Run(TrainingConfiguration[] configurations)
    {
        var results = new Dictionary<TrainingConfiguration, string>();
        Sweep[] sweeps = [.. configurations.GroupBy(CountParameters).Select(
            group => new Sweep("probe", [.. group], Trials) { StoredParameters = group.Key })];
        foreach (SweepOutcomes outcomes in TrialRunner.Run(sweeps,
            new RunOptions(Seed: 5, Threads: 1, LaneKind.Widest)))
        {
            foreach ((int i, TrainingConfiguration member) in outcomes.Sweep.Configurations.Index())
            {
                results[member] = string.Join('\n', Enumerable.Range(0, Trials).Select(trial
                    => outcomes.GetOutcomes(i)[trial] + " "
                        + string.Join(' ',
                            outcomes.GetParameters(i, trial).ToArray().Select(BitConverter.DoubleToInt64Bits))
                        + member.UsesRootMeanSquareError));
            }
        }

        return results;
    }

    private static int CountParameters(TrainingConfiguration configuration)
        => configuration.CreateTrialStart(seed: 0, trialIndex: 0).InitialParameters.Count;

    private sealed record Probe(
        string Path, string Context, bool IsIdle, TrainingConfiguration Plain, TrainingConfiguration Changed);
}
