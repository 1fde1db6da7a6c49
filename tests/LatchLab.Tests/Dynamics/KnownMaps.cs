using LatchLab.Numerics;

namespace LatchLab.Tests.Dynamics;

/// <summary>Maps with known attractors, exponents or basins, each with a box for the tests.</summary>
internal static class KnownMaps
{
    /// <summary>A map and the range of its variables in the tests.</summary>
    public sealed record Known(string Name, IMap Map, double Lowest, double Highest);

    public static IReadOnlyList<Known> All { get; } =
    [
        new("logistic", new LogisticMap(3.7), -1.0, 2.0),
        new("Hénon", new HenonMap(1.4, 0.3), -2.0, 2.0),
        new("cat", default(CatMap), 0.0, 0.999),
        new("linear", new LinearMap(3, [0.5, -1.0, 2.0, 0.0, 0.25, 0.0, 1.0, 1.0, -3.0]), -5.0, 5.0),
        new("cubic", new CubicMap(1.5, 0.5), -3.0, 3.0),
        new("Newton", default(NewtonCubeRoots), 0.1, 2.0),
    ];
}

/// <summary>x′ = r·x(1 − x).</summary>
internal readonly struct LogisticMap(double r) : IMap
{
    public int Dimension => 1;

    public int Inputs => 0;

    public static bool HasJacobian => true;

    public void Apply<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> image)
        where TLane : unmanaged, ILane<TLane>
        => image[0] = TLane.From(r) * point[0] * (TLane.From(1.0) - point[0]);

    public void Differentiate<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> jacobian)
        where TLane : unmanaged, ILane<TLane>
        => jacobian[0] = TLane.From(r) * (TLane.From(1.0) - (point[0] + point[0]));
}

/// <summary>x′ = 1 − a·x² + y, y′ = b·x (Hénon 1976).</summary>
internal readonly struct HenonMap(double a, double b) : IMap
{
    public int Dimension => 2;

    public int Inputs => 0;

    public static bool HasJacobian => true;

    public void Apply<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> image)
        where TLane : unmanaged, ILane<TLane>
    {
        image[0] = TLane.From(1.0) - (TLane.From(a) * point[0] * point[0]) + point[1];
        image[1] = TLane.From(b) * point[0];
    }

    public void Differentiate<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> jacobian)
        where TLane : unmanaged, ILane<TLane>
    {
        jacobian[0] = TLane.From(-2.0 * a) * point[0];
        jacobian[1] = TLane.From(1.0);
        jacobian[2] = TLane.From(b);
        jacobian[3] = TLane.From(0.0);
    }
}

/// <summary>Arnold's cat: x′ = 2x + y, y′ = x + y, both modulo 1, on [0, 1)².</summary>
internal readonly struct CatMap : IMap
{
    public int Dimension => 2;

    public int Inputs => 0;

    public static bool HasJacobian => true;

    public void Apply<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> image)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane sum = Modulo(point[0] + point[1]);
        image[0] = Modulo(point[0] + sum);
        image[1] = sum;
    }

    public void Differentiate<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> jacobian)
        where TLane : unmanaged, ILane<TLane>
    {
        jacobian[0] = TLane.From(2.0);
        jacobian[1] = jacobian[2] = jacobian[3] = TLane.From(1.0);
    }

    private static TLane Modulo<TLane>(TLane below2)
        where TLane : unmanaged, ILane<TLane>
        => TLane.WhereLess(below2, TLane.From(1.0), below2, below2 - TLane.From(1.0));
}

/// <summary>x′ = A·x.</summary>
internal readonly struct LinearMap(int dimension, IReadOnlyList<double> matrix) : IMap
{
    public int Dimension => dimension;

    public int Inputs => 0;

    public static bool HasJacobian => true;

    public void Apply<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> image)
        where TLane : unmanaged, ILane<TLane>
    {
        for (int i = 0; i < dimension; i++)
        {
            image[i] = TLane.From(0.0);
            for (int j = 0; j < dimension; j++)
                image[i] = TLane.FusedMultiplyAdd(TLane.From(matrix[(i * dimension) + j]), point[j], image[i]);
        }
    }

    public void Differentiate<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> jacobian)
        where TLane : unmanaged, ILane<TLane>
    {
        for (int i = 0; i < dimension * dimension; i++)
            jacobian[i] = TLane.From(matrix[i]);
    }
}

/// <summary>
/// x′ = p·x − q·x³. With p = 1.5, q = 0.5 the attractors are ±1 with derivative 0, separated by 0. With p = 2, q = 1
/// the derivative at ±1 is −1, which is marginal.
/// </summary>
internal readonly struct CubicMap(double p, double q) : IMap
{
    public int Dimension => 1;

    public int Inputs => 0;

    public static bool HasJacobian => true;

    public void Apply<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> image)
        where TLane : unmanaged, ILane<TLane>
        => image[0] = point[0] * (TLane.From(p) - (TLane.From(q) * point[0] * point[0]));

    public void Differentiate<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> jacobian)
        where TLane : unmanaged, ILane<TLane>
        => jacobian[0] = TLane.From(p) - (TLane.From(3.0 * q) * point[0] * point[0]);
}

/// <summary>
/// Newton's method for z³ = 1 in the plane, z′ = ⅔·z + ⅓·z⁻²: the three roots are attractors, and by symmetry each
/// attracts a third of a disk about 0. As a map of (x, y) with z² = s + i·t: x′ = ⅔x + ⅓s/|z|⁴, y′ = ⅔y − ⅓t/|z|⁴.
/// </summary>
internal readonly struct NewtonCubeRoots : IMap
{
    public int Dimension => 2;

    public int Inputs => 0;

    public static bool HasJacobian => true;

    public void Apply<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> image)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane x = point[0], y = point[1], third = TLane.From(1.0 / 3.0), twoThirds = TLane.From(2.0 / 3.0);
        TLane square = (x * x) + (y * y), s = (x * x) - (y * y), t = (x + x) * y;
        image[0] = (twoThirds * x) + (third * s / (square * square));
        image[1] = (twoThirds * y) - (third * t / (square * square));
    }

    /// <summary>
    /// The derivative of the complex function is ⅔(1 − z⁻³) = u + i·v, with the matrix (u, −v; v, u).
    /// </summary>
    public void Differentiate<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> jacobian)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane x = point[0], y = point[1], twoThirds = TLane.From(2.0 / 3.0);
        TLane square = (x * x) + (y * y), three = TLane.From(3.0), cube = square * square * square;
        TLane u = twoThirds - (twoThirds * x * ((x * x) - (three * y * y)) / cube);
        TLane v = twoThirds * y * ((three * x * x) - (y * y)) / cube;
        jacobian[0] = jacobian[3] = u;
        jacobian[1] = -v;
        jacobian[2] = v;
    }
}
