using System.Text.Json;
using LatchLab.Dynamics;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Networks.Cells;
using LatchLab.Numerics;
using LatchLab.Tests.Architecture;
using Xunit;

namespace LatchLab.Tests.Cells;

/// <summary>
/// One step of each cell and its Jacobian, against values of PyTorch in double precision (Expectations/cells.json,
/// derivatives by its automatic differentiation).
/// </summary>
public sealed class ReferenceCellTests
{
    public static TheoryData<string> Names
        => [.. References().Select(cell => cell.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_step_and_its_Jacobians_are_those_of_the_reference(string name)
    {
        JsonElement reference = References().Single(cell => cell.GetProperty("name").GetString() == name);
        int m = Vector(reference.GetProperty("input")).Length;
        Assert.True(CellSamples.Accept(name, 3, m, new Step(reference)));
    }

    private static JsonElement[] References()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(
            Path.Combine(Repository.Root, "tests", "LatchLab.Tests", "Expectations", "cells.json")));
        return [.. file.RootElement.Clone().EnumerateArray()];
    }

    private static double[] Vector(JsonElement values)
        => [.. values.EnumerateArray().Select(value => value.GetDouble())];

    private static double[] Matrix(JsonElement rows) => [.. rows.EnumerateArray().SelectMany(Vector)];

    private sealed class Step(JsonElement reference) : ICellVisitor<bool>
    {
        // The reference and the engine each round some thirty sums of numbers of size 1.
        private const double Tolerance = 1e-14;

        public bool Visit<TCell>(params TCell[] layers)
            where TCell : struct, ICell
        {
            var network = new CellNetwork<TCell>(layers, trainableInputs: 0, ReadoutKind.Linear, outputs: 1);
            double[] state = Vector(reference.GetProperty("state")), input = Vector(reference.GetProperty("input")),
                image = Vector(reference.GetProperty("image"));
            int n = network.StateSize;
            Assert.Equal(n, state.Length);
            double[] weights = [.. Parameters(), .. new double[network.Readout.Parameters]];
            Assert.Equal(network.Parameters, weights.Length);

            double[] byState = Matrix(reference.GetProperty("jacobian_state")),
                byInput = Matrix(reference.GetProperty("jacobian_input"));
            for (int column = 0; column < n + input.Length; column++)
            {
                Dual<Scalar>[] after = Apply(network, weights, state, input, column);
                for (int i = 0; i < n; i++)
                {
                    Assert.Equal(image[i], after[i].Value.Value, Tolerance);
                    Assert.Equal(
                        column < n ? byState[(i * n) + column] : byInput[(i * input.Length) + column - n],
                        after[i].Derivative.Value, Tolerance);
                }
            }

            double[] jacobian = CellSystem.Create(network, weights).Jacobian(state, input).ToArray();
            for (int i = 0; i < jacobian.Length; i++)
                Assert.Equal(byState[i], jacobian[i], Tolerance);
            for (int i = 0; i < n; i++)
            {
                double[] row = PullRow(network, weights, state, input, i);
                for (int j = 0; j < n; j++)
                    Assert.Equal(byState[(i * n) + j], row[j], Tolerance);
            }

            return true;
        }

        /// <summary>The image and its derivatives with respect to one value of the state or of the input.</summary>
        private static Dual<Scalar>[] Apply<TNetwork>(
            TNetwork network, double[] weights, double[] state, double[] input, int column)
            where TNetwork : struct, INetwork
        {
            Dual<Scalar>[] w = [.. weights.Select(Dual<Scalar>.From)],
                x = [.. state.Concat(input).Select((value, i) => new Dual<Scalar>(
                    new Scalar(value), new Scalar(i == column ? 1.0 : 0.0)))],
                after = new Dual<Scalar>[network.StepSize];
            network.Step(
                new(ref w[0]), new UncheckedSpan<Dual<Scalar>>(ref x[state.Length]),
                new UncheckedSpan<Dual<Scalar>>(ref x[0]), new UncheckedSpan<Dual<Scalar>>(ref after[0]));
            return after;
        }

