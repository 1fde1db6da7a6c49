using LatchLab.Foundation;
using LatchLab.Sweeps.Tuning;
using LatchLab.Tests.Tasks;
using Xunit;

namespace LatchLab.Tests.Sweeps.Tuning;

public sealed class TuningSpaceTests
{
    [Fact]
    public void More_points_begin_with_the_same_ones_and_another_seed_has_others()
    {
        SettingSpace space = Read("parity", ("length", "5"), ("learning-rate", "0.001..0.1:log"), ("units", "2..30"))
            .Searched;
        var points = space.Draw(seed: 1, count: 40);
        Assert.Equal(points.Take(10), space.Draw(seed: 1, count: 10));
        Assert.Equal(40, points.Select(point => string.Join(' ', point)).Distinct().Count());
        Assert.NotEqual(points, space.Draw(seed: 2, count: 40));
        Assert.All(points, point => Assert.InRange(double.Parse(point[0]), 0.001, 0.1));
    }

    [Theory]
    [InlineData("0.01..1:log", "0.01", "0.1", "0.9999", "1")]   // the middle is the geometric mean
    [InlineData("0.25..0.75", "0.25", "0.5", "0.9999", "0.75")]
    [InlineData("0.5..100", "0.5", "50.25", "0.9999", "99.99")]
    public void A_range_is_uniform_on_its_scale_with_four_digits(
        string range, string first, string middle, string last, string atLast)
    {
        SearchedSetting setting = Read("latch", ("length", "5"), ("learning-rate", range)).Searched.Settings[0];
        Assert.Equal((first, middle), (setting.Draw(0.0), setting.Draw(0.5)));
        Assert.Equal(double.Parse(atLast), double.Parse(setting.Draw(double.Parse(last))), 0.01);
    }

    [Fact]
    public void Every_whole_number_of_a_linear_range_has_the_same_part_of_it()
    {
        SearchedSetting setting = Read("parity", ("length", "5"), ("units", "2..5")).Searched.Settings[0];
        string[] drawn = [.. Enumerable.Range(0, 400).Select(i => setting.Draw((i + 0.5) / 400))];
        Assert.Equal(
            [("2", 100), ("3", 100), ("4", 100), ("5", 100)],
            drawn.CountBy(value => value).Select(value => (value.Key, value.Value)));
    }

    [Fact]
    public void A_space_of_few_points_is_tried_completely()
        => Assert.Equal(
            ["2 a", "2 b", "3 a", "3 b"],
            new SettingSpace([
                Read("parity", ("length", "5"), ("units", "2..3")).Searched.Settings[0],
                new("learner.optimizer", ["a", "b"])]).Draw(1, 20).Select(point => string.Join(' ', point)));

    [Fact]
    public void The_values_of_a_text_are_separated_by_a_bar()
        => Assert.Equal(
            ["clip-norm 1; adam", ""],
            Read("latch", ("length", "5"), ("optimizer", "clip-norm 1; adam|")).Searched.Settings[0].Values);

    [Fact]
    public void A_dataset_is_judged_on_a_share_of_its_own_and_stops_early_unless_the_user_says_otherwise()
    {
        Assert.Equal(
            [("learner.name", "back-propagation"), ("rule.rule", "validation"), ("task.validation-share", "0.25")],
            Fixed("units", "3..5"));
        Assert.Equal(
            [("learner.name", "back-propagation"), ("rule.rule", "sign"), ("task.validation-share", "0.5")],
            Fixed("units", "3..5", ("rule", "sign"), ("validation-share", "0.5")));

        static IEnumerable<(string, string)> Fixed(string name, string text, params (string, string)[] others)
            => Read("dataset", [(name, text), .. others]).FixedSettings.Select(one => (one.Key, one.Value)).Order();
    }

    [Fact]
    public void Every_configuration_is_judged_on_validation_sequences()
    {
        TuningSpace space = Read("dataset", ("learning-rate", "0.01,0.1"), ("units", "4"));
        var errors = new List<ValidationError>();
        var configurations = space.CreateConfigurations(
            space.Searched.Draw(1, 20), errors, new SampleDatasets.Source());
        Assert.Empty(errors);
        Assert.Equal(2, configurations.Count);
        Assert.All(configurations, configuration => Assert.True(configuration.TestsOnValidation));
        Assert.All(configurations, configuration
            => Assert.Equal(configuration.ValidationSequences, configuration.TestSequences));
        Assert.Equal(
            "train --task dataset --learner back-propagation --set units=4 --set validation-share=0.25 " +
            "--set rule=validation --set learning-rate=0.1",
            string.Join(' ', space.CreateTrainArguments(["0.1"], configurations[0])));
    }

    [Theory]
    [InlineData("units", "1..4",
        "network.units: 1 are fewer than the outputs of the task dataset: give at least 3 (in 2 of 4 " +
        "configurations, such as units=1)")]
    [InlineData("unit", "tanh|relu", "network.unit: has no effect: ")]
    public void A_configuration_that_is_invalid_or_a_setting_without_effect_is_reported_once(
        string name, string text, string message)
    {
        TuningSpace space = Read("dataset", (name, text), ("network", name == "unit" ? "gru" : "fully-connected"));
        var errors = new List<ValidationError>();
        space.CreateConfigurations(space.Searched.Draw(1, 20), errors, new SampleDatasets.Source());
        Assert.StartsWith(message, $"{Assert.Single(errors)}", StringComparison.Ordinal);
    }

    private static TuningSpace Read(string task, params (string Name, string Text)[] given)
    {
        var errors = new List<ValidationError>();
        TuningSpace? space = TuningSpace.Read(task, given.ToDictionary(), errors);
        Assert.Empty(errors);
        return space!;
    }
}
