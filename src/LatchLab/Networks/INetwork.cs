using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// A recurrent network: the forward and the backward pass of one time step. The learning algorithm decides how many
/// steps are computed and how the gradient terms are used.
/// </summary>
/// <remarks>
/// The state at time t is a vector x_t: of unit outputs, or of what else a later step reads. A step has m inputs.
/// Beside its state a step may keep a tape, values for its backward pass such as the gates of an LSTM; an adjoint then
/// has memory for the derivatives with respect to activations after those with respect to the state. To add a network:
/// implement these members in a file of its own, describe it by a <see cref="NetworkDefinition"/>, and list that in
/// <see cref="KnownNetworks"/>; file reading, gradients and the contract tests follow from the list. If m is a
/// constant, the machine code has no loop over it.
/// </remarks>
public interface INetwork
{
    /// <summary>
    /// Whether the backward pass reads random numbers (<see cref="Adjoint{TLane}.Uniforms"/>); a constant.
    /// </summary>
    static abstract bool IsStochastic { get; }

    /// <summary>
    /// Whether its steps are short enough to run faster on several vectors of trials at once
    /// (<see cref="Unrolled4{TLane}"/>); a constant. In longer steps the compiler does not inline all calls, which
    /// costs more than unrolling gains.
    /// </summary>
    static virtual bool BenefitsFromUnrolling => false;

    /// <summary>Whether the backward pass computes the curvature for terms that need it; a constant.</summary>
    static virtual bool HasCurvature => true;

    /// <summary>n ≥ 1: values of a state.</summary>
    int StateSize { get; }

    /// <summary>Values that are kept of a step: the state, then the tape.</summary>
    int StepSize { get; }

    /// <summary>
    /// Values of an adjoint: the derivatives with respect to the state, then memory of the backward pass of a step.
    /// </summary>
    int AdjointSize { get; }

    /// <summary>Number of trainable parameters.</summary>
    int Parameters { get; }

    /// <summary>Number of inputs of a step, m ≥ 1.</summary>
    int Inputs { get; }

    /// <summary>How the outputs depend on the state; its parameters are the last ones.</summary>
    Readout Readout { get; }

    /// <summary>Number of trainable inputs at the beginning of a sequence, L ≥ 0; L &gt; 0 only if m = 1.</summary>
    int TrainableInputs { get; }

    /// <summary>x_0, a value of the initial state.</summary>
    /// <param name="index">0 … n − 1.</param>
    double InitialState(int index);

    /// <summary>Index of the parameter that is the input of step i = 1 … L in sequences of a class (1 or 0).</summary>
    int InputParameterIndex(int i, int sequenceClass) => throw new ArgumentOutOfRangeException(nameof(i));

    /// <summary>Computes x_t from x_{t−1}.</summary>
    /// <param name="parameters">The trainable parameters.</param>
    /// <param name="input">u_t, m values.</param>
    /// <param name="before">What was kept of step t − 1: x_{t−1} and its tape.</param>
    /// <param name="after">x_t and the tape of step t, written.</param>
    void Step<TLane>(UncheckedSpan<TLane> parameters, UncheckedSpan<TLane> input, UncheckedSpan<TLane> before,
        UncheckedSpan<TLane> after)
        where TLane : unmanaged, ILane<TLane>;

    /// <summary>
    /// Whether <see cref="SumBackward"/> is implemented and faster than single steps on these lanes; a constant.
    /// </summary>
    static virtual bool HasSumBackward<TLane>()
        where TLane : unmanaged, ILane<TLane>
        => false;

    /// <summary>Whether these steps may have targets; a constant.</summary>
    static virtual bool HasSumBackwardFromOutputs => false;

    /// <summary>
    /// Takes several steps of the backward pass of one bundle for which gradients are only summed, and keeps the sums
    /// in registers: the operations of as many calls of <see cref="StepBackward"/>, in the same order.
    /// </summary>
    /// <param name="steps">The steps.</param>
    void SumBackward<TLane>(in BackwardSteps<TLane> steps)
        where TLane : unmanaged, ILane<TLane>
        => throw new NotSupportedException();

    /// <summary>
    /// The same with trainable inputs, in lanes of which some may not have begun; there the adjoint is zero.
    /// </summary>
    /// <param name="steps">The steps.</param>
    /// <param name="start">Steps before each lane begins.</param>
    /// <param name="t">Time of the first, latest step.</param>
    /// <param name="inputGradients">[t]: receives ∂C/∂u_t.</param>
    void SumBackwardToStarts<TLane>(
        in BackwardSteps<TLane> steps, TLane start, int t, UncheckedSpan<TLane> inputGradients)
        where TLane : unmanaged, ILane<TLane>
        => throw new NotSupportedException();

    /// <summary>
    /// Backpropagates the adjoint from x_t to x_{t−1} and emits the gradient term of time t for each parameter.
    /// </summary>
    /// <param name="parameters">The trainable parameters.</param>
    /// <param name="input">u_t, m values; a network that does not need it does not load it.</param>
    /// <param name="before">What was kept of step t − 1.</param>
    /// <param name="after">What was kept of step t.</param>
    /// <param name="adjoint">The adjoint of x_t; unspecified afterwards.</param>
    /// <param name="previousAdjoint">
    /// The adjoint of x_{t−1}, written; never the same memory as <paramref name="adjoint"/>.
    /// </param>
    /// <param name="terms">Receives the gradient terms of time t.</param>
    /// <returns>
    /// The derivatives with respect to u_t, for a trainable input; unspecified if m &gt; 1, where no input is
    /// trainable.
    /// </returns>
    GradientAndCurvature<TLane> StepBackward<TLane, TTerms>(
        UncheckedSpan<TLane> parameters,
        UncheckedSpan<TLane> input,
        UncheckedSpan<TLane> before,
        UncheckedSpan<TLane> after,
        Adjoint<TLane> adjoint,
        Adjoint<TLane> previousAdjoint,
        UncheckedSpan<TLane> terms)
        where TLane : unmanaged, ILane<TLane>
        where TTerms : struct, IGradientTerms;
}
