using System.Runtime.CompilerServices;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// The way back of <see cref="Unfolding{TLane,TNetwork}"/> through a single unit whose gradients are summed: the same
/// operations in the same order, but signal and sum of a bundle stay in registers from the last step to the first. It
/// is no other mathematics; the general way back is what the tests hold it against.
/// </summary>
/// <remarks>
/// A bundle goes all the way before the next one begins: it needs several vectors, so that a step does not wait for the
/// one before it.
/// </remarks>
internal static class LatchBackward
{
    private const int W = 0;

    /// <summary>Carries the error signals back and adds up the gradients.</summary>
    /// <param name="network">The unit.</param>
    /// <param name="bundles">Number of bundles.</param>
    /// <param name="parameters">[bundle][parameter].</param>
    /// <param name="states">[t][bundle]: x_t; 0 before a sequence begins.</param>
    /// <param name="sequence">The sequence that was presented.</param>
    /// <param name="errors">[bundle]: ∂C/∂x_T.</param>
    /// <param name="memory">[bundle][parameter]: the sums, zero before.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Carry<TLane, TNetwork>(
        TNetwork network,
        int bundles,
        Row<TLane> parameters,
        Row<TLane> states,
        in Sequence<TLane> sequence,
        Row<TLane> errors,
        Row<TLane> memory)
        where TLane : unmanaged, ILane<TLane>
        where TNetwork : struct, INetwork
    {
        nint count = bundles;
        int length = sequence.Length, opening = Math.Min(length, sequence.LatestStart + network.TrainableInputs);
        for (int b = 0; b < bundles; b++)
        {
            Row<TLane> x = states.From(b), shares = memory.From(b * network.Parameters);
            TLane w = parameters[(b * network.Parameters) + W], signal = errors[b], sum = TLane.From(0.0);
            TLane after = x[length * count];
            int t = length;
            bool isHeard = true;
            while (isHeard && t > opening)
            {
                for (int end = Math.Max(opening, FaintSignals.NextDue(t, length)); t > end; t--)
                {
                    TLane before = x[(t - 1) * count], gradient = network.Back(0, signal, after);
                    sum += gradient * before;
                    signal = w * gradient;
                    after = before;
                }

                if (FaintSignals.AreDue(t, length))
                    signal = FaintSignals.Silence(signal, out isHeard);
            }

            shares[W] = sum;
            if (isHeard)
                CarryThroughOpening(network, x, count, w, sequence, b, signal, shares);
        }
    }

    /// <summary>Where lanes may wait for their start, and inputs are parameters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CarryThroughOpening<TLane, TNetwork>(
        TNetwork network,
        Row<TLane> x,
        nint count,
        TLane w,
        in Sequence<TLane> sequence,
        int bundle,
        TLane signal,
        Row<TLane> shares)
        where TLane : unmanaged, ILane<TLane>
        where TNetwork : struct, INetwork
    {
        int inputs = network.TrainableInputs, length = sequence.Length;
        int t = Math.Min(length, sequence.LatestStart + inputs);
        TLane start = sequence.Start[bundle], zero = TLane.From(0.0), sum = shares[W], after = x[t * count];
        bool isHeard = true;
        while (isHeard && t > sequence.EarliestStart)
        {
            for (int end = Math.Max(sequence.EarliestStart, FaintSignals.NextDue(t, length)); t > end; t--)
            {
                TLane now = TLane.From(t), before = x[(t - 1) * count];
                signal = TLane.WhereLess(start, now, signal, zero);
                TLane gradient = network.Back(0, signal, after), ownTime = now - start;
                sum += gradient * before;
                signal = w * gradient;
                after = before;
                for (int i = 1; i <= inputs; i++)
                {
                    TLane here = TLane.WhereLess(ownTime, TLane.From(i + 0.5), gradient, zero);
                    shares[network.InputParameter(i, sequenceClass: 1)]
                        += TLane.WhereLess(TLane.From(i - 0.5), ownTime, here, zero);
                }
            }

            if (FaintSignals.AreDue(t, length))
                signal = FaintSignals.Silence(signal, out isHeard);
        }

        shares[W] = sum;
        GiveToClasses(network, sequence.Sign[bundle], shares);
    }

    /// <summary>The inputs of a sequence are those of its class; so far, all were class 1's.</summary>
    private static void GiveToClasses<TLane, TNetwork>(TNetwork network, TLane sign, Row<TLane> shares)
        where TLane : unmanaged, ILane<TLane>
        where TNetwork : struct, INetwork
    {
        TLane zero = TLane.From(0.0);
        for (int i = 1; i <= network.TrainableInputs; i++)
        {
            int one = network.InputParameter(i, sequenceClass: 1), other = network.InputParameter(i, sequenceClass: 0);
            if (one == other)
                continue;
            shares[other] = TLane.WhereLess(sign, zero, shares[one], zero);
            shares[one] = TLane.WhereLess(zero, sign, shares[one], zero);
        }
    }
}
