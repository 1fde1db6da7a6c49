namespace LatchLab.Numerics;

/// <summary>
/// An orthonormal basis Q of the span of v, A·v, A²·v, …, and the projection <c>H = Qᵀ·A·Q</c>, an upper Hessenberg
/// matrix (Arnoldi 1951). Each new vector is orthogonalized twice, so that rounding errors do not accumulate.
/// </summary>
/// <param name="a">A, n × n, row by row.</param>
/// <param name="n">n.</param>
/// <param name="capacity">Most vectors of the basis.</param>
internal sealed class KrylovSubspace(double[] a, int n, int capacity)
{
    private readonly List<double[]> _basis = [Start(n)];
    private readonly double[] _projection = new double[(capacity + 1) * capacity];  // [column][row]
    private double _coupling;

    /// <summary>
    /// Number of columns of H; it stops to grow when A maps the subspace into itself.
    /// </summary>
    public int Dimension { get; private set; }

    /// <summary>Enlarges the subspace.</summary>
    /// <param name="dimension">The dimension, at most the capacity.</param>
    /// <returns>
    /// The length of what A moves out of the subspace: that of the last column of A·Q − Q·H, whose others are 0.
    /// </returns>
    public double Extend(int dimension)
    {
        while (Dimension < dimension && _basis.Count > Dimension)
            AddColumn();
        return _coupling;
    }

    /// <summary>H, row by row.</summary>
    public double[] Projection()
    {
        var projection = new double[Dimension * Dimension];
        for (int column = 0; column < Dimension; column++)
        {
            for (int row = 0; row < Math.Min(Dimension, column + 2); row++)
                projection[(row * Dimension) + column] = _projection[(column * (capacity + 1)) + row];
        }

        return projection;
    }

    private void AddColumn()
    {
        double[] image = SquareMatrix.Multiply(a, _basis[^1]);
        Span<double> column = _projection.AsSpan(Dimension * (capacity + 1), capacity + 1);
        double length = SquareMatrix.FrobeniusNorm(image);
        for (int pass = 0; pass < 2; pass++)
        {
            for (int i = 0; i < _basis.Count; i++)
                column[i] += RemoveProjection(_basis[i], image);
        }

        Dimension++;
        _coupling = SquareMatrix.FrobeniusNorm(image);
        if (_coupling <= n * 2.3e-16 * length)
        {
            _coupling = 0.0;    // rounding errors only: the subspace is invariant
            return;
        }

        column[Dimension] = _coupling;
        for (int i = 0; i < n; i++)
            image[i] /= _coupling;
        _basis.Add(image);
    }

    private static double RemoveProjection(double[] direction, double[] vector)
    {
        double product = 0.0;
        for (int i = 0; i < vector.Length; i++)
            product = Math.FusedMultiplyAdd(direction[i], vector[i], product);
        for (int i = 0; i < vector.Length; i++)
            vector[i] = Math.FusedMultiplyAdd(-product, direction[i], vector[i]);
        return product;
    }

    private static double[] Start(int n)
    {
        var draws = new UniformStream(seed: 0, Purpose.TangentDirections, item: 0, randomWord: 0, trial: 0);
        double[] start = new double[n];
        for (int i = 0; i < n; i++)
            start[i] = draws.Next(-1.0, 1.0);
        double length = SquareMatrix.FrobeniusNorm(start);
        return [.. start.Select(value => value / length)];
    }
}
