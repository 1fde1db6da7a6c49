using System.Runtime.CompilerServices;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// The latching recurrent neuron of Figure 1(a), eq. (1): <c>a_t = w·x_{t−1} + h_t</c>, <c>x_t = f(a_t)</c>, x_0 = 0.
/// The first L inputs of a sequence are parameters, one set for each class; the inputs after them are given.
/// </summary>
/// <remarks>Parameters: [w, h¹_1 … h¹_L, h⁰_1 … h⁰_L], class 1 first; with one class the last L are missing.</remarks>
/// <typeparam name="TUnit">The unit; the paper's is <see cref="Tanh"/>.</typeparam>
/// <param name="inputs">L ≥ 0, the number of trainable inputs of a class.</param>
/// <param name="classes">1 or 2.</param>
public readonly struct LatchNeuron<TUnit>(int inputs, int classes) : INetwork
    where TUnit : struct, IUnit
{
    /// <inheritdoc/>
    public int Units => 1;

    /// <inheritdoc/>
    public int Parameters => 1 + classes * inputs;

    /// <inheritdoc/>
    public int Output => 0;

    /// <inheritdoc/>
    public void Begin<TLane>(Span<TLane> state)
        where TLane : unmanaged, ILane<TLane>
        => state[0] = TLane.From(0.0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step<TLane>(
        ReadOnlySpan<TLane> parameters, in Sequence<TLane> sequence, int t, ReadOnlySpan<TLane> before, Span<TLane> after)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane h = t <= sequence.LatestStart + inputs ? OpeningInput(parameters, sequence, t) : sequence.Inputs[t - 1];
        after[0] = TUnit.Forward(TLane.FusedMultiplyAdd(parameters[0], before[0], h));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StepBack<TLane, TContributions>(
        ReadOnlySpan<TLane> parameters,
        in Sequence<TLane> sequence,
        int t,
        ReadOnlySpan<TLane> before,
        ReadOnlySpan<TLane> after,
        Signal<TLane> signal,
        Signal<TLane> earlier,
        ref TContributions contributions)
        where TLane : unmanaged, ILane<TLane>
        where TContributions : struct, IContributions<TLane>, allows ref struct
    {
        TLane w = parameters[0];
        TLane slope = TUnit.Slope(after[0]);
        TLane gradient = slope * signal.Gradient[0];    // ∂C/∂a_t
        TLane curvature = default;                      // H_a = f′²·H_x
        earlier.Gradient[0] = w * gradient;
        if (TContributions.WantsCurvature)
        {
            curvature = slope * slope * signal.Curvature[0];
            earlier.Curvature[0] = w * w * curvature;
        }

        contributions.Add(0, gradient * before[0], curvature * (before[0] * before[0]));
        if (t <= sequence.LatestStart + inputs)
            ContributeOpeningInput(sequence, t, gradient, curvature, ref contributions);
    }

    /// <summary>The input at a time when some lane is still within its first L steps.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private TLane OpeningInput<TLane>(ReadOnlySpan<TLane> parameters, in Sequence<TLane> sequence, int t)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane ownTime = TLane.From(t) - sequence.Start;
        TLane h = sequence.Inputs[t - 1];
        for (int i = inputs; i >= 1; i--)
        {
            TLane trained = parameters[i];
            if (classes == 2)
                trained = TLane.WhereLess(sequence.Sign, TLane.From(0.0), parameters[inputs + i], trained);
            h = TLane.WhereLess(ownTime, TLane.From(i + 0.5), trained, h);
        }

        return h;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ContributeOpeningInput<TLane, TContributions>(
        in Sequence<TLane> sequence, int t, TLane gradient, TLane curvature, ref TContributions contributions)
        where TLane : unmanaged, ILane<TLane>
        where TContributions : struct, IContributions<TLane>, allows ref struct
    {
        TLane zero = TLane.From(0.0);
        TLane ownTime = TLane.From(t) - sequence.Start;
        for (int i = Math.Max(1, t - sequence.LatestStart); i <= Math.Min(inputs, t); i++)
        {
            TLane here = IsAt(ownTime, i, gradient);
            TLane curvatureHere = IsAt(ownTime, i, curvature);
            if (classes == 1)
            {
                contributions.Add(i, here, curvatureHere);
                continue;
            }

            contributions.Add(
                i,
                TLane.WhereLess(zero, sequence.Sign, here, zero),
                TLane.WhereLess(zero, sequence.Sign, curvatureHere, zero));
            contributions.Add(
                inputs + i,
                TLane.WhereLess(sequence.Sign, zero, here, zero),
                TLane.WhereLess(sequence.Sign, zero, curvatureHere, zero));
        }
    }

    /// <summary>The value in the lanes whose own time is i, zero in the others.</summary>
    private static TLane IsAt<TLane>(TLane ownTime, int i, TLane value)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane zero = TLane.From(0.0);
        TLane notLater = TLane.WhereLess(ownTime, TLane.From(i + 0.5), value, zero);
        return TLane.WhereLess(TLane.From(i - 0.5), ownTime, notLater, zero);
    }
}
