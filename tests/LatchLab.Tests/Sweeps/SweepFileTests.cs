using CsCheck;
using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Models.Datasets;
using LatchLab.Sweeps;
using LatchLab.Sweeps.Format;
using LatchLab.Tasks;
using LatchLab.Tests.Files;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Sweeps;

public class SweepFileTests
{
    [Fact]
    public void Axes_are_crossed_with_the_last_fastest_and_fields_of_one_axis_change_together()
    {
        SweepPlan plan = SweepFile.Parse(
            """
            trials = 3
            [task]
            name = "latch"
            noise = 0
            [learner]
            name = "pseudo-newton"
            [[axes]]
            task.length = [5, 10]
            learner.damping = [0.5, 1]
            [[axes]]
            learner.learning-rate = { from = 0.01, to = 1, points = 3, scale = "logarithmic" }
            """,
            "folder/my sweep.toml");
        Assert.Equal(("my sweep", 1994UL, 3, 6, 18L),
            (plan.Name, plan.Seed, plan.LoggedTrials, plan.ConfigurationCount, plan.TrialCount));
        var task = new LatchTask { Noise = 0.0 };
        TrainingConfiguration configuration = TrainingConfigurationFactory.CreateDefault(task, new PseudoNewton());
        var damping = ((PseudoNewton)configuration.Learner).Damping;
        Assert.Equal(
            from point in Enumerable.Range(1, 2)
            from rate in (double[])[0.01, 0.1, 1.0]
            select configuration with
            {
                Task = task with { Length = 5 * point },
                Learner = new PseudoNewton { LearningRate = rate, Damping = damping with { Damping = 0.5 * point } },
            },
            plan.Parts[0].Configurations);
        Assert.Equal([false, true], plan.Parts[0].Axes.Select(axis => axis.IsLogarithmic));
        Assert.Equal([1, 2], plan.Layout.Parts[0].GetCoordinates(5));
    }

    [Fact]
    public void A_part_inherits_missing_settings_from_the_top_level()
    {
        SweepPlan plan = SweepFile.Parse(
            """
            name = "parts"
            trials = 10
            seed = 7
            logged-trials = 0
            task.name = "latch"
            learner = { name = "back-propagation", learning-rate = 0.5 }
            [[axes]]
            task.length = [5, 10]
            [[parts]]
            name = "as above"
            [[parts]]
            name = "searches have no rate"
            trials = 2
            learner.name = "random-guessing"
            [[parts]]
            name = "one cell"
            axes = []
            task.length = 7
            [[parts]]
            name = "another axis"
            [[parts.axes]]
            learner.learning-rate = [0.1, 0.2, 0.3]
            """,
            "file.toml");
        Assert.Equal([10, 2, 10, 10], plan.Parts.Select(part => part.TrialsPerConfiguration));
        Assert.Equal([2, 2, 1, 3], plan.Parts.Select(part => part.Configurations.Count));
        Assert.Equal([0.5, 0.0, 0.5, 0.1], plan.Parts.Select(part => part.Configurations[0].Learner.Rate));
        Assert.Equal([5, 5, 7, 20], plan.Parts.Select(part => part.Configurations[0].MaxLength));
        Assert.Equal((0, 7UL, "parts"), (plan.LoggedTrials, plan.Seed, plan.Name));
    }

    [Fact]
    public void Tasks_and_learners_can_vary_and_each_configuration_has_its_own_defaults()
    {
        SweepPlan plan = SweepFile.Parse(
            """
            trials = 1
            [task]
            length = 12
            [learner]
            learning-rate = 0.5
            [[axes]]
            task.name = ["minimal", "parity"]
            learner.name = ["back-propagation", "random-guessing"]
            """,
            "file");
        Assert.Equal(
            [
                TrainingConfigurationFactory.CreateDefault(
                    new MinimalTask { Length = 12 }, new Backpropagation { LearningRate = 0.5 }),
                TrainingConfigurationFactory.CreateDefault(new ParityTask { Length = 12 }, new RandomGuessing()),
            ],
            plan.Parts[0].Configurations);
    }

