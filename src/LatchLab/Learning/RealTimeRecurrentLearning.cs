using System.Runtime.CompilerServices;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// On-line real-time recurrent learning (Kuhn 1987, Williams and Zipser 1989, [14] and [23] of the paper, which calls
/// it forward propagation). The derivatives of every unit with respect to every parameter are propagated forward with
/// the state, <c>p_ik(t) = ∂x_i/∂w_k + Σ_j ∂x_i(t)/∂x_j(t−1)·p_jk(t−1)</c>. The gradient is that of back-propagation
/// through time. No past states are kept, but a step costs n backward steps and n²·N products for n units and N
/// parameters.
/// </summary>
/// <typeparam name="TLane">The lane type; a lane is a trial.</typeparam>
/// <typeparam name="TNetwork">
/// The network; its backward step from a single unit yields the derivatives of that unit.
/// </typeparam>
public sealed class RealTimeRecurrentLearning<TLane, TNetwork> : OnlineLearner<TLane>
    where TLane : unmanaged, IBitLane<TLane>
    where TNetwork : struct, INetwork
{
    private readonly TNetwork _network;
    private readonly BackpropagationThroughTime<TLane, TNetwork> _unrolledNetwork;
    private readonly Readout _readout;
    private readonly LaneMemory<TLane> _sensitivities;  // p_ik: [t even or odd][bundle][state][parameter]
    private readonly LaneMemory<TLane> _unitVector;     // [adjoint]: 1 at one value of the state
    private readonly LaneMemory<TLane> _jacobianRow;    // [adjoint]: ∂x_i(t)/∂x_j(t−1) of one i
    private readonly LaneMemory<TLane> _stateGradient;  // [state]: ∂C/∂x_T
    private readonly LaneMemory<TLane> _curvature;      // [state]: not used
    private readonly LaneMemory<TLane> _gradients;      // [bundle][parameter]
    private readonly UpdateRuleChain<TLane> _chain;
    private readonly LaneMemory<TLane> _uniforms;       // [unit]: mixed units read them; no effect here

    /// <summary>Allocates memory, which does not depend on the sequence length.</summary>
    /// <param name="network">The network.</param>
    /// <param name="bundles">Bundles of lanes.</param>
    /// <param name="plan">The plan of any trial of the batch; null for gradient descent.</param>
    public RealTimeRecurrentLearning(TNetwork network, int bundles, UpdatePlan? plan = null)
        : base(bundles, network.Parameters, network.Readout.Outputs, GradientDescent.StatePerTrial)
    {
        _network = network;
        _unrolledNetwork = new(network, bundles, maxLength: 1, Parameters.Memory, keepAllStates: false);
        _readout = network.Readout;
        _sensitivities = new(2 * bundles * network.StateSize * network.Parameters);
        _unitVector = new(network.AdjointSize);
        _jacobianRow = new(network.AdjointSize);
        _stateGradient = new(network.StateSize);
        _curvature = new(network.StateSize);
        _gradients = new(bundles * network.Parameters);
        _chain = new(bundles, network.Parameters, plan ?? new([]));
        _uniforms = new(TNetwork.IsStochastic ? network.StateSize : 0);
    }

    public override void BeginTrial(int lane, TrialStart start, LearnerDefinition settings)
    {
        base.BeginTrial(lane, start, settings);
        _chain.BeginTrial(lane, settings.GetUpdatePlan(start.Sequences));
    }

    public override void TransferState(int lane, StateTransfer state)
    {
        base.TransferState(lane, state);
        _chain.TransferState(lane, state);
    }

    public override void Present(in SequenceBatch<TLane> sequence)
    {
        _unrolledNetwork.BeginForward(sequence);
        _sensitivities.Values.Clear();
        for (int t = sequence.EarliestStart + 1; t <= sequence.Length; t++)
        {
            _unrolledNetwork.StepForward(sequence, t);
            for (int b = 0; b < Bundles; b++)
                PropagateSensitivities(sequence, t, b);
        }
    }

    public override TLane Output(int length, int bundle, int output)
        => _unrolledNetwork.Output(length, bundle, output);

    public override void Learn(in SequenceBatch<TLane> sequence, int sequenceIndex,
        UncheckedSpan<TLane> outputGradients)
    {
        for (int b = 0; b < Bundles; b++)
            AccumulateGradient(sequence.Length, b, outputGradients.Slice(b * _readout.Outputs));
        _chain.Update(Parameters, LearningRates, RuleState, _gradients.Slice(0, _gradients.Length));
        Bounds.Clamp(Parameters);
    }

    /// <summary>∂C/∂w_k = Σ_i ∂C/∂x_i·p_ik over the values i that are read, and the terms of the readout.</summary>
    private void AccumulateGradient(int length, int bundle, UncheckedSpan<TLane> outputGradients)
    {
        Span<TLane> sums = _gradients.Values.Slice(bundle * _network.Parameters, _network.Parameters);
        UncheckedSpan<TLane> parameters = Parameters.GetBundle(bundle),
            state = _unrolledNetwork.State(length).Slice(bundle * _network.StepSize);
        _stateGradient.Values.Clear();
        for (int output = 0; output < _readout.Outputs; output++)
        {
            _readout.AddToAdjoint(
                parameters, state, output, outputGradients[output],
                new(_stateGradient.Slice(0, _stateGradient.Length), _curvature.Slice(0, _curvature.Length)));
        }

        sums.Clear();
        foreach (int i in _readout.StateValues)
        {
            UncheckedSpan<TLane> sensitivity = SensitivitiesOf(length, bundle, i);
            TLane stateGradient = _stateGradient.Values[i];
            for (int k = 0; k < sums.Length; k++)
                sums[k] = TLane.FusedMultiplyAdd(stateGradient, sensitivity[k], sums[k]);
        }

        for (int output = 0; _readout.Parameters > 0 && output < _readout.Outputs; output++)
        {
            _readout.AddTerms<TLane, GradientDescent>(
                parameters, state, output, outputGradients[output],
                _gradients.Slice(bundle * _network.Parameters, _network.Parameters));
        }
    }

    /// <summary>p_ik at time t of a value of the state: [parameter].</summary>
    private UncheckedSpan<TLane> SensitivitiesOf(int t, int bundle, int index)
        => _sensitivities.Slice(
            ((((t & 1) * Bundles) + bundle) * _network.StateSize + index) * _network.Parameters, _network.Parameters);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PropagateSensitivities(in SequenceBatch<TLane> sequence, int t, int bundle)
    {
        int n = _network.StateSize, stepSize = _network.StepSize, count = _network.Parameters;
        UncheckedSpan<TLane> parameters = Parameters.GetBundle(bundle);
        UncheckedSpan<TLane> inputs = sequence.Inputs.Slice((((t - 1) * Bundles) + bundle) * _network.Inputs);
        UncheckedSpan<TLane> previousState = _unrolledNetwork.State(t - 1).Slice(bundle * stepSize),
            state = _unrolledNetwork.State(t).Slice(bundle * stepSize);
        UncheckedSpan<TLane> stateJacobian = _jacobianRow.Slice(0, _jacobianRow.Length),
            seed = _unitVector.Slice(0, _unitVector.Length);
        for (int i = 0; i < n; i++)
        {
            UncheckedSpan<TLane> sensitivity = SensitivitiesOf(t, bundle, i);
            for (int k = 0; k < count; k++)
                sensitivity[k] = TLane.From(0.0);
            for (int j = 0; j < n; j++)
                seed[j] = TLane.From(j == i ? 1.0 : 0.0);
            Adjoint<TLane> adjoint = new(seed, default) { Uniforms = _uniforms.Slice(0, _uniforms.Length) };
            Adjoint<TLane> previousAdjoint = new(stateJacobian, default);
            GradientAndCurvature<TLane> inputDerivatives = _network.StepBackward<TLane, GradientDescent>(
                parameters, inputs, previousState, state, adjoint, previousAdjoint, sensitivity);
            if (t <= sequence.LatestStart + _network.TrainableInputs)
            {
                TrainableInputs.AddGradientTerms<TLane, TNetwork, GradientDescent>(
                    _network, sequence, t, bundle, inputDerivatives, sensitivity);
            }

            for (int j = 0; j < n; j++)
            {
                UncheckedSpan<TLane> previousSensitivity = SensitivitiesOf(t - 1, bundle, j);
                TLane factor = stateJacobian[j];
                for (int k = 0; k < count; k++)
                    sensitivity[k] = TLane.FusedMultiplyAdd(factor, previousSensitivity[k], sensitivity[k]);
            }

            if (t <= sequence.LatestStart)
                MaskBeforeStart(sensitivity, sequence.StartOffset[bundle], t);
        }
    }

    /// <summary>Sets the sensitivities to zero in the lanes whose sequence has not begun at time t.</summary>
    private void MaskBeforeStart(UncheckedSpan<TLane> sensitivity, TLane start, int t)
    {
        for (int k = 0; k < _network.Parameters; k++)
            sensitivity[k] = TLane.WhereLess(start, TLane.From(t), sensitivity[k], TLane.From(0.0));
    }
}
