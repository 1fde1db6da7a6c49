using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// A recurrent network: one step forward, one step back. What a learning algorithm does with the steps is not its
/// business, nor how long a sequence is.
/// </summary>
/// <remarks>
/// The state at time t is the vector of unit outputs x_t; one input and one output a step. To add one: implement these
/// members in a file of its own, describe it by a <see cref="NetworkDefinition"/>, and list that in
/// <see cref="KnownNetworks"/>; reading, gradients and the contract tests follow from the list.
/// </remarks>
public interface INetwork
{
    /// <summary>Number of unit outputs in a state, n ≥ 1.</summary>
    int Units { get; }

    /// <summary>Number of trainable parameters.</summary>
    int Parameters { get; }

    /// <summary>The unit whose last value is the output of the network, 0 … n − 1.</summary>
    int Output { get; }

    /// <summary>Writes x_0 (n values).</summary>
    void Begin<TLane>(Span<TLane> state)
        where TLane : unmanaged, ILane<TLane>;

    /// <summary>Computes x_t from x_{t−1}.</summary>
    /// <param name="parameters">The trainable parameters.</param>
    /// <param name="sequence">The sequence that is presented.</param>
    /// <param name="t">Time, from 1.</param>
    /// <param name="before">x_{t−1}, n values.</param>
    /// <param name="after">x_t, n values, written.</param>
    void Step<TLane>(
        ReadOnlySpan<TLane> parameters, in Sequence<TLane> sequence, int t, ReadOnlySpan<TLane> before, Span<TLane> after)
        where TLane : unmanaged, ILane<TLane>;

    /// <summary>
    /// Carries the error signal from x_t to x_{t−1} and hands on what time t contributes to each parameter's gradient.
    /// </summary>
    /// <param name="parameters">The trainable parameters.</param>
    /// <param name="sequence">The sequence that was presented.</param>
    /// <param name="t">Time, from 1.</param>
    /// <param name="before">x_{t−1}.</param>
    /// <param name="after">x_t.</param>
    /// <param name="signal">The signal at x_t; overwritten.</param>
    /// <param name="earlier">The signal at x_{t−1}, written.</param>
    /// <param name="contributions">Receives the contributions of time t.</param>
    void StepBack<TLane, TContributions>(
        ReadOnlySpan<TLane> parameters,
        in Sequence<TLane> sequence,
        int t,
        ReadOnlySpan<TLane> before,
        ReadOnlySpan<TLane> after,
        Signal<TLane> signal,
        Signal<TLane> earlier,
        ref TContributions contributions)
        where TLane : unmanaged, ILane<TLane>
        where TContributions : struct, IContributions<TLane>, allows ref struct;
}
