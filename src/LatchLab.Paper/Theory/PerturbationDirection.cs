using LatchLab.Dynamics;
using LatchLab.Numerics;

namespace LatchLab.Paper.Theory;

/// <summary>How noise of a bounded size is chosen at each step.</summary>
internal enum PerturbationDirection
{
    /// <summary>In a direction drawn anew.</summary>
    Random,

    /// <summary>In one direction for ever.</summary>
    Constant,

    /// <summary>In one direction, forth and back.</summary>
    Alternating,

    /// <summary>Away from the orbit without noise.</summary>
    Outward,

    /// <summary>Where the next step stretches most, on the side that leads away from the orbit without noise.</summary>
    MostStretched,
}

/// <summary>
/// An orbit with noise, <c>a_t = M(a_{t−1}) + u_t</c>, beside the autonomous one from the same state: what Theorem 3
/// compares. In activations, with Euclidean norms.
/// </summary>
/// <param name="Perturbations">u_1 … u_T.</param>
/// <param name="Distances">‖a_t − ã_t‖, [t], 0 at t = 0.</param>
internal sealed record PerturbedOrbit(IReadOnlyList<double[]> Perturbations, IReadOnlyList<double> Distances)
{
    /// <summary>Every way to choose the noise.</summary>
    public static IReadOnlyList<PerturbationDirection> Directions { get; } = Enum.GetValues<PerturbationDirection>();

    /// <summary>Follows one.</summary>
    /// <param name="system">M.</param>
    /// <param name="start">a_0.</param>
    /// <param name="magnitudes">‖u_1‖ … ‖u_T‖.</param>
    /// <param name="direction">How the noise is chosen.</param>
    /// <param name="random">Random numbers for it.</param>
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
            else if (direction == PerturbationDirection.MostStretched)
                unit = AlignWith(deviation, DominantSingularVector.Compute(system.Jacobian(a), start.Length));

            double[] perturbation = Scale(unit, magnitudes[t]);
            perturbations.Add(perturbation);
            a = [.. a.Zip(perturbation, (x, u) => x + u)];
            distances.Add(Norm(Subtract(a, unperturbed)));
        }

        return new(perturbations, distances);
    }

    /// <summary>A vector of length 1 in a random direction.</summary>
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

    /// <summary>Euclidean length.</summary>
    public static double Norm(IReadOnlyList<double> vector) => Math.Sqrt(vector.Sum(value => value * value));

    /// <summary>a − b.</summary>
    public static double[] Subtract(IReadOnlyList<double> a, IReadOnlyList<double> b)
        => [.. a.Zip(b, (x, y) => x - y)];

    /// <summary>A vector times a number.</summary>
    public static double[] Scale(double[] vector, double factor) => [.. vector.Select(value => factor * value)];

    /// <summary>A vector scaled to length 1; null where it has none.</summary>
    public static double[]? NormalizeOrNull(double[] vector)
        => Norm(vector) is var length && length > 0.0 ? Scale(vector, 1.0 / length) : null;

    private static double[] AlignWith(double[] deviation, double[] direction)
        => deviation.Zip(direction, (x, y) => x * y).Sum() < 0.0 ? Scale(direction, -1.0) : direction;
}

/// <summary>
/// The direction that a matrix stretches most, its first right singular vector, by the power method on AᵀA; where two
/// are nearly alike, one between them, which is stretched nearly as much.
/// </summary>
internal static class DominantSingularVector
{
    private const int Iterations = 40;

    /// <summary>A vector of length 1.</summary>
    public static double[] Compute(double[] matrix, int n)
    {
        double[] gram = SquareMatrix.Multiply(SquareMatrix.Transpose(matrix, n), matrix, n);

        // The longest column of AᵀA is A's own answer to a unit vector: not orthogonal to what is sought.
        double[] vector = Enumerable.Range(0, n)
            .Select(j => Enumerable.Range(0, n).Select(i => gram[(i * n) + j]).ToArray())
            .MaxBy(PerturbedOrbit.Norm)!;
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            if (PerturbedOrbit.NormalizeOrNull(vector) is not { } unit)
                return [1.0, .. new double[n - 1]]; // 0 stretches nothing
            vector = SquareMatrix.Multiply(gram, unit);
        }

        return PerturbedOrbit.NormalizeOrNull(vector) ?? [1.0, .. new double[n - 1]];
    }
}
