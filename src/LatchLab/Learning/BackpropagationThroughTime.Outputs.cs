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
        Adjoint<TLane> adjoints = AdjointAt(t);
        UncheckedSpan<TLane> gradients = GradientsAt(sequence, t, outputGradients);
        for (int i = 0; i < _bundles * _readout.Outputs; i++)
        {
            int b = i / _readout.Outputs;
            _readout.AddToAdjoint(
                ParametersOf(b), StateOf(b, t), i % _readout.Outputs, gradients[i], adjoints.Slice(b * _adjointSize));
        }
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
        if (_readout.Parameters == 0)
            return;
        int stride = _network.Parameters * TTerms.ValuesPerParameter,
            first = TTerms.HasTermsPerTimeStep ? t * _bundles : 0;
        UncheckedSpan<TLane> gradients = GradientsAt(sequence, t, outputGradients);
        for (int i = 0; i < _bundles * _readout.Outputs; i++)
        {
            int b = i / _readout.Outputs;
            _readout.AddTerms<TLane, TTerms>(
                ParametersOf(b), StateOf(b, t), i % _readout.Outputs, gradients[i], terms.Slice((first + b) * stride));
        }
    }

    /// <summary>The backward pass of a sequence with targets at every step, after its beginning.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BackwardFromEveryStep<TTerms>(
        in SequenceBatch<TLane> sequence, UncheckedSpan<TLane> outputGradients, UncheckedSpan<TLane> terms)
        where TTerms : struct, IGradientTerms
    {
        for (int t = sequence.Length; t > sequence.EarliestStart; t--)
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
