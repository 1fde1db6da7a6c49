using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Training;

/// <summary>
/// A complete configuration of a trial: task, network, learner and convergence rule. A trial is a pure function of its
/// configuration, the seed and the trial index.
/// </summary>
public abstract record Configuration
{
    /// <summary>Length T of the longest sequence, in time steps.</summary>
    public abstract int MaxLength { get; }

    /// <summary>Number P of training sequences of a pass.</summary>
    public abstract int TrainingSequences { get; }

    /// <summary>
    /// Whether every pass has new training sequences. A trial then has no training error: no sequence is left to
    /// evaluate that the network was trained on.
    /// </summary>
    public virtual bool HasFreshSequences => false;

    /// <summary>
    /// Presentations after which a trial that has not converged stops. A presentation is one forward pass of one
    /// sequence.
    /// </summary>
    public abstract int Budget { get; }

    /// <summary>
    /// Estimated duration of a trial, in arbitrary units. It weights the progress of a run and orders its batch keys;
    /// it does not affect results.
    /// </summary>
    public virtual double ExpectedWork => MaxLength;

    /// <summary>The convergence rule.</summary>
    [SettingSection("rule")]
    public ConvergenceRule ConvergenceRule { get; init; } = new();

    /// <summary>The word of the random number counter that identifies the configuration.</summary>
    public abstract uint RandomWord { get; }

    /// <summary>The key of a trial batch: trials with equal keys can run in parallel lanes.</summary>
    public abstract object BatchKey { get; }

    /// <summary>Whether every trial ends with a test on test sequences, whatever its stop reason.</summary>
    public virtual bool HasFinalTest => false;

    /// <summary>
    /// Whether the validation sequences take the place of the test sequences, which a search of settings must not see.
    /// </summary>
    public bool TestsOnValidation => ConvergenceRule.FinalTest == FinalTest.Validation;

    /// <summary>Number of test sequences; 0 for no test.</summary>
    public virtual int TestSequences => ConvergenceRule.TestSequences;

    /// <summary>Number of validation sequences; 0 for none.</summary>
    public virtual int ValidationSequences => 0;

    /// <summary>
    /// The root mean square error of a test at a mean cost of 1, in units of the label; NaN if tests do not use this
    /// metric.
    /// </summary>
    public virtual double RootMeanSquareErrorScale => double.NaN;

    /// <summary>The error of guessing on test sequences; NaN if tests count no errors.</summary>
    public virtual double ChanceError => double.NaN;

    /// <summary>The learner.</summary>
    public abstract LearnerDefinition Learner { get; }

    /// <summary>Whether trials run faster when several vectors of lanes are processed together.</summary>
    public virtual bool BenefitsFromUnrolling => Learner.BenefitsFromUnrolling;

    /// <summary>What determines its trials beside its settings and their seed, as names with values.</summary>
    internal virtual IReadOnlyList<(string Name, string Value)> Identity
        => [("learner", Learner.Name), ("inner learner", Learner.InnerLearner?.Name ?? "none")];

    /// <summary>The lengths T of the training sets that a trial learns, in order.</summary>
    public IReadOnlyList<int> StageLengths => Learner.StageLengths(MaxLength);

    /// <summary>
    /// Returns every error of the configuration: values outside their range, settings in conflict, and settings that
    /// have no effect although their value is not the default.
    /// </summary>
    public IEnumerable<ValidationError> Validate() => FindInvalidSettings().Concat(FindIdleSettings());

    /// <summary>Returns the values outside their range and the settings in conflict.</summary>
    internal IEnumerable<ValidationError> FindInvalidSettings()
    {
        List<ValidationError> errors = [.. Settings.ValidateRanges(this)];
        return errors.Concat(FindConflicts([.. errors.Select(error => error.Field)]));
    }

    /// <summary>Returns the settings that have no effect although their value is not the default.</summary>
    internal IEnumerable<ValidationError> FindIdleSettings() => Settings.FindChangedIdle(this, Defaults);

    /// <summary>Returns the conflicts between settings.</summary>
    /// <param name="invalidSettings">Paths of the settings already found invalid; conflicts with them are
    /// omitted.</param>
    public virtual IEnumerable<ValidationError> FindConflicts(IReadOnlyCollection<string> invalidSettings) => [];

    /// <summary>
    /// A configuration whose values count as defaults beside those of the definitions; null for none.
    /// </summary>
    private protected virtual Configuration? Defaults => null;

    /// <summary>Creates the initial state of a trial.</summary>
    public abstract TrialStart CreateTrialStart(ulong seed, int trialIndex);

    /// <summary>How outputs are scored against targets.</summary>
    public abstract Scoring Scoring { get; }

    /// <summary>Creates the network of a trial.</summary>
    /// <param name="parameters">Finite values of the parameters, in the order of the network.</param>
    public abstract NetworkDefinition CreateNetwork(IReadOnlyList<double> parameters);

    /// <summary>Passes the network type to a visitor.</summary>
    internal abstract TResult Accept<TResult>(INetworkVisitor<TResult> visitor);

    /// <summary>Creates the sequences of a trial batch.</summary>
    /// <param name="bundles">Bundles of lanes.</param>
    /// <param name="maxLength">T of the longest trial.</param>
    internal abstract TaskSequences<TLane> CreateSequences<TLane>(int bundles, int maxLength)
        where TLane : unmanaged, IBitLane<TLane>;

    /// <summary>Creates the learner of a trial batch, which holds its networks.</summary>
    /// <param name="maxLength">T of the longest trial.</param>
    /// <param name="maxBundles">Most bundles of lanes that are needed.</param>
    internal abstract Learner<TLane> CreateLearner<TLane>(int maxLength, int maxBundles)
        where TLane : unmanaged, IBitLane<TLane>;

    /// <summary>The FNV-1a hash of the bytes of the values.</summary>
    private protected static uint Hash(params ReadOnlySpan<double> values)
    {
        uint hash = 2166136261;
        foreach (double number in values)
        {
            ulong bits = BitConverter.DoubleToUInt64Bits(number);
            for (int i = 0; i < 8; i++)
                hash = unchecked((hash ^ (byte)(bits >> (8 * i))) * 16777619);
        }

        return hash;
    }
}

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
