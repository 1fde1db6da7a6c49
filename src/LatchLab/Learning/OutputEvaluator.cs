using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// The outputs of one network for many sequences, at their last steps. A lane is a sequence, so that a vector of them
/// is computed at once; the numbers are those of single sequences, bit for bit. It keeps the states of two steps only,
/// so that a sequence may have any length. An instance serves one thread.
/// </summary>
public abstract class OutputEvaluator
{
    /// <summary>Creates an evaluator of a network.</summary>
    /// <exception cref="ValidationException">
    /// The network has learned inputs, which depend on the class that is to be predicted.
    /// </exception>
    public static OutputEvaluator Create(NetworkDefinition network, LaneKind? lanes = null)
        => network.TrainableInputValues.Count > 0
            ? throw new ValidationException("", "network", "has learned inputs, which depend on the class of a " +
                "sequence: its outputs cannot predict this class")
            : network.Accept(new NetworkVisitor(network.Parameters, lanes ?? LaneKind.Widest));

    /// <summary>The number of sequences that are computed at once.</summary>
    public abstract int Lanes { get; }

    /// <summary>Presents sequences. It is fastest if those of the same vector have the same length.</summary>
    /// <param name="inputs">[sequence]: [t − 1][input], at least one step.</param>
    /// <param name="outputs">
    /// [sequence]: receives [step][output] of as many of the last steps as it has room for, at least one.
    /// </param>
    public abstract void Evaluate(ReadOnlySpan<double[]> inputs, ReadOnlySpan<double[]> outputs);

    private sealed class NetworkVisitor(IReadOnlyList<double> parameters, LaneKind lanes)
        : INetworkVisitor<OutputEvaluator>
    {
        public OutputEvaluator Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
            => lanes.Accept(new LaneVisitor<TNetwork>(network, parameters));
    }

    private sealed class LaneVisitor<TNetwork>(TNetwork network, IReadOnlyList<double> parameters)
        : ILaneVisitor<OutputEvaluator>
        where TNetwork : struct, INetwork
    {
        public OutputEvaluator Visit<TLane>()
            where TLane : unmanaged, IBitLane<TLane>
            => new Evaluator<TLane, TNetwork>(network, parameters);
    }

    private sealed class Evaluator<TLane, TNetwork> : OutputEvaluator
        where TLane : unmanaged, ILane<TLane>
        where TNetwork : struct, INetwork
    {
        private readonly TNetwork _network;
        private readonly LaneMemory<TLane> _parameters, _input, _outputs;
        private LaneMemory<TLane> _before, _after; // what is kept of step t − 1, and of step t

        public Evaluator(TNetwork network, IReadOnlyList<double> parameters)
        {
            _network = network;
            _parameters = new(Math.Max(1, parameters.Count));
            for (int i = 0; i < parameters.Count; i++)
                _parameters.Values[i] = TLane.From(parameters[i]);
            (_input, _outputs) = (new(network.Inputs), new(network.Readout.Outputs));
            (_before, _after) = (new(network.StepSize), new(network.StepSize));
        }

        public override int Lanes => TLane.Count;

        public override void Evaluate(ReadOnlySpan<double[]> inputs, ReadOnlySpan<double[]> outputs)
        {
            for (int first = 0; first < inputs.Length; first += TLane.Count)
            {
                int count = Math.Min(TLane.Count, inputs.Length - first);
                EvaluateTogether(inputs.Slice(first, count), outputs.Slice(first, count));
            }
        }

        private void EvaluateTogether(ReadOnlySpan<double[]> inputs, ReadOnlySpan<double[]> outputs)
        {
            int longest = 0, firstOutput = int.MaxValue; // t − 1 of the first step with an output
            for (int lane = 0; lane < inputs.Length; lane++)
            {
                int steps = inputs[lane].Length / _network.Inputs;
                longest = Math.Max(longest, steps);
                firstOutput = Math.Min(firstOutput, steps - (outputs[lane].Length / _outputs.Length));
            }

            for (int i = 0; i < _network.StateSize; i++)
                _before.Values[i] = TLane.From(_network.InitialState(i));
            _input.Values.Clear();
            for (int t = 0; t < longest; t++)
            {
                Load(inputs, t);
                _network.Step(All(_parameters), All(_input), All(_before), All(_after));
                (_before, _after) = (_after, _before);
                if (t >= firstOutput)
                    CopyOutputs(inputs, outputs, t);
            }
        }

        /// <summary>Loads the inputs of a step. A sequence that has ended keeps its last ones.</summary>
        private void Load(ReadOnlySpan<double[]> inputs, int t)
        {
            int m = _network.Inputs;
            Span<double> lanes = _input.Doubles;
            for (int lane = 0; lane < inputs.Length; lane++)
            {
                double[] own = inputs[lane];
                for (int i = 0; i < m && t * m < own.Length; i++)
                    lanes[(i * TLane.Count) + lane] = own[(t * m) + i];
            }
        }

        private void CopyOutputs(ReadOnlySpan<double[]> inputs, ReadOnlySpan<double[]> outputs, int t)
        {
            int k = _outputs.Length;
            for (int output = 0; output < k; output++)
                _outputs.Values[output] = _network.Readout.Compute(All(_parameters), All(_before), output);
            ReadOnlySpan<double> lanes = _outputs.Doubles;
            for (int lane = 0; lane < inputs.Length; lane++)
            {
                int steps = inputs[lane].Length / _network.Inputs, row = t - steps + (outputs[lane].Length / k);
                for (int output = 0; output < k && row >= 0 && t < steps; output++)
                    outputs[lane][(row * k) + output] = lanes[(output * TLane.Count) + lane];
            }
        }

        private static UncheckedSpan<TLane> All(LaneMemory<TLane> memory) => memory.Slice(0, memory.Length);
    }
}
