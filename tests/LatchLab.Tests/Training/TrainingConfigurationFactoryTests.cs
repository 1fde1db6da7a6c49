using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Tasks;
using LatchLab.Tests.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

public class TrainingConfigurationFactoryTests
{
    public static TheoryData<string, string> Pairs { get; } =
        new(from task in KnownTasks.All
            from learner in KnownLearners.All
            where task is GeneratedTask || learner is not Curriculum
            select (task.Name, learner.Name));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_task_with_every_learner_is_sound_by_default_and_no_two_of_its_settings_share_a_name(
        string task, string learner)
    {
        TrainingConfiguration cell = Read(task, learner);
        string[] names = [.. TrainingConfigurationFactory.GetSettings(cell).Select(setting => setting.Name)];
        Assert.Equal(names.Distinct(), names);
        Assert.Equal((task, learner), (cell.Task.Name, cell.Training.Name));
        Assert.Equal(ConvergenceRuleKind.SignAndCost, cell.ConvergenceRule.Rule);
        Assert.All(TrainingConfigurationFactory.GetSettings(cell),
            setting => Assert.NotEqual("", setting.AllowedValues));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_setting_can_be_given_the_value_it_has(string task, string learner)
    {
        TrainingConfiguration cell = Read(task, learner);
        Assert.Equal(cell,
            Read(task, learner,
                [.. from s in TrainingConfigurationFactory.GetSettings(cell) select (s.Name, s.Value)]));
    }

    [Theory]
    [InlineData("latch", "back-propagation", NetworkKind.Latch, "tanh", 100_000)]
    [InlineData("two-sequence", "pseudo-newton", NetworkKind.FullyConnected, "tanh", 100_000)]
    [InlineData("parity", "discrete-error-propagation", NetworkKind.Parity, "threshold", 100_000)]
    [InlineData("first-inputs", "multigrid-random-search", NetworkKind.FullyConnected, "tanh", 100_000)]
    [InlineData("parity", "simulated-annealing", NetworkKind.Parity, "tanh", 5_000_000)]
    [InlineData("latch", "random-guessing", NetworkKind.Latch, "tanh", 5_000_000)]
    public void Network_units_and_budget_are_those_of_the_task_and_the_learner(
        string task, string learner, NetworkKind network, string unit, int presentations)
    {
        TrainingConfiguration cell = Read(task, learner);
        Assert.Equal(
            (network, unit, presentations), (cell.Network.Network, cell.Network.Unit, cell.Limits.Presentations));
        TrainingConfiguration led = Read(task, "curriculum", ("learner", learner));
        Assert.Equal(cell.Network, led.Network);
        Assert.Equal((presentations, learner), (led.Limits.Presentations, ((Curriculum)led.Training).Learner.Name));
    }

    [Fact]
    public void Settings_of_task_network_learner_rule_and_limits_are_changed_by_name()
    {
        TrainingConfiguration cell = Read(
            "two-sequence", "curriculum", ("learner", "pseudo-newton"), ("length", "50"), ("noise", "0"),
            ("key-length", "5"), ("unit", "tanh,tanh,tanh,tanh,logistic"), ("prior", "w[0,1]:=0; self=1.5"),
            ("first-length", "10"), ("damping", "0.5"), ("fresh-sequences", "50"), ("tolerance", "0.1"));
        var training = (Curriculum)cell.Training;
        Assert.Equal(new TwoSequenceTask { Length = 50, Noise = 0, KeyLength = 5 }, cell.Task);
        Assert.Equal(("tanh,tanh,tanh,tanh,logistic", "w[0,1]:=0; self=1.5"), (cell.Network.Unit, cell.Network.Prior));
        Assert.Equal((10, 0.5), (training.FirstLength, ((PseudoNewton)training.Learner).Damping.Damping));
        Assert.Equal((50, 0.1), (cell.ConvergenceRule.FreshSequences, cell.Limits.Tolerance));
        Assert.Equal("", Read("latch", "back-propagation", ("prior", "")).Network.Prior);
    }

    [Fact]
    public void Names_that_are_not_known_are_told_with_the_nearest_and_with_those_there_are()
    {
        ValidationError[] errors = Mistakes("latsh", "back-propagatoin", ("nois", "0"), ("damping", "0"),
            ("rate", "1"));
        Assert.Equal(["--task", "--learner", "--nois", "--rate", "--damping"], errors.Select(error => error.Location));
        Assert.Equal(
            "'latsh' is not known; there are latch, two-sequence, parity, first-inputs, sequences; did you mean " +
            "\"latch\"?",
            errors[0].Message);
        Assert.EndsWith("; did you mean \"back-propagation\"?", errors[1].Message, StringComparison.Ordinal);
        Assert.StartsWith("is not a setting of any task with any learner; there are ", errors[2].Message,
            StringComparison.Ordinal);
        Assert.EndsWith("; did you mean \"noise\"?", errors[2].Message, StringComparison.Ordinal);
        Assert.Equal("'0' is not allowed: give a number above 0 up to 1000000", errors[4].Message);
    }

    [Fact]
    public void A_setting_of_another_task_or_learner_is_none_of_this_one()
    {
        ValidationError[] errors = Mistakes("latch", "back-propagation", ("key-length", "3"),
            ("learner", "pseudo-newton"));
        Assert.All(errors, error => Assert.StartsWith(
            "is not a setting of the task latch with the learner back-propagation; there are inputs, length, ",
            error.Message, StringComparison.Ordinal));
        Assert.Equal(["--key-length", "--learner"], errors.Select(error => error.Location));
    }

    [Theory]
    [InlineData("--learning-rate", "'0' is not allowed: give a number above 0 up to 1000", "learning-rate=0")]
    [InlineData("--length", "'1' is not allowed: give a whole number from 2 to 100000", "length=1")]
    [InlineData("--presentations", "29 are less than one epoch: give at least the number of sequences, 30",
        "presentations=29")]
    [InlineData("--unit", "back-propagation needs differentiable units, and a threshold is none: give tanh or logistic",
        "unit=threshold")]
    [InlineData("--length", "4 steps leave none after the first 4: give at least 5", "length=4 inputs=4")]
    [InlineData("--prior", "'b1' is no parameter of this network: give w, u1, u0, self or *", "prior=b1=2")]
    public void A_wrong_value_is_told_with_what_is_allowed(string place, string problem, string changes)
    {
        var pairs = changes.Split(' ').Select(change => change.Split('=', 2)).Select(pair => (pair[0], pair[1]));
        Assert.Equal([new ValidationError(place, "", problem)], Mistakes("latch", "back-propagation", [.. pairs]));
    }

    [Fact]
    public void Mistakes_between_settings_are_told_only_of_values_that_are_right_by_themselves()
    {
        const string learner = "discrete-error-propagation";
        Assert.Equal(
            [new ValidationError("--minimum-signal", "", "2 is not below the maximum signal, 1: give a smaller one")],
            Mistakes("parity", learner, ("minimum-signal", "2"), ("maximum-signal", "1")));
        Assert.Equal(
            ["--maximum-signal"],
            Mistakes("parity", learner, ("minimum-signal", "3"), ("maximum-signal", "x")).Select(e => e.Location));
    }

    [Fact]
    public void Discrete_propagation_needs_a_threshold_unit_also_in_a_curriculum()
    {
        Assert.Equal(
            "discrete-error-propagation needs a threshold unit among the units: give threshold, or one name for each "
                + "unit",
            Assert.Single(Mistakes("parity", "discrete-error-propagation", ("unit", "tanh"))).Message);
        Assert.StartsWith(
            "curriculum of discrete-error-propagation needs a threshold unit",
            Assert.Single(Mistakes(
                "parity", "curriculum", ("learner", "discrete-error-propagation"), ("unit", "tanh"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_curriculum_leads_any_learner_but_a_curriculum_and_begins_with_sequences_that_can_be_shown()
    {
        ValidationError error = Assert.Single(
            Mistakes("latch", "curriculum", ("learner", "curriculum"), ("damping", "1")));
        Assert.Equal("--set learner", error.Location);
        Assert.StartsWith(
            "a curriculum cannot lead a curriculum; give back-propagation, pseudo-newton, ",
            error.Message,
            StringComparison.Ordinal);
        Assert.Equal(
            [new ValidationError("--first-length", "", "4 steps leave none after the first 5: give at least 6")],
            Mistakes("latch", "curriculum", ("inputs", "5")));
    }

    [Fact]
    public void Guesses_that_reach_no_value_within_the_bounds_are_a_mistake_before_anything_runs()
        => Assert.Equal(
            [new ValidationError("--guess-range", "", "100 reaches no value of parameter 0, 200 to Infinity")],
            Mistakes("latch", "random-guessing", ("prior", "w>=200")));

    private static TrainingConfiguration Read(string task, string learner, params (string Name, string Value)[] changes)
    {
        var errors = new List<ValidationError>();
        TrainingConfiguration cell = TrainingConfigurationFactory.Create(
            task, learner, changes.ToDictionary(), errors, new SampleDatasets.Source());
        Assert.Empty(errors);
        return cell;
    }

    private static ValidationError[] Mistakes(string task, string learner, params (string Name, string Value)[] changes)
    {
        var errors = new List<ValidationError>();
        TrainingConfigurationFactory.Create(task, learner, changes.ToDictionary(), errors);
        return [.. errors];
    }
}
