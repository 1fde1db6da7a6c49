using LatchLab.Dynamics;
using LatchLab.Numerics;

namespace LatchLab.Experiments.Catalogue;

/// <summary>How noise of a bounded size is chosen at each step.</summary>
internal enum Disturbance
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
/// <param name="Inputs">u_1 … u_T.</param>
/// <param name="Distances">‖a_t − ã_t‖, [t], 0 at t = 0.</param>
internal sealed record DisturbedOrbit(IReadOnlyList<double[]> Inputs, IReadOnlyList<double> Distances)
{
    /// <summary>Every way to choose the noise.</summary>
    public static IReadOnlyList<Disturbance> Kinds { get; } = Enum.GetValues<Disturbance>();

    /// <summary>Follows one.</summary>
    /// <param name="system">M.</param>
    /// <param name="start">a_0.</param>
    /// <param name="sizes">‖u_1‖ … ‖u_T‖.</param>
    /// <param name="kind">How the noise is chosen.</param>
    /// <param name="draws">Random numbers for it.</param>
    public static DisturbedOrbit Of(
        DynamicalSystem system, double[] start, IReadOnlyList<double> sizes, Disturbance kind, UniformDraws draws)
    {
        double[] calm = start, a = start, direction = Direction(draws, start.Length);
        List<double[]> inputs = [];
        List<double> distances = [0.0];
        for (int t = 0; t < sizes.Count; t++)
        {
            (calm, a) = (system.Image(calm), system.Image(a));
            double[] away = Difference(a, calm);
            if (kind == Disturbance.Random)
                direction = Direction(draws, start.Length);
            else if (kind == Disturbance.Alternating)
                direction = Scaled(direction, -1.0);
            else if (kind == Disturbance.Outward)
                direction = Outward(away) ?? direction;
            else if (kind == Disturbance.MostStretched)
                direction = Towards(away, Stretch.Of(system.Jacobian(a), start.Length));

            double[] input = Scaled(direction, sizes[t]);
            inputs.Add(input);
            a = [.. a.Zip(input, (x, u) => x + u)];
            distances.Add(Length(Difference(a, calm)));
        }

        return new(inputs, distances);
    }

    /// <summary>A vector of length 1 in a random direction.</summary>
    public static double[] Direction(UniformDraws draws, int n)
    {
        while (true)
        {
            double[] vector = [.. Enumerable.Range(0, n).Select(_ => draws.Next(-1.0, 1.0))];
            double length = Length(vector);
            if (length is > 0.1 and <= 1.0)
                return Scaled(vector, 1.0 / length);
        }
    }

    /// <summary>Euclidean length.</summary>
    public static double Length(IReadOnlyList<double> vector) => Math.Sqrt(vector.Sum(value => value * value));

    /// <summary>a − b.</summary>
    public static double[] Difference(IReadOnlyList<double> a, IReadOnlyList<double> b)
        => [.. a.Zip(b, (x, y) => x - y)];

    /// <summary>A vector times a number.</summary>
    public static double[] Scaled(double[] vector, double factor) => [.. vector.Select(value => factor * value)];

    /// <summary>A vector scaled to length 1; null where it has none.</summary>
    public static double[]? Outward(double[] vector)
        => Length(vector) is var length && length > 0.0 ? Scaled(vector, 1.0 / length) : null;

    private static double[] Towards(double[] away, double[] direction)
        => away.Zip(direction, (x, y) => x * y).Sum() < 0.0 ? Scaled(direction, -1.0) : direction;
}

/// <summary>
/// The direction that a matrix stretches most, its first right singular vector, by the power method on AᵀA; where two
/// are nearly alike, one between them, which is stretched nearly as much.
/// </summary>
internal static class Stretch
{
    private const int Steps = 40;

    /// <summary>A vector of length 1.</summary>
    public static double[] Of(double[] matrix, int n)
    {
        double[] square = SquareMatrix.Multiply(SquareMatrix.Transpose(matrix, n), matrix, n);

        // The longest column of AᵀA is A's own answer to a unit vector: not orthogonal to what is sought.
        double[] vector = Enumerable.Range(0, n)
            .Select(j => Enumerable.Range(0, n).Select(i => square[(i * n) + j]).ToArray())
            .MaxBy(DisturbedOrbit.Length)!;
        for (int step = 0; step < Steps; step++)
        {
            if (DisturbedOrbit.Outward(vector) is not { } unit)
                return [1.0, .. new double[n - 1]]; // 0 stretches nothing
            vector = SquareMatrix.Multiply(square, unit);
        }

        return DisturbedOrbit.Outward(vector) ?? [1.0, .. new double[n - 1]];
    }
}
