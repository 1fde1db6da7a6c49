using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// What all networks that learn from single presentations have: a rate for each parameter, and bounds.
/// </summary>
/// <typeparam name="TLane">The numbers; a lane is a trial.</typeparam>
/// <param name="bundles">Bundles of lanes.</param>
/// <param name="parameters">Parameters of a network.</param>
/// <param name="inputs">m.</param>
/// <param name="outputs">k.</param>
public abstract class OnlineLearner<TLane>(int bundles, int parameters, int inputs, int outputs)
    : Learner<TLane>(bundles, parameters, inputs, outputs)
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly LaneParameters<TLane> given = new(bundles, parameters); // of a pass that learns
    private readonly int count = parameters;

    /// <inheritdoc/>
    public sealed override bool IsOnline => true;

    /// <summary>The rates of the next pass: 0 where a parameter is held or a lane does not learn.</summary>
    protected LaneParameters<TLane> Rates { get; } = new(bundles, parameters);

    /// <summary>The bounds of the parameters.</summary>
    private protected ParameterBounds<TLane> Bounds { get; } = new(bundles, parameters);

    /// <inheritdoc/>
    public override void Begin(int lane, TrialStart start, LearnerDefinition settings)
    {
        base.Begin(lane, start, settings);
        Bounds.Set(lane, start.Space);
        given.Fill(lane, 0.0);
        foreach (int i in start.Space.Free)
            given[lane, i] = settings.Rate;
    }

    /// <inheritdoc/>
    public override void SetLearning(int lane, bool learns)
    {
        for (int i = 0; i < count; i++)
            Rates[lane, i] = learns ? given[lane, i] : 0.0;
    }
}
