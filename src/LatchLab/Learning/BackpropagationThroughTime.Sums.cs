using System.Runtime.CompilerServices;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <content>
/// The backward pass for gradients that are only summed: one bundle after another, several steps at once.
/// </content>
public sealed partial class BackpropagationThroughTime<TLane, TNetwork>
{
    /// <summary>
    /// The backward pass of one bundle from the end to its prefix, or to the first step that has gradient terms, for
    /// gradients that are only summed: its sums stay in registers. The adjoints stay in the memory of the end.
    /// </summary>
    /// <returns>The end of the prefix, and whether any adjoint is significant there.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (int PrefixEnd, bool IsSignificant) SumToPrefix(
        in SequenceBatch<TLane> sequence, int bundle, int first, UncheckedSpan<TLane> gradients)
    {
        int length = sequence.Length;
        int latestInput = FindLatestStart(sequence, bundle) + _network.TrainableInputs,
            prefixEnd = Math.Max(first, Math.Min(length, latestInput));
        UncheckedSpan<TLane> adjoint = AdjointAt(length).Gradient.Slice(bundle * _adjointSize);
        bool isSignificant = true;
        for (int t = length; isSignificant && t > prefixEnd;)
        {
            int end = Math.Max(prefixEnd, GradientUnderflow.NextCheck(t, length));
            _network.SumBackward(StepsFrom(sequence, t, t - end, bundle, adjoint, gradients));
            t = end;
            if (GradientUnderflow.IsCheckDue(t, length))
                isSignificant = FlushToZero(adjoint, _stateSize);
        }

        return (prefixEnd, isSignificant);
    }

    /// <summary>
    /// The same through the prefix, where sequences may not have begun and inputs may be trainable. Those before the
    /// first step have no gradient.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumThroughPrefix(
        in SequenceBatch<TLane> sequence, int bundle, int prefixEnd, int first, UncheckedSpan<TLane> gradients)
    {
        int length = sequence.Length, inputs = _network.TrainableInputs;
        UncheckedSpan<TLane> adjoint = AdjointAt(length).Gradient.Slice(bundle * _adjointSize),
            inputGradients = _inputGradients.Slice(0, _inputGradients.Length);
        TLane start = sequence.StartOffset[bundle];
        for (int t = prefixEnd, end; t > first; t = end)
        {
            if (GradientUnderflow.IsCheckDue(t, length))
                FlushToZero(adjoint, _stateSize);
            end = inputs == 0 ? t - 1 : Math.Max(first, GradientUnderflow.NextCheck(t, length));
            BackwardSteps<TLane> steps = StepsFrom(sequence, t, t - end, bundle, adjoint, gradients);
            if (inputs > 0)
            {
                _network.SumBackwardToStarts(steps, start, t, inputGradients);
                continue;
            }

            TLane time = TLane.From(t);
            for (int i = 0; i < _stateSize; i++)
                adjoint[i] = TLane.WhereLess(start, time, adjoint[i], TLane.From(0.0));
            _network.SumBackward(steps);
        }

        for (int t = first; inputs > 0 && t > sequence.EarliestStart; t--)
            inputGradients[t] = TLane.From(0.0);
        TrainableInputs.AssignGradients(
            _network, inputGradients, sequence.EarliestStart, sequence.LatestStart, start, sequence.ClassSign[bundle],
            gradients.Slice(bundle * _network.Parameters));
    }

    /// <summary>
    /// The backward pass of one bundle of a sequence with targets at every step, from its end to an earlier time.
    /// </summary>
    private void SumFromEveryStep<TTerms>(
        in SequenceBatch<TLane> sequence, int bundle, int end, UncheckedSpan<TLane> outputGradients,
        UncheckedSpan<TLane> gradients)
        where TTerms : struct, IGradientTerms
    {
        int length = sequence.Length;
        Adjoint<TLane> adjoint = AdjointAt(length).Slice(bundle * _adjointSize),
            last = AdjointAt(end).Slice(bundle * _adjointSize);
        for (int t = length, next; t > end; t = next)
        {
            next = Math.Max(end, t - BackwardSteps<TLane>.MaximumCount);
            UncheckedSpan<TLane> gradientsOfOutputs = GradientsAt(sequence, t, outputGradients)
                .Slice(bundle * _readout.Outputs);
            _network.SumBackward(
                StepsFrom(sequence, t, t - next, bundle, adjoint.Gradient, gradients, gradientsOfOutputs));
            if (next > sequence.EarliestStart)
                AddOutputAdjoints(sequence, next, bundle, outputGradients, adjoint);
        }

        for (int i = 0; i < _stateSize; i++)
            last.Gradient[i] = adjoint.Gradient[i];
        for (int t = length - 1; t >= end && t > sequence.EarliestStart; t--)
            AddReadoutTerms<TTerms>(sequence, t, bundle, outputGradients, gradients);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private BackwardSteps<TLane> StepsFrom(
        in SequenceBatch<TLane> sequence, int t, int count, int bundle, UncheckedSpan<TLane> adjoint,
        UncheckedSpan<TLane> gradients, UncheckedSpan<TLane> outputGradients = default)
        => new()
        {
            Parameters = ParametersOf(bundle),
            Input = InputsAt(sequence, t).Slice(bundle * _network.Inputs),
            InputStride = _bundles * _network.Inputs,
            State = StateOf(bundle, t),
            StateStride = _bundles * _stepSize,
            Count = count,
            Adjoint = adjoint,
            Gradients = gradients.Slice(bundle * _network.Parameters),
            Workspace = _workspace.Slice(0, _workspace.Length),
            OutputGradients = outputGradients,
            OutputStride = sequence.HasTargetsAtEveryStep ? _bundles * _readout.Outputs : 0,
        };

    /// <summary>
    /// The largest start offset of the lanes of a bundle, or of all bundles if its lanes are many.
    /// </summary>
    private static int FindLatestStart(in SequenceBatch<TLane> sequence, int bundle)
    {
        int latest = sequence.EarliestStart;
        if (TLane.VectorCount > 1 || latest == sequence.LatestStart)
            return sequence.LatestStart;
        TLane start = sequence.StartOffset[bundle];
        while (TLane.AnyLess(TLane.From(latest), start))
            latest++;
        return latest;
    }
}
