using System.Globalization;
using LatchLab.Foundation;
using LatchLab.Networks.Units;

namespace LatchLab.Learning;

/// <summary>
/// Discrete error propagation (Section V-D, eqs. (7) to (10)): networks with hard threshold units, on-line. The units
/// themselves quantise the signal on its way back (<see cref="Threshold"/>); with it, a weight changes as in
/// back-propagation, <c>Δw_ij = η·s_i·x_j</c>, and not at all where the sequence was right.
/// </summary>
public sealed record DiscreteErrorPropagation : LearnerDefinition
{
    /// <inheritdoc/>
    public override string Name => "discrete-error-propagation";

    /// <inheritdoc/>
    public override string Description => "error signals sent back through threshold units by chance, eqs. (7) to (10)";

    /// <summary>η.</summary>
    [Setting(
        "learning rate η of discrete error propagation", "decision", Minimum = 0, IsMinimumExclusive = true,
        Maximum = 1000)]
    public double LearningRate { get; init; } = 0.03;

    /// <summary>How the threshold units propagate.</summary>
    public DiscretePropagation ThresholdUnits { get; init; } = new();

    /// <inheritdoc/>
    public override string DefaultUnit => KnownUnits.ThresholdName;

    /// <inheritdoc/>
    public override double Rate => LearningRate;

    /// <inheritdoc/>
    public override DiscretePropagation Propagation => ThresholdUnits;

    /// <inheritdoc/>
    public override object BatchKey => ThresholdUnits;

    /// <inheritdoc/>
    public override bool SkipsCorrectSequences => true;

    /// <inheritdoc/>
    public override ValidationError? ValidationError
        => ThresholdUnits.MinimumSignal < ThresholdUnits.MaximumSignal
            ? null
            : new("--minimum-signal", "", string.Create(
                CultureInfo.InvariantCulture,
                $"{ThresholdUnits.MinimumSignal} is not below the maximum signal, {ThresholdUnits.MaximumSignal}: " +
                    $"give a smaller one"));

    /// <inheritdoc/>
    public override string? UnsupportedReason(string units)
        => KnownUnits.HasThreshold(units)
            ? null
            : "needs a threshold unit among the units: give threshold, or one name for each unit";

    /// <inheritdoc/>
    public override Learner<TLane> Create<TLane, TNetwork>(TNetwork network, int bundles, int maxLength)
        => new GradientLearner<TLane, TNetwork, GradientDescent>(network, bundles, maxLength);
}
