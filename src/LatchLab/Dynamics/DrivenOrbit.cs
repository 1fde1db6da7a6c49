using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// An orbit a_0 … a_T of a system with inputs, and how much of a change of its first state is left at each time: the
/// norm of <c>∂a_t/∂a_0</c>, the product of the derivatives along it, on which Section IV turns.
/// </summary>
/// <param name="States">[t][unit], t = 0 … T, in activations.</param>
/// <param name="LogGradients">
/// ln ‖∂a_t/∂a_0‖₂, [t]; kept as a logarithm because the product leaves the range of numbers; −∞ where it is 0.
/// </param>
/// <param name="LocalNorms">‖∂a_t/∂a_{t−1}‖₂, [t], NaN at t = 0.</param>
public sealed record DrivenOrbit(
    IReadOnlyList<double[]> States, IReadOnlyList<double> LogGradients, IReadOnlyList<double> LocalNorms)
{
    /// <summary>Follows an orbit of a network.</summary>
    /// <param name="system">The network.</param>
    /// <param name="start">a_0.</param>
    /// <param name="inputs">u_1 … u_T, each with as many numbers as the network has inputs.</param>
    /// <exception cref="InputException">The start or an input has another length.</exception>
    public static DrivenOrbit Of(
        DrivenSystem system, IReadOnlyList<double> start, IEnumerable<IReadOnlyList<double>> inputs)
    {
        Plain.Check(start.Count, system.Dimension);
        var path = new Path(system.Dimension, start);
        foreach (IReadOnlyList<double> input in inputs)
        {
            Plain.Check(input.Count, system.Inputs);
            double[] point = [.. path.State, .. input];
            path.Add(system.Jacobian(point), system.Image(point));
        }

        return path.ToOrbit();
    }

    /// <summary>Follows an orbit of a system with additive inputs, a_t = M(a_{t−1}) + u_t.</summary>
    /// <param name="system">M.</param>
    /// <param name="start">a_0.</param>
    /// <param name="addends">u_1 … u_T, n numbers each.</param>
    /// <exception cref="InputException">The start or an addend has another length.</exception>
    public static DrivenOrbit Of(
        DynamicalSystem system, IReadOnlyList<double> start, IEnumerable<IReadOnlyList<double>> addends)
    {
        Plain.Check(start.Count, system.Dimension);
        var path = new Path(system.Dimension, start);
        foreach (IReadOnlyList<double> addend in addends)
        {
            Plain.Check(addend.Count, system.Dimension);
            double[] image = system.Image(path.State);
            double[] derivative = system.Jacobian(path.State);
            path.Add(derivative, [.. image.Zip(addend, (a, u) => a + u)]);
        }

        return path.ToOrbit();
    }

    /// <summary>Follows an orbit without inputs.</summary>
    public static DrivenOrbit Of(DynamicalSystem system, IReadOnlyList<double> start, int steps)
        => Of(system, start, Enumerable.Repeat<IReadOnlyList<double>>(new double[system.Dimension], steps));

    private sealed class Path(int n, IReadOnlyList<double> start)
    {
        private readonly List<double[]> states = [[.. start]];
        private readonly List<double> logGradients = [0.0];
        private readonly List<double> localNorms = [double.NaN];
        private double[] product = SquareMatrix.Identity(n); // e^scale times this is ∂a_t/∂a_0
        private double scale;

        public double[] State => states[^1];

        public void Add(double[] derivative, double[] next)
        {
            states.Add(next);
            localNorms.Add(SquareMatrix.Norm(derivative, n));
            product = SquareMatrix.Multiply(derivative, product, n);
            double size = SquareMatrix.FrobeniusNorm(product);
            if (size > 0.0 && double.IsFinite(size))
            {
                for (int i = 0; i < product.Length; i++)
                    product[i] /= size;
                scale += Log(size);
            }

            logGradients.Add(scale + Log(SquareMatrix.Norm(product, n)));
        }

        public DrivenOrbit ToOrbit() => new(states, logGradients, localNorms);

        private static double Log(double number) => Elementary.Log(new Scalar(number)).Value;
    }
}
