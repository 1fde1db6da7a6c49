using LatchLab.Networks.Cells;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// A network of one or several layers of cells: the first reads the input, each further one the hidden values of the
/// layer below at the same step, and the readout those of the last.
/// </summary>
/// <remarks>
/// Parameters: those of each layer, then the learned inputs of class 1 and class 0, then the readout. States, tapes and
/// deltas of the layers follow each other likewise.
/// </remarks>
/// <typeparam name="TCell">The cell.</typeparam>
public readonly partial struct CellNetwork<TCell> : INetwork
    where TCell : struct, ICell
{
    private readonly Layer[] _layers;

    /// <summary>Creates the network.</summary>
    /// <param name="cells">The cells of the layers, the first layer first.</param>
    /// <param name="trainableInputs">L ≥ 0, the learned inputs of a class; L &gt; 0 only if a step has one
    /// input.</param>
    /// <param name="readout">The kind of the readout; not <see cref="ReadoutKind.Units"/>.</param>
    /// <param name="outputs">k ≥ 1.</param>
    public CellNetwork(IReadOnlyList<TCell> cells, int trainableInputs, ReadoutKind readout, int outputs)
    {
        _layers = new Layer[cells.Count];
        int parameters = 0, states = 0, tapes = 0, deltas = 0, firstHidden = 0;
        for (int l = 0; l < cells.Count; l++)
        {
            CellSize size = cells[l].Size;
            ICell cell = cells[l];
            _layers[l] = new(
                cells[l], size, [.. cell.Maps], [.. cell.Diagonals], parameters, states, tapes, deltas);
            firstHidden = states;
            parameters += cell.Parameters;
            states += size.State;
            tapes += size.Tape;
            deltas += size.Deltas;
        }

        CellParameters = parameters;
        TrainableInputs = trainableInputs;
        (StateSize, StepSize, AdjointSize) = (states, states + tapes, states + deltas);
        Inputs = cells[0].Size.Inputs;
        Readout = Readout.OfHiddenValues(
            readout, firstHidden, cells[^1].Size.Hidden, outputs, parameters + (2 * trainableInputs));
    }

    public static bool IsStochastic => false;

    /// <summary>Gates have no diagonal approximation of second derivatives.</summary>
    public static bool HasCurvature => false;

    public int StateSize { get; }

    public int StepSize { get; }

    public int AdjointSize { get; }

    public int Inputs { get; }

    public int TrainableInputs { get; }

    public Readout Readout { get; }

    /// <summary>Number of parameters of the cells.</summary>
    public int CellParameters { get; }

    public int Parameters => Readout.Offset + Readout.Parameters;

    /// <summary>Values of the tape of a step, of all layers.</summary>
    public int TapeSize => StepSize - StateSize;

    /// <summary>
    /// The gates of each layer, the first layer first; <see cref="CellGate.Tape"/> counts in the tape of the network.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<CellGate>> Gates
        => [.. _layers.Select(layer => CellGate.ListAll(layer.Cell, layer.FirstTape).ToArray())];

    /// <summary>The first hidden value of each layer in the state, and their number.</summary>
    public IReadOnlyList<(int First, int Count)> HiddenValues
        => [.. _layers.Select(layer => (layer.FirstState, layer.Size.Hidden))];

    public double InitialState(int index) => 0.0;

    public int InputParameterIndex(int i, int sequenceClass)
        => CellParameters + (sequenceClass == 1 ? 0 : TrainableInputs) + i - 1;

    public void Step<TLane>(UncheckedSpan<TLane> parameters, UncheckedSpan<TLane> input, UncheckedSpan<TLane> before,
        UncheckedSpan<TLane> after)
        where TLane : unmanaged, ILane<TLane>
        => Step<TLane, UncheckedSpan<TLane>>(parameters, input, before, after);

    /// <summary>Computes a step with parameters of each lane, or with those of one network for all lanes.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="input">u_t.</param>
    /// <param name="before">s_{t−1}.</param>
    /// <param name="after">s_t and the tape of step t, written.</param>
    public void Step<TLane, TParameters>(
        TParameters parameters, UncheckedSpan<TLane> input, UncheckedSpan<TLane> before, UncheckedSpan<TLane> after)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
    {
        foreach (ref Layer layer in _layers.AsSpan())
        {
            layer.Cell.Step(
                parameters.Slice(layer.FirstParameter), input, before.Slice(layer.FirstState),
                after.Slice(layer.FirstState), after.Slice(StateSize + layer.FirstTape));
            input = after.Slice(layer.FirstState);
        }
    }

    public GradientAndCurvature<TLane> StepBackward<TLane, TTerms>(
        UncheckedSpan<TLane> parameters,
        UncheckedSpan<TLane> input,
        UncheckedSpan<TLane> before,
        UncheckedSpan<TLane> after,
        Adjoint<TLane> adjoint,
        Adjoint<TLane> previousAdjoint,
        UncheckedSpan<TLane> terms)
        where TLane : unmanaged, ILane<TLane>
        where TTerms : struct, IGradientTerms
    {
        UncheckedSpan<TLane> deltas = adjoint.Gradient.Slice(StateSize);
        ComputeDeltas(parameters, before, after, adjoint.Gradient, deltas, previousAdjoint.Gradient);
        for (int l = 0; l < _layers.Length; l++)
        {
            Layer layer = _layers[l];
            StepValues<TLane> step = ValuesOf(l, input, before, after);
            UncheckedSpan<TLane> ownDeltas = deltas.Slice(layer.FirstDelta),
                ownTerms = terms.Slice(layer.FirstParameter * TTerms.ValuesPerParameter);
            foreach (ref readonly AffineMap map in layer.Maps.AsSpan())
                AddTerms<TLane, TTerms>(map, step, ownDeltas, ownTerms);
            foreach (ref readonly DiagonalMap map in layer.Diagonals.AsSpan())
                AddTerms<TLane, TTerms>(map, step, ownDeltas, ownTerms);
        }

        return new(ComputeInputGradient(parameters, deltas), default);
    }

    public static bool HasSumBackward<TLane>()
        where TLane : unmanaged, ILane<TLane>
        => true;

    public static bool HasSumBackwardFromOutputs => true;

    public void SumBackward<TLane>(in BackwardSteps<TLane> steps)
        where TLane : unmanaged, ILane<TLane>
    {
        ComputeDeltas(steps);
        AddProducts(steps);
    }

    public void SumBackwardToStarts<TLane>(
        in BackwardSteps<TLane> steps, TLane start, int t, UncheckedSpan<TLane> inputGradients)
        where TLane : unmanaged, ILane<TLane>
    {
        // One step at a time, because a lane may begin at each of them.
        UncheckedSpan<TLane> adjoint = steps.Adjoint;
        for (int step = 0; step < steps.Count; step++)
        {
            TLane time = TLane.From(t - step);
            for (int i = 0; i < StateSize; i++)
                adjoint[i] = TLane.WhereLess(start, time, adjoint[i], TLane.From(0.0));
            BackwardSteps<TLane> single = steps.Single(step);
            ComputeDeltas(single);
            AddProducts(single);
            inputGradients[t - step] = ComputeInputGradient(steps.Parameters, single.Workspace.Slice(StateSize));
        }
    }

    /// <summary>The deltas of several steps: [step][adjoint] in the workspace, the latest step first.</summary>
    private void ComputeDeltas<TLane>(in BackwardSteps<TLane> steps)
        where TLane : unmanaged, ILane<TLane>
    {
        UncheckedSpan<TLane> adjoint = steps.Workspace, after = steps.State, incoming = steps.Adjoint;
        for (int i = 0; i < StateSize; i++)
            adjoint[i] = incoming[i];
        for (int step = 0; step < steps.Count; step++)
        {
            for (int k = 0; steps.OutputStride > 0 && step > 0 && k < Readout.Outputs; k++)
            {
                TLane gradient = steps.OutputGradients[k - (step * steps.OutputStride)];
                Readout.AddToHiddenValues(steps.Parameters, after, k, gradient, adjoint);
            }

            UncheckedSpan<TLane> before = after.Slice(-steps.StateStride), previous = adjoint.Slice(AdjointSize);
            ComputeDeltas(steps.Parameters, before, after, adjoint, adjoint.Slice(StateSize), previous);
            adjoint = previous;
            after = before;
        }

        for (int i = 0; i < StateSize; i++)
            incoming[i] = adjoint[i];
    }

    /// <summary>Computes the deltas of a step, of the last layer first, and the adjoint of s_{t−1}.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="before">s_{t−1}.</param>
    /// <param name="after">s_t and the tape of step t.</param>
    /// <param name="adjoint">∂C/∂s_t; unspecified afterwards.</param>
    /// <param name="deltas">The deltas, written.</param>
    /// <param name="previous">∂C/∂s_{t−1}, written.</param>
    internal void ComputeDeltas<TLane, TParameters>(
        TParameters parameters, UncheckedSpan<TLane> before, UncheckedSpan<TLane> after,
        UncheckedSpan<TLane> adjoint, UncheckedSpan<TLane> deltas, UncheckedSpan<TLane> previous)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
    {
        for (int l = _layers.Length - 1; l >= 0; l--)
        {
            ref Layer layer = ref _layers[l];
            TParameters ownParameters = parameters.Slice(layer.FirstParameter);
            UncheckedSpan<TLane> ownDeltas = deltas.Slice(layer.FirstDelta);
            layer.Cell.StepBackward(
                ownParameters, before.Slice(layer.FirstState), after.Slice(layer.FirstState),
                after.Slice(StateSize + layer.FirstTape), adjoint.Slice(layer.FirstState), ownDeltas,
                previous.Slice(layer.FirstState));
            if (l == 0)
                return;
            foreach (ref readonly AffineMap map in layer.Maps.AsSpan())
                map.TransposeToInput(ownParameters, ownDeltas, adjoint.Slice(_layers[l - 1].FirstState));
        }
    }

    private void AddProducts<TLane>(in BackwardSteps<TLane> steps)
        where TLane : unmanaged, ILane<TLane>
    {
        UncheckedSpan<TLane> deltas = steps.Workspace.Slice(StateSize);
        for (int l = 0; l < _layers.Length; l++)
        {
            Layer layer = _layers[l];
            var series = new StepSeries<TLane>
            {
                Latest = ValuesOf(l, steps.Input, steps.State.Slice(-steps.StateStride), steps.State),
                StepStride = steps.StateStride,
                InputStride = l == 0 ? steps.InputStride : steps.StateStride,
                Count = steps.Count,
            };
            UncheckedSpan<TLane> ownDeltas = deltas.Slice(layer.FirstDelta),
                gradients = steps.Gradients.Slice(layer.FirstParameter);
            foreach (ref readonly AffineMap map in layer.Maps.AsSpan())
                map.SumTerms(series, ownDeltas, AdjointSize, gradients);
            foreach (ref readonly DiagonalMap map in layer.Diagonals.AsSpan())
                map.SumTerms(series, ownDeltas, AdjointSize, gradients);
        }
    }

    /// <summary>Emits the gradient terms of one step.</summary>
    private static void AddTerms<TLane, TTerms>(
        in AffineMap map, in StepValues<TLane> step, UncheckedSpan<TLane> deltas, UncheckedSpan<TLane> terms)
        where TLane : unmanaged, ILane<TLane>
        where TTerms : struct, IGradientTerms
    {
        UncheckedSpan<TLane> x = map.Source.Find(step);
        for (int row = 0; row < map.Rows; row++)
        {
            var delta = new GradientAndCurvature<TLane>(deltas[map.FirstDelta + row], default);
            for (int j = 0; j < map.Columns; j++)
                TTerms.AddWeight(terms, map.Offset + (row * map.Columns) + j, delta, x[j]);
            for (int k = 0; k < map.Inputs; k++)
                TTerms.AddWeight(terms, map.InputWeights + (row * map.Inputs) + k, delta, step.Input[k]);
            if (map.HasBiases)
                TTerms.Add(terms, map.Biases + row, delta);
        }
    }

    private static void AddTerms<TLane, TTerms>(
        in DiagonalMap map, in StepValues<TLane> step, UncheckedSpan<TLane> deltas, UncheckedSpan<TLane> terms)
        where TLane : unmanaged, ILane<TLane>
        where TTerms : struct, IGradientTerms
    {
        UncheckedSpan<TLane> x = map.Source.Find(step);
        for (int i = 0; i < map.Rows; i++)
        {
            TTerms.AddWeight(
                terms, map.Offset + i, new GradientAndCurvature<TLane>(deltas[map.FirstDelta + i], default), x[i]);
        }
    }

    private StepValues<TLane> ValuesOf<TLane>(
        int layer, UncheckedSpan<TLane> input, UncheckedSpan<TLane> before, UncheckedSpan<TLane> after)
        where TLane : unmanaged, ILane<TLane>
        => new()
        {
            Input = layer == 0 ? input : after.Slice(_layers[layer - 1].FirstState),
            Before = before.Slice(_layers[layer].FirstState),
            After = after.Slice(_layers[layer].FirstState),
            Tape = after.Slice(StateSize + _layers[layer].FirstTape),
        };

    /// <summary>∂C/∂u_t of the only input; 0 if no input is learned.</summary>
    private TLane ComputeInputGradient<TLane>(UncheckedSpan<TLane> parameters, UncheckedSpan<TLane> deltas)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane gradient = TLane.From(0.0);
        if (TrainableInputs > 0)
            AddInputAdjoint(parameters, deltas, new UncheckedSpan<TLane>(ref gradient));
        return gradient;
    }

    /// <summary>Adds ∂C/∂u_t, m values.</summary>
    internal void AddInputAdjoint<TLane, TParameters>(
        TParameters parameters, UncheckedSpan<TLane> deltas, UncheckedSpan<TLane> adjoint)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
    {
        foreach (ref readonly AffineMap map in _layers[0].Maps.AsSpan())
            map.TransposeToInput(parameters, deltas, adjoint);
    }

    /// <summary>A layer, and where its values begin.</summary>
    private struct Layer(
        TCell cell, CellSize size, AffineMap[] maps, DiagonalMap[] diagonals, int firstParameter, int firstState,
        int firstTape, int firstDelta)
    {
        public readonly CellSize Size = size;
        public readonly AffineMap[] Maps = maps;
        public readonly DiagonalMap[] Diagonals = diagonals;
        public readonly int FirstParameter = firstParameter, FirstState = firstState, FirstTape = firstTape,
            FirstDelta = firstDelta;

        // Not read-only: otherwise every call of its methods would copy it, because the compiler does not know that
        // they leave it unchanged.
        public TCell Cell = cell;
    }
}

/// <summary>An operation on a network of cells of any type.</summary>
public interface ICellNetworkVisitor<out TResult>
{
    /// <summary>Performs the operation on a network.</summary>
    TResult Visit<TCell>(CellNetwork<TCell> network)
        where TCell : struct, ICell;
}
