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

    /// <summary>Creates the system of a map without inputs.</summary>
    /// <exception cref="ArgumentException">The map has inputs.</exception>
    public static DynamicalSystem Create<TMap>(TMap map)
        where TMap : struct, IMap
        => map.Inputs == 0 ? new MapAdapter<TMap>(map) : throw new ArgumentException(
            $"The map has {map.Inputs} inputs: give {nameof(FixedInputMap<>)} of it and their values", nameof(map));

    /// <summary>Creates the system of a network in activations, with constant inputs.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">u, one value for each input of the network; null means all 0.</param>
    /// <exception cref="ValidationException">
    /// A unit is not differentiable, or the number of inputs is not that of the network.
    /// </exception>
    public static DynamicalSystem Create(NetworkDefinition network, IReadOnlyList<double>? inputs = null)
        => DrivenSystem.Create(network).WithConstantInputs(inputs);

    /// <summary>M(a).</summary>
    public abstract double[] Image(ReadOnlySpan<double> point);

    /// <summary>M′(a), row by row.</summary>
    public abstract double[] Jacobian(ReadOnlySpan<double> point);

    /// <summary>A box that contains M(a) for every a in a box.</summary>
    public abstract Interval[] Image(ReadOnlySpan<Interval> box);

    /// <summary>Intervals that contain M′(a), row by row, for every a in a box.</summary>
    public abstract Interval[] Jacobian(ReadOnlySpan<Interval> box);

    /// <summary>Applies a visitor to the map.</summary>
    public abstract TResult Accept<TResult>(IMapVisitor<TResult> visitor);

    /// <summary>M^l(a).</summary>
    public double[] Image(ReadOnlySpan<double> point, int steps)
    {
        double[] image = point.ToArray();
        for (int t = 0; t < steps; t++)
            image = Image(image);
        return image;
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

    /// <summary>A state and those that follow it.</summary>
    internal double[][] Follow(double[] state, int count)
    {
        var states = new double[count][];
        for (int t = 0; t < count; t++)
            (states[t], state) = (state, Image(state));
        return states;
    }

    /// <summary>
    /// A box that contains M(a) for every a, and so every state after the first step. It is finite if the units have
    /// bounded outputs.
    /// </summary>
    public Interval[] Range()
    {
        var entireSpace = new Interval[Dimension];
        Array.Fill(entireSpace, new Interval(double.NegativeInfinity, double.PositiveInfinity));
        return Image(entireSpace);
    }

    private sealed class MapAdapter<TMap>(TMap map) : DynamicalSystem
        where TMap : struct, IMap
    {
        public override int Dimension => map.Dimension;

        public override double[] Image(ReadOnlySpan<double> point)
        {
            var image = new double[Dimension];
            map.Apply(UncheckedViews.Create(point, Dimension), UncheckedViews.Create(image, Dimension));
            return image;
        }

        public override double[] Jacobian(ReadOnlySpan<double> point)
        {
            var jacobian = new double[Dimension * Dimension];
            MapDerivatives.Jacobian(
                map, UncheckedViews.Create(point, Dimension),
                UncheckedViews.Create(jacobian, jacobian.Length));
            return jacobian;
        }

        public override Interval[] Image(ReadOnlySpan<Interval> box)
        {
            var image = new Interval[Dimension];
            map.Apply(UncheckedViews.Create(box, Dimension), UncheckedViews.Create(image, Dimension));
            return image;
        }

        public override Interval[] Jacobian(ReadOnlySpan<Interval> box)
        {
            var jacobian = new Interval[Dimension * Dimension];
            MapDerivatives.Jacobian(
                map, UncheckedViews.Create(box, Dimension),
                UncheckedViews.Create(jacobian, jacobian.Length));
            return jacobian;
        }

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
public interface IMapVisitor<out TResult>
{
    /// <summary>Visits a map.</summary>
    TResult Visit<TMap>(TMap map)
        where TMap : struct, IMap;
}
