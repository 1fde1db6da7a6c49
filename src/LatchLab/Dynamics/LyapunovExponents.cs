using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>Writes the matrix of a step: always the same for the same t, which may be asked for again.</summary>
/// <param name="t">1, 2, …</param>
/// <param name="matrix">A_t, n × n, row by row; all of it is to be written.</param>
public delegate void MatrixOfStep(long t, Span<double> matrix);

/// <summary>
/// Lyapunov exponents <c>λ_i = lim (1/T) ln σ_i</c>, the growth rates of the singular values σ_i of
/// M′(a_{T−1})·…·M′(a_0): λ_1 &gt; 0 is what makes an orbit chaotic. By the QR method: tangent vectors are carried
/// along the orbit and made orthonormal again before they lean together too far; λ_i is the mean of ln R_ii
/// (Benettin, Galgani, Giorgilli and Strelcyn 1980; Eckmann and Ruelle 1985).
/// </summary>
/// <remarks>
/// Memory does not grow with the number of steps. The states are activations; outputs x = f(a) are a smooth change of
/// coordinates and have the same exponents.
/// </remarks>
public static class LyapunovExponents
{
    /// <summary>Batches of steps whose means are the sample of an interval.</summary>
    public const int Batches = 20;

    // Student's t with 19 degrees of freedom, 97.5 % (Abramowitz and Stegun 1964, table 26.10: 2.093).
    private const double Quantile = 2.0930240544082634;

    // Of what the vectors may lean together, the share that is planned for: the next block may be a faster one.
    private const double Planned = 0.8;

    /// <summary>Exponents of the orbit from a point.</summary>
    /// <param name="map">M.</param>
    /// <param name="start">a_0, n values.</param>
    /// <param name="options">How many steps and exponents.</param>
    /// <param name="lanes">Null for the widest; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">The start has not n values, or an option is out of its range.</exception>
    public static LyapunovSpectrum Of<TMap>(
        TMap map, ReadOnlySpan<double> start, LyapunovOptions options, LaneKind? lanes = null)
        where TMap : IMap
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(start.Length, map.Dimension, nameof(start));
        return Of(new OrbitJacobians<TMap>(map, start), options, lanes);
    }

    /// <summary>Exponents of the orbit of a system from a point; the rest as for a map.</summary>
    public static LyapunovSpectrum Of(
        DynamicalSystem system, IReadOnlyList<double> start, LyapunovOptions options, LaneKind? lanes = null)
        => system.Run(new MapWork([.. start], options, lanes));

    /// <summary>Exponents of a product of matrices, A_T·…·A_1.</summary>
    /// <param name="dimension">n ≥ 1.</param>
    /// <param name="matrices">The matrices.</param>
    /// <param name="options">How many steps and exponents.</param>
    /// <param name="lanes">Null for the widest; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static LyapunovSpectrum OfProduct(
        int dimension, MatrixOfStep matrices, LyapunovOptions options, LaneKind? lanes = null)
        => Of(new GivenMatrices(dimension, matrices), options, lanes);

    private static LyapunovSpectrum Of(ICocycle cocycle, LyapunovOptions options, LaneKind? lanes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Steps, Batches, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Transient, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Exponents, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.LongestBlock, 1, nameof(options));
        return (lanes ?? LaneKind.Widest).Run(new Computation(cocycle, options));
    }

    private sealed class MapWork(double[] start, LyapunovOptions options, LaneKind? lanes) : IMapWork<LyapunovSpectrum>
    {
        public LyapunovSpectrum Run<TMap>(TMap map)
            where TMap : struct, IMap
            => Of(map, start.AsSpan(), options, lanes);
    }

    private sealed class Computation(ICocycle cocycle, LyapunovOptions options) : ILaneWork<LyapunovSpectrum>
    {
        private readonly int vectors = Math.Min(options.Exponents, cocycle.Dimension);
        private long steps, orthogonalisations;
        private int planned = 1;

        public LyapunovSpectrum Run<TLane>()
            where TLane : unmanaged, IBitLane<TLane>
        {
            var frame = new TangentFrame<TLane>(cocycle.Dimension, vectors);
            if (!Advance(frame, options.Transient, new double[vectors]))
                return Divergent();
            var growth = new double[Batches][];     // [batch][vector]: the mean of ln R_vv over a step
            for (int batch = 0; batch < Batches; batch++)
            {
                growth[batch] = new double[vectors];
                int length = (int)((options.Steps * (batch + 1L) / Batches) - ((long)options.Steps * batch / Batches));
                if (!Advance(frame, length, growth[batch]))
                    return Divergent();
                for (int v = 0; v < vectors; v++)
                    growth[batch][v] /= length;
            }

            LyapunovExponent[] exponents = [.. Enumerable.Range(0, vectors)
                .Select(v => WithInterval([.. growth.Select(means => means[v])]))
                .OrderByDescending(exponent => exponent.Value)];
            double sum = exponents.Sum(exponent => exponent.Value);
            LyapunovStatus status = double.IsFinite(sum) ? LyapunovStatus.Finite : LyapunovStatus.Collapsed;
            return new(status, exponents, sum, steps, orthogonalisations);
        }

        /// <summary>Goes a number of steps and adds the logarithms of the growth of each vector.</summary>
        private bool Advance<TLane>(TangentFrame<TLane> frame, int length, double[] growth)
            where TLane : unmanaged, IBitLane<TLane>
        {
            var logarithms = new double[vectors];
            for (long end = steps + length; steps < end;)
            {
                frame.Keep();
                cocycle.Keep();
                int block = (int)Math.Min(planned, end - steps);
                double strain = Block(frame, block, logarithms);
                while (!(strain <= 1.0) && block > 1)
                {
                    frame.Return();
                    cocycle.Return();
                    block /= 2;
                    planned = block;
                    strain = Block(frame, block, logarithms);
                }

                if (double.IsNaN(strain))
                    return false;
                steps += block;
                planned = (int)Math.Clamp(Planned * block / strain, 1.0, Math.Min(2.0 * planned, options.LongestBlock));
                for (int v = 0; v < vectors; v++)
                    growth[v] += logarithms[v];
            }

            return true;
        }

        /// <summary>Goes the steps of a block; how the vectors bore it, NaN if the orbit diverged.</summary>
        private double Block<TLane>(TangentFrame<TLane> frame, int block, double[] logarithms)
            where TLane : unmanaged, IBitLane<TLane>
        {
            for (int t = 0; t < block; t++)
            {
                if (!cocycle.TryNext(frame.Jacobian))
                    return double.NaN;
                frame.Multiply();
            }

            orthogonalisations++;
            return frame.Orthogonalise(logarithms);
        }

        private LyapunovSpectrum Divergent()
            => new(LyapunovStatus.Divergent, [], double.NaN, steps, orthogonalisations);
    }

    /// <summary>The mean of the batches and its interval.</summary>
    private static LyapunovExponent WithInterval(double[] batches)
    {
        double mean = batches.Average();
        if (!double.IsFinite(mean))
            return new(mean, mean, mean);
        double variance = batches.Sum(batch => (batch - mean) * (batch - mean)) / (Batches - 1);
        double half = Quantile * Math.Sqrt(variance / Batches);
        return new(mean, mean - half, mean + half);
    }
}
