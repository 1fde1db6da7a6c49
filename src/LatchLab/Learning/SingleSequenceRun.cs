using System.Buffers;
using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>A forward pass of one network over one sequence, ready for the backward pass.</summary>
internal sealed class SingleSequenceRun<TNetwork>
    where TNetwork : struct, INetwork
{
    private readonly TNetwork _network;
    private readonly int _length;
    private readonly BackpropagationThroughTime<Scalar, TNetwork> _unrolledNetwork;
    private readonly LaneMemory<Scalar> _inputs;
    private readonly LaneMemory<Scalar> _start = new(1);
    private readonly LaneMemory<Scalar> _sign = new(1);

    /// <summary>Presents the sequence.</summary>
    /// <param name="network">The network.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="inputValues">
    /// [t − 1][input]: the given inputs of the sequence; trainable inputs precede them.
    /// </param>
    /// <param name="sequenceClass">1 or 0: the class that selects the trainable inputs.</param>
    /// <exception cref="ValidationException">
    /// The sequence is empty, too long to keep every state, or does not have one number per step for each input.
    /// </exception>
    public SingleSequenceRun(
        TNetwork network, IReadOnlyList<double> parameters, IReadOnlyList<double> inputValues, int sequenceClass)
    {
        _network = network;
        if (inputValues.Count % network.Inputs != 0)
        {
            throw new ValidationException("", "sequence",
                $"has {inputValues.Count} numbers, but the network has {network.Inputs} inputs per step: " +
                $"give {network.Inputs} for each step");
        }

        _length = network.TrainableInputs + (inputValues.Count / network.Inputs);
        if (_length == 0)
            throw new ValidationException("", "sequence", "has no step; a cost at the last step needs at least one");

        const int maxStates = 100_000_000; // 0.8 GB
        if ((_length + 1L) * network.StepSize > maxStates)
        {
            throw new ValidationException(
                "",
                "sequence",
                $"of {_length} steps needs memory for {(_length + 1L) * network.StepSize} numbers, because the " +
                    $"network keeps {network.StepSize} of a step: give at most " +
                    $"{maxStates / network.StepSize - 1} steps");
        }

        _unrolledNetwork = new(network, bundles: 1, _length);
        for (int i = 0; i < parameters.Count; i++)
            _unrolledNetwork.Parameters.Values[i] = new Scalar(parameters[i]);
        _inputs = new(_length * network.Inputs);
        for (int i = 0; i < inputValues.Count; i++)
            _inputs.Values[network.TrainableInputs + i] = new Scalar(inputValues[i]);
        _sign.Values[0] = new Scalar(sequenceClass == 1 ? 1.0 : -1.0);
        _unrolledNetwork.Forward(Sequence);
    }

    /// <summary>The number of steps T.</summary>
    public int Length => _length;

    /// <summary>x_T of each output.</summary>
    public double[] Outputs
        => [.. Enumerable.Range(0, _network.Readout.Outputs).Select(
            k => _unrolledNetwork.Output(_length, bundle: 0, k).Value)];

    private SequenceBatch<Scalar> Sequence => new()
    {
        Inputs = _inputs.Slice(0, _inputs.Length),
        StartOffset = _start.Slice(0, 1),
        ClassSign = _sign.Slice(0, 1),
        Length = _length,
        EarliestStart = 0,
        LatestStart = 0,
    };

    /// <summary>x_T − d for each output.</summary>
    /// <exception cref="ValidationException">The number of targets is not that of the outputs.</exception>
    public double[] OutputErrors(IReadOnlyList<double> targets)
        => SequenceGradient.ValidateTargetCount(targets.Count, _network.Readout.Outputs) is { } error
            ? throw new ValidationException("", "target", error)
            : [.. Outputs.Zip(targets, (output, target) => output - target)];

    /// <summary>Runs the backward pass from ∂C/∂x_T of each output.</summary>
    /// <returns>The gradient terms summed over all times, [parameter][value].</returns>
    public double[] Backpropagate<TTerms>(IReadOnlyList<double> outputGradients)
        where TTerms : struct, IGradientTerms
    {
        LaneMemory<Scalar> terms = AllocateTerms<TTerms>();
        _unrolledNetwork.Backward<TTerms>(Sequence, ToLanes(outputGradients), terms.Slice(0, terms.Length));
        return terms.Doubles.ToArray();
    }

    /// <summary>
    /// Runs the backward pass from ∂C/∂x_T of each output and passes on the gradient terms of each time, the last
    /// first. Only one time is in memory at once.
    /// </summary>
    /// <param name="outputGradients">∂C/∂x_T of each output.</param>
    /// <param name="receive">Receives the gradient terms [parameter][value] of a time, and the time.</param>
    public void Backpropagate<TTerms>(IReadOnlyList<double> outputGradients, ReadOnlySpanAction<double, int> receive)
        where TTerms : struct, IGradientTerms
    {
        LaneMemory<Scalar> terms = AllocateTerms<TTerms>();
        UncheckedSpan<Scalar> lanes = ToLanes(outputGradients);
        _unrolledNetwork.BeginBackward(Sequence, lanes);
        for (int t = _length; t > 0; t--)
        {
            terms.Values.Clear();
            if (t == _length)
                _unrolledNetwork.AddReadoutTerms<TTerms>(Sequence, t, lanes, terms.Slice(0, terms.Length));
            _unrolledNetwork.StepBackward<TTerms>(Sequence, t, terms.Slice(0, terms.Length));
            receive(terms.Doubles, t);
        }
    }

    private static UncheckedSpan<Scalar> ToLanes(IReadOnlyList<double> numbers)
    {
        var lanes = new LaneMemory<Scalar>(numbers.Count);
        for (int i = 0; i < numbers.Count; i++)
            lanes.Doubles[i] = numbers[i];
        return lanes.Slice(0, numbers.Count);
    }

    private LaneMemory<Scalar> AllocateTerms<TTerms>()
        where TTerms : struct, IGradientTerms
        => new(checked(_network.Parameters * TTerms.ValuesPerParameter));
}
