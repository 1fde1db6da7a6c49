using LatchLab.Dynamics;
using LatchLab.Numerics;

namespace LatchLab.Paper.Theory;

/// <summary>The direction of noise of a bounded magnitude at each step.</summary>
internal enum PerturbationDirection
{
    /// <summary>A random direction, drawn at every step.</summary>
    Random,

    /// <summary>One constant direction.</summary>
    Constant,

    /// <summary>One direction with alternating sign.</summary>
    Alternating,

    /// <summary>Away from the orbit without noise.</summary>
    Outward,

    /// <summary>
    /// The direction that the next step stretches most, with the sign that leads away from the orbit without noise.
    /// </summary>
    MaximallyExpanding,
}

/// <summary>
/// An orbit with noise, <c>a_t = M(a_{t−1}) + u_t</c>, and its distances from the autonomous orbit from the same state,
/// which Theorem 3 compares. States are activations; norms are Euclidean.
/// </summary>
/// <param name="Perturbations">The noise u_1 … u_T.</param>
/// <param name="Distances">‖a_t − ã_t‖, [t], 0 at t = 0.</param>
internal sealed record PerturbedOrbit(IReadOnlyList<double[]> Perturbations, IReadOnlyList<double> Distances)
{
    public static IReadOnlyList<PerturbationDirection> Directions { get; } = Enum.GetValues<PerturbationDirection>();

    /// <summary>Simulates an orbit of M from a_0 with noise of the magnitudes ‖u_1‖ … ‖u_T‖.</summary>
    public static PerturbedOrbit Simulate(
        DynamicalSystem system, double[] start, IReadOnlyList<double> magnitudes, PerturbationDirection direction,
        UniformStream random)
    {
        double[] unperturbed = start, a = start, unit = DrawUnitVector(random, start.Length);
        List<double[]> perturbations = [];
        List<double> distances = [0.0];
        for (int t = 0; t < magnitudes.Count; t++)
        {
            (unperturbed, a) = (system.Image(unperturbed), system.Image(a));
            double[] deviation = Subtract(a, unperturbed);
            if (direction == PerturbationDirection.Random)
                unit = DrawUnitVector(random, start.Length);
            else if (direction == PerturbationDirection.Alternating)
                unit = Scale(unit, -1.0);
            else if (direction == PerturbationDirection.Outward)
                unit = NormalizeOrNull(deviation) ?? unit;
            else if (direction == PerturbationDirection.MaximallyExpanding)
                unit = AlignWith(deviation, DominantSingularVector.Compute(system.Jacobian(a), start.Length));

            double[] perturbation = Scale(unit, magnitudes[t]);
            perturbations.Add(perturbation);
            a = [.. a.Zip(perturbation, (x, u) => x + u)];
            distances.Add(Norm(Subtract(a, unperturbed)));
        }

        return new(perturbations, distances);
    }

    /// <summary>Draws a vector of length 1 in a random direction.</summary>
    public static double[] DrawUnitVector(UniformStream random, int n)
    {
        while (true)
        {
            double[] vector = [.. Enumerable.Range(0, n).Select(_ => random.Next(-1.0, 1.0))];
            double length = Norm(vector);
            if (length is > 0.1 and <= 1.0)
                return Scale(vector, 1.0 / length);
        }
    }

    public static double Norm(IReadOnlyList<double> vector) => Math.Sqrt(vector.Sum(value => value * value));

    public static double[] Subtract(IReadOnlyList<double> a, IReadOnlyList<double> b)
        => [.. a.Zip(b, (x, y) => x - y)];

    public static double[] Scale(double[] vector, double factor) => [.. vector.Select(value => factor * value)];

    /// <summary>A vector scaled to length 1; null for the zero vector.</summary>
    public static double[]? NormalizeOrNull(double[] vector)
        => Norm(vector) is var length && length > 0.0 ? Scale(vector, 1.0 / length) : null;

    private static double[] AlignWith(double[] deviation, double[] direction)
        => deviation.Zip(direction, (x, y) => x * y).Sum() < 0.0 ? Scale(direction, -1.0) : direction;
}

/// <summary>
/// The direction that a matrix A stretches most, its first right singular vector, by power iteration on AᵀA. If the two
/// largest singular values are nearly equal, the result lies between their vectors and is stretched nearly as much.
/// </summary>
internal static class DominantSingularVector
{
    private const int Iterations = 40;

    /// <summary>Computes the direction as a vector of length 1.</summary>
    public static double[] Compute(double[] matrix, int n)
    {
        double[] gram = SquareMatrix.Multiply(SquareMatrix.Transpose(matrix, n), matrix, n);

        // The longest column of AᵀA is the image of a unit vector and is not orthogonal to the singular vector.
        double[] vector = Enumerable.Range(0, n)
            .Select(j => Enumerable.Range(0, n).Select(i => gram[(i * n) + j]).ToArray())
            .MaxBy(PerturbedOrbit.Norm)!;
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            if (PerturbedOrbit.NormalizeOrNull(vector) is not { } unit)
                return [1.0, .. new double[n - 1]]; // the zero matrix has no such direction
            vector = SquareMatrix.Multiply(gram, unit);
        }

        return PerturbedOrbit.NormalizeOrNull(vector) ?? [1.0, .. new double[n - 1]];
    }
}
