using System.Runtime.InteropServices;
using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// An autonomous system <c>a_t = M(a_{t−1})</c> without its type: what is asked for a point or a box at a time is asked
/// here; a question that takes millions of steps goes to the map itself (<see cref="Accept{TResult}"/>).
/// </summary>
public abstract class DynamicalSystem
{
    /// <summary>n.</summary>
    public abstract int Dimension { get; }

    /// <summary>The system of a map.</summary>
    public static DynamicalSystem Create<TMap>(TMap map)
        where TMap : struct, IMap
        => new MapAdapter<TMap>(map);

    /// <summary>The system of a network in activations, its inputs held.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">u, as many as the network has; none for all 0.</param>
    /// <exception cref="ValidationException">A unit has no slope, or the inputs are not as many.</exception>
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

    /// <summary>Does work on the map.</summary>
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

    /// <summary>(M^l)′(a), row by row: the product of the derivatives along the orbit.</summary>
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
    /// A box that holds M(a) for every a: all that is ever visited after the first step. It is finite where the units
    /// have bounded outputs.
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

/// <summary>Plain memory as the rows that a map takes, which know no length: it is looked at here.</summary>
internal static class UncheckedViews
{
    /// <summary>Numbers as scalar lanes.</summary>
    /// <exception cref="ValidationException">They are not so many.</exception>
    public static UncheckedSpan<Scalar> Create(ReadOnlySpan<double> values, int count)
    {
        ThrowIfLengthDiffers(values.Length, count);
        return new(ref MemoryMarshal.GetReference(MemoryMarshal.Cast<double, Scalar>(values)));
    }

    /// <summary>Intervals.</summary>
    /// <exception cref="ValidationException">They are not so many.</exception>
    public static UncheckedSpan<Interval> Create(ReadOnlySpan<Interval> values, int count)
    {
        ThrowIfLengthDiffers(values.Length, count);
        return new(ref MemoryMarshal.GetReference(values));
    }

    /// <summary>Refuses a state, or a state and its inputs, of the wrong length.</summary>
    public static void ThrowIfLengthDiffers(int length, int count)
    {
        if (length != count)
        {
            throw new ValidationException(
                "", "state", $"{length} values are given, but the system has {count}: give as many");
        }
    }
}

/// <summary>Work on a map of any type.</summary>
/// <typeparam name="TResult">What it gives.</typeparam>
public interface IMapVisitor<out TResult>
{
    /// <summary>Does the work.</summary>
    TResult Visit<TMap>(TMap map)
        where TMap : struct, IMap;
}
