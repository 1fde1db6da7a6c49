using System.Globalization;
using LatchLab.Foundation;
using LatchLab.Networks.Units;

namespace LatchLab.Learning;

/// <summary>
/// Discrete error propagation (Section V-D, eqs. (7) to (10)): on-line learning in networks with hard threshold units.
/// The units quantise the adjoint in the backward pass and propagate <c>s_i = 1/Δa_i</c> (<see cref="Threshold"/>). A
/// weight then changes as in back-propagation, <c>Δw_ij = η·s_i·x_j</c>, with <c>s_i</c> in place of
/// <c>−∂C/∂a_i</c>. A correct sequence changes no weight.
/// </summary>
public sealed record DiscreteErrorPropagation : LearnerDefinition
{
    public override string Name => "discrete-error-propagation";

    public override string Description => "stochastic back-propagation through threshold units, eqs. (7) to (10)";

    /// <summary>Learning rate η &gt; 0.</summary>
    [Setting(
        "learning rate η of discrete error propagation", "decision", Minimum = 0, IsMinimumExclusive = true,
        Maximum = 1000, Probe = "0.1")]
    public double LearningRate { get; init; } = 0.03;

    /// <summary>The bound of the steps.</summary>
    public StepBoundSettings Steps { get; init; } = new();

    /// <summary>How the threshold units propagate the adjoint.</summary>
    public DiscretePropagation ThresholdUnits { get; init; } = new();

    public override string DefaultUnit => KnownUnits.ThresholdName;

    public override double Rate => LearningRate;

    public override DiscretePropagation Propagation => ThresholdUnits;

    public override object BatchKey => ThresholdUnits;

    public override bool SkipsCorrectSequences => true;

    public override IEnumerable<(string[] RelatedSettings, ValidationError Error)> Validate(int sequences)
    {
        if (ThresholdUnits.MinimumSignal < ThresholdUnits.MaximumSignal)
            yield break;
        yield return (["learner.maximum-signal"], new("", "learner.minimum-signal", string.Create(
            CultureInfo.InvariantCulture,
            $"{ThresholdUnits.MinimumSignal} is not below the maximum signal, {ThresholdUnits.MaximumSignal}: give a " +
            $"smaller one")));
    }

    public override string? UnsupportedReason(string units)
        => KnownUnits.HasThreshold(units)
            ? null
            : "needs at least one threshold unit: give threshold, or one name for each unit";

    public override void WriteInitialState(Span<double> state) => Steps.WriteInitialState(state);

    public override Learner<TLane> Create<TLane, TNetwork>(TNetwork network, int bundles, int maxLength)
        => new GradientLearner<TLane, TNetwork, GradientDescent>(network, bundles, maxLength);
}
