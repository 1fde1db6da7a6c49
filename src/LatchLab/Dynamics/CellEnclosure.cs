using LatchLab.Networks;
using LatchLab.Networks.Cells;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// Proved bounds of a step of a network of cells with a constant input, and of its Jacobian, over boxes of states:
/// interval arithmetic with outward rounding. One thread at a time may use an instance.
/// </summary>
internal abstract class CellEnclosure
{
    /// <summary>N, the values of a state.</summary>
    public abstract int Dimension { get; }

    /// <summary>
    /// Creates the enclosure of a network; null for peepholes, and for several layers of cells whose weights multiply
    /// gated values.
    /// </summary>
    /// <param name="network">The network; its parameters are finite.</param>
    /// <param name="input">u, m finite values.</param>
    public static CellEnclosure? Create(CellDefinition network, IReadOnlyList<double> input)
        => network.Accept(new Visitor([.. network.Parameters], input));

    /// <summary>A box that contains F(s, u) for every s in a box.</summary>
    /// <param name="box">N intervals.</param>
    public abstract ReadOnlySpan<Interval> Step(ReadOnlySpan<Interval> box);

    /// <summary>
    /// Intervals that contain ∂F/∂s for every s in a box, row by row; where a ReLU has none, all values between those
    /// of its sides.
    /// </summary>
    /// <param name="box">N intervals.</param>
    public abstract ReadOnlySpan<Interval> Jacobian(ReadOnlySpan<Interval> box);

    private sealed class Visitor(double[] parameters, IReadOnlyList<double> input) : ICellNetworkVisitor<CellEnclosure?>
    {
        public CellEnclosure? Visit<TCell>(CellNetwork<TCell> network)
            where TCell : struct, ICell
            => network.HasEnclosure ? new OfCells<TCell>(network, parameters, input) : null;
    }

    private sealed class OfCells<TCell> : CellEnclosure
        where TCell : struct, ICell
    {
        private readonly CellNetwork<TCell> _network;
        private readonly Interval[] _parameters, _input, _box, _step, _workspace, _jacobian;

        public OfCells(CellNetwork<TCell> network, double[] parameters, IReadOnlyList<double> input)
        {
            _network = network;
            _parameters = [.. parameters.Select(Interval.From)];
            _input = [.. input.Select(Interval.From)];
            int n = network.StateSize;
            (_box, _step) = (new Interval[n], new Interval[network.StepSize]);
            (_workspace, _jacobian) = (new Interval[network.EnclosureWorkspace], new Interval[n * n]);
        }

        public override int Dimension => _network.StateSize;

        public override ReadOnlySpan<Interval> Step(ReadOnlySpan<Interval> box)
        {
            UncheckedViews.ThrowIfLengthDiffers(box.Length, Dimension);
            box.CopyTo(_box);
            _network.Step(All(_parameters), All(_input), All(_box), All(_step));
            return _step.AsSpan(0, Dimension);
        }

        public override ReadOnlySpan<Interval> Jacobian(ReadOnlySpan<Interval> box)
        {
            Step(box);
            Array.Clear(_jacobian);
            _network.EncloseJacobian(All(_parameters), All(_box), All(_step), All(_workspace), All(_jacobian));
            return _jacobian;
        }

        private static UncheckedSpan<Interval> All(Interval[] values) => UncheckedViews.Create(values, values.Length);
    }
}