    [Fact]
    public void A_seed_beyond_the_TOML_integer_range_is_quoted()
    {
        const string rest = "\ntrials = 1\ntask.name = \"latch\"\nlearner.name = \"curriculum\"\n";
        SweepPlan plan = SweepFile.Parse($"seed = \"{ulong.MaxValue}\"{rest}", "file");
        Assert.Equal(ulong.MaxValue, plan.Seed);
        Assert.Contains($"seed = \"{ulong.MaxValue}\"", SweepFile.Serialize(plan), StringComparison.Ordinal);
        Assert.Equal(9UL, SweepFile.Parse($"seed = 9{rest}", "file").Seed);
    }

    [Fact]
    public void A_file_is_read_with_its_name()
    {
        using var file = new TemporaryFile("trials = 1\ntask.name = \"latch\"\nlearner.name = \"curriculum\""u8);
        Assert.Equal("file", SampleSweeps.Read(file.Path).Name);
        File.WriteAllBytes(file.Path, new byte[SweepFile.MaximumBytes + 1]);
        ValidationError error = Assert.Single(
            Assert.Throws<ValidationException>(() => SampleSweeps.Read(file.Path)).Errors);
        Assert.Equal(new(file.Path, "", "is larger than the limit of 1 MiB; is it a sweep file?"), error);
    }

    [Fact]
    public void Datasets_beside_the_sweep_are_read_once_and_their_errors_are_reported_once()
    {
        using var file = new TemporaryFile(
            """
            trials = 1
            [task]
            name = "dataset"
            file = "data.csv"
            [learner]
            name = "back-propagation"
            [[axes]]
            task.delay = [0, 5]
            """u8);
        string data = Path.Combine(file.Folder, "data.csv");
        ValidationError error = Assert.Single(
            Assert.Throws<ValidationException>(() => SampleSweeps.Read(file.Path)).Errors);
        Assert.Equal(data, error.Location);
        File.WriteAllText(data, "sequence,label,x\n1,a,0.5\n2,b,0.1\n3,a,0.2\n4,b,1\n5,a,0.1\n6,b,2\n");
        SweepPlan plan = SampleSweeps.Read(file.Path);
        DatasetTask[] tasks = [
            .. plan.Parts[0].Configurations.Select(
                configuration => (DatasetTask)(configuration).Task)];
        Assert.Equal([0, 5], tasks.Select(task => task.Delay));
        Assert.NotNull(tasks[0].Dataset);
        Assert.Same(tasks[0].Dataset, tasks[1].Dataset);
        using var files = new DatasetFileSource(file.Folder);
        AssertEqual(plan, SweepFile.Parse(SweepFile.Serialize(plan), "file", files), withConfigurations: false);
        File.AppendAllText(data, "7,a,x\n8,b,\n");
        Assert.Equal(
            [$"{data}:8", $"{data}:9"],
            Assert.Throws<ValidationException>(() => SampleSweeps.Read(file.Path)).Errors.Select(one => one.Location));
    }

    [Fact]
    public void A_serialized_plan_reads_back_equal_and_serializes_to_the_same_text()
        => Texts.Sample(
            text =>
            {
                SweepPlan plan = SweepFile.Parse(text, "file");
                string written = SweepFile.Serialize(plan, "a comment", "");
                SweepPlan read = SweepFile.Parse(written, "other");
                AssertEqual(plan, read);
                Assert.Equal(written, SweepFile.Serialize(read, "a comment", ""));
            },
            iter: 100);

    private static readonly string[] Settings =
    [
        "task.noise = 0.25", "task.noise = -0.0", "task.sequences = 12", "network.initial-range = 1e-3",
        "network.prior = \"*<=50\"", "rule.presentations = 1_000", "rule.cost-threshold = 0.1", "rule.rule = \"sign\"",
        "task.target = 1",
    ];

