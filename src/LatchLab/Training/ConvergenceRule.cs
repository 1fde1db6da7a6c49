using LatchLab.Foundation;

namespace LatchLab.Training;

/// <summary>When a trial has converged. The rule is evaluated at the end of an epoch with frozen parameters.</summary>
public sealed record ConvergenceRule : IConditionalSettings
{
    /// <summary>The kind of rule.</summary>
    [Setting("the rule that decides whether a run has converged", "decision; paper: training convergence",
        Probe = "sign-and-cost")]
    public ConvergenceRuleKind Rule { get; init; } = ConvergenceRuleKind.Sign;

    /// <summary>θ, the threshold of the mean cost; above 0, up to 2.</summary>
    [Setting(
        "mean cost below which the rule sign-and-cost is met",
        "decision",
        Minimum = 0,
        IsMinimumExclusive = true,
        Maximum = 2,
        Probe = "1",
        ProbeBeside = "rule.rule=sign-and-cost; rule.training-share=0.05")]
    public double CostThreshold { get; init; } = 0.05;

    /// <summary>Share of the training sequences that must be correct; above 0, up to 1.</summary>
    [Setting(
        "share of the training sequences that must be correct under the rules sign and sign-and-cost",
        "decision: all; on real data some sequences usually remain incorrect",
        Minimum = 0,
        IsMinimumExclusive = true,
        Maximum = 1, Probe = "0.5", ProbeBeside = "rule.rule=sign; task.noise=2")]
    public double TrainingShare { get; init; } = 1.0;

    /// <summary>Passes without a lower validation cost after which a trial ends; at least 1.</summary>
    [Setting("epochs in a row without a lower mean cost of the validation sequences, after which a run ends with its " +
        "best parameters under the rule validation", "decision", Minimum = 1, Maximum = 1_000_000, Probe = "1",
        ProbeBeside = "rule.rule=validation; task.validation-share=0.4; learner.learning-rate=1")]
    public int Patience { get; init; } = 20;

    /// <summary>Number of test sequences.</summary>
    [Setting("number of newly generated test sequences", "decision", Minimum = 1, Maximum = 1_000_000, Probe = "24",
        ProbeBeside = "rule.rule=test-sequences")]
    public int TestSequences { get; init; } = 200;

    /// <summary>Share of the test sequences that must be correct; above 0, up to 1.</summary>
    [Setting(
        "share of the test sequences that must be correct under the rule test-sequences",
        "decision",
        Minimum = 0,
        IsMinimumExclusive = true,
        Maximum = 1,
        Probe = "0.6",
        ProbeBeside = "rule.rule=test-sequences")]
    public double RequiredTestShare { get; init; } = 0.95;

    /// <summary>Whether every trial ends with an evaluation on its training set and a test.</summary>
    [Setting("whether every run ends with an evaluation on its training set and a test on test sequences, whatever " +
        "its result; validation: the validation sequences take their place", "decision", Probe = "no")]
    public FinalTest FinalTest { get; init; }

    IEnumerable<(string Setting, string Reason)> IConditionalSettings.FindIdleSettings()
    {
        string name = Settings.FormatValue(Rule);
        if (FinalTest == FinalTest.No && Rule is ConvergenceRuleKind.Sign or ConvergenceRuleKind.SignAndCost)
            yield return (nameof(TestSequences), $"there is no test: the rule {name} has none, and final-test is no");
        if (Rule != ConvergenceRuleKind.SignAndCost)
            yield return (nameof(CostThreshold), $"the rule {name} has no threshold: give the rule sign-and-cost, too");
        if (Rule != ConvergenceRuleKind.Validation)
            yield return (nameof(Patience), $"the rule {name} does not use it: give the rule validation, too");
        else
            yield return (nameof(TrainingShare), $"the rule {name} does not use it: give patience instead");
        if (Rule == ConvergenceRuleKind.TestSequences)
            yield return (nameof(TrainingShare), $"the rule {name} does not use it: give required-test-share instead");
        else
            yield return (nameof(RequiredTestShare),
                $"the rule {name} does not use it: give the rule test-sequences, too");
    }

    /// <summary>The largest number of incorrect training sequences that <see cref="TrainingShare"/> permits.</summary>
    /// <param name="sequenceCount">Number P of training sequences.</param>
    public int MaxIncorrect(int sequenceCount)
    {
        // (1 − share)·P can round to either side of an integer; (P − incorrect)/P rounds in the same way as the share.
        int incorrect = (int)((1.0 - TrainingShare) * sequenceCount) + 1;
        while ((double)(sequenceCount - incorrect) / sequenceCount < TrainingShare)
            incorrect--;
        return incorrect;
    }
}

/// <summary>Whether every trial ends with a test.</summary>
public enum FinalTest
{
    /// <summary>It does.</summary>
    Yes,

    /// <summary>It ends when it has converged or stopped.</summary>
    No,

    /// <summary>It does, and the validation sequences take the place of the test sequences.</summary>
    Validation,
}

/// <summary>The convergence rules.</summary>
public enum ConvergenceRuleKind
{
    /// <summary>
    /// A required share of the training sequences is correct; a sequence is correct if its output has the target sign.
    /// </summary>
    Sign,

    /// <summary>The rule <see cref="Sign"/> holds and the mean cost is below a threshold.</summary>
    SignAndCost,

    /// <summary>
    /// A required share of the test sequences is correct. A test begins when the same share of an epoch's outputs is
    /// correct and tests have taken no more presentations than learning.
    /// </summary>
    TestSequences,

    /// <summary>
    /// The mean cost of the validation sequences, evaluated after each epoch, has not fallen below its minimum for
    /// <see cref="ConvergenceRule.Patience"/> epochs. The trial ends with the parameters of the minimum, also when its
    /// budget is exhausted.
    /// </summary>
    Validation,
}
