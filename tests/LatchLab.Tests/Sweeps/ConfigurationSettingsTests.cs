using CsCheck;
using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Sweeps;
using LatchLab.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Sweeps;

public class ConfigurationSettingsTests
{
    /// <summary>Every task with every learner, directly and inside a curriculum.</summary>
    private static readonly TrainingConfiguration[] Configurations =
    [
        .. from task in KnownTasks.All
           from learner in KnownLearners.All.Concat(KnownLearners.All.Where(known => known is not Curriculum)
               .Select(led => new Curriculum { Learner = led }))
           select TrainingConfigurationFactory.CreateDefault(task, learner),
    ];

    [Fact]
    public void Every_setting_of_a_configuration_has_one_field_in_a_known_section()
    {
        foreach (TrainingConfiguration configuration in Configurations)
        {
            Setting[] settings = [.. ConfigurationSettings.GetSettings(configuration)];
            Assert.Equal(settings.DistinctBy(setting => setting.Path), settings);
            Assert.All(settings,
                setting => Assert.Contains(setting.Path.Split('.')[0], ConfigurationSettings.Sections));
            Assert.Subset(
                settings.Select(setting => (setting.Name, setting.Value)).ToHashSet(),
                Settings.GetAll(configuration).Select(setting => (setting.Name, setting.Value)).ToHashSet());
        }
    }

    [Fact]
    public void The_settings_of_any_configuration_read_back_to_an_equal_configuration()
        => Gen.Select(Gen.OneOf(Configurations), Gen.Double[0, 1].Array[200]).Sample(
            (configuration, draws) =>
            {
                var draw = new Queue<double>(draws);
                var changes = Settings.GetAll(configuration).ToDictionary(setting => setting.Name,
                    setting => CreateValue(setting, draw));
                TrainingConfiguration changed = Settings.With(configuration, changes, new List<ValidationError>());
                var values = ConfigurationSettings.GetSettings(changed).ToDictionary(setting => setting.Path,
                    setting => setting.Value);
                return changed.Equals(ConfigurationSettings.CreateConfiguration(values, new List<ValidationError>()))
                    && !changed.Equals(configuration);
            },
            iter: 300);

    [Fact]
    public void A_choice_has_the_same_words_in_every_template_because_configurations_of_a_sweep_share_its_value()
        => Assert.All(
            (from task in ConfigurationTemplate.Tasks
             from learner in ConfigurationTemplate.Learners
             from innerLearner in ConfigurationTemplate.InnerLearners
             from setting in ConfigurationTemplate.Get(task, learner, innerLearner).Fields
             where setting.Kind == SettingKind.Choice
             select (setting.Path, setting.AllowedValues)).Distinct().GroupBy(setting => setting.Path),
            group => Assert.Single(group));

    [Fact]
    public void Each_invalid_field_is_reported_by_name()
    {
        var errors = new List<ValidationError>();
        ConfigurationSettings.CreateConfiguration(
            new Dictionary<string, string>
            {
                ["task.name"] = "parity",
                ["learner.name"] = "curriculum",
                ["learner.learner"] = "back-propagation",
                ["learner.damping"] = "1",
                ["task.noise"] = "-1",
                ["rule.presentations"] = "10",
            },
            errors);
        Assert.Equal(
            [
                new("", "learner.damping", "is not a setting of the task parity with the learner curriculum"),
                new("", "task.noise", "'-1' is not allowed: give a number from 0 to 1000000"),
                new("", "rule.presentations", "10 are less than one epoch: give at least the number of sequences, 30"),
            ],
            errors);
    }

    [Fact]
    public void Without_a_known_task_and_learner_there_is_no_configuration()
    {
        var errors = new List<ValidationError>();
        Assert.Null(
            ConfigurationSettings.CreateConfiguration(new Dictionary<string, string> { ["task.name"] = "latsh" },
                errors));
        Assert.Equal(["task.name", "learner.name"], errors.Select(error => error.Field));
        Assert.EndsWith("; did you mean \"latch\"?", errors[0].Message, StringComparison.Ordinal);
    }

    /// <summary>A random allowed value of the setting, different from its current value where possible.</summary>
    private static string CreateValue(Setting setting, Queue<double> draws)
    {
        if (setting.Kind == SettingKind.Text)
            return setting.Value;
        string[] candidates = setting.Kind switch
        {
            SettingKind.Choice => [.. setting.Choices],
            SettingKind.Integer => ["1", "2", "3", "5", "50"],
            _ => [.. Enumerable.Range(1, 5).Select(
                i => Settings.FormatValue((0.5 + (0.5 * draws.Dequeue())) / (i * i * i)))],
        };
        string[] others = [.. candidates.Where(candidate => candidate != setting.Value)];
        return others[(int)(draws.Dequeue() * 0.999 * others.Length)];
    }
}
