using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// A recurrent network: one step forward, one step back. What a learning algorithm does with the steps is not its
/// business, nor how long a sequence is.
/// </summary>
/// <remarks>
/// The state at time t is the vector of unit outputs x_t; a step has m inputs, and k of the units are read. To add one:
/// implement these members in a file of its own, describe it by a <see cref="NetworkDefinition"/>, and list that in
/// <see cref="KnownNetworks"/>; reading, gradients and the contract tests follow from the list. Where m or k is a
/// constant, the machine code has no loop over it.
/// </remarks>
public interface INetwork
{
    /// <summary>
    /// Whether the step back reads random numbers (<see cref="Adjoint{TLane}.Uniforms"/>); a constant.
    /// </summary>
    static abstract bool IsStochastic { get; }

    /// <summary>
    /// Whether its steps are so short that a processor is best kept busy by several vectors of trials taken together
    /// (<see cref="Unrolled4{TLane}"/>). In longer ones the compiler leaves calls, which cost more; a constant.
    /// </summary>
    static virtual bool BenefitsFromUnrolling => false;

    /// <summary>
    /// Whether it is a single unit of activation w·x_{t−1} + u_t, w its first parameter; a constant.
    /// </summary>
    static virtual bool IsLatch => false;

    /// <summary>Number of unit outputs in a state, n ≥ 1.</summary>
    int Units { get; }

    /// <summary>Number of trainable parameters.</summary>
    int Parameters { get; }

    /// <summary>Number of inputs of a step, m ≥ 1.</summary>
    int Inputs { get; }

    /// <summary>Number of outputs, k ≥ 1.</summary>
    int Outputs { get; }

    /// <summary>
    /// Number of inputs at the beginning of a sequence that are parameters, L ≥ 0; more than none only where m = 1.
    /// </summary>
    int TrainableInputs { get; }

    /// <summary>The unit whose last value is an output, 0 … n − 1; no two outputs are one unit.</summary>
    /// <param name="output">0 … k − 1.</param>
    int OutputUnit(int output);

    /// <summary>x_0 of a unit.</summary>
    double InitialState(int unit);

    /// <summary>Index of the parameter that is the input of step i = 1 … L in sequences of a class (1 or 0).</summary>
    int InputParameterIndex(int i, int sequenceClass);

    /// <summary>Computes x_t from x_{t−1}.</summary>
    /// <param name="parameters">The trainable parameters.</param>
    /// <param name="input">u_t, m values.</param>
    /// <param name="before">x_{t−1}, n values.</param>
    /// <param name="after">x_t, n values, written.</param>
    void Step<TLane>(UncheckedSpan<TLane> parameters, UncheckedSpan<TLane> input, UncheckedSpan<TLane> before,
        UncheckedSpan<TLane> after)
        where TLane : unmanaged, ILane<TLane>;

    /// <summary>The error signal at the activation of a unit that does not propagate by chance: ∂C/∂a_t.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="adjoint">∂C/∂x_t.</param>
    /// <param name="output">x_t.</param>
    TLane Backward<TLane>(int unit, TLane adjoint, TLane output)
        where TLane : unmanaged, ILane<TLane>;

    /// <summary>
    /// Carries the error signal from x_t to x_{t−1} and hands on what time t contributes to each parameter's gradient.
    /// </summary>
    /// <param name="parameters">The trainable parameters.</param>
    /// <param name="input">u_t, m values; a network that does not need it never loads it.</param>
    /// <param name="before">x_{t−1}.</param>
    /// <param name="after">x_t.</param>
    /// <param name="adjoint">The signal at x_t; what stands there afterwards is the network's business.</param>
    /// <param name="previousAdjoint">
    /// The signal at x_{t−1}, written; never the same memory as <paramref name="adjoint"/>.
    /// </param>
    /// <param name="terms">Where the contributions of time t go.</param>
    /// <returns>
    /// The derivatives with respect to u_t, for a trainable input; where m &gt; 1 there is none, and they mean nothing.
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
