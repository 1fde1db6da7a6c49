using LatchLab.Networks.Cells;
using LatchLab.Networks.Units;
using LatchLab.Numerics;
using LatchLab.Tests.Learning;
using Xunit;

namespace LatchLab.Tests.Cells;

/// <summary>With gates that are open for every input, a gated unit is the simple recurrent network.</summary>
public sealed class OpenGateTests
{
    private const int Hidden = 6, Inputs = 3;

    [Fact]
    public void Gated_recurrent_units_with_open_gates_are_an_Elman_cell()
    {
        var random = new Random(5);
        double[] w = Samples.Numbers(random, Hidden * Hidden, 1.0), v = Samples.Numbers(random, Hidden * Inputs, 1.0),
            b = Samples.Numbers(random, Hidden, 1.0), state = Samples.Numbers(random, Hidden, 1.0),
            input = Samples.Numbers(random, Inputs, 1.0), gates = Gates();
        double[] expected = Step(new ElmanCell<Tanh>(Hidden, Inputs, default), [.. w, .. v, .. b], state, input);

        // Up to ten terms of size 1 in another order, then tanh, whose derivative is at most 1.
        const double rounding = 20 * 1.2e-16;
        Assert.Equal(expected, Step(new ResetBeforeGruCell(Hidden, Inputs), [.. gates, .. w, .. v, .. b], state, input),
            (x, y) => Math.Abs(x - y) <= rounding);
        Assert.Equal(expected,
            Step(new GruCell(Hidden, Inputs), [.. gates, .. v, .. b, .. w, .. new double[Hidden]], state, input),
            (x, y) => Math.Abs(x - y) <= rounding);
    }

    /// <summary>No weights, and biases so large that r is 1 and z is 0.</summary>
    private static double[] Gates()
        => [.. new double[2 * Hidden * (Hidden + Inputs)], .. Enumerable.Repeat(1000.0, Hidden),
            .. Enumerable.Repeat(-1000.0, Hidden)];

    private static double[] Step<TCell>(TCell cell, double[] parameters, double[] state, double[] input)
        where TCell : struct, ICell
    {
        Scalar[] w = Lanes(parameters), x = Lanes(state), u = Lanes(input), after = new Scalar[cell.Size.State],
            tape = new Scalar[cell.Size.Tape + 1];
        cell.Step<Scalar, UncheckedSpan<Scalar>>(
            new(ref w[0]), new(ref u[0]), new(ref x[0]), new(ref after[0]), new(ref tape[0]));
        return [.. after.Select(value => value.Value)];
    }

    private static Scalar[] Lanes(double[] values) => [.. values.Select(value => new Scalar(value))];
}
