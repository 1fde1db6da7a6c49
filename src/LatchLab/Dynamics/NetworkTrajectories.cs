using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Networks.Cells;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// The states <c>s_t = F(s_{t−1}, u_t; θ)</c> and the outputs y_t of one network of cells on many sequences, and
/// products of vectors with the Jacobians of its steps. The parameters are stored once; a lane is a sequence.
/// </summary>
/// <remarks>
/// Four vectors of sequences are processed together, so that a parameter is loaded once for all of them. The states of
/// all steps are kept; the gates of a step are computed again when a vector is pulled back through it. The numbers are
/// those of training, bit for bit. One thread at a time may use an instance.
/// </remarks>
public sealed class NetworkTrajectories
{
    private readonly SequenceGroup[] _groups;

    private NetworkTrajectories(SequenceGroup[] groups, int sequences, int length)
        => (_groups, Sequences, Length) = (groups, sequences, length);

    /// <summary>Number of sequences.</summary>
    public int Sequences { get; }

    /// <summary>T, the steps of each sequence.</summary>
    public int Length { get; }

    /// <summary>Values of a state: those of all layers.</summary>
    public required int StateSize { get; init; }

    /// <summary>m, the inputs of a step.</summary>
    public required int Inputs { get; init; }

    /// <summary>k, the outputs of a step.</summary>
    public required int Outputs { get; init; }

    /// <summary>Values that a step keeps beside the state, of all layers: gates and others.</summary>
    public required int TapeSize { get; init; }

    /// <summary>The gates of each layer; <see cref="CellGate.Tape"/> is an index for <see cref="CopyTape"/>.</summary>
    public required IReadOnlyList<IReadOnlyList<CellGate>> Gates { get; init; }

    /// <summary>The first hidden value of each layer in the state, and their number.</summary>
    public required IReadOnlyList<(int First, int Count)> HiddenValues { get; init; }

    /// <summary>Runs a network on sequences.</summary>
    /// <param name="network">The network and its parameters.</param>
    /// <param name="inputs">[sequence][step][input]: at least one sequence, all of the same length ≥ 1; learned inputs
    /// must be among them.</param>
    /// <param name="initialStates">s_0 of each sequence; null for that of the network.</param>
    /// <param name="lanes">Vector width; null for the widest. It does not change the results.</param>
    /// <exception cref="ValidationException">The inputs or initial states have invalid sizes.</exception>
    public static NetworkTrajectories Run(
        CellDefinition network, IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> inputs,
        IReadOnlyList<IReadOnlyList<double>>? initialStates = null, LaneKind? lanes = null)
        => network.Accept(new Runner(network.Parameters, inputs, initialStates, lanes));

    /// <summary>The same for a network of any cells.</summary>
    public static NetworkTrajectories Run<TCell>(
        CellNetwork<TCell> network, IReadOnlyList<double> parameters,
        IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> inputs,
        IReadOnlyList<IReadOnlyList<double>>? initialStates = null, LaneKind? lanes = null)
        where TCell : struct, ICell
        => new Runner(parameters, inputs, initialStates, lanes).Visit(network);

    /// <summary>Copies s_t.</summary>
    /// <param name="sequence">0 … <see cref="Sequences"/> − 1.</param>
    /// <param name="t">0 … T.</param>
    /// <param name="state">Receives the state.</param>
    public void CopyState(int sequence, int t, Span<double> state)
    {
        UncheckedViews.ThrowIfLengthDiffers(state.Length, StateSize);
        (int group, int lane) = Find(sequence);
        _groups[group].CopyState(lane, t, state);
    }

    /// <summary>Copies y_t.</summary>
    /// <param name="sequence">0 … <see cref="Sequences"/> − 1.</param>
    /// <param name="t">1 … T.</param>
    /// <param name="outputs">Receives the outputs.</param>
    public void CopyOutputs(int sequence, int t, Span<double> outputs)
    {
        UncheckedViews.ThrowIfLengthDiffers(outputs.Length, Outputs);
        ArgumentOutOfRangeException.ThrowIfLessThan(t, 1);
        (int group, int lane) = Find(sequence);
        _groups[group].CopyOutputs(lane, t, outputs);
    }

    /// <summary>Copies what step t kept beside the state: gates and others. Ask for all sequences of a time in turn,
    /// because the tape of one step is kept.</summary>
    /// <param name="sequence">0 … <see cref="Sequences"/> − 1.</param>
    /// <param name="t">1 … T.</param>
    /// <param name="tape">Receives <see cref="TapeSize"/> values.</param>
    public void CopyTape(int sequence, int t, Span<double> tape)
    {
        UncheckedViews.ThrowIfLengthDiffers(tape.Length, TapeSize);
        ArgumentOutOfRangeException.ThrowIfLessThan(t, 1);
        (int group, int lane) = Find(sequence);
        _groups[group].CopyTape(lane, t, tape);
    }

    /// <summary>
    /// Pulls a vector of each sequence back through time: from <c>∂C/∂s_from</c> to <c>∂C/∂s_to</c>, the product with
    /// the Jacobian <c>∂s_from/∂s_to</c>.
    /// </summary>
    /// <param name="from">The later time, up to T.</param>
    /// <param name="to">The earlier time, from 0; from − 1 for a single step.</param>
    /// <param name="vectors">[sequence][state]: the vectors, replaced.</param>
    public void PullBack(int from, int to, Span<double> vectors) => PullBack(from, to, vectors, inputVectors: []);

