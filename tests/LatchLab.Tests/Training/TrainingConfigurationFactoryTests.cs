using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Tasks;
using LatchLab.Tests.Contracts;
using LatchLab.Tests.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

public class TrainingConfigurationFactoryTests
{
    public static TheoryData<string, string> Pairs { get; } =
        new(from task in KnownTasks.All
            from learner in KnownLearners.All
            where !(learner is Curriculum ? task is DatasetTask || task.HasFreshSequences
                : learner.IsSearch && task.HasFreshSequences)
            where ContractConfigurations.CanTrain(task, learner)
            select (task.Name, learner.Name));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_task_with_every_learner_is_valid_by_default_with_unique_setting_names(
        string task, string learner)
    {
        TrainingConfiguration configuration = Read(task, learner);
        string[] names = [.. TrainingConfigurationFactory.GetSettings(configuration).Select(setting => setting.Name)];
        Assert.Equal(names.Distinct(), names);
        Assert.Equal((task, learner), (configuration.Task.Name, configuration.Learner.Name));
        Assert.Equal(
            configuration.HasFreshSequences ? ConvergenceRuleKind.TestSequences
                : configuration.Task.IsLearnedBySignByDefault ? ConvergenceRuleKind.Sign
                : ConvergenceRuleKind.SignAndCost,
            configuration.ConvergenceRule.Rule);
        Assert.All(TrainingConfigurationFactory.GetSettings(configuration),
            setting => Assert.NotEqual("", setting.AllowedValues));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_setting_accepts_its_current_value(string task, string learner)
    {
        TrainingConfiguration configuration = Read(task, learner);
        Assert.Equal(configuration,
            Read(task, learner,
                [.. from s in TrainingConfigurationFactory.GetSettings(configuration) select (s.Name, s.Value)]));
    }

    [Theory]
    [InlineData("latch", "back-propagation", "latch", "tanh", 100_000)]
    [InlineData("two-sequence", "pseudo-newton", "fully-connected", "tanh", 100_000)]
    [InlineData("parity", "discrete-error-propagation", "parity", "threshold", 100_000)]
    [InlineData("keep", "multigrid-random-search", "fully-connected", "tanh", 100_000)]
    [InlineData("parity", "simulated-annealing", "parity", "tanh", 5_000_000)]
    [InlineData("latch", "random-guessing", "latch", "tanh", 5_000_000)]
    public void Network_units_and_budget_follow_from_the_task_and_the_learner(
        string task, string learner, string network, string unit, int presentations)
    {
        TrainingConfiguration configuration = Read(task, learner);
        Assert.Equal(
            (network, unit, presentations),
            (configuration.Network.Network, configuration.Network.Unit, configuration.Limits.Presentations));
        TrainingConfiguration led = Read(task, "curriculum", ("learner", learner));
        Assert.Equal(configuration.Network, led.Network);
        Assert.Equal((presentations, learner), (led.Limits.Presentations, ((Curriculum)led.Learner).Learner.Name));
    }

    [Fact]
    public void Settings_of_task_network_learner_rule_and_limits_are_changed_by_name()
    {
        TrainingConfiguration configuration = Read(
            "two-sequence", "curriculum", ("learner", "pseudo-newton"), ("length", "50"), ("noise", "0"),
            ("key-length", "5"), ("unit", "tanh,tanh,tanh,tanh,logistic"), ("prior", "w[0,1]:=0; self=1.5"),
            ("first-length", "10"), ("damping", "0.5"), ("test-sequences", "50"), ("tolerance", "0.1"));
        var training = (Curriculum)configuration.Learner;
        Assert.Equal(new TwoSequenceTask { Length = 50, Noise = 0, KeyLength = 5 }, configuration.Task);
        Assert.Equal(("tanh,tanh,tanh,tanh,logistic", "w[0,1]:=0; self=1.5"),
            (configuration.Network.Unit, configuration.Network.Prior));
        Assert.Equal((10, 0.5), (training.FirstLength, ((PseudoNewton)training.Learner).Damping.Damping));
        Assert.Equal((50, 0.1), (configuration.ConvergenceRule.TestSequences, configuration.Limits.Tolerance));
        Assert.Equal("", Read("latch", "back-propagation", ("prior", "")).Network.Prior);
    }

    [Fact]
    public void Unknown_names_are_reported_with_the_nearest_and_all_valid_names()
    {
        ValidationError[] errors = ErrorsOf("latsh", "back-propagatoin", ("nois", "0"), ("damping", "0"),
            ("rate", "1"));
        Assert.Equal(["task.name", "learner.name", "nois", "rate", "learner.damping"],
            errors.Select(error => error.Field));
        Assert.Equal(
            "'latsh' is not known; there are latch, two-sequence, parity, minimal, keep, adding, flip-flop, " +
                "dataset; did you mean " +
            "\"latch\"?",
            errors[0].Message);
        Assert.EndsWith("; did you mean \"back-propagation\"?", errors[1].Message, StringComparison.Ordinal);
        Assert.StartsWith("is not a setting of any task with any learner; there are ", errors[2].Message,
            StringComparison.Ordinal);
        Assert.EndsWith("; did you mean \"noise\"?", errors[2].Message, StringComparison.Ordinal);
        Assert.Equal("'0' is not allowed: give a number above 0 up to 1000000", errors[4].Message);
    }

    [Fact]
    public void A_setting_of_another_task_or_learner_is_rejected()
    {
        ValidationError[] errors = ErrorsOf("latch", "back-propagation", ("key-length", "3"),
            ("learner", "pseudo-newton"));
        Assert.All(errors, error => Assert.StartsWith(
            "is not a setting of the task latch with the learner back-propagation; there are inputs, noise, ",
            error.Message, StringComparison.Ordinal));
        Assert.Equal(["task.key-length", "learner.learner"], errors.Select(error => error.Field));
    }

    [Theory]
    [InlineData("learner.learning-rate", "'0' is not allowed: give a number above 0 up to 1000", "learning-rate=0")]
    [InlineData("task.length", "'1' is not allowed: give a whole number from 2 to 100000", "length=1")]
    [InlineData("rule.presentations", "29 are less than one epoch: give at least the number of sequences, 30",
        "presentations=29")]
    [InlineData("network.unit",
        "back-propagation needs differentiable units, not threshold units: give tanh, logistic or relu",
        "unit=threshold")]
    [InlineData("task.length", "4 steps leave none after the first 4: give at least 5", "length=4 inputs=4")]
    [InlineData("network.prior", "'b1' is not a parameter of this network: give w, u1, u0, self or *", "prior=b1=2")]
    public void An_invalid_value_is_reported_with_what_is_allowed(string place, string problem, string changes)
    {
        var pairs = changes.Split(' ').Select(change => change.Split('=', 2)).Select(pair => (pair[0], pair[1]));
        Assert.Equal([new ValidationError("", place, problem)], ErrorsOf("latch", "back-propagation", [.. pairs]));
    }

    [Fact]
    public void Errors_between_settings_are_reported_only_for_values_that_are_valid_by_themselves()
    {
        const string learner = "discrete-error-propagation";
        Assert.Equal(
            [new ValidationError("", "learner.minimum-signal",
                "2 is not below the maximum signal, 1: give a smaller one")],
            ErrorsOf("parity", learner, ("minimum-signal", "2"), ("maximum-signal", "1")));
        Assert.Equal(
            ["learner.maximum-signal"],
            ErrorsOf("parity", learner, ("minimum-signal", "3"), ("maximum-signal", "x")).Select(e => e.Field));
    }

    [Fact]
    public void Discrete_propagation_needs_a_threshold_unit_also_in_a_curriculum()
    {
        Assert.Equal(
            "discrete-error-propagation needs at least one threshold unit: give threshold, or one name for each "
                + "unit",
            Assert.Single(ErrorsOf("parity", "discrete-error-propagation", ("unit", "tanh"))).Message);
        Assert.StartsWith(
            "curriculum of discrete-error-propagation needs at least one threshold unit",
            Assert.Single(ErrorsOf(
                "parity", "curriculum", ("learner", "discrete-error-propagation"), ("unit", "tanh"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_curriculum_accepts_any_learner_except_a_curriculum_and_starts_with_valid_lengths()
    {
        ValidationError error = Assert.Single(
            ErrorsOf("latch", "curriculum", ("learner", "curriculum"), ("damping", "1")));
        Assert.Equal("learner.learner", error.Field);
        Assert.StartsWith(
            "a curriculum cannot train a curriculum; give back-propagation, pseudo-newton, ",
            error.Message,
            StringComparison.Ordinal);
        Assert.Equal(
            [new ValidationError("", "learner.first-length", "4 steps leave none after the first 5: give at least 6")],
            ErrorsOf("latch", "curriculum", ("inputs", "5")));
    }

    [Fact]
    public void A_guess_range_outside_the_bounds_is_an_error_before_anything_runs()
        => Assert.Equal(
            [new ValidationError("", "learner.guess-range", "100 reaches no value of parameter 0, 200 to Infinity")],
            ErrorsOf("latch", "random-guessing", ("prior", "w>=200")));

    private static TrainingConfiguration Read(string task, string learner, params (string Name, string Value)[] changes)
    {
        var errors = new List<ValidationError>();
        TrainingConfiguration configuration = TrainingConfigurationFactory.Create(
            task, learner, changes.ToDictionary(), errors, new SampleDatasets.Source());
        Assert.Empty(errors);
        return configuration;
    }

    private static ValidationError[] ErrorsOf(string task, string learner, params (string Name, string Value)[] changes)
    {
        var errors = new List<ValidationError>();
        TrainingConfigurationFactory.Create(task, learner, changes.ToDictionary(), errors);
        return [.. errors];
    }
}
