using System.Runtime.CompilerServices;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// Networks that learn on-line from an error signal carried back through time ([22] of the paper): present, carry back,
/// let the rule move the parameters, keep them within their bounds.
/// </summary>
/// <typeparam name="TLane">The numbers; a lane is a trial.</typeparam>
/// <typeparam name="TNetwork">The network.</typeparam>
/// <typeparam name="TRule">What becomes of the contributions.</typeparam>
public sealed class GradientLearner<TLane, TNetwork, TRule> : OnlineLearner<TLane>
    where TLane : unmanaged, IBitLane<TLane>
    where TNetwork : struct, INetwork
    where TRule : struct, ILearningRule
{
    private readonly TNetwork network;
    private readonly Unfolding<TLane, TNetwork> unfolding;
    private readonly LaneParameters<TLane> state;
    private readonly LaneMemory<TLane> memory;      // [t, or 0][bundle][parameter][value]
    private readonly LaneMemory<TLane> changes;     // [parameter]
    private readonly UnitChance<TLane>? chance;

    /// <summary>Memory for that many bundles and steps.</summary>
    public GradientLearner(TNetwork network, int bundles, int longest)
        : base(bundles, network.Parameters, network.Inputs, network.Outputs)
    {
        this.network = network;
        unfolding = new(network, bundles, longest, Parameters.Memory);
        state = new(bundles, TRule.StateValues);
        int times = TRule.KeepsTimes ? longest + 1 : 1;
        memory = new(checked(times * bundles * network.Parameters * TRule.ValuesPerParameter));
        changes = new(network.Parameters);
        chance = TNetwork.PropagatesByChance ? new(bundles, network.Units) : null;
    }

    /// <inheritdoc/>
    public override void Present(in Sequence<TLane> sequence) => unfolding.Forward(sequence);

    /// <inheritdoc/>
    public override TLane Output(int length, int bundle, int output)
        => unfolding.Output(length, bundle, output);

    /// <inheritdoc/>
    public override void Begin(int lane, TrialStart start, LearnerDefinition settings)
    {
        base.Begin(lane, start, settings);
        chance?.Begin(lane, start.Random);
        var values = new double[TRule.StateValues];
        settings.WriteState(values);
        state.Write(lane, values);
    }

    /// <inheritdoc/>
    public override void SetPass(int lane, int pass) => chance?.SetPass(lane, pass);

    /// <inheritdoc/>
    public override double Damping(int lane)
        => TRule.StateValues > 0 ? state[lane, DampedSteps.Damping] : double.NaN;

    /// <inheritdoc/>
    public override void Learn(in Sequence<TLane> sequence, int number, Row<TLane> errors)
    {
        chance?.Fill(sequence, number, unfolding.Uniforms);
        unfolding.Backward<TRule>(sequence, errors, memory.Row(0, memory.Length));
        Update(sequence);
        Bounds.Apply(Parameters);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Update(in Sequence<TLane> sequence)
    {
        int p = network.Parameters, stride = p * TRule.ValuesPerParameter;
        int first = TRule.KeepsTimes ? sequence.EarliestStart + 1 : 0;
        Row<TLane> values = Parameters.Memory.Row(0, Bundles * p), rates = Rates.Memory.Row(0, Bundles * p);
        Row<TLane> states = state.Memory.Row(0, Bundles * TRule.StateValues), left = memory.Row(0, memory.Length);
        for (int b = 0; b < Bundles; b++)
        {
            TRule.Update(new Presented<TLane>
            {
                Parameters = values.From(b * p),
                Rates = rates.From(b * p),
                State = states.From(b * TRule.StateValues),
                Memory = left.From(((first * Bundles) + b) * stride),
                Changes = changes.Row(0, p),
                Count = p,
                Times = TRule.KeepsTimes ? sequence.Length - sequence.EarliestStart : 1,
                Stride = Bundles * stride,
            });
        }
    }
}
