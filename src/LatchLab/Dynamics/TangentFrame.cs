using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// k tangent vectors of a map, carried along an orbit by its Jacobians, <c>Q ← J·Q</c>, and made orthonormal again,
/// <c>Q ← Q·R⁻¹</c>: the logarithms of the diagonal of R say how much they grew (Benettin, Galgani, Giorgilli and
/// Strelcyn 1980). A lane is a tangent vector, so that no result depends on the width of the lanes.
/// </summary>
/// <remarks>
/// Several products may pass between two orthogonalisations, as long as the vectors stay apart:
/// <see cref="Orthogonalise"/> says how near they came to the limit, and if they passed it, <see cref="Return"/> goes
/// back to where <see cref="Keep"/> was called.
/// </remarks>
/// <typeparam name="TLane">The numbers it is made of.</typeparam>
public sealed class TangentFrame<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    /// <summary>
    /// How much longer the longest vector may be than what is left of any when the former ones are taken off: its
    /// rounding errors, 1e-16, are then 1e-11 of what is left.
    /// </summary>
    public const double LargestSpread = 1e5;

    /// <summary>How long the vectors may become, and its inverse how short, without overflow and underflow.</summary>
    public const double LargestLength = 1e100;

    // Below this share of the longest vector, what is left of one is compared with its rounding errors.
    private const double Doubtful = 1e-8;
    private const double Epsilon = 1.0 / (1L << 52);

    private readonly int dimension, vectors, width;
    private readonly LaneMemory<Scalar> jacobian;   // with rows of zeros to a multiple of the rows in one pass, as Q
    private readonly LaneMemory<TLane>[] frames;    // [component][vector]: the present one, the kept one, an image
    private readonly GramSchmidt<TLane> process;
    private readonly UniformDraws directions = new(seed: 0, Purpose.TangentDirections, item: 0, cell: 0, trial: 0);
    private int present, kept, before, products;

    /// <summary>Orthonormal vectors of arbitrary directions, the same for the same n and k.</summary>
    /// <param name="dimension">n ≥ 1.</param>
    /// <param name="vectors">k, 1 … n.</param>
    public TangentFrame(int dimension, int vectors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vectors, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(vectors, dimension);
        (this.dimension, this.vectors) = (dimension, vectors);
        width = (vectors + TLane.Count - 1) / TLane.Count;
        const int together = TangentProduct.RowsTogether;
        int rows = (dimension + together - 1) / together * together;
        jacobian = new(rows * dimension);
        frames = [new(rows * width), new(rows * width), new(rows * width)];
        process = new(dimension, vectors);
        for (int i = 0; i < dimension; i++)
        {
            for (int v = 0; v < vectors; v++)
                frames[present].Numbers[At(i, v)] = directions.Next(-1.0, 1.0);
        }

        Orthogonalise(new double[vectors]);
    }

    /// <summary>J, n × n, row by row: to be written before <see cref="Multiply"/>.</summary>
    public Span<Scalar> Jacobian => jacobian.Values[..(dimension * dimension)];

    /// <summary>A component of a vector.</summary>
    public double this[int component, int vector] => frames[present].Numbers[At(component, vector)];

    /// <summary>Notes the vectors as they are.</summary>
    public void Keep() => kept = present;

    /// <summary>Goes back to the vectors as they were when they were kept; products must have passed since.</summary>
    public void Return() => (present, products) = (kept, 0);

    /// <summary>Q ← J·Q.</summary>
    public void Multiply()
    {
        int image = present == kept ? (present + 1) % 3 : 3 - present - kept; // the one of 0, 1, 2 that is free
        TangentProduct.Write(
            jacobian.Row(0, jacobian.Length), All(present), All(image), jacobian.Length / dimension, dimension, width);
        (before, present, products) = (present, image, products + 1);
    }

    /// <summary>
    /// Makes the vectors orthonormal. One of which nothing is left, and after a single product not more than rounding
    /// errors, has collapsed: an arbitrary direction that is orthogonal to the others takes its place.
    /// </summary>
    /// <param name="logarithms">ln R_vv for each vector, −∞ for one that has collapsed; written.</param>
    /// <returns>
    /// How much of <see cref="LargestSpread"/> and <see cref="LargestLength"/> was used, a share of their logarithms:
    /// above 1 if too many products have passed, +∞ if a vector has collapsed, NaN if one is not finite.
    /// </returns>
    public double Orthogonalise(Span<double> logarithms)
    {
        double strain = Process();
        process.Finish(All(present), logarithms);
        if (strain > 1.0 && products == 1)
        {
            // There was no shorter way. Rounding errors as large as what was left make the vectors lean; another pass
            // sets them upright and leaves their lengths as they are.
            products = 0;
            Process();
            process.Finish(All(present), stackalloc double[vectors]);
        }

        for (int v = 0; v < vectors; v++)
        {
            if (double.IsNegativeInfinity(logarithms[v]))
                Replace(v);
        }

        products = 0;
        return strain;
    }

    /// <summary>The vectors without what they share with former ones; how they bore it.</summary>
    private double Process()
    {
        Row<TLane> q = All(present);
        process.Begin(q);
        double longest = 0.0;
        foreach (double length in process.Lengths)
            longest = Math.Max(longest, length); // NaN remains
        double least = longest;
        for (int v = 0; v < vectors; v++)
        {
            double left = process.Project(q, v);
            bool collapsed = left == 0.0
                || (products == 1 && left < Doubtful * longest && left <= RoundingErrors(v));
            if (collapsed)
                process.Drop(v);
            else
                process.Remove(q, v);
            least = Math.Min(least, collapsed ? 0.0 : left);
        }

        if (!double.IsFinite(longest) || least == 0.0)
            return double.IsFinite(longest) ? double.PositiveInfinity : double.NaN;
        return Math.Max(Log(longest / least) / Log(LargestSpread), Math.Abs(Log(longest)) / Log(LargestLength));
    }

    /// <summary>
    /// Bound of the rounding errors of J·q_v and of what was taken off it: 2n roundings of <c>|J|·|q_v|</c>.
    /// </summary>
    private double RoundingErrors(int vector)
    {
        ReadOnlySpan<double> q = frames[before].Numbers, j = jacobian.Numbers;
        double square = 0.0;
        for (int i = 0; i < dimension; i++)
        {
            double sum = 0.0;
            for (int k = 0; k < dimension; k++)
                sum += Math.Abs(j[(i * dimension) + k] * q[At(k, vector)]);
            square += sum * sum;
        }

        return dimension * Epsilon * Math.Sqrt(square);
    }

    /// <summary>Gives a vector that is zero a new direction, orthogonal to all others.</summary>
    private void Replace(int vector)
    {
        Span<double> q = frames[present].Numbers;
        for (int i = 0; i < dimension; i++)
            q[At(i, vector)] = directions.Next(-1.0, 1.0);
        const int passes = 2; // the second takes off what the rounding errors of the first left
        for (int other = 0; other < passes * vectors; other++)
        {
            if (other % vectors != vector)
                TakeOff(q, other % vectors, vector, Dot(q, other % vectors, vector));
        }

        double length = Math.Sqrt(Dot(q, vector, vector));
        for (int i = 0; i < dimension; i++)
            q[At(i, vector)] /= length;
    }

    private double Dot(ReadOnlySpan<double> q, int v, int w)
    {
        double sum = 0.0;
        for (int i = 0; i < dimension; i++)
            sum = Math.FusedMultiplyAdd(q[At(i, v)], q[At(i, w)], sum);
        return sum;
    }

    private void TakeOff(Span<double> q, int v, int w, double share)
    {
        for (int i = 0; i < dimension; i++)
            q[At(i, w)] = Math.FusedMultiplyAdd(-share, q[At(i, v)], q[At(i, w)]);
    }

    private int At(int component, int vector) => (component * width * TLane.Count) + vector;

    private Row<TLane> All(int frame) => frames[frame].Row(0, frames[frame].Length);

    private static double Log(double x) => Elementary.Log(new Scalar(x)).Value;
}
