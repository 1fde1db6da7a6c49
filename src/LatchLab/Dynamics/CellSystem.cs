using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Networks.Cells;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// A network of cells as a driven system in the coordinates of its state, <c>s_t = F(s_{t−1}, u_t)</c>: h, for an LSTM
/// (h, c), for several layers the states of all. Unlike <see cref="DrivenSystem"/> it is meant for hundreds of units:
/// its Jacobian does not use dual numbers, and it keeps its memory, so that one thread at a time may use an instance.
/// </summary>
public abstract class CellSystem
{
    /// <summary>N, the values of a state.</summary>
    public abstract int Dimension { get; }

    /// <summary>m, the inputs of a step.</summary>
    public abstract int Inputs { get; }

    /// <summary>k, the outputs of the readout.</summary>
    public abstract int Outputs { get; }

    /// <summary>
    /// Whether a convex compact set contains its image for every constant input, so that the indices of all fixed
    /// points have the sum 1. It does if the gates depend on hidden values alone, which are bounded: a forget gate then
    /// stays below 1, and <c>|c| ≤ 1 + f·|c|</c>. ReLU units have no bound, nor does a forget gate with a peephole.
    /// </summary>
    public bool IsBounded { get; private init; }

    /// <summary>
    /// Number of hidden values of a layer that are between −1 and 1 in every later state; 0 if none is.
    /// </summary>
    private int LimitedValues { get; init; }

    /// <summary>Values of the state of a layer.</summary>
    private int LayerSize { get; init; }

    /// <summary>Creates the system of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="lanes">Null for the widest; no result depends on it.</param>
    /// <exception cref="ValidationException">A unit is not differentiable, or a parameter is not finite.</exception>
    public static CellSystem Create(CellDefinition network, LaneKind? lanes = null)
    {
        if (KnownUnits.HasThreshold(network.Unit))
        {
            throw new ValidationException(
                "", "unit", $"threshold has no derivative: expected {KnownUnits.DifferentiableNames}");
        }

        if (!network.Parameters.All(double.IsFinite))
            throw new ValidationException("", network.Kind, "the parameters of the network must be finite numbers");
        return network.Accept(new Visitor(network, lanes));
    }

    /// <summary>Creates the system of a network of any differentiable cells; nothing is known of its bounds.</summary>
    internal static CellSystem Create<TCell>(
        CellNetwork<TCell> network, double[] parameters, LaneKind? lanes = null)
        where TCell : struct, ICell
        => new OfCells<TCell>(network, parameters, lanes ?? LaneKind.Widest);

    /// <summary>
    /// Whether a state is within the bounds of later states. A state outside cannot be a fixed point, but in floating
    /// point numbers it may be: where the gate of a GRU is rounded to 1, every value repeats itself.
    /// </summary>
    /// <param name="state">The state.</param>
    /// <param name="factor">The bounds are this many times as wide; at least 1.</param>
    public bool IsWithinBounds(ReadOnlySpan<double> state, double factor = 1.0)
    {
        for (int i = 0; i < state.Length; i++)
        {
            if (LimitedValues > 0 && i % LayerSize < LimitedValues && !(Math.Abs(state[i]) <= factor))
                return false;
        }

        return true;
    }

    /// <summary>Computes s_t.</summary>
    /// <param name="state">s_{t−1}, N values.</param>
    /// <param name="input">u_t, m values.</param>
    /// <param name="next">s_t, written.</param>
    public abstract void Step(ReadOnlySpan<double> state, ReadOnlySpan<double> input, Span<double> next);

    /// <summary>
    /// Computes ∂s_t/∂s_{t−1}, N × N values, row by row. The memory is that of this object; the next call overwrites
    /// it.
    /// </summary>
    /// <param name="state">s_{t−1}, N values.</param>
    /// <param name="input">u_t, m values.</param>
    public abstract Span<double> Jacobian(ReadOnlySpan<double> state, ReadOnlySpan<double> input);

