using System.Runtime.CompilerServices;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// n fully connected units: <c>a_t = W·x_{t−1} + V·u_t + b</c>, <c>x_t = f(a_t)</c>, from any x_0. There are m inputs
/// to all units; or V is not a parameter, and the only input is added to the activation of one unit. Without V and b it
/// is the network of the paper (Section V-E).
/// </summary>
/// <remarks>
/// Parameters: [W | V | b], each row by row; V and b only if the network has them. w_ij, from unit j to unit i, is at
/// [i·n + j].
/// </remarks>
/// <typeparam name="TUnits">The kind of the units.</typeparam>
/// <typeparam name="TForm">Whether V or b are parameters.</typeparam>
/// <param name="units">n ≥ 1.</param>
/// <param name="inputs">m ≥ 1; 1 if V is not a parameter.</param>
/// <param name="inputUnit">The unit that receives the input, 0 … n − 1; null if V is a parameter.</param>
/// <param name="outputUnits">The output units: at least one, all distinct, each 0 … n − 1.</param>
/// <param name="hasBiases">Whether b is a parameter; otherwise it is 0.</param>
/// <param name="unitFunctions">The units.</param>
/// <param name="initialState">x_0, n values; null for all 0.</param>
public readonly struct FullyConnected<TUnits, TForm>(
    int units, int inputs, int? inputUnit, int[] outputUnits, bool hasBiases, TUnits unitFunctions,
    double[]? initialState = null) : INetwork
    where TUnits : struct, IUnits
    where TForm : struct, IActivationForm
{
    private const int Absent = -1;

    private readonly int _inputUnitIndex = inputUnit ?? Absent;
    private readonly int _inputWeightsOffset = inputUnit is null ? units * units : Absent;
    private readonly int _biasesOffset = hasBiases ? units * (units + (inputUnit is null ? inputs : 0)) : Absent;

    public static bool IsStochastic => TUnits.IsStochastic;

    public static bool BenefitsFromUnrolling => !TForm.HasInputWeightsOrBiases;

    public int StateSize => units;

    public int StepSize => units;

    public int AdjointSize => units;

    public int Parameters
        => units * (units + (_inputWeightsOffset == Absent ? 0 : inputs) + (_biasesOffset == Absent ? 0 : 1));

    public int Inputs => inputs;

    public int TrainableInputs => 0;

    public Readout Readout => Readout.OfUnits(outputUnits);

    public double InitialState(int index) => initialState is null ? 0.0 : initialState[index];

    private bool HasInputWeights => TForm.HasInputWeightsOrBiases && _inputWeightsOffset != Absent;

    private bool HasBiases => TForm.HasInputWeightsOrBiases && _biasesOffset != Absent;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step<TLane>(UncheckedSpan<TLane> parameters, UncheckedSpan<TLane> input, UncheckedSpan<TLane> before,
        UncheckedSpan<TLane> after)
        where TLane : unmanaged, ILane<TLane>
    {
        for (int i = 0; i < units; i++)
            after[i] = unitFunctions.Forward(i, Activation(parameters, input, before, i));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public GradientAndCurvature<TLane> StepBackward<TLane, TTerms>(
        UncheckedSpan<TLane> parameters,
        UncheckedSpan<TLane> input,
        UncheckedSpan<TLane> before,
        UncheckedSpan<TLane> after,
        Adjoint<TLane> adjoint,
        Adjoint<TLane> previousAdjoint,
        UncheckedSpan<TLane> terms)
        where TLane : unmanaged, ILane<TLane>
        where TTerms : struct, IGradientTerms
    {
        GradientAndCurvature<TLane> inputDerivatives = default;
        for (int i = 0; i < units; i++)
        {
            TLane activation = default, uniform = default, curvature = default;
            if (TUnits.IsStochastic)
            {
                activation = Activation(parameters, input, before, i);
                uniform = adjoint.Uniforms[i];
            }

            TLane gradient = unitFunctions.Backward(i, adjoint.Gradient[i], after[i], activation, uniform);   // ∂C/∂a_i
            if (TTerms.Curvature != CurvatureForm.None)
            {
                curvature = DiagonalHessian.BackwardThroughUnit<TLane, TUnits, TTerms>(
                    unitFunctions, i, after[i], adjoint.Gradient[i], adjoint.Curvature[i]);
                adjoint.Curvature[i] = curvature;
            }

            adjoint.Gradient[i] = gradient;
            if (i == _inputUnitIndex)
                inputDerivatives = new(gradient, curvature);
            if (TForm.HasInputWeightsOrBiases)
            {
                AddTerms<TLane, TTerms>(
                    parameters, input, terms, i, new GradientAndCurvature<TLane>(gradient, curvature),
                    ref inputDerivatives);
            }
        }

        for (nint j = 0; j < units; j++)
            BackwardThroughWeights<TLane, TTerms>(parameters, before, adjoint, previousAdjoint, terms, j);
        return inputDerivatives;
    }

    /// <summary>
    /// Emits the gradient terms of a row of V and of b, and adds the derivatives with respect to the first input.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddTerms<TLane, TTerms>(
        UncheckedSpan<TLane> parameters,
        UncheckedSpan<TLane> input,
        UncheckedSpan<TLane> terms,
        int i,
        GradientAndCurvature<TLane> derivatives,
        ref GradientAndCurvature<TLane> inputDerivatives)
        where TLane : unmanaged, ILane<TLane>
        where TTerms : struct, IGradientTerms
    {
        if (HasBiases)
            TTerms.Add(terms, _biasesOffset + i, derivatives);
        if (!HasInputWeights)
            return;
        for (int k = 0; k < inputs; k++)
            TTerms.AddWeight(terms, _inputWeightsOffset + (i * inputs) + k, derivatives, input[k]);
        TLane v = parameters[_inputWeightsOffset + (i * inputs)];
        inputDerivatives = new(
            TLane.FusedMultiplyAdd(v, derivatives.Gradient, inputDerivatives.Gradient),
            inputDerivatives.Curvature + (v * v * derivatives.Curvature));
    }

    /// <summary>
    /// Computes the adjoint of x_{t−1} of unit j from the adjoints of all activations a_t. The caller loops over the
    /// units j of the previous time step, so that the sums over the units i of this time step stay in registers.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void BackwardThroughWeights<TLane, TTerms>(
        UncheckedSpan<TLane> parameters,
        UncheckedSpan<TLane> before,
        Adjoint<TLane> adjoint,
        Adjoint<TLane> previousAdjoint,
        UncheckedSpan<TLane> terms,
        nint j)
        where TLane : unmanaged, ILane<TLane>
        where TTerms : struct, IGradientTerms
    {
        TLane x = before[j], gradientOfX = TLane.From(-0.0), curvatureOfX = gradientOfX;    // −0 + v is v
        nint n = units;
        for (nint i = 0, ij = j; i < n; i++, ij += n)
        {
            TLane w = parameters[ij], gradient = adjoint.Gradient[i], curvature = default;
            gradientOfX = TLane.FusedMultiplyAdd(w, gradient, gradientOfX);
            if (TTerms.Curvature != CurvatureForm.None)
            {
                curvature = adjoint.Curvature[i];
                curvatureOfX = TLane.FusedMultiplyAdd(w * w, curvature, curvatureOfX);    // Σ_i w_ij²·H_a(t, i)
            }

            TTerms.AddWeight(terms, ij, new GradientAndCurvature<TLane>(gradient, curvature), x);
        }

        previousAdjoint.Gradient[j] = gradientOfX;
        if (TTerms.Curvature != CurvatureForm.None)
            previousAdjoint.Curvature[j] = curvatureOfX;
    }

    /// <summary>
    /// a_i, summed in the order of <see cref="RecurrentMap{TUnits}"/>, so that both give the same bits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLane Activation<TLane>(
        UncheckedSpan<TLane> parameters, UncheckedSpan<TLane> input, UncheckedSpan<TLane> before, int i)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane a = i == _inputUnitIndex ? input[0] : TLane.From(0.0);
        if (HasBiases)
            a = parameters[_biasesOffset + i] + a;
        for (int k = 0; HasInputWeights && k < inputs; k++)
            a = TLane.FusedMultiplyAdd(parameters[_inputWeightsOffset + (i * inputs) + k], input[k], a);
        UncheckedSpan<TLane> w = parameters.Slice(i * units);
        nint n = units;
        for (nint j = 0; j < n; j++)
            a = TLane.FusedMultiplyAdd(w[j], before[j], a);
        return a;
    }
}

/// <summary>
/// Which parameters the activations of <see cref="FullyConnected{TUnits, TForm}"/> have beside W. It is a type, so that
/// the kernel of the paper's network, where most training time is spent, is compiled without the others.
/// </summary>
public interface IActivationForm
{
    /// <summary>Whether V or b may be parameters.</summary>
    static abstract bool HasInputWeightsOrBiases { get; }
}

/// <summary><c>a_t = W·x_{t−1} + e_input·u_t</c>.</summary>
public readonly struct RecurrentWeightsOnly : IActivationForm
{
    public static bool HasInputWeightsOrBiases => false;
}

/// <summary><c>a_t = W·x_{t−1} + V·u_t + b</c>.</summary>
public readonly struct InputWeightsOrBiases : IActivationForm
{
    public static bool HasInputWeightsOrBiases => true;
}
