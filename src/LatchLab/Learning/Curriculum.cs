using LatchLab.Foundation;
using LatchLab.Networks.Units;

namespace LatchLab.Learning;

/// <summary>
/// A curriculum (Section VI: "if we start by training with short sequences, the system rapidly settles in the correct
/// region"). It trains another learner on short sequences first. Each time these are learned, it continues on longer
/// ones, up to those of the task. The presentations of all lengths count towards the budget.
/// </summary>
public sealed record Curriculum : LearnerDefinition
{
    public override string Name => "curriculum";

    public override string Description => "another learner, first on short sequences, then on longer ones, Section VI";

    /// <summary>Sequence length T of the first training set.</summary>
    [Setting("length T of the first training set of a curriculum", "decision; paper: short", Minimum = 2,
        Maximum = 100_000, Probe = "6")]
    public int FirstLength { get; init; } = 4;

    /// <summary>Ratio of the sequence lengths of two consecutive training sets.</summary>
    [Setting("growth factor of the sequence length in a curriculum", "decision", Minimum = 1,
        IsMinimumExclusive = true, Maximum = 1000, Probe = "1.2")]
    public double Growth { get; init; } = 2.0;

    /// <summary>The learner that the curriculum trains.</summary>
    public LearnerDefinition Learner { get; init; } = new Backpropagation();

    public override LearnerDefinition InnerLearner => Learner;

    public override LearnerDefinition WithInnerLearner(LearnerDefinition learner) => this with { Learner = learner };

    public override double RelativeTime => Learner.RelativeTime;

    public override string DefaultUnit => Learner.DefaultUnit;

    public override bool NeedsLargeBudget => Learner.NeedsLargeBudget;

    public override double Rate => Learner.Rate;

    public override bool IsSearch => Learner.IsSearch;

    public override bool UsesInitialParameters => Learner.UsesInitialParameters;

    public override DiscretePropagation? Propagation => Learner.Propagation;

    public override bool SkipsCorrectSequences => Learner.SkipsCorrectSequences;

    public override bool BenefitsFromUnrolling => Learner.BenefitsFromUnrolling;

    public override bool NeedsCurvature => Learner.NeedsCurvature;

    public override object BatchKey => Learner.BatchKey;

    public override IEnumerable<(string[] RelatedSettings, ValidationError Error)> Validate(int sequences)
        => Learner.Validate(sequences);

    public override UpdatePlan GetUpdatePlan(int sequences) => Learner.GetUpdatePlan(sequences);

    /// <summary>The diagnostic with the number of training sets that were learned before the last.</summary>
    public const string LearnedStages = "stage";

    public override IReadOnlyList<string> DiagnosticNames => [LearnedStages, .. Learner.DiagnosticNames];

    public override IReadOnlyList<double> CompleteDiagnostics(IReadOnlyList<double> values, int stage)
        => [stage, .. Learner.CompleteDiagnostics(values, stage)];

    public override IReadOnlyList<int> StageLengths(int length)
    {
        var lengths = new List<int>();
        for (double next = FirstLength; next < length; next = Math.Max(next * Growth, next + 1.0))
            lengths.Add((int)next);
        return [.. lengths.Distinct(), length];
    }

    public override IEnumerable<(string Setting, string Reason)> FindIdleSettings(int length)
        => StageLengths(length).Count > 1 ? []
            : [("learner.growth", $"the first training set has the length of the task, {length}: give a smaller " +
                "first-length")];

    public override string? UnsupportedReason(string units)
        => Learner.UnsupportedReason(units) is { } reason ? $"of {Learner.Name} {reason}" : null;

    public override Learner<TLane> Create<TLane, TNetwork>(TNetwork network, int bundles, int maxLength)
        => Learner.Create<TLane, TNetwork>(network, bundles, maxLength);

    public override void WriteInitialState(Span<double> state) => Learner.WriteInitialState(state);

    public override Search CreateSearch(TrialStart start) => Learner.CreateSearch(start);
}