    /// <summary>The outputs of the readout.</summary>
    /// <param name="state">s_t, N values.</param>
    public abstract double[] ReadOut(ReadOnlySpan<double> state);

    private sealed class Visitor(CellDefinition definition, LaneKind? lanes) : ICellNetworkVisitor<CellSystem>
    {
        public CellSystem Visit<TCell>(CellNetwork<TCell> network)
            where TCell : struct, ICell
        {
            bool isBounded = !KnownUnits.HasUnbounded(definition.Unit)
                && definition.Blocks.All(block => block.Role != BlockRole.Peephole),
                isProjected = definition.Blocks.Any(block => block.Role == BlockRole.Projection);
            return new OfCells<TCell>(network, [.. definition.Parameters], lanes ?? LaneKind.Widest)
            {
                IsBounded = isBounded,
                LimitedValues = isBounded && !isProjected ? definition.Size.Hidden : 0,
                LayerSize = network.StateSize / definition.Size.Layers,
            };
        }
    }

    private sealed class OfCells<TCell>(CellNetwork<TCell> network, double[] parameters, LaneKind lanes)
        : CellSystem, ILaneVisitor<bool>
        where TCell : struct, ICell
    {
        private readonly LaneMemory<Scalar> _point = new(network.StateSize + network.Inputs),
            _step = new(network.StepSize);

        private readonly bool _hasIndependentUnits = network.HasIndependentUnits;
        private LaneMemory<Scalar>? _jacobian, _workspace;

        public override int Dimension => network.StateSize;

        public override int Inputs => network.Inputs;

        public override int Outputs => network.Readout.Outputs;

        private UncheckedSpan<Scalar> Weights => UncheckedViews.Create(parameters, parameters.Length);

        public override void Step(ReadOnlySpan<double> state, ReadOnlySpan<double> input, Span<double> next)
        {
            UncheckedViews.ThrowIfLengthDiffers(next.Length, Dimension);
            CopyPoint(state, input);
            TakeStep();
            _step.Doubles[..Dimension].CopyTo(next);
        }

        public override Span<double> Jacobian(ReadOnlySpan<double> state, ReadOnlySpan<double> input)
        {
            CopyPoint(state, input);
            _jacobian ??= new(Dimension * Dimension);
            if (_hasIndependentUnits)
                lanes.Accept(this);
            else
                lanes.AcceptUnrolled(this);    // reads each row of weights once for four vectors of rows of J
            return _jacobian.Doubles;
        }

        public bool Visit<TLane>()
            where TLane : unmanaged, IBitLane<TLane>
        {
            if (!_hasIndependentUnits)
            {
                network.DifferentiateRows<TLane>(parameters, _point.Doubles, _jacobian!.Doubles);
                return true;
            }

            TakeStep();
            _workspace ??= new(network.JacobianWorkspace);
            _jacobian!.Values.Clear();
            network.DifferentiateUnits<TLane>(
                Weights, _point.Slice(0, Dimension), _step.Slice(0, _step.Length),
                _workspace.Slice(0, _workspace.Length), _jacobian.Slice(0, _jacobian.Length));
            return true;
        }

        public override double[] ReadOut(ReadOnlySpan<double> state)
        {
            UncheckedSpan<Scalar> values = UncheckedViews.Create(state, Dimension);
            var outputs = new double[Outputs];
            for (int i = 0; i < outputs.Length; i++)
                outputs[i] = network.Readout.Compute(Weights, values, i).Value;
            return outputs;
        }

        private void TakeStep()
            => network.Step(
                Weights, _point.Slice(Dimension, Inputs), _point.Slice(0, Dimension), _step.Slice(0, _step.Length));

        private void CopyPoint(ReadOnlySpan<double> state, ReadOnlySpan<double> input)
        {
            UncheckedViews.ThrowIfLengthDiffers(state.Length, Dimension);
            UncheckedViews.ThrowIfLengthDiffers(input.Length, Inputs);
            state.CopyTo(_point.Doubles);
            input.CopyTo(_point.Doubles[Dimension..]);
        }
    }
}
