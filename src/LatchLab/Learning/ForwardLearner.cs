using System.Runtime.CompilerServices;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// Networks that learn on-line with real-time recurrent learning (Kuhn 1987, Williams and Zipser 1989, [14] and [23] of
/// the paper): the derivatives of every unit by every parameter are carried forward with the state,
/// <c>p_ik(t) = ∂x_i/∂w_k + Σ_j ∂x_i(t)/∂x_j(t−1)·p_jk(t−1)</c>. The gradient is that of back-propagation through time;
/// nothing of the past is kept, but a step costs n steps back and n²·N products for n units and N parameters.
/// </summary>
/// <typeparam name="TLane">The numbers; a lane is a trial.</typeparam>
/// <typeparam name="TNetwork">The network; its step back from a single unit gives that unit's derivatives.</typeparam>
public sealed class ForwardLearner<TLane, TNetwork> : OnlineLearner<TLane>
    where TLane : unmanaged, IBitLane<TLane>
    where TNetwork : struct, INetwork
{
    private readonly TNetwork network;
    private readonly Unfolding<TLane, TNetwork> unfolding;
    private readonly LaneMemory<TLane> sensitivities;   // p_ik: [t even or odd][bundle][unit][parameter]
    private readonly LaneMemory<TLane> signal;          // [unit]: 1 at one unit
    private readonly LaneMemory<TLane> before;          // [unit]: ∂x_i(t)/∂x_j(t−1) of one unit i
    private readonly LaneMemory<TLane> gradient;        // [parameter]
    private readonly LaneMemory<TLane> uniforms;        // [unit]: mixed units read them, differentiable ones in vain

    /// <summary>Memory for that many bundles; the length of a sequence does not matter.</summary>
    public ForwardLearner(TNetwork network, int bundles)
        : base(bundles, network.Parameters, network.Inputs, network.Outputs)
    {
        this.network = network;
        unfolding = new(network, bundles, longest: 1, Parameters.Memory, keepsStates: false);
        sensitivities = new(2 * bundles * network.Units * network.Parameters);
        signal = new(network.Units);
        before = new(network.Units);
        gradient = new(network.Parameters);
        uniforms = new(TNetwork.PropagatesByChance ? network.Units : 0);
    }

    /// <inheritdoc/>
    public override void Present(in Sequence<TLane> sequence)
    {
        unfolding.Begin(sequence);
        sensitivities.Values.Clear();
        for (int t = sequence.EarliestStart + 1; t <= sequence.Length; t++)
        {
            unfolding.Step(sequence, t);
            for (int b = 0; b < Bundles; b++)
                CarryForward(sequence, t, b);
        }
    }

    /// <inheritdoc/>
    public override TLane Output(int length, int bundle, int output)
        => unfolding.Output(length, bundle, output);

    /// <inheritdoc/>
    public override void Learn(in Sequence<TLane> sequence, int number, Row<TLane> errors)
    {
        for (int b = 0; b < Bundles; b++)
        {
            AddUp(sequence.Length, b, errors.From(b * network.Outputs));
            GradientDescent.Update(new Presented<TLane>
            {
                Parameters = Parameters.Row(b),
                Rates = Rates.Row(b),
                State = default,
                Memory = gradient.Row(0, network.Parameters),
                Changes = default,
                Count = network.Parameters,
                Times = 1,
                Stride = 0,
            });
        }

        Bounds.Apply(Parameters);
    }

    /// <summary>∂C/∂w_k = Σ_i ∂C/∂x_i·p_ik over the outputs i.</summary>
    private void AddUp(int length, int bundle, Row<TLane> errors)
    {
        Span<TLane> sums = gradient.Values;
        for (int output = 0; output < network.Outputs; output++)
        {
            Row<TLane> share = At(length, bundle, network.OutputUnit(output));
            TLane error = errors[output];
            for (int k = 0; k < sums.Length; k++)
                sums[k] = output == 0 ? error * share[k] : TLane.FusedMultiplyAdd(error, share[k], sums[k]);
        }
    }

    /// <summary>p_ik at time t: [parameter].</summary>
    public Row<TLane> At(int t, int bundle, int unit)
        => sensitivities.Row(
            ((((t & 1) * Bundles) + bundle) * network.Units + unit) * network.Parameters, network.Parameters);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CarryForward(in Sequence<TLane> sequence, int t, int bundle)
    {
        int n = network.Units, count = network.Parameters;
        Row<TLane> parameters = Parameters.Row(bundle);
        Row<TLane> inputs = sequence.Inputs.From((((t - 1) * Bundles) + bundle) * network.Inputs);
        Row<TLane> old = unfolding.State(t - 1).From(bundle * n), now = unfolding.State(t).From(bundle * n);
        Row<TLane> ofUnit = before.Row(0, n), ofOutput = signal.Row(0, n);
        for (int i = 0; i < n; i++)
        {
            Row<TLane> sums = At(t, bundle, i);
            for (int k = 0; k < count; k++)
                sums[k] = TLane.From(0.0);
            for (int j = 0; j < n; j++)
                ofOutput[j] = TLane.From(j == i ? 1.0 : 0.0);
            Signal<TLane> one = new(ofOutput, default) { Uniforms = uniforms.Row(0, uniforms.Length) };
            Signal<TLane> earlier = new(ofUnit, default);
            Derivatives<TLane> atInput = network.StepBack<TLane, GradientDescent>(
                parameters, inputs, old, now, one, earlier, sums);
            if (t <= sequence.LatestStart + network.TrainableInputs)
            {
                TrainableInputs.Contribute<TLane, TNetwork, GradientDescent>(
                    network, sequence, t, bundle, atInput, sums);
            }

            for (int j = 0; j < n; j++)
            {
                Row<TLane> past = At(t - 1, bundle, j);
                TLane factor = ofUnit[j];
                for (int k = 0; k < count; k++)
                    sums[k] = TLane.FusedMultiplyAdd(factor, past[k], sums[k]);
            }

            if (t <= sequence.LatestStart)
                Silence(sums, sequence.Start[bundle], t);
        }
    }

    /// <summary>Nothing depends on the parameters before a sequence has begun.</summary>
    private void Silence(Row<TLane> sums, TLane start, int t)
    {
        for (int k = 0; k < network.Parameters; k++)
            sums[k] = TLane.WhereLess(start, TLane.From(t), sums[k], TLane.From(0.0));
    }
}
