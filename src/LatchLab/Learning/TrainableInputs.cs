using System.Runtime.CompilerServices;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// The inputs at the beginning of a sequence that are parameters (Section II): put into the sequence on the way
/// forward, given their share of the gradient on the way back. A lane's own time is t − Start, and its input at own
/// time i = 1 … L is the i-th trainable one of its class. A network that has them has a single input a step.
/// </summary>
internal static class TrainableInputs
{
    /// <summary>
    /// Writes them into the sequence; in a lane that still waits some trainable value stands, never read.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="parameters">[bundle][parameter].</param>
    /// <param name="sequence">The sequence.</param>
    /// <param name="bundles">Number of bundles.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write<TLane, TNetwork>(
        TNetwork network, Row<TLane> parameters, in Sequence<TLane> sequence, int bundles)
        where TLane : unmanaged, ILane<TLane>
        where TNetwork : struct, INetwork
    {
        bool areTogether = sequence.EarliestStart == sequence.LatestStart;
        for (int b = 0; b < bundles; b++)
        {
            Row<TLane> own = parameters.From(b * network.Parameters);
            TLane start = sequence.Start[b], sign = sequence.Sign[b];
            for (int i = network.TrainableInputs; i > 0; i--)
            {
                TLane trained = TLane.WhereLess(
                    sign,
                    TLane.From(0.0),
                    own[network.InputParameter(i, sequenceClass: 0)],
                    own[network.InputParameter(i, sequenceClass: 1)]);
                TLane later = TLane.From(i + 0.5);
                for (int t = sequence.EarliestStart + (areTogether ? i : 1); t <= sequence.LatestStart + i; t++)
                {
                    ref TLane input = ref sequence.Inputs[((t - 1) * bundles) + b];
                    input = TLane.WhereLess(TLane.From(t) - start, later, trained, input);
                }
            }
        }
    }

    /// <summary>Hands the derivatives with respect to u_t to the parameter that u_t was, if it was one.</summary>
    /// <param name="network">The network.</param>
    /// <param name="sequence">The sequence.</param>
    /// <param name="t">Time, from 1.</param>
    /// <param name="bundle">The bundle.</param>
    /// <param name="atInput">The derivatives with respect to u_t.</param>
    /// <param name="memory">[parameter][value]: where the contributions of the bundle go.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Contribute<TLane, TNetwork, TContributions>(
        TNetwork network,
        in Sequence<TLane> sequence,
        int t,
        int bundle,
        in Derivatives<TLane> atInput,
        Row<TLane> memory)
        where TLane : unmanaged, ILane<TLane>
        where TNetwork : struct, INetwork
        where TContributions : struct, IContributions
    {
        TLane zero = TLane.From(0.0), sign = sequence.Sign[bundle];
        TLane ownTime = TLane.From(t) - sequence.Start[bundle];
        (int first, int last) = Candidates(sequence, t, network.TrainableInputs);
        for (int i = first; i <= last; i++)
        {
            Derivatives<TLane> here = sequence.EarliestStart == sequence.LatestStart
                ? atInput
                : Where<TLane, TContributions>(
                    TLane.From(i - 0.5),
                    ownTime,
                    Where<TLane, TContributions>(ownTime, TLane.From(i + 0.5), atInput));
            TContributions.Add(
                memory,
                network.InputParameter(i, sequenceClass: 1),
                Where<TLane, TContributions>(zero, sign, here));
            TContributions.Add(
                memory,
                network.InputParameter(i, sequenceClass: 0),
                Where<TLane, TContributions>(sign, zero, here));
        }
    }

    /// <summary>
    /// The own times i = 1 … L that some lane has at time t; a single one where all lanes start together.
    /// </summary>
    private static (int First, int Last) Candidates<TLane>(in Sequence<TLane> sequence, int t, int inputs)
        where TLane : unmanaged, ILane<TLane>
        => sequence.EarliestStart == sequence.LatestStart
            ? (t - sequence.EarliestStart, t - sequence.EarliestStart)
            : (1, inputs);

    /// <summary>The derivatives where a &lt; b, zero elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Derivatives<TLane> Where<TLane, TContributions>(TLane a, TLane b, Derivatives<TLane> value)
        where TLane : unmanaged, ILane<TLane>
        where TContributions : struct, IContributions
        => new(
            TLane.WhereLess(a, b, value.Gradient, TLane.From(0.0)),
            TContributions.Curvature != CurvatureForm.None
                ? TLane.WhereLess(a, b, value.Curvature, TLane.From(0.0))
                : default);
}