    /// <summary>The same; it also computes the derivatives with respect to the inputs of these steps.</summary>
    /// <param name="from">The later time, up to T.</param>
    /// <param name="to">The earlier time, from 0.</param>
    /// <param name="vectors">[sequence][state]: the vectors, replaced.</param>
    /// <param name="inputVectors">[sequence][step to + 1 … from][input]: receives ∂C/∂u; or empty.</param>
    public void PullBack(int from, int to, Span<double> vectors, Span<double> inputVectors)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, Length);
        ArgumentOutOfRangeException.ThrowIfNegative(to);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, from);
        UncheckedViews.ThrowIfLengthDiffers(vectors.Length, Sequences * StateSize);
        int inputSize = inputVectors.IsEmpty ? 0 : (from - to) * Inputs;
        UncheckedViews.ThrowIfLengthDiffers(inputVectors.Length, Sequences * inputSize);
        foreach (SequenceGroup group in _groups)
        {
            int count = group.Sequences;
            group.PullBack(from, to, vectors[..(count * StateSize)], inputVectors[..(count * inputSize)]);
            vectors = vectors[(count * StateSize)..];
            inputVectors = inputVectors[(count * inputSize)..];
        }
    }

    /// <summary>Pulls vectors back through the readout: adds <c>∂C/∂y_t · ∂y_t/∂s_t</c> to others.</summary>
    /// <param name="t">1 … T.</param>
    /// <param name="outputVectors">[sequence][output]: ∂C/∂y_t.</param>
    /// <param name="vectors">[sequence][state]: receives the sums.</param>
    public void AddPulledBackOutputs(int t, ReadOnlySpan<double> outputVectors, Span<double> vectors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(t, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(t, Length);
        UncheckedViews.ThrowIfLengthDiffers(outputVectors.Length, Sequences * Outputs);
        UncheckedViews.ThrowIfLengthDiffers(vectors.Length, Sequences * StateSize);
        foreach (SequenceGroup group in _groups)
        {
            group.AddPulledBackOutputs(t, outputVectors, vectors);
            outputVectors = outputVectors[(group.Sequences * Outputs)..];
            vectors = vectors[(group.Sequences * StateSize)..];
        }
    }

    private (int Group, int Lane) Find(int sequence)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)sequence, (uint)Sequences);
        return Math.DivRem(sequence, _groups[0].Sequences);
    }

    private sealed class Runner(
        IReadOnlyList<double> parameters, IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> inputs,
        IReadOnlyList<IReadOnlyList<double>>? initialStates, LaneKind? lanes)
        : ICellNetworkVisitor<NetworkTrajectories>
    {
        public NetworkTrajectories Visit<TCell>(CellNetwork<TCell> network)
            where TCell : struct, ICell
        {
            ValidationError[] errors = [.. FindErrors(network.Parameters, network.Inputs, network.StateSize)];
            if (errors.Length > 0)
                throw new ValidationException(errors);
            SequenceGroup[] groups = (lanes ?? LaneKind.Widest).AcceptUnrolled(
                new GroupRunner<TCell>(network, [.. parameters], inputs, initialStates));
            return new(groups, inputs.Count, inputs[0].Count)
            {
                StateSize = network.StateSize,
                Inputs = network.Inputs,
                Outputs = network.Readout.Outputs,
                TapeSize = network.TapeSize,
                Gates = network.Gates,
                HiddenValues = network.HiddenValues,
            };
        }

        private IEnumerable<ValidationError> FindErrors(int parameterCount, int inputSize, int stateSize)
        {
            if (parameters.Count != parameterCount)
                yield return new("", "parameters", $"{parameters.Count} values: expected {parameterCount}");
            if (inputs.Count == 0 || inputs[0].Count == 0)
                yield return new("", "inputs", "no steps: expected at least one sequence of at least one step");
            foreach ((int i, IReadOnlyList<IReadOnlyList<double>> sequence) in inputs.Index())
            {
                if (sequence.Count != inputs[0].Count)
                {
                    yield return new(
                        "", $"inputs[{i}]", $"{sequence.Count} steps: expected {inputs[0].Count}, as in inputs[0]");
                }

                foreach ((int t, IReadOnlyList<double> input) in sequence.Index())
                {
                    if (input.Count != inputSize)
                        yield return new("", $"inputs[{i}][{t}]", $"{input.Count} values: expected {inputSize}");
                }
            }

            if (initialStates is null)
                yield break;
            if (initialStates.Count != inputs.Count)
                yield return new("", "initialStates", $"{initialStates.Count} states: expected {inputs.Count}");
            foreach ((int i, IReadOnlyList<double> state) in initialStates.Index())
            {
                if (state.Count != stateSize)
                    yield return new("", $"initialStates[{i}]", $"{state.Count} values: expected {stateSize}");
            }
        }
    }

    private sealed class GroupRunner<TCell>(
        CellNetwork<TCell> network, double[] parameters, IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> inputs,
        IReadOnlyList<IReadOnlyList<double>>? initialStates)
        : ILaneVisitor<SequenceGroup[]>
        where TCell : struct, ICell
    {
        public SequenceGroup[] Visit<TLane>()
            where TLane : unmanaged, IBitLane<TLane>
            => [.. from first in Enumerable.Range(0, (inputs.Count + TLane.Count - 1) / TLane.Count)
                   let start = first * TLane.Count
                   select new SequenceGroup<TLane, TCell>(
                       network, parameters, [.. inputs.Skip(start).Take(TLane.Count)],
                       initialStates?.Skip(start).Take(TLane.Count).ToArray())];
    }
}
