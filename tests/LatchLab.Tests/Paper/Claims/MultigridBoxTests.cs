using LatchLab.Figures;
using LatchLab.Learning;
using LatchLab.Paper.Experiments;
using LatchLab.Paper.Figure4;
using LatchLab.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Paper.Claims;

/// <summary>
/// Claims about multi-grid search depend on its initial box, which the paper does not give, where the box turns the
/// verdict. The outcomes are synthetic: annealing learns in 500 presentations.
/// </summary>
public sealed class MultigridBoxTests
{
    [Theory]
    [InlineData(false, true, Verdict.DependsOnSetting, Verdict.DependsOnSetting)]
    [InlineData(true, true, Verdict.Reproduced, Verdict.NotReproduced)]
    [InlineData(false, false, Verdict.NotReproduced, Verdict.Reproduced)]
    public void A_verdict_that_the_box_turns_depends_on_it(
        bool learnsInBoxOf1, bool learnsInOthers, Verdict isFaster, Verdict failsOnParity)
    {
        Claim[] claims = Evaluate(Resolution.Standard, learnsInBoxOf1, learnsInOthers);
        Assert.Equal(
            [("10-presentations", isFaster), ("10-parity", failsOnParity)],
            claims.Select(claim => (claim.Key, claim.Verdict)));
        Assert.All(
            claims.Where(claim => claim.Verdict == Verdict.DependsOnSetting),
            claim => Assert.Equal("the initial box", claim.Qualifier));
    }

    [Fact]
    public void At_the_quick_size_the_claims_are_not_tested()
        => Assert.All(
            Evaluate(Resolution.Quick, learnsInBoxOf1: true, learnsInOthers: true),
            claim => Assert.Equal(
                (Verdict.NotTested, true),
                (claim.Verdict, claim.Evidence.StartsWith("A test needs T up to 100", StringComparison.Ordinal))));

    private static Claim[] Evaluate(Resolution resolution, bool learnsInBoxOf1, bool learnsInOthers)
    {
        var settings = new ReproductionSettings { Resolution = resolution, Claims = [10] };
        var experiment = new AlgorithmComparison();
        SweepOutcomes[] outcomes =
        [
            .. experiment.Plan(settings).Select(sweep =>
            {
                var filled = new SweepOutcomes(sweep);
                LearnerDefinition learner = ((TrainingConfiguration)sweep.Configurations[0]).Learner;
                Outcome outcome = learner is not MultigridRandomSearch search ? SyntheticOutcomes.Learned(500)
                    : (search.InitialHalfWidth == 1.0 ? learnsInBoxOf1 : learnsInOthers)
                        ? SyntheticOutcomes.Learned(50) : SyntheticOutcomes.Failed();
                for (int i = 0; i < sweep.TrialCount; i++)
                    filled.SetOutcome(i, outcome, new double[sweep.StoredParameters]);
                return filled;
            }),
        ];
        Assert.Contains(outcomes, sweep => ((TrainingConfiguration)sweep.Sweep.Configurations[0]).Task is ParityTask);
        return [.. experiment.Analyze(settings, seed: 1, outcomes).Claims];
    }
}
