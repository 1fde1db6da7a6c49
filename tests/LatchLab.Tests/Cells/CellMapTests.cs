using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Networks.Cells;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Cells;

/// <summary>The map of a network of cells: its derivatives against the backward pass, and its use of memory.</summary>
public sealed class CellMapTests
{
    private const int Units = 5, Inputs = 2;

    public static TheoryData<string> Names => [.. CellSamples.Names];

    /// <summary>vᵀ·J by the backward pass, and J·e_j by dual numbers, which share no formula.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_backward_pass_is_the_transposed_derivative(string name)
        => CellSamples.Accept(name, Units, Inputs, new Transposed());

    [Theory]
    [MemberData(nameof(Names))]
    public void Neither_a_step_nor_its_derivatives_allocate(string name)
        => CellSamples.Accept(name, Units, Inputs, new Allocations());

    private static LaneMemory<Scalar> Memory(double[] values)
    {
        var memory = new LaneMemory<Scalar>(values.Length);
        values.CopyTo(memory.Doubles);
        return memory;
    }

    private sealed class Transposed : ICellVisitor<bool>
    {
        public bool Visit<TCell>(params TCell[] layers)
            where TCell : struct, ICell
        {
            var network = new CellNetwork<TCell>(layers, trainableInputs: 0, ReadoutKind.Linear, outputs: 1);
            var random = new Random(5);
            int n = network.StateSize;
            double[] parameters = Learning.Samples.Numbers(random, network.Parameters, 1.0),
                point = Learning.Samples.Numbers(random, n + Inputs, 1.0),
                direction = Learning.Samples.Numbers(random, n, 1.0);
            LaneMemory<Scalar> jacobian = new(n * n), values = Memory(point);
            MapDerivatives.Jacobian(
                new CellMap<TCell>(network, parameters), values.Slice(0, values.Length),
                jacobian.Slice(0, jacobian.Length));
            double[] pulled = Pull(network, parameters, point, direction);
            for (int j = 0; j < n; j++)
            {
                double expected = Enumerable.Range(0, n).Sum(i => direction[i] * jacobian.Doubles[(i * n) + j]);

                // At most a hundred products of numbers below 10 on either side, each with a few roundings.
                Assert.Equal(expected, pulled[j], 1e-12);
            }

            return true;
        }

        private static double[] Pull<TCell>(
            CellNetwork<TCell> network, double[] parameters, double[] point, double[] direction)
            where TCell : struct, ICell
        {
            int n = network.StateSize;
            LaneMemory<Scalar> weights = Memory(parameters), values = Memory(point), after = new(network.StepSize),
                adjoint = new(network.AdjointSize), previous = new(network.AdjointSize),
                terms = new(network.Parameters);
            direction.CopyTo(adjoint.Doubles);
            UncheckedSpan<Scalar> w = weights.Slice(0, weights.Length), input = values.Slice(n, Inputs),
                before = values.Slice(0, n), step = after.Slice(0, after.Length);
            network.Step(w, input, before, step);
            network.StepBackward<Scalar, GradientDescent>(
                w, input, before, step, new(adjoint.Slice(0, n), default), new(previous.Slice(0, n), default),
                terms.Slice(0, terms.Length));
            return previous.Doubles[..n].ToArray();
        }
    }

    private sealed class Allocations : ICellVisitor<bool>
    {
        public bool Visit<TCell>(params TCell[] layers)
            where TCell : struct, ICell
        {
            var network = new CellNetwork<TCell>(layers, trainableInputs: 0, ReadoutKind.Linear, outputs: 1);
            var map = new CellMap<TCell>(network, new double[network.Parameters]);
            Compute<TCell, Scalar>(map); // the parameters are copied to a lane type once
            Compute<TCell, Wide256>(map);
            Assert.Equal(0, Compute<TCell, Scalar>(map));
            Assert.Equal(0, Compute<TCell, Wide256>(map));
            return true;
        }

        private static long Compute<TCell, TLane>(CellMap<TCell> map)
            where TCell : struct, ICell
            where TLane : unmanaged, ILane<TLane>
        {
            int n = map.Dimension;
            LaneMemory<TLane> point = new(n + map.Inputs), image = new(n), jacobian = new(n * n);
            UncheckedSpan<TLane> at = point.Slice(0, point.Length), next = image.Slice(0, n),
                matrix = jacobian.Slice(0, jacobian.Length);
            long before = GC.GetAllocatedBytesForCurrentThread();
            map.Apply(at, next);
            MapDerivatives.Jacobian(map, at, matrix);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
