using System.Runtime.InteropServices;
using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// An autonomous system <c>a_t = M(a_{t−1})</c>, independent of the type of its map. It is meant for computations on
/// one point or one box at a time; computations of millions of steps use the map itself
/// (<see cref="Accept{TResult}"/>).
/// </summary>
public abstract class DynamicalSystem
{
    /// <summary>Dimension n of the state.</summary>
    public abstract int Dimension { get; }

    /// <summary>Creates the system of a map.</summary>
    public static DynamicalSystem Create<TMap>(TMap map)
        where TMap : struct, IMap
        => new MapAdapter<TMap>(map);

    /// <summary>Creates the system of a network in activations, with constant inputs.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">u, one value for each input of the network; null means all 0.</param>
    /// <exception cref="ValidationException">
    /// A unit is not differentiable, or the number of inputs is not that of the network.
    /// </exception>
    public static DynamicalSystem Create(NetworkDefinition network, IReadOnlyList<double>? inputs = null)
        => DrivenSystem.Create(network).WithConstantInputs(inputs);

    /// <summary>Computes M(a).</summary>
    public abstract void Apply(ReadOnlySpan<double> point, Span<double> image);

    /// <summary>Computes ∂M_i/∂a_j at [i·n + j].</summary>
    public abstract void Differentiate(ReadOnlySpan<double> point, Span<double> jacobian);

    /// <summary>Encloses M over a box.</summary>
    public abstract void Apply(ReadOnlySpan<Interval> box, Span<Interval> image);

    /// <summary>Encloses M′ over a box.</summary>
    public abstract void Differentiate(ReadOnlySpan<Interval> box, Span<Interval> jacobian);

    /// <summary>Applies a visitor to the map.</summary>
    public abstract TResult Accept<TResult>(IMapVisitor<TResult> visitor);

    /// <summary>M(a).</summary>
    public double[] Image(ReadOnlySpan<double> point)
    {
        var image = new double[Dimension];
        Apply(point, image);
        return image;
    }

    /// <summary>M^l(a).</summary>
    public double[] Image(ReadOnlySpan<double> point, int steps)
    {
        double[] image = point.ToArray();
        for (int t = 0; t < steps; t++)
            image = Image(image);
        return image;
    }

    /// <summary>M′(a), row by row.</summary>
    public double[] Jacobian(ReadOnlySpan<double> point)
    {
        var jacobian = new double[Dimension * Dimension];
        Differentiate(point, jacobian);
        return jacobian;
    }

    /// <summary>(M^l)′(a), row by row: the product of the Jacobians along the orbit.</summary>
    public double[] Jacobian(ReadOnlySpan<double> point, int steps)
    {
        double[] a = point.ToArray(), product = SquareMatrix.Identity(Dimension);
        for (int t = 0; t < steps; t++)
        {
            product = SquareMatrix.Multiply(Jacobian(a), product, Dimension);
            a = Image(a);
        }

        return product;
    }

    /// <summary>
    /// A box that contains M(a) for every a, and so every state after the first step. It is finite if the units have
    /// bounded outputs.
    /// </summary>
    public Interval[] Range()
    {
        var entireSpace = new Interval[Dimension];
        Array.Fill(entireSpace, new Interval(double.NegativeInfinity, double.PositiveInfinity));
        var range = new Interval[Dimension];
        Apply(entireSpace, range);
        return range;
    }

    private sealed class MapAdapter<TMap>(TMap map) : DynamicalSystem
        where TMap : struct, IMap
    {
        public override int Dimension => map.Dimension;

        public override void Apply(ReadOnlySpan<double> point, Span<double> image)
            => map.Apply(UncheckedViews.Create(point, Dimension), UncheckedViews.Create(image, Dimension));

        public override void Differentiate(ReadOnlySpan<double> point, Span<double> jacobian)
            => map.Differentiate(UncheckedViews.Create(point, Dimension),
                UncheckedViews.Create(jacobian, Dimension * Dimension));

        public override void Apply(ReadOnlySpan<Interval> box, Span<Interval> image)
            => map.Apply(UncheckedViews.Create(box, Dimension), UncheckedViews.Create(image, Dimension));

        public override void Differentiate(ReadOnlySpan<Interval> box, Span<Interval> jacobian)
            => map.Differentiate(UncheckedViews.Create(box, Dimension),
                UncheckedViews.Create(jacobian, Dimension * Dimension));

        public override TResult Accept<TResult>(IMapVisitor<TResult> visitor) => visitor.Visit(map);
    }
}

/// <summary>Views of memory as the unchecked spans that a map takes. The length is checked here.</summary>
internal static class UncheckedViews
{
    /// <summary>Numbers as scalar lanes.</summary>
    /// <exception cref="ValidationException">The number of values is not <paramref name="count"/>.</exception>
    public static UncheckedSpan<Scalar> Create(ReadOnlySpan<double> values, int count)
    {
        ThrowIfLengthDiffers(values.Length, count);
        return new(ref MemoryMarshal.GetReference(MemoryMarshal.Cast<double, Scalar>(values)));
    }

    /// <summary>Intervals.</summary>
    /// <exception cref="ValidationException">The number of values is not <paramref name="count"/>.</exception>
    public static UncheckedSpan<Interval> Create(ReadOnlySpan<Interval> values, int count)
    {
        ThrowIfLengthDiffers(values.Length, count);
        return new(ref MemoryMarshal.GetReference(values));
    }

    /// <summary>Throws if a state, or a state with its inputs, has an invalid length.</summary>
    public static void ThrowIfLengthDiffers(int length, int count)
    {
        if (length != count)
        {
            throw new ValidationException(
                "", "state", $"{length} values are given, but the system has {count}: give as many");
        }
    }
}

/// <summary>A visitor of a map of any type.</summary>
/// <typeparam name="TResult">The result of the visit.</typeparam>
public interface IMapVisitor<out TResult>
{
    /// <summary>Visits a map.</summary>
    TResult Visit<TMap>(TMap map)
        where TMap : struct, IMap;
}