        /// <summary>The derivatives of one value of the image, by the backward pass.</summary>
        private static double[] PullRow<TNetwork>(
            TNetwork network, double[] weights, double[] state, double[] input, int row)
            where TNetwork : struct, INetwork
        {
            Scalar[] w = Lanes(weights), x = Lanes(state), u = Lanes(input), after = new Scalar[network.StepSize],
                adjoint = new Scalar[network.AdjointSize], previous = new Scalar[network.AdjointSize],
                terms = new Scalar[network.Parameters];
            network.Step<Scalar>(new(ref w[0]), new(ref u[0]), new(ref x[0]), new(ref after[0]));
            adjoint[row] = new(1.0);
            network.StepBackward<Scalar, GradientDescent>(
                new(ref w[0]), new(ref u[0]), new(ref x[0]), new(ref after[0]), new(new(ref adjoint[0]), default),
                new(new(ref previous[0]), default), new(ref terms[0]));
            return [.. previous[..network.StateSize].Select(value => value.Value)];
        }

        private static Scalar[] Lanes(double[] values) => [.. values.Select(value => new Scalar(value))];

        /// <summary>
        /// The parameters in the order of the engine. PyTorch has two biases for an activation, which are added; only
        /// the candidate of a GRU whose reset gate comes after the weights has both.
        /// </summary>
        private double[] Parameters()
        {
            JsonElement weights = reference.GetProperty("weights");
            string name = reference.GetProperty("name").GetString()!;
            double[] Get(string key)
                => weights.GetProperty(key).EnumerateArray().First().ValueKind == JsonValueKind.Array
                ? Matrix(weights.GetProperty(key)) : Vector(weights.GetProperty(key));
            if (name == "gru_two_layers")
                return [.. Gru("l0_"), .. Gru("l1_")];
            if (name.StartsWith("gru", StringComparison.Ordinal))
                return name == "gru_reset_after" ? Gru("") : ResetBefore();
            int rows = weights.GetProperty("b_ih").GetArrayLength(), first = name == "lstm_coupled" ? 3 : 0;
            double[] Rows(string key)
            {
                double[] values = Get(key);
                return values[(values.Length / rows * first)..];
            }

            double[] peepholes = name == "lstm_peephole" ? [.. Get("p_i"), .. Get("p_f"), .. Get("p_o")] : [],
                projection = name == "lstm_projected" ? Get("W_hr") : [];
            return
            [
                .. Rows("W_hh"), .. Rows("W_ih"), .. Rows("b_ih").Zip(Rows("b_hh"), (a, b) => a + b), .. peepholes,
                .. projection,
            ];

            double[] Gru(string layer)
            {
                double[] recurrent = Get(layer + "W_hh"), input = Get(layer + "W_ih"), b = Get(layer + "b_ih"),
                    d = Get(layer + "b_hh");
                int n = b.Length / 3, m = input.Length / b.Length;
                return
                [
                    .. recurrent[..(2 * n * n)], .. input[..(2 * n * m)], .. b.Zip(d, (x, y) => x + y).Take(2 * n),
                    .. input[(2 * n * m)..], .. b[(2 * n)..], .. recurrent[(2 * n * n)..], .. d[(2 * n)..],
                ];
            }

            double[] ResetBefore()
            {
                double[] recurrent = Get("W_hh"), input = Get("W_ih"),
                    b = [.. Get("b_ih").Zip(Get("b_hh"), (x, y) => x + y)];
                int n = b.Length / 3, m = input.Length / b.Length;
                return
                [
                    .. recurrent[..(2 * n * n)], .. input[..(2 * n * m)], .. b[..(2 * n)],
                    .. recurrent[(2 * n * n)..], .. input[(2 * n * m)..], .. b[(2 * n)..],
                ];
            }
        }
    }
}
