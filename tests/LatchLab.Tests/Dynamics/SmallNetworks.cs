using LatchLab.Dynamics;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tests.Learning;

namespace LatchLab.Tests.Dynamics;

/// <summary>Networks of a few tanh units with properties that are known analytically.</summary>
internal static class SmallNetworks
{
    /// <summary>
    /// Parity with a one-dimensional state: y′ = sgn(u + y − 2·(u ∧ y) − 1), with gains of 4. With the constant input
    /// −1 it keeps its output; with +1 it flips its output at every step.
    /// </summary>
    public static ParityDefinition Parity { get; } = new("tanh", [4.0, 4.0, -4.0, 4.0, 4.0, -8.0, -4.0]);

    /// <summary>The same, with y_0 = −1.</summary>
    public static ParityDefinition ParityFromMinusOne { get; } = new(Parity.Unit, Parity.Weights, -1.0);

    /// <summary>Two uncoupled neurons with w = 2.</summary>
    public static NetworkDefinition Uncoupled { get; } = Of(2, [2.0, 0.0, 0.0, 2.0]);

    /// <summary>W = [[1, −1], [−1, 1]], an example of mattgolub/fixed-point-finder with its ground truth.</summary>
    public static NetworkDefinition Antagonists { get; } = Of(2, [1.0, -1.0, -1.0, 1.0]);

    /// <summary>Three neurons in a ring; each takes over the bit of the previous one: w = 2.</summary>
    public static NetworkDefinition Ring { get; } = Of(3, [0.0, 0.0, 2.0, 2.0, 0.0, 0.0, 0.0, 2.0, 0.0]);

    /// <summary>a′ = w·tanh a + u.</summary>
    public static NetworkDefinition Latch(double weight) => new LatchDefinition("tanh", weight, []);

    /// <summary>a′ = W·f(a); the input is added to the first unit.</summary>
    public static NetworkDefinition Of(int n, IReadOnlyList<double> weights, string unit = "tanh")
        => new FullyConnectedDefinition(unit, n, 0, [n - 1], weights);

    /// <summary>Weights uniform between −size and size.</summary>
    public static NetworkDefinition Random(int n, double size, int seed)
        => Of(n, Samples.Numbers(new Random(seed), n * n, size));

    /// <summary>The attractors, with search options sufficient for a few units.</summary>
    public static InvariantSets Sets(DynamicalSystem system)
        => InvariantSets.Find(system, options: new() { NewtonStarts = 60, Orbits = 40, MaxSteps = 4096 });

    /// <summary>The cube [−size, size]ⁿ.</summary>
    public static Interval[] Cube(int n, double size)
        => [.. Enumerable.Repeat(new Interval(-size, size), n)];

    /// <summary>The point where the derivative of w·tanh is 1: arcosh √w.</summary>
    public static double Knee(double weight) => Math.Log(Math.Sqrt(weight) + Math.Sqrt(weight - 1.0));
}

/// <summary>a′ = a + shift: there are no fixed points, and the Newton matrix is singular everywhere.</summary>
internal readonly struct Translation(IReadOnlyList<double> shift) : IMap
{
    public int Dimension => shift.Count;

    public int Inputs => 0;

    public static bool HasJacobian => true;

    public void Apply<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> image)
        where TLane : unmanaged, ILane<TLane>
    {
        for (int i = 0; i < shift.Count; i++)
            image[i] = point[i] + TLane.From(shift[i]);
    }

    public void Differentiate<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> jacobian)
        where TLane : unmanaged, ILane<TLane>
    {
        for (int i = 0; i < shift.Count; i++)
        {
            for (int j = 0; j < shift.Count; j++)
                jacobian[(i * shift.Count) + j] = TLane.From(i == j ? 1.0 : 0.0);
        }
    }
}

/// <summary>
/// A latching neuron, z′ = w·tanh z, and a rotating pair that never forgets, y′ = R·y + c·(tanh z, 0), where R is the
/// rotation with cosine 0.6. In Appendix D this is a projection Pa that converges while Ra does not.
/// </summary>
internal readonly struct LatchAndRotation(double weight, double coupling) : IMap
{
    public int Dimension => 3;

    public int Inputs => 0;

    public static bool HasJacobian => true;

    public void Apply<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> image)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane x = TLane.Tanh(point[0]), cosine = TLane.From(0.6), sine = TLane.From(0.8);
        image[0] = TLane.From(weight) * x;
        image[1] = (cosine * point[1]) - (sine * point[2]) + (TLane.From(coupling) * x);
        image[2] = (sine * point[1]) + (cosine * point[2]);
    }

    public void Differentiate<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> jacobian)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane x = TLane.Tanh(point[0]), derivative = TLane.From(1.0) - (x * x), zero = TLane.From(0.0);
        jacobian[0] = TLane.From(weight) * derivative;
        jacobian[1] = jacobian[2] = jacobian[6] = zero;
        jacobian[3] = TLane.From(coupling) * derivative;
        jacobian[4] = jacobian[8] = TLane.From(0.6);
        jacobian[5] = TLane.From(-0.8);
        jacobian[7] = TLane.From(0.8);
    }
}
