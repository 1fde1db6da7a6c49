using System.Runtime.CompilerServices;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// The trainable inputs at the beginning of a sequence (Section II). The forward pass writes them into the sequence;
/// the backward pass adds their gradient terms. The lane time is t − StartOffset, and the input at lane time i = 1 … L
/// is the i-th trainable input of the lane's class. A network with trainable inputs has a single input per step.
/// </summary>
internal static class TrainableInputs
{
    /// <summary>
    /// Writes the trainable inputs into the sequence. Before its start a lane may contain a trainable value, which is
    /// never read.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="parameters">[bundle][parameter].</param>
    /// <param name="sequence">The sequence.</param>
    /// <param name="bundles">Number of bundles.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WriteInputs<TLane, TNetwork>(
        TNetwork network, UncheckedSpan<TLane> parameters, in SequenceBatch<TLane> sequence, int bundles)
        where TLane : unmanaged, ILane<TLane>
        where TNetwork : struct, INetwork
    {
        bool startTogether = sequence.EarliestStart == sequence.LatestStart;
        for (int b = 0; b < bundles; b++)
        {
            UncheckedSpan<TLane> bundleParameters = parameters.Slice(b * network.Parameters);
            TLane start = sequence.StartOffset[b], sign = sequence.ClassSign[b];
            for (int i = network.TrainableInputs; i > 0; i--)
            {
                TLane trainedValue = TLane.WhereLess(
                    sign,
                    TLane.From(0.0),
                    bundleParameters[network.InputParameterIndex(i, sequenceClass: 0)],
                    bundleParameters[network.InputParameterIndex(i, sequenceClass: 1)]);
                TLane nextLaneTime = TLane.From(i + 0.5);
                for (int t = sequence.EarliestStart + (startTogether ? i : 1); t <= sequence.LatestStart + i; t++)
                {
                    ref TLane input = ref sequence.Inputs[((t - 1) * bundles) + b];
                    input = TLane.WhereLess(TLane.From(t) - start, nextLaneTime, trainedValue, input);
                }
            }
        }
    }

    /// <summary>
    /// Adds the derivatives with respect to u_t to the gradient terms of the trainable input u_t, if it is one.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="sequence">The sequence.</param>
    /// <param name="t">Time, from 1.</param>
    /// <param name="bundle">The bundle.</param>
    /// <param name="inputDerivatives">The derivatives with respect to u_t.</param>
    /// <param name="terms">[parameter][value]: receives the gradient terms of the bundle.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddGradientTerms<TLane, TNetwork, TTerms>(
        TNetwork network,
        in SequenceBatch<TLane> sequence,
        int t,
        int bundle,
        in GradientAndCurvature<TLane> inputDerivatives,
        UncheckedSpan<TLane> terms)
        where TLane : unmanaged, ILane<TLane>
        where TNetwork : struct, INetwork
        where TTerms : struct, IGradientTerms
    {
        TLane zero = TLane.From(0.0), sign = sequence.ClassSign[bundle];
        TLane laneTime = TLane.From(t) - sequence.StartOffset[bundle];
        (int first, int last) = LaneTimes(sequence, t, network.TrainableInputs);
        for (int i = first; i <= last; i++)
        {
            GradientAndCurvature<TLane> masked = sequence.EarliestStart == sequence.LatestStart
                ? inputDerivatives
                : MaskWhereLess<TLane, TTerms>(
                    TLane.From(i - 0.5),
                    laneTime,
                    MaskWhereLess<TLane, TTerms>(laneTime, TLane.From(i + 0.5), inputDerivatives));
            int class1 = network.InputParameterIndex(i, sequenceClass: 1),
                class0 = network.InputParameterIndex(i, sequenceClass: 0);
            if (class1 == class0)
            {
                TTerms.Add(terms, class1, masked);
                continue;
            }

            TTerms.Add(terms, class1, MaskWhereLess<TLane, TTerms>(zero, sign, masked));
            TTerms.Add(terms, class0, MaskWhereLess<TLane, TTerms>(sign, zero, masked));
        }
    }

    /// <summary>Assigns the gradients of the trainable inputs of one bundle.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputGradients">[t]: ∂C/∂u_t of every lane.</param>
    /// <param name="earliestStart">The smallest start offset.</param>
    /// <param name="latestStart">The largest.</param>
    /// <param name="start">The start offset of each lane.</param>
    /// <param name="sign">The class of each lane.</param>
    /// <param name="gradients">[parameter]: receives the gradients.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AssignGradients<TLane, TNetwork>(
        TNetwork network, UncheckedSpan<TLane> inputGradients, int earliestStart, int latestStart, TLane start,
        TLane sign, UncheckedSpan<TLane> gradients)
        where TLane : unmanaged, ILane<TLane>
        where TNetwork : struct, INetwork
    {
        TLane zero = TLane.From(0.0);
        for (int i = 1; i <= network.TrainableInputs; i++)
        {
            TLane gradient = inputGradients[earliestStart + i];
            for (int t = earliestStart + 1; t <= latestStart; t++)
                gradient = TLane.WhereLess(start, TLane.From(t), gradient, inputGradients[t + i]);
            gradients[network.InputParameterIndex(i, sequenceClass: 1)] = TLane.WhereLess(zero, sign, gradient, zero);
            int class0 = network.InputParameterIndex(i, sequenceClass: 0);
            gradients[class0] = TLane.WhereLess(sign, zero, gradient, gradients[class0]);
        }
    }

    /// <summary>
    /// The range of lane times i = 1 … L that can occur at time t; a single one if all lanes start together.
    /// </summary>
    private static (int First, int Last) LaneTimes<TLane>(in SequenceBatch<TLane> sequence, int t, int inputs)
        where TLane : unmanaged, ILane<TLane>
        => sequence.EarliestStart == sequence.LatestStart
            ? (t - sequence.EarliestStart, t - sequence.EarliestStart)
            : (1, inputs);

    /// <summary>The derivatives where a &lt; b, zero elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static GradientAndCurvature<TLane> MaskWhereLess<TLane, TTerms>(TLane a, TLane b,
        GradientAndCurvature<TLane> value)
        where TLane : unmanaged, ILane<TLane>
        where TTerms : struct, IGradientTerms
        => new(
            TLane.WhereLess(a, b, value.Gradient, TLane.From(0.0)),
            TTerms.Curvature != CurvatureForm.None
                ? TLane.WhereLess(a, b, value.Curvature, TLane.From(0.0))
                : default);
}
