using LatchLab.Figures;
using LatchLab.Paper;
using LatchLab.Paper.Claims;
using LatchLab.Paper.Experiments;
using LatchLab.Tests.Training;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Paper.Claims;

/// <summary>
/// A run with several seeds tests its claims on all trials together, and shows the verdict of each seed.
/// </summary>
public sealed class PooledSeedTests
{
    private static readonly TrainingConfiguration[] Configurations =
    [
        MinimalConfigurations.Create(),
        MinimalConfigurations.Create(initialWeight: 1.5),
    ];

    [Fact]
    public void Pooled_outcomes_are_those_of_each_seed_one_after_the_other_for_each_configuration()
    {
        SweepOutcomes first = Fill(trials: 2, i => 10 + i), second = Fill(trials: 3, i => 20 + i);
        var pooled = SweepOutcomes.Pool([first, second]);
        Assert.Equal(5, pooled.Sweep.TrialsPerConfiguration);
        Assert.Equal([10, 11, 20, 21, 22], Presentations(pooled, 0));
        Assert.Equal([12, 13, 23, 24, 25], Presentations(pooled, 1));
        for (int configuration = 0; configuration < 2; configuration++)
        {
            for (int trial = 0; trial < 5; trial++)
            {
                Assert.Equal(
                    -pooled.GetOutcomes(configuration)[trial].Presentations,
                    pooled.GetParameters(configuration, trial)[0]);
            }
        }
    }

    [Fact]
    public void Sweeps_with_different_configurations_are_not_pooled()
    {
        var other = new SweepOutcomes(new Sweep("other", [Configurations[0]], 2) { StoredParameters = 1 });
        Assert.Throws<ArgumentException>(() => SweepOutcomes.Pool([Fill(2, i => i), other]));
    }

    [Fact]
    public void A_claim_is_tested_on_the_pooled_trials_and_on_those_of_each_seed()
    {
        // 30 of 30 trials learn with the first seed and none with the second: 30 of 60 are one half.
        var run = new ReproductionRun(new(), [new LearnedShare()], 1, 2);
        SweepOutcomes Outcomes(int plan, bool learned)
        {
            var outcomes = new SweepOutcomes(run.Plans[plan].Sweeps[0]);
            for (int i = 0; i < outcomes.Sweep.TrialCount; i++)
                outcomes.SetOutcome(i, learned ? SyntheticOutcomes.Learned(10) : SyntheticOutcomes.Failed(), []);
            return outcomes;
        }

        ReportPart part = Assert.Single(run.Analyze(
            [[Outcomes(0, true)], [Outcomes(1, false)]], "test", threads: 2,
            cancellation: TestContext.Current.CancellationToken));
        Claim claim = Assert.Single(part.Claims);
        Assert.Equal(Verdict.Undecided, claim.Verdict);
        Assert.Equal([Verdict.Reproduced, Verdict.NotReproduced], claim.VerdictsBySeed);
        Assert.Equal(60, Assert.Single(claim.Parts).Trials);
        Assert.Equal(60, part.Trials);
    }

    private static SweepOutcomes Fill(int trials, Func<int, int> presentations)
    {
        var outcomes = new SweepOutcomes(new Sweep("test", Configurations, trials) { StoredParameters = 1 });
        for (int i = 0; i < outcomes.Sweep.TrialCount; i++)
            outcomes.SetOutcome(i, SyntheticOutcomes.Learned(presentations(i)), [-presentations(i)]);
        return outcomes;
    }

    private static int[] Presentations(SweepOutcomes outcomes, int configuration)
        => [.. outcomes.GetOutcomes(configuration).ToArray().Select(outcome => outcome.Presentations)];

    /// <summary>An experiment with one claim: most trials learn.</summary>
    private sealed class LearnedShare : IExperiment
    {
        private static readonly ClaimRow Row = new(
            "0-test", 0, "Most trials learn.", "a test", "test", Formula.All, "one part",
            new PartRule("trials learned", Statistic.Share, Side.Above, 0.5, 0.05));

        public string Id => "test";

        public string Title => "a test";

        public IReadOnlyList<Sweep> Plan(ReproductionSettings settings) => [new("test", [Configurations[0]], 30)];

        public IEnumerable<string> GetUsedSettings(ReproductionSettings settings) => [];

        public ExperimentResult Analyze(
            ReproductionSettings settings, ulong seed, IReadOnlyList<SweepOutcomes> outcomes)
            => new(
                [],
                [
                    ClaimEvaluator.Evaluate(
                        Row,
                        [
                            new("all", Row.Rules[0],
                                [[.. outcomes[0].GetOutcomes(0).ToArray().Select(one => one.IsConverged ? 1.0 : 0.0)]]),
                        ]),
                ]);
    }
}
