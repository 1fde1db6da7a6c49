using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// An orbit a_0 … a_T of a system with inputs, and the norm of <c>∂a_t/∂a_0</c> at each time: the product of the
/// Jacobians along the orbit, the central quantity of Section IV.
/// </summary>
/// <param name="States">[t][unit], t = 0 … T, in activations.</param>
/// <param name="LogGradientNorms">
/// ln ‖∂a_t/∂a_0‖₂, [t]; a logarithm because the product leaves the range of floating-point numbers; −∞ where it is 0.
/// </param>
/// <param name="StepJacobianNorms">‖∂a_t/∂a_{t−1}‖₂, [t], NaN at t = 0.</param>
public sealed record DrivenOrbit(
    IReadOnlyList<double[]> States, IReadOnlyList<double> LogGradientNorms, IReadOnlyList<double> StepJacobianNorms)
{
    /// <summary>Simulates an orbit of a network.</summary>
    /// <param name="system">The network.</param>
    /// <param name="start">a_0.</param>
    /// <param name="inputs">u_1 … u_T, each with as many numbers as the network has inputs.</param>
    /// <exception cref="ValidationException">The start or an input has an invalid length.</exception>
    public static DrivenOrbit Simulate(
        DrivenSystem system, IReadOnlyList<double> start, IEnumerable<IReadOnlyList<double>> inputs)
    {
        UncheckedViews.ThrowIfLengthDiffers(start.Count, system.Dimension);
        var builder = new Builder(system.Dimension, start);
        foreach (IReadOnlyList<double> input in inputs)
        {
            UncheckedViews.ThrowIfLengthDiffers(input.Count, system.Inputs);
            double[] point = [.. builder.State, .. input];
            builder.Add(system.Jacobian(point), system.Image(point));
        }

        return builder.ToOrbit();
    }

    /// <summary>Simulates an orbit of a system with additive inputs, a_t = M(a_{t−1}) + u_t.</summary>
    /// <param name="system">M.</param>
    /// <param name="start">a_0.</param>
    /// <param name="additiveInputs">u_1 … u_T, n numbers each.</param>
    /// <exception cref="ValidationException">The start or an additive input has an invalid length.</exception>
    public static DrivenOrbit Simulate(
        DynamicalSystem system, IReadOnlyList<double> start, IEnumerable<IReadOnlyList<double>> additiveInputs)
    {
        UncheckedViews.ThrowIfLengthDiffers(start.Count, system.Dimension);
        var builder = new Builder(system.Dimension, start);
        foreach (IReadOnlyList<double> additiveInput in additiveInputs)
        {
            UncheckedViews.ThrowIfLengthDiffers(additiveInput.Count, system.Dimension);
            double[] image = system.Image(builder.State);
            double[] derivative = system.Jacobian(builder.State);
            builder.Add(derivative, [.. image.Zip(additiveInput, (a, u) => a + u)]);
        }

        return builder.ToOrbit();
    }

    /// <summary>
    /// The gradients along given states, a_t = M(a_{t−1}) + u_t for whatever inputs u_t lead from each to the next: the
    /// products of M′ at these states. Where M expands, as on the boundary between two basins, a simulation with these
    /// inputs would leave the states, because it multiplies its rounding errors at every step.
    /// </summary>
    /// <param name="system">M.</param>
    /// <param name="states">a_0 … a_T, at least one.</param>
    /// <exception cref="ValidationException">A state has an invalid length.</exception>
    public static DrivenOrbit AlongStates(DynamicalSystem system, IReadOnlyList<double[]> states)
    {
        UncheckedViews.ThrowIfLengthDiffers(states[0].Length, system.Dimension);
        var builder = new Builder(system.Dimension, states[0]);
        foreach (double[] state in states.Skip(1))
            builder.Add(system.Jacobian(builder.State), state);
        return builder.ToOrbit();
    }

    /// <summary>Simulates an orbit without inputs.</summary>
    public static DrivenOrbit Simulate(DynamicalSystem system, IReadOnlyList<double> start, int steps)
        => Simulate(system, start, Enumerable.Repeat<IReadOnlyList<double>>(new double[system.Dimension], steps));

    private sealed class Builder(int n, IReadOnlyList<double> start)
    {
        private readonly List<double[]> _states = [[.. start]];
        private readonly List<double> _logGradients = [0.0];
        private readonly List<double> _localNorms = [double.NaN];
        private double[] _product = SquareMatrix.Identity(n); // e^scale times this is ∂a_t/∂a_0
        private double _scale;

        public double[] State => _states[^1];

        public void Add(double[] derivative, double[] next)
        {
            _states.Add(next);
            _localNorms.Add(SquareMatrix.SpectralNorm(derivative, n));
            _product = SquareMatrix.Multiply(derivative, _product, n);
            double size = SquareMatrix.FrobeniusNorm(_product);
            if (size > 0.0 && double.IsFinite(size))
            {
                for (int i = 0; i < _product.Length; i++)
                    _product[i] /= size;
                _scale += Log(size);
            }

            _logGradients.Add(_scale + Log(SquareMatrix.SpectralNorm(_product, n)));
        }

        public DrivenOrbit ToOrbit() => new(_states, _logGradients, _localNorms);

        private static double Log(double number) => Elementary.Log(number);
    }
}