    private static readonly string[] Axes =
    [
        "task.length = [5, 6, 9]", "task.length = { from = 5, to = 80, points = 6, scale = \"logarithmic\" }",
        "rule.tolerance = { from = 0, to = 1, points = 7 }",
        "rule.training-share = [0.1, 0.01, 0.3]\nscale = \"linear\"",
        "rule.test-sequences = [10, 20, 40]\nrule.criterion = [\"squared\", \"absolute\", \"squared\"]",
        "network.unit = [\"tanh\", \"logistic\"]", "task.shortest-share = [0.5, 0.9]\nscale = \"logarithmic\"",
    ];

    private static readonly string[] Names =
    [
        "task.name = \"latch\"\nlearner.name = \"back-propagation\"",
        "task.name = \"parity\"\nlearner = { name = \"curriculum\", learner = \"pseudo-newton\", damping = 2 }",
        "task.name = \"keep\"\ntask.inputs = 2\nlearner.name = \"random-guessing\"",
    ];

    private static readonly Gen<string> Part = Gen.Select(
        Gen.OneOf(Names), Gen.Shuffle(Settings, 0, 4), Gen.Shuffle(Axes, 0, 3), Gen.Int[1, 2],
        (names, settings, axes, trials) => string.Join('\n', [
            $"trials = {trials}",
            names,
            .. settings.DistinctBy(setting => setting.Split(' ')[0]),
            $"axes = [{string.Join(", ", axes.DistinctBy(axis => axis.Split(' ')[0])
                .Select(axis => $"{{ {axis.Replace("\n", ", ", StringComparison.Ordinal)} }}"))}]",
        ]));

    private static readonly Gen<string> Texts = Gen.OneOf(
        Part.Select(part => $"name = \"a \\\"plan\\\" \\\\\"\n{part}"),
        Gen.Select(Part.Array[1, 4], Gen.Bool, (parts, logs) => string.Concat([
            logs ? "seed = 3\nlogged-trials = 5\nreport.quantities = [\"success\", \"error\"]\n" : "",
            .. parts.Select((part, i) => $"[[parts]]\nname = \"part {i}\"\n{part}\n"),
        ]))).Where(HasEffects);

    /// <summary>Whether every setting has an effect; a sweep with another one is invalid.</summary>
    private static bool HasEffects(string text)
    {
        try
        {
            SweepFile.Parse(text, "file");
            return true;
        }
        catch (ValidationException exception)
        {
            return exception.Errors.Any(error => !error.Message.StartsWith("has no effect", StringComparison.Ordinal));
        }
    }

    private static void AssertEqual(SweepPlan plan, SweepPlan other, bool withConfigurations = true)
    {
        Assert.Equal(
            (plan.Name, plan.Seed, plan.LoggedTrials, plan.ReportOptions.X, plan.ReportOptions.Y,
                plan.ReportOptions.Series),
            (other.Name, other.Seed, other.LoggedTrials, other.ReportOptions.X, other.ReportOptions.Y,
                other.ReportOptions.Series));
        Assert.Equal(plan.ReportOptions.Quantities, other.ReportOptions.Quantities);
        Assert.Equal(
            plan.Parts.Select(part => (part.Name, part.TrialsPerConfiguration)),
            other.Parts.Select(part => (part.Name, part.TrialsPerConfiguration)));
        foreach ((SweepPart part, SweepPart same) in plan.Parts.Zip(other.Parts))
        {
            if (withConfigurations)
                Assert.Equal(part.Configurations, same.Configurations);
            Assert.Equal(part.Axes.Select(axis => axis.IsLogarithmic), same.Axes.Select(axis => axis.IsLogarithmic));
            Assert.Equal(part.Axes.Select(axis => axis.Fields), same.Axes.Select(axis => axis.Fields));
            Assert.Equal(part.Axes.Select(axis => axis.Values), same.Axes.Select(axis => axis.Values));
        }
    }
}
