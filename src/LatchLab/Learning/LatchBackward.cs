using System.Runtime.CompilerServices;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// The backward pass of <see cref="BackpropagationThroughTime{TLane,TNetwork}"/> through a single unit whose gradients
/// are summed. It performs the same operations in the same order as the general backward pass, but keeps the adjoint
/// and the sum of a bundle in registers from the last step to the first. The tests compare the two.
/// </summary>
/// <remarks>
/// A bundle is processed completely before the next one begins. It needs several vectors, so that the latencies of
/// their steps overlap.
/// </remarks>
internal static class LatchBackward
{
    private const int W = 0;

    /// <summary>Propagates the adjoints and sums the gradients.</summary>
    /// <param name="network">The unit.</param>
    /// <param name="bundles">Number of bundles.</param>
    /// <param name="parameters">[bundle][parameter].</param>
    /// <param name="states">[t][bundle]: x_t; 0 before a sequence begins.</param>
    /// <param name="sequence">The sequence that was presented.</param>
    /// <param name="outputGradients">[bundle]: ∂C/∂x_T.</param>
    /// <param name="gradients">[bundle][parameter]: the sums; zero on entry.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backpropagate<TLane, TNetwork>(
        TNetwork network,
        int bundles,
        UncheckedSpan<TLane> parameters,
        UncheckedSpan<TLane> states,
        in SequenceBatch<TLane> sequence,
        UncheckedSpan<TLane> outputGradients,
        UncheckedSpan<TLane> gradients)
        where TLane : unmanaged, ILane<TLane>
        where TNetwork : struct, INetwork
    {
        nint count = bundles;
        int length = sequence.Length, prefixEnd = Math.Min(length, sequence.LatestStart + network.TrainableInputs);
        for (int b = 0; b < bundles; b++)
        {
            UncheckedSpan<TLane> x = states.Slice(b), bundleGradients = gradients.Slice(b * network.Parameters);
            TLane w = parameters[(b * network.Parameters) + W], adjoint = outputGradients[b], sum = TLane.From(0.0);
            TLane after = x[length * count];
            int t = length;
            bool isSignificant = true;
            while (isSignificant && t > prefixEnd)
            {
                for (int end = Math.Max(prefixEnd, GradientUnderflow.NextCheck(t, length)); t > end; t--)
                {
                    TLane before = x[(t - 1) * count], gradient = network.BackwardThroughLatch(adjoint, after);
                    sum = TLane.FusedMultiplyAdd(gradient, before, sum);
                    adjoint = w * gradient;
                    after = before;
                }

                if (GradientUnderflow.IsCheckDue(t, length))
                    adjoint = GradientUnderflow.FlushToZero(adjoint, out isSignificant);
            }

            bundleGradients[W] = sum;
            if (isSignificant)
                BackpropagateThroughPrefix(network, x, count, w, sequence, b, adjoint, bundleGradients);
        }
    }

    /// <summary>
    /// The backward pass through the prefix, where sequences may not have begun and inputs may be trainable.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackpropagateThroughPrefix<TLane, TNetwork>(
        TNetwork network,
        UncheckedSpan<TLane> x,
        nint count,
        TLane w,
        in SequenceBatch<TLane> sequence,
        int bundle,
        TLane adjoint,
        UncheckedSpan<TLane> bundleGradients)
        where TLane : unmanaged, ILane<TLane>
        where TNetwork : struct, INetwork
    {
        int inputs = network.TrainableInputs, length = sequence.Length;
        int t = Math.Min(length, sequence.LatestStart + inputs);
        TLane start = sequence.StartOffset[bundle], zero = TLane.From(0.0), sum = bundleGradients[W],
            after = x[t * count];
        bool isSignificant = true;
        while (isSignificant && t > sequence.EarliestStart)
        {
            for (int end = Math.Max(sequence.EarliestStart, GradientUnderflow.NextCheck(t, length)); t > end; t--)
            {
                TLane time = TLane.From(t), before = x[(t - 1) * count];
                adjoint = TLane.WhereLess(start, time, adjoint, zero);
                TLane gradient = network.BackwardThroughLatch(adjoint, after), laneTime = time - start;
                sum = TLane.FusedMultiplyAdd(gradient, before, sum);
                adjoint = w * gradient;
                after = before;
                for (int i = 1; i <= inputs; i++)
                {
                    TLane masked = TLane.WhereLess(laneTime, TLane.From(i + 0.5), gradient, zero);
                    bundleGradients[network.InputParameterIndex(i, sequenceClass: 1)]
                        += TLane.WhereLess(TLane.From(i - 0.5), laneTime, masked, zero);
                }
            }

            if (GradientUnderflow.IsCheckDue(t, length))
                adjoint = GradientUnderflow.FlushToZero(adjoint, out isSignificant);
        }

        bundleGradients[W] = sum;
        SplitByClass(network, sequence.ClassSign[bundle], bundleGradients);
    }

    /// <summary>
    /// Assigns the gradients of the trainable inputs, summed as those of class 1, to the class of each sequence.
    /// </summary>
    private static void SplitByClass<TLane, TNetwork>(TNetwork network, TLane sign,
        UncheckedSpan<TLane> bundleGradients)
        where TLane : unmanaged, ILane<TLane>
        where TNetwork : struct, INetwork
    {
        TLane zero = TLane.From(0.0);
        for (int i = 1; i <= network.TrainableInputs; i++)
        {
            int class1 = network.InputParameterIndex(i, sequenceClass: 1),
                class0 = network.InputParameterIndex(i, sequenceClass: 0);
            if (class1 == class0)
                continue;
            bundleGradients[class0] = TLane.WhereLess(sign, zero, bundleGradients[class1], zero);
            bundleGradients[class1] = TLane.WhereLess(zero, sign, bundleGradients[class1], zero);
        }
    }
}
