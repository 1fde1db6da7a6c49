using System.Runtime.CompilerServices;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <content>Where outputs enter the backward pass: the readout at the last step, or at every step.</content>
public sealed partial class BackpropagationThroughTime<TLane, TNetwork>
{
    /// <summary>Adds the derivatives with respect to the outputs at time t to the adjoint of x_t.</summary>
    /// <param name="sequence">The sequence that was presented.</param>
    /// <param name="t">A time with targets.</param>
    /// <param name="outputGradients">∂C/∂y, as for <see cref="Backward"/>.</param>
    public void AddOutputAdjoints(in SequenceBatch<TLane> sequence, int t, UncheckedSpan<TLane> outputGradients)
    {
        for (int b = 0; b < _bundles; b++)
            AddOutputAdjoints(sequence, t, b, outputGradients, AdjointAt(t).Slice(b * _adjointSize));
    }

    private void AddOutputAdjoints(
        in SequenceBatch<TLane> sequence, int t, int bundle, UncheckedSpan<TLane> outputGradients,
        Adjoint<TLane> adjoint)
    {
        int k = _readout.Outputs;
        UncheckedSpan<TLane> gradients = GradientsAt(sequence, t, outputGradients).Slice(bundle * k);
        for (int output = 0; output < k; output++)
            _readout.AddToAdjoint(ParametersOf(bundle), StateOf(bundle, t), output, gradients[output], adjoint);
    }

    /// <summary>∂C/∂y_t: [bundle][output].</summary>
    private UncheckedSpan<TLane> GradientsAt(
        in SequenceBatch<TLane> sequence, int t, UncheckedSpan<TLane> outputGradients)
        => sequence.HasTargetsAtEveryStep ? outputGradients.Slice((t - 1) * _bundles * _readout.Outputs)
            : outputGradients;

    /// <summary>Emits the gradient terms of the readout at time t.</summary>
    /// <param name="sequence">The sequence that was presented.</param>
    /// <param name="t">A time with targets.</param>
    /// <param name="outputGradients">∂C/∂y, as for <see cref="Backward"/>.</param>
    /// <param name="terms">Receives the gradient terms, as for <see cref="Backward"/>.</param>
    public void AddReadoutTerms<TTerms>(
        in SequenceBatch<TLane> sequence, int t, UncheckedSpan<TLane> outputGradients, UncheckedSpan<TLane> terms)
        where TTerms : struct, IGradientTerms
    {
        for (int b = 0; _readout.Parameters > 0 && b < _bundles; b++)
            AddReadoutTerms<TTerms>(sequence, t, b, outputGradients, terms);
    }

    private void AddReadoutTerms<TTerms>(
        in SequenceBatch<TLane> sequence, int t, int bundle, UncheckedSpan<TLane> outputGradients,
        UncheckedSpan<TLane> terms)
        where TTerms : struct, IGradientTerms
    {
        int stride = _network.Parameters * TTerms.ValuesPerParameter,
            first = TTerms.HasTermsPerTimeStep ? t * _bundles : 0, k = _readout.Outputs;
        UncheckedSpan<TLane> gradients = GradientsAt(sequence, t, outputGradients).Slice(bundle * k),
            ownTerms = terms.Slice((first + bundle) * stride);
        for (int output = 0; output < k; output++)
        {
            _readout.AddTerms<TLane, TTerms>(
                ParametersOf(bundle), StateOf(bundle, t), output, gradients[output], ownTerms);
        }
    }

    /// <summary>
    /// The backward pass of a sequence with targets at every step, after its beginning: if gradients are only summed,
    /// several steps at once to the prefix, where sequences may not have begun and inputs may be trainable.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BackwardFromEveryStep<TTerms>(
        in SequenceBatch<TLane> sequence, UncheckedSpan<TLane> outputGradients, UncheckedSpan<TLane> terms)
        where TTerms : struct, IGradientTerms
    {
        int start = sequence.Length;
        if (TTerms.IsSumOfGradients && TNetwork.HasSumBackwardFromOutputs)
        {
            start = Math.Min(start, sequence.LatestStart + _network.TrainableInputs);
            for (int b = 0; b < _bundles; b++)
                SumFromEveryStep<TTerms>(sequence, b, start, outputGradients, terms);
        }

        for (int t = start; t > sequence.EarliestStart; t--)
        {
            StepBackward<TTerms>(sequence, t, terms);
            if (t - 1 > sequence.EarliestStart)
            {
                AddOutputAdjoints(sequence, t - 1, outputGradients);
                AddReadoutTerms<TTerms>(sequence, t - 1, outputGradients, terms);
            }
        }
    }
}
