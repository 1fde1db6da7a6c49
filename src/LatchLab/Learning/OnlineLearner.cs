using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// The common part of on-line learners: a learning rate and bounds for each parameter, and the state of the rule.
/// </summary>
/// <param name="bundles">Bundles of lanes.</param>
/// <param name="parameters">Parameters of a network.</param>
/// <param name="outputs">Number k of outputs.</param>
/// <param name="statePerTrial">State values of the update rule for a trial.</param>
public abstract class OnlineLearner<TLane>(int bundles, int parameters, int outputs, int statePerTrial)
    : Learner<TLane>(bundles, parameters, outputs)
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly LaneParameters<TLane> _configuredRates = new(bundles, parameters); // while a lane learns
    private readonly int _parameterCount = parameters;

    public sealed override bool IsOnline => true;

    /// <summary>The learning rates of the next pass: 0 where a parameter is frozen or a lane does not learn.</summary>
    protected LaneParameters<TLane> LearningRates { get; } = new(bundles, parameters);

    /// <summary>The state of the update rule.</summary>
    protected LaneParameters<TLane> RuleState { get; } = new(bundles, statePerTrial);

    private protected ParameterBounds<TLane> Bounds { get; } = new(bundles, parameters);

    public override void BeginTrial(int lane, TrialStart start, LearnerDefinition settings)
    {
        base.BeginTrial(lane, start, settings);
        Bounds.Set(lane, start.Space);
        _configuredRates.Fill(lane, 0.0);
        foreach (int i in start.Space.TrainableParameters)
            _configuredRates[lane, i] = settings.Rate;
        var values = new double[statePerTrial];
        settings.WriteInitialState(values);
        RuleState.SetLane(lane, values);
    }

    public override void TransferState(int lane, StateTransfer state)
    {
        base.TransferState(lane, state);
        RuleState.TransferState(lane, state);
    }

    public override void SetLearning(int lane, bool isLearning)
    {
        for (int i = 0; i < _parameterCount; i++)
            LearningRates[lane, i] = isLearning ? _configuredRates[lane, i] : 0.0;
    }
}
