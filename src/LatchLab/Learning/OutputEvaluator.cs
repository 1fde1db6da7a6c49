using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// The outputs of one network at the end of sequence after sequence. It keeps the states of two steps only, so that a
/// sequence may have any length. An instance serves one thread.
/// </summary>
public abstract class OutputEvaluator
{
    /// <summary>Creates an evaluator of a network.</summary>
    /// <exception cref="ValidationException">
    /// The network has learned inputs, which depend on the class that is to be predicted.
    /// </exception>
    public static OutputEvaluator Create(NetworkDefinition network)
        => network.TrainableInputValues.Count > 0
            ? throw new ValidationException("", "network", "has learned inputs, which depend on the class of a " +
                "sequence: its outputs cannot predict this class")
            : network.Accept(new Visitor(network.Parameters));

    /// <summary>Presents a sequence.</summary>
    /// <param name="inputs">[t − 1][input]: at least one step.</param>
    /// <param name="outputs">[output]: receives the outputs at the last step.</param>
    public abstract void Evaluate(ReadOnlySpan<double> inputs, Span<double> outputs);

    private sealed class Visitor(IReadOnlyList<double> parameters) : INetworkVisitor<OutputEvaluator>
    {
        public OutputEvaluator Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
            => new Evaluator<TNetwork>(network, parameters);
    }

    private sealed class Evaluator<TNetwork> : OutputEvaluator
        where TNetwork : struct, INetwork
    {
        private readonly TNetwork _network;
        private readonly LaneMemory<Scalar> _parameters;
        private readonly LaneMemory<Scalar> _input;
        private readonly LaneMemory<Scalar> _steps; // what is kept of step t − 1, and of step t

        public Evaluator(TNetwork network, IReadOnlyList<double> parameters)
        {
            _network = network;
            _parameters = new(Math.Max(1, parameters.Count));
            for (int i = 0; i < parameters.Count; i++)
                _parameters.Doubles[i] = parameters[i];
            _input = new(network.Inputs);
            _steps = new(2 * network.StepSize);
        }

        public override void Evaluate(ReadOnlySpan<double> inputs, Span<double> outputs)
        {
            int size = _network.StepSize;
            UncheckedSpan<Scalar> parameters = _parameters.Slice(0, _parameters.Length),
                before = _steps.Slice(0, size), after = _steps.Slice(size, size);
            for (int i = 0; i < _network.StateSize; i++)
                before[i] = new(_network.InitialState(i));
            for (; inputs.Length > 0; inputs = inputs[_network.Inputs..])
            {
                inputs[.._network.Inputs].CopyTo(_input.Doubles);
                _network.Step(parameters, _input.Slice(0, _input.Length), before, after);
                UncheckedSpan<Scalar> previous = before;
                before = after;
                after = previous;
            }

            for (int k = 0; k < outputs.Length; k++)
                outputs[k] = _network.Readout.Compute(parameters, before, k).Value;
        }
    }
}
