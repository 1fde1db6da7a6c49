using LatchLab.Dynamics;
using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Networks.Cells;
using LatchLab.Numerics;
using LatchLab.Tests.Cells;
using LatchLab.Tests.Learning;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>Networks of cells of many units as systems.</summary>
public sealed class CellSystemTests
{
    public static TheoryData<string> Names => [.. CellSamples.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_Jacobian_is_that_of_dual_numbers(string name)
    {
        foreach (int units in (int[])[3, 5, 21])
            Assert.True(CellSamples.Accept(name, units, 2, new Comparison()));
    }

    [Theory]
    [InlineData("elman", "tanh", true)]
    [InlineData("elman", "relu", false)]
    [InlineData("elman", "logistic", true)]
    [InlineData("gru", "tanh", true)]
    [InlineData("gru-reset-before", "tanh", true)]
    [InlineData("lstm", "tanh", true)]
    [InlineData("lstm-projected", "tanh", true)]
    [InlineData("lstm-peephole", "tanh", false)]
    public void Only_bounded_cells_have_an_index_sum(string kind, string unit, bool isBounded)
    {
        CellDefinition network = TrainedNetworks.Random(kind, 4, 1, seed: 1, unit: unit);
        Assert.Equal(isBounded, CellSystem.Create(network).IsBounded);
    }

    [Fact]
    public void Thresholds_and_infinite_parameters_are_refused()
    {
        CellDefinition network = TrainedNetworks.Random("elman", 3, 1, seed: 1, unit: "threshold");
        Assert.Contains("threshold has no derivative",
            Assert.Throws<ValidationException>(() => CellSystem.Create(network)).Message, StringComparison.Ordinal);
        network = TrainedNetworks.Random("gru", 3, 1, seed: 1, scale: double.PositiveInfinity);
        Assert.Throws<ValidationException>(() => CellSystem.Create(network));
    }

    private sealed class Comparison : ICellVisitor<bool>
    {
        public bool Visit<TCell>(params TCell[] layers)
            where TCell : struct, ICell
        {
            var network = new CellNetwork<TCell>(layers, trainableInputs: 0, ReadoutKind.Linear, outputs: 1);
            var random = new Random(11);
            int n = network.StateSize;
            double[] parameters = Samples.Numbers(random, network.Parameters, 1.0),
                state = Samples.Numbers(random, n, 1.0), input = Samples.Numbers(random, network.Inputs, 1.0);
            LaneMemory<Scalar> point = new(n + input.Length), expected = new(n * n);
            ((double[])[.. state, .. input]).CopyTo(point.Doubles);
            MapDerivatives.Jacobian(
                new CellMap<TCell>(network, parameters), point.Slice(0, point.Length),
                expected.Slice(0, expected.Length));
            double[] image = new double[n], next = new double[n];
            foreach (LaneKind lanes in SlowTests.LaneKinds.Where(kind => kind.IsSupported))
            {
                CellSystem system = CellSystem.Create(network, parameters, lanes);
                double[] jacobian = system.Jacobian(state, input).ToArray();
                for (int i = 0; i < jacobian.Length; i++)
                    Assert.Equal(expected.Doubles[i], jacobian[i], 1e-12); // sums of 100 products of the size of 1
                system.Step(state, input, next);
                Assert.True(lanes == LaneKind.Scalar || next.SequenceEqual(image));
                image = [.. next];
            }

            return true;
        }
    }
}
