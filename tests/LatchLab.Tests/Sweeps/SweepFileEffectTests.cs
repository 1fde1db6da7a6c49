using LatchLab.Foundation;
using LatchLab.Models.Datasets;
using LatchLab.Numerics;
using LatchLab.Sweeps;
using LatchLab.Sweeps.Format;
using LatchLab.Tests.Files;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Sweeps;

/// <summary>A setting of a sweep file has an effect in some configuration, and is noted where it has none.</summary>
public class SweepFileEffectTests
{
    private const string Parts =
        """
        [[parts]]
        name = "a latch"
        task.name = "latch"
        learner.name = "back-propagation"
        [[parts]]
        name = "five units"
        task.name = "keep"
        learner.name = "pseudo-newton"
        """;

    private const string Fixed = "fixed connections; only fully-connected has a choice";

    [Fact]
    public void A_shared_setting_is_noted_with_each_part_where_it_has_no_effect()
    {
        List<string> notes = Read(
            $"""
            trials = 1
            network.units = 5
            learner.damping = 0.5
            {Parts}
            [[parts]]
            name = "two units"
            task.name = "parity"
            learner.name = "back-propagation"
            """);
        Assert.Equal(
            [
                $"s.toml:2: network.units has no effect in part a latch: the network latch has 1 unit and {Fixed}",
                "s.toml:3: learner.damping has no effect in the parts a latch and two units: "
                    + "its configurations do not have this setting",
                $"s.toml:2: network.units has no effect in part two units: the network parity has 2 units and {Fixed}",
            ],
            notes);
    }

    [Fact]
    public void A_setting_of_the_command_line_is_noted_without_a_line()
        => Assert.Equal(
            ["learner.damping has no effect in part a latch: its configurations do not have this setting"],
            Read($"trials = 1\n{Parts}", ("learner.damping", "0.5")));

    [Theory]
    [InlineData("learner.growth = 2", "9: learner.growth: unknown; the task latch with the learner back-propagation ")]
    [InlineData("rule.cost-threshold = 0.1\nrule.rule = \"sign\"", "6: rule.cost-threshold: has no effect in any part: "
        + "the rule sign has no threshold: give the rule sign-and-cost, too")]
    [InlineData("learner.momentum = 0.5\nlearner.adaptation = \"fixed\"", "9: learner.momentum: has no effect in any "
        + "part: the damping is fixed: give adaptation adaptive, too")]
    public void A_shared_setting_without_effect_in_any_part_is_an_error(string setting, string expected)
    {
        ValidationException exception = Assert.Throws<ValidationException>(
            () => Read($"trials = 1\n{setting}\n{Parts}"));
        Assert.StartsWith(
            $"s.toml:2:{expected}", Assert.Single(exception.Errors).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("latch", "the network latch has 1 unit")]
    [InlineData("parity", "the network parity has 2 units")]
    public void A_setting_on_an_axis_needs_an_effect_in_every_configuration(string task, string reason)
    {
        ValidationException exception = Assert.Throws<ValidationException>(() => Read(
            $"""
            trials = 1
            task.name = "{task}"
            learner.name = "back-propagation"
            axes = [{"{"} network.units = [2, 5, 10] {"}"}]
            """));
        Assert.StartsWith($"s.toml:4:28: network.units: has no effect: {reason} and fixed connections",
            Assert.Single(exception.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_copy_of_a_validated_configuration_is_validated_again()
    {
        SweepPlan plan = SweepFile.Parse(
            "trials = 1\ntask = { name = \"latch\", length = 5 }\nlearner.name = \"back-propagation\"\n"
                + "rule.presentations = 60", "s.toml");
        Assert.Single(Run(plan.Sweeps));
        var configuration = (TrainingConfiguration)plan.Sweeps[0].Configurations[0];
        TrainingConfiguration changed = configuration with { Limits = new() { Presentations = 1 } };
        Assert.Equal("rule.presentations", Assert.Single(Assert.Throws<ValidationException>(
            () => Run([plan.Sweeps[0] with { Configurations = [changed] }])).Errors).Field);
    }

    private static IReadOnlyList<SweepOutcomes> Run(IReadOnlyList<Sweep> sweeps)
        => TrialRunner.Run(sweeps, new RunOptions(Seed: 1, Threads: 1, LaneKind.Scalar),
            cancellation: TestContext.Current.CancellationToken);

    /// <summary>Reads a text as the file s.toml and returns the notes.</summary>
    private static List<string> Read(string text, params (string Path, string Value)[] overrides)
    {
        using var file = new TemporaryFile([]);
        string path = Path.Combine(file.Folder, "s.toml");
        File.WriteAllText(path, text);
        using var datasets = new DatasetFileSource(file.Folder);
        var notes = new List<string>();
        string prefix = file.Folder + Path.DirectorySeparatorChar;
        try
        {
            _ = SweepFile.Read(path, datasets, note => notes.Add(note.Replace(prefix, "")),
                overrides.ToDictionary(setting => setting.Path, setting => setting.Value));
            return notes;
        }
        catch (ValidationException exception)
        {
            throw new ValidationException([.. exception.Errors.Select(
                error => error with { Location = error.Location.Replace(prefix, "") })]);
        }
    }
}
