using LatchLab.Networks;
using LatchLab.Networks.Cells;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>Sequences of <see cref="NetworkTrajectories"/> that are processed together.</summary>
internal abstract class SequenceGroup
{
    /// <summary>Number of sequences.</summary>
    public abstract int Sequences { get; }

    /// <summary>Copies s_t of a sequence.</summary>
    public abstract void CopyState(int lane, int t, Span<double> state);

    /// <summary>Copies y_t of a sequence.</summary>
    public abstract void CopyOutputs(int lane, int t, Span<double> outputs);

    /// <summary>Copies the tape of step t of a sequence.</summary>
    public abstract void CopyTape(int lane, int t, Span<double> tape);

    /// <summary>Replaces ∂C/∂s_from by ∂C/∂s_to: <see cref="NetworkTrajectories.PullBack(int, int, Span{double},
    /// Span{double})"/>.</summary>
    public abstract void PullBack(int from, int to, Span<double> vectors, Span<double> inputVectors);

    /// <summary>Adds ∂C/∂y_t·∂y_t/∂s_t.</summary>
    public abstract void AddPulledBackOutputs(int t, ReadOnlySpan<double> outputVectors, Span<double> vectors);
}

/// <summary>The sequences of the lanes of one value. Lanes without a sequence have zero inputs.</summary>
/// <typeparam name="TLane">One lane, one sequence.</typeparam>
/// <typeparam name="TCell">The cell.</typeparam>
internal sealed class SequenceGroup<TLane, TCell> : SequenceGroup
    where TLane : unmanaged, ILane<TLane>
    where TCell : struct, ICell
{
    private readonly CellNetwork<TCell> _network;
    private readonly double[] _parameters;
    private readonly LaneMemory<TLane>[] _inputs, _states, _outputs;    // [t]; inputs and outputs from t = 1 on
    private readonly LaneMemory<TLane> _step, _deltas, _inputAdjoint;
    private LaneMemory<TLane> _adjoint, _previous;
    private int _stepTime;

    /// <summary>Runs the network on up to as many sequences as there are lanes.</summary>
    public SequenceGroup(
        CellNetwork<TCell> network, double[] parameters, IReadOnlyList<IReadOnlyList<double>>[] inputs,
        IReadOnlyList<double>[]? initialStates)
    {
        (_network, _parameters, Sequences) = (network, parameters, inputs.Length);
        int n = network.StateSize, length = inputs[0].Count;
        LaneMemory<TLane>[] Allocate(int size)
            => [.. Enumerable.Range(0, length + 1).Select(_ => new LaneMemory<TLane>(size))];
        (_inputs, _states, _outputs) = (Allocate(network.Inputs), Allocate(n), Allocate(network.Readout.Outputs));
        (_step, _deltas) = (new(network.StepSize), new(network.AdjointSize - n));
        (_adjoint, _previous, _inputAdjoint) = (new(n), new(n), new(network.Inputs));
        for (int i = 0; i < n; i++)
            _states[0].Values[i] = TLane.From(network.InitialState(i));
        for (int lane = 0; lane < inputs.Length; lane++)
        {
            for (int t = 1; t <= length; t++)
                Write(inputs[lane][t - 1], lane, _inputs[t]);
            if (initialStates is not null)
                Write(initialStates[lane], lane, _states[0]);
        }

        for (int t = 1; t <= length; t++)
        {
            Step(t);
            _step.Values[..n].CopyTo(_states[t].Values);
            network.Readout.Compute(Parameters, All(_states[t]), All(_outputs[t]));
        }
    }

    public override int Sequences { get; }

    public override void CopyState(int lane, int t, Span<double> state) => Copy(_states[t], lane, state);

    public override void CopyOutputs(int lane, int t, Span<double> outputs) => Copy(_outputs[t], lane, outputs);

    public override void CopyTape(int lane, int t, Span<double> tape)
    {
        if (_stepTime != t)
            Step(t);
        int n = _network.StateSize;
        ReadOnlySpan<double> lanes = _step.Doubles[(n * TLane.Count)..];
        for (int i = 0; i < tape.Length; i++)
            tape[i] = lanes[(i * TLane.Count) + lane];
    }

    public override void PullBack(int from, int to, Span<double> vectors, Span<double> inputVectors)
    {
        int n = _network.StateSize, m = _network.Inputs;
        for (int lane = 0; lane < Sequences; lane++)
            Write(vectors.Slice(lane * n, n), lane, _adjoint);
        for (int t = from; t > to; t--)
        {
            if (_stepTime != t)
                Step(t);
            _network.ComputeDeltas(
                Parameters, All(_states[t - 1]), All(_step), All(_adjoint), All(_deltas), All(_previous));
            (_adjoint, _previous) = (_previous, _adjoint);
            if (inputVectors.IsEmpty)
                continue;
            _inputAdjoint.Values.Clear();
            _network.AddInputAdjoint(Parameters, All(_deltas), All(_inputAdjoint));
            for (int lane = 0; lane < Sequences; lane++)
                Copy(_inputAdjoint, lane, inputVectors.Slice(((lane * (from - to)) + t - to - 1) * m, m));
        }

        for (int lane = 0; lane < Sequences; lane++)
            Copy(_adjoint, lane, vectors.Slice(lane * n, n));
    }

    public override void AddPulledBackOutputs(int t, ReadOnlySpan<double> outputVectors, Span<double> vectors)
    {
        Readout readout = _network.Readout;
        int n = _network.StateSize, k = readout.Outputs;
        LaneMemory<TLane> outputAdjoint = new(k);
        for (int lane = 0; lane < Sequences; lane++)
        {
            Write(outputVectors.Slice(lane * k, k), lane, outputAdjoint);
            Write(vectors.Slice(lane * n, n), lane, _adjoint);
        }

        readout.PullBack(Parameters, All(_outputs[t]), All(outputAdjoint), All(_adjoint));
        for (int lane = 0; lane < Sequences; lane++)
            Copy(_adjoint, lane, vectors.Slice(lane * n, n));
    }

    private BroadcastSpan<TLane> Parameters => new(ref _parameters[0]);

    private static UncheckedSpan<TLane> All(LaneMemory<TLane> memory) => memory.Slice(0, memory.Length);

    private static void Write(IReadOnlyList<double> values, int lane, LaneMemory<TLane> memory)
    {
        for (int i = 0; i < values.Count; i++)
            memory.Doubles[(i * TLane.Count) + lane] = values[i];
    }

    private static void Write(ReadOnlySpan<double> values, int lane, LaneMemory<TLane> memory)
    {
        Span<double> lanes = memory.Doubles;
        for (int i = 0; i < values.Length; i++)
            lanes[(i * TLane.Count) + lane] = values[i];
    }

    private static void Copy(LaneMemory<TLane> memory, int lane, Span<double> values)
    {
        ReadOnlySpan<double> lanes = memory.Doubles;
        for (int i = 0; i < values.Length; i++)
            values[i] = lanes[(i * TLane.Count) + lane];
    }

    /// <summary>Computes s_t and the tape of step t.</summary>
    private void Step(int t)
    {
        _network.Step(Parameters, All(_inputs[t]), All(_states[t - 1]), All(_step));
        _stepTime = t;
    }
}
