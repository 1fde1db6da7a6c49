using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Tests.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>The preset of datasets, and the search that chooses the settings that are not given.</summary>
public sealed class SettingsSearchTests
{
    private const ulong Seed = 5;

    private static readonly Dictionary<string, string> Given = new() { ["presentations"] = "400", ["units"] = "8" };

    [Fact]
    public void The_search_is_the_same_on_every_lane_type_and_does_not_depend_on_test_sequences()
    {
        SearchCandidate[] expected = [.. Search(Create(shift: 0.0), LaneKind.Scalar, threads: 1)];
        Assert.Equal(4, expected.Length);
        Assert.Equal([2, 2, 1, 1], expected.Select(candidate => candidate.Rounds.Count));
        Assert.All(expected.SelectMany(candidate => candidate.Rounds),
            round => Assert.True(round.ValidationCost > 0.0));
        foreach (SearchCandidate[] actual in new[]
        {
            Search(Create(shift: 0.0), LaneKind.Widest, threads: 2).ToArray(),
            [.. Search(Create(shift: 7.0), LaneKind.Widest, threads: 2)],
        })
        {
            Assert.Equal(
                expected.Select(candidate => (candidate.Settings[0].Value, candidate.Rounds[^1])),
                actual.Select(candidate => (candidate.Settings[0].Value, candidate.Rounds[^1])));
        }
    }

    [Fact]
    public void A_candidate_has_the_validation_cost_of_its_trials_of_the_complement_of_the_seed()
    {
        SearchCandidate best = Search(Create(shift: 0.0), LaneKind.Widest, threads: 1)[0];
        TrainingResult result = new TrainingRun(
            best.Configuration with { Limits = best.Configuration.Limits with { Presentations = 200 } },
            SettingsSearch.TrialsPerCandidate).Run(
                new(~Seed, Threads: 1, LaneKind.Widest), TestContext.Current.CancellationToken);
        Assert.Equal(200, best.Rounds[^1].Presentations);
        Assert.Equal(
            result.Outcomes.Average(outcome => outcome.ValidationCost), best.Rounds[^1].ValidationCost, 1e-15);
    }

    [Fact]
    public void A_given_setting_is_kept_and_not_searched()
    {
        var given = new Dictionary<string, string>
        {
            ["network"] = "elman",
            ["learner.learning-rate"] = "0.02",
            ["initial-range"] = "0.1",
            ["optimizer"] = "momentum",
            ["rule.rule"] = "sign",
            ["network.units"] = "7",
        };
        TrainingConfiguration configuration = Create(given, SampleDatasets.Classes);
        Assert.Empty(configuration.Validate());
        Dictionary<string, string> settings = TrainingConfigurationFactory.GetSettings(configuration)
            .ToDictionary(setting => setting.Path, setting => setting.Value);
        Assert.Equal(given.Values, given.Keys.Select(
            name => settings.Single(setting => setting.Key == name || setting.Key.EndsWith($".{name}")).Value));
        Assert.Equal(("", 0), (configuration.Network.Initialization, configuration.ValidationSequences));
        Assert.Empty(new SettingsSearch(configuration, given).Candidates);
        given.Remove("network.units");
        Assert.Equal(
            ["8", "16", "32"],
            new SettingsSearch(Create(given, SampleDatasets.Classes), given).Candidates
                .Select(candidate => candidate.Settings.Single().Value));
    }

    [Fact]
    public void Values_have_a_tolerance_of_a_tenth_of_their_range_and_steps_with_labels_are_searched_too()
    {
        Dataset values = SampleDatasets.OfSteps(LabelKind.Values);
        var given = new Dictionary<string, string> { ["label-kind"] = "values", ["label-per"] = "step" };
        TrainingConfiguration configuration = Create(given, values);
        Assert.Empty(configuration.Validate());
        Assert.Equal(
            0.1 * (values.LabelRange.Maximum - values.LabelRange.Minimum), configuration.Limits.Tolerance, 1e-15);
        Assert.True(configuration.UsesRootMeanSquareError);
        Assert.Equal(ConvergenceRuleKind.Validation, configuration.ConvergenceRule.Rule);
        Assert.Equal(12, new SettingsSearch(configuration, given).Candidates.Count);
    }

    [Fact]
    public void Too_few_sequences_for_a_validation_have_no_search_and_end_when_they_are_learned()
    {
        TrainingConfiguration configuration = Create([], SampleDatasets.Of((2, "a"), (2, "b")));
        Assert.Empty(configuration.Validate());
        Assert.Equal(ConvergenceRuleKind.SignAndCost, configuration.ConvergenceRule.Rule);
        Assert.Equal(0, configuration.ValidationSequences);
        Assert.Empty(new SettingsSearch(configuration, new Dictionary<string, string>()).Candidates);
    }

    [Fact]
    public void The_preset_trains_every_kind_of_network_that_reads_datasets()
        => Assert.All(
            ["elman", "lstm", "lstm-projected", "gru", "fully-connected"],
            network => Assert.Empty(
                Create(new() { ["network"] = network }, SampleDatasets.Classes).Validate()));

    private static TrainingConfiguration Create(double shift)
    {
        using var builder = new DatasetBuilder("split", ["x"], ["label"], LabelKind.Classes, hasSplit: true);
        var random = new Random(2);
        for (int sequence = 0; sequence < 40; sequence++)
        {
            bool isTest = sequence % 4 == 0;
            for (int t = 0; t < 3; t++)
                builder.AddStep([random.NextDouble() + (sequence % 2) + (isTest ? shift : 0.0)]);
            builder.EndSequence(sequence % 2 == 0 ? "low" : "high", isTest);
        }

        return Create(Given, builder.Build());
    }

    private static TrainingConfiguration Create(Dictionary<string, string> given, Dataset dataset)
    {
        List<ValidationError> errors = [];
        TrainingConfiguration configuration =
            ModernPreset.Create(new Backpropagation().Name, given, errors, new Source(dataset));
        Assert.Empty(errors);
        return configuration;
    }

    private static IReadOnlyList<SearchCandidate> Search(
        TrainingConfiguration configuration, LaneKind lane, int threads)
        => new SettingsSearch(configuration, Given).Run(
            new(Seed, threads, lane), cancellation: TestContext.Current.CancellationToken);

    private sealed class Source(Dataset dataset) : IDatasetSource
    {
        public Dataset Read(DatasetTask task, ICollection<ValidationError> errors) => dataset;
    }
}
