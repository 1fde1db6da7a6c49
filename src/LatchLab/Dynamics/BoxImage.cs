using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>Boxes under a map: enclosures of the image and of the derivative of M^l over all points of a box.</summary>
internal static class BoxImage
{
    /// <summary>A box that holds M(a) for every a in the box.</summary>
    public static Interval[] Of(DynamicalSystem system, ReadOnlySpan<Interval> box)
    {
        var image = new Interval[box.Length];
        system.Apply(box, image);
        return image;
    }

    /// <summary>Intervals that hold M′(a), row by row, for every a in the box.</summary>
    public static Interval[] Derivative(DynamicalSystem system, ReadOnlySpan<Interval> box)
    {
        var derivative = new Interval[box.Length * box.Length];
        system.Differentiate(box, derivative);
        return derivative;
    }

    /// <summary>The same of (M^l)′: the product along the images of the box.</summary>
    public static Interval[] Derivative(DynamicalSystem system, ReadOnlySpan<Interval> box, int steps)
    {
        int n = box.Length;
        Interval[] here = box.ToArray(), product = Derivative(system, box);
        for (int t = 1; t < steps; t++)
        {
            here = Of(system, here);
            product = Multiply(Derivative(system, here), product, n);
        }

        return product;
    }

    private static Interval[] Multiply(Interval[] a, Interval[] b, int n)
    {
        var product = new Interval[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                Interval sum = Interval.From(0.0);
                for (int k = 0; k < n; k++)
                    sum += a[(i * n) + k] * b[(k * n) + j];
                product[(i * n) + j] = sum;
            }
        }

        return product;
    }
}
