using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// Lyapunov exponents <c>λ_i = lim (1/T) ln σ_i</c>, the growth rates of the singular values σ_i of
/// M′(a_{T−1})·…·M′(a_0). An orbit with λ_1 &gt; 0 is chaotic. They are computed by the QR method: tangent vectors are
/// propagated along the orbit and orthonormalized again before they align too closely; λ_i is the mean of ln R_ii
/// (Benettin, Galgani, Giorgilli and Strelcyn 1980; Eckmann and Ruelle 1985).
/// </summary>
/// <remarks>
/// Memory does not grow with the number of steps. The states are activations; outputs x = f(a) are a smooth change of
/// coordinates and have the same exponents.
/// </remarks>
public static class LyapunovExponents
{
    /// <summary>Number of batches of steps. The means of the batches are the sample of a confidence interval.</summary>
    public const int Batches = 20;

    // Student's t with 19 degrees of freedom, 97.5 % (Abramowitz and Stegun 1964, table 26.10: 2.093).
    private const double StudentQuantile = 2.0930240544082634;

    // The share of the allowed spread that is planned for: the vectors may align faster in the next block.
    private const double TargetSpread = 0.8;

    /// <summary>Computes the exponents of the orbit from a point.</summary>
    /// <param name="map">M.</param>
    /// <param name="start">a_0, n values.</param>
    /// <param name="options">The numbers of steps and exponents.</param>
    /// <param name="lanes">Null for the widest; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">
    /// The start does not have n values, or an option is out of its range.
    /// </exception>
    public static LyapunovSpectrum Compute<TMap>(
        TMap map, ReadOnlySpan<double> start, LyapunovOptions options, LaneKind? lanes = null)
        where TMap : IMap
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(start.Length, map.Dimension, nameof(start));
        return Compute(new OrbitJacobians<TMap>(map, start), options, lanes);
    }

    /// <summary>Computes the exponents of the orbit of a system from a point; otherwise as for a map.</summary>
    public static LyapunovSpectrum Compute(
        DynamicalSystem system, IReadOnlyList<double> start, LyapunovOptions options, LaneKind? lanes = null)
        => system.Accept(new MapVisitor([.. start], options, lanes));

    /// <summary>Computes the exponents of a network of cells along given inputs.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">
    /// u_1, u_2, …: at least as many as <see cref="LyapunovOptions.Transient"/> and <see cref="LyapunovOptions.Steps"/>
    /// together; a single one is held.
    /// </param>
    /// <param name="start">s_0.</param>
    /// <param name="options">The numbers of steps and exponents.</param>
    /// <param name="lanes">Null for the widest; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">
    /// The start does not have n values, there are too few inputs, or an option is out of its range.
    /// </exception>
    public static LyapunovSpectrum Compute(
        CellDefinition network, IReadOnlyList<IReadOnlyList<double>> inputs, IReadOnlyList<double> start,
        LyapunovOptions options, LaneKind? lanes = null)
    {
        if (inputs.Count != 1)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(
                inputs.Count, options.Transient + (long)options.Steps, nameof(inputs));
        }

        var system = CellSystem.Create(network, lanes);
        ArgumentOutOfRangeException.ThrowIfNotEqual(start.Count, system.Dimension, nameof(start));
        return Compute(
            new CellJacobians(system, t => inputs[inputs.Count == 1 ? 0 : t], [.. start]), options, lanes);
    }

    /// <summary>Computes the exponents of a product of matrices.</summary>
    internal static LyapunovSpectrum Compute(ICocycle cocycle, LyapunovOptions options, LaneKind? lanes = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Steps, Batches, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Transient, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Exponents, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.LongestBlock, 1, nameof(options));
        return (lanes ?? LaneKind.Widest).Accept(new Computation(cocycle, options));
    }

    private sealed class MapVisitor(double[] start, LyapunovOptions options, LaneKind? lanes)
        : IMapVisitor<LyapunovSpectrum>
    {
        public LyapunovSpectrum Visit<TMap>(TMap map)
            where TMap : struct, IMap
            => Compute(map, start.AsSpan(), options, lanes);
    }

    private sealed class Computation(ICocycle cocycle, LyapunovOptions options) : ILaneVisitor<LyapunovSpectrum>
    {
        private readonly int _vectors = Math.Min(options.Exponents, cocycle.Dimension);
        private long _steps, _orthogonalisations;
        private int _plannedSteps = 1;

        public LyapunovSpectrum Visit<TLane>()
            where TLane : unmanaged, IBitLane<TLane>
        {
            var frame = new TangentFrame<TLane>(cocycle.Dimension, _vectors);
            if (!Advance(frame, options.Transient, new double[_vectors]))
                return Divergent();
            var growth = new double[Batches][];    // [batch][vector]: the mean of ln R_vv over a step
            for (int batch = 0; batch < Batches; batch++)
            {
                growth[batch] = new double[_vectors];
                int length = (int)((options.Steps * (batch + 1L) / Batches) - ((long)options.Steps * batch / Batches));
                if (!Advance(frame, length, growth[batch]))
                    return Divergent();
                for (int v = 0; v < _vectors; v++)
                    growth[batch][v] /= length;
            }

            LyapunovExponent[] exponents = [.. Enumerable.Range(0, _vectors)
                .Select(v => MeanWithInterval([.. growth.Select(means => means[v])]))
                .OrderByDescending(exponent => exponent.Value)];
            double sum = exponents.Sum(exponent => exponent.Value);
            LyapunovStatus status = double.IsFinite(sum) ? LyapunovStatus.Finite : LyapunovStatus.Collapsed;
            return new(status, exponents, sum, _steps, _orthogonalisations);
        }

        /// <summary>
        /// Advances by a number of steps and adds the logarithms of the growth of each vector. False if the orbit
        /// diverged.
        /// </summary>
        private bool Advance<TLane>(TangentFrame<TLane> frame, int length, double[] growth)
            where TLane : unmanaged, IBitLane<TLane>
        {
            var logarithms = new double[_vectors];
            for (long end = _steps + length; _steps < end;)
            {
                frame.Save();
                cocycle.Save();
                int block = (int)Math.Min(_plannedSteps, end - _steps);
                double relativeSpread = RunBlock(frame, block, logarithms);
                while (!(relativeSpread <= 1.0) && block > 1)
                {
                    frame.Restore();
                    cocycle.Restore();
                    block /= 2;
                    _plannedSteps = block;
                    relativeSpread = RunBlock(frame, block, logarithms);
                }

                if (double.IsNaN(relativeSpread))
                    return false;
                _steps += block;
                _plannedSteps = (int)Math.Clamp(TargetSpread * block / relativeSpread, 1.0,
                    Math.Min(2.0 * _plannedSteps, options.LongestBlock));
                for (int v = 0; v < _vectors; v++)
                    growth[v] += logarithms[v];
            }

            return true;
        }

        /// <summary>
        /// Advances by the steps of a block. Returns the relative spread of the vectors, NaN if the orbit diverged.
        /// </summary>
        private double RunBlock<TLane>(TangentFrame<TLane> frame, int block, double[] logarithms)
            where TLane : unmanaged, IBitLane<TLane>
        {
            for (int t = 0; t < block; t++)
            {
                if (!cocycle.TryNext(frame.Jacobian))
                    return double.NaN;
                frame.Multiply();
            }

            _orthogonalisations++;
            return frame.Orthogonalize(logarithms);
        }

        private LyapunovSpectrum Divergent()
            => new(LyapunovStatus.Divergent, [], double.NaN, _steps, _orthogonalisations);
    }

    internal static LyapunovExponent MeanWithInterval(double[] batches)
    {
        double mean = batches.Average();
        if (!double.IsFinite(mean))
            return new(mean, mean, mean);
        double variance = batches.Sum(batch => (batch - mean) * (batch - mean)) / (Batches - 1);
        double half = StudentQuantile * Math.Sqrt(variance / Batches);
        return new(mean, mean - half, mean + half);
    }
}
