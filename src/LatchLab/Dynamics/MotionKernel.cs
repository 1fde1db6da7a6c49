using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// Decides the long-term motion of one orbit per lane (<see cref="LongTermMotion"/>) from
/// <see cref="LyapunovExponents.Batches"/> batches of equal length, after as many steps as one batch in which the
/// tangent vector aligns.
/// </summary>
/// <remarks>
/// <para>Not periodic: for every period up to the longest that is searched for, the state after it differs from some
/// first state of a batch. An orbit at rest on a saddle has a positive exponent and is not chaotic.</para>
/// <para>Chaotic: not periodic, the 95 % interval of the exponent is positive, and a displacement of the size of
/// rounding errors grows to that of the states. The interval alone is not enough: on an invariant circle that the orbit
/// covers slowly, S grows by a bounded amount and equally in all batches.</para>
/// <para>Quasi-periodic: the map on the circle is conjugate to a rotation, so S(t) is the logarithm of the ratio of the
/// derivative of the conjugacy at two points. It is bounded, and a batch that covers the circle shows its whole range.
/// Growth of S at a rate λ, or like a random walk, increases the range with the number of batches. So the range over
/// all batches must be at most twice that of each batch, and the exponent is 0 within that range divided by T. The
/// extent of the orbit must not change: an orbit that approaches a marginal fixed point shrinks. In one dimension
/// there is no quasi-periodic motion, because the states are a line and not a circle.</para>
/// </remarks>
internal sealed class MotionKernel<TLane, TMap>
    where TLane : unmanaged, ILane<TLane>
    where TMap : struct, IMap
{
    private const int Batches = LyapunovExponents.Batches;
    private const double RecurrenceTolerance = 1e-3; // relative to the larger of 1 and the state, as in the search
    private const double MaxRangeRatio = 2.0;
    private const double MaxExtentChange = 0.01;     // a batch of 1,000 points misses less than that of a curve
    private const double RoundingError = 2.3e-16;

    // An orbit that diverges exponentially with an exponent that counts as positive grows by more than 1/RoundingError
    // over the steps, but a chaotic attractor hardly from batch to batch; this is about the root of that number.
    private const double MaxExtentGrowth = 1e8;

    private readonly TMap _map;
    private readonly int _n, _batchLength, _periods;
    private readonly LaneMemory<TLane> _state, _next, _tangent, _image, _jacobian, _first, _lowest, _highest;
    private readonly LaneMemory<TLane> _growths, _ranges, _extents; // [batch]
    private readonly LaneMemory<TLane> _returns;                    // [period − 1]: the largest distance after it
    private TLane _sum, _lowestSum, _highestSum;

    /// <summary>Allocates memory for a bundle of orbits.</summary>
    public MotionKernel(TMap map, int steps, int maxPeriod)
    {
        _map = map;
        _n = map.Dimension;
        _batchLength = Math.Max(1, steps / Batches);
        _periods = Math.Min(maxPeriod, _batchLength);
        (_state, _next, _tangent, _image) = (new(_n), new(_n), new(_n), new(_n));
        (_first, _lowest, _highest) = (new(_n), new(_n), new(_n));
        _jacobian = new(_n * _n);
        (_growths, _ranges, _extents) = (new(Batches), new(Batches), new(Batches));
        _returns = new(_periods);
    }

    /// <summary>The initial states, [unit], one orbit in each lane.</summary>
    public LaneMemory<TLane> State => _state;

    /// <summary>Follows the orbits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run()
    {
        // No component of the vector is 0 or equal to another one, so that no symmetry of the map keeps it off the
        // direction that grows most.
        for (int i = 0; i < _n; i++)
            _tangent.Values[i] = TLane.From(1.0 / (i + 1.5));
        _returns.Values.Clear();
        _sum = TLane.From(0.0);
        for (int t = 0; t < _batchLength; t++)
            Step();
        _sum = _lowestSum = _highestSum = TLane.From(0.0);
        for (int batch = 0; batch < Batches; batch++)
            RunBatch(batch);
    }

    /// <summary>The result of a lane.</summary>
    public LongTermMotion Result(int lane)
    {
        double[] Read(LaneMemory<TLane> memory)
        {
            var values = new double[memory.Length];
            for (int i = 0; i < values.Length; i++)
                values[i] = memory.Doubles[(i * TLane.Count) + lane];
            return values;
        }

        LyapunovExponent exponent = LyapunovExponents.MeanWithInterval(
            [.. Read(_growths).Select(growth => growth / _batchLength)]);
        double halfWidth = exponent.Upper - exponent.Value;
        double size = Math.Max(1.0, Read(_first).Max(Math.Abs));
        if (!(Read(_returns).Min() > RecurrenceTolerance * size))
            return new(MotionKind.Undecided, exponent.Value, halfWidth);
        double[] extents = Read(_extents);
        double steps = (double)Batches * _batchLength;
        if (exponent.Lower > 0.0 && exponent.Value * steps > -Elementary.Log(RoundingError))
        {
            bool diverges = !(extents[^1] <= MaxExtentGrowth * extents[0]); // also NaN
            return new(diverges ? MotionKind.Undecided : MotionKind.Chaotic, exponent.Value, halfWidth);
        }

        double range = Lane(_highestSum - _lowestSum, lane);
        double rounding = 4.0 * _n * steps * RoundingError; // of the sum of that many logarithms
        bool isBounded = range <= (MaxRangeRatio * Read(_ranges).Min()) + rounding;
        bool keepsExtent = Math.Abs(extents[^1] - extents[0]) <= MaxExtentChange * extents[0];
        return _n > 1 && isBounded && keepsExtent
            ? new(MotionKind.QuasiPeriodic, exponent.Value, range / steps)
            : new(MotionKind.Undecided, exponent.Value, halfWidth);
    }

    private void RunBatch(int batch)
    {
        UncheckedSpan<TLane> a = _state.Slice(0, _n), first = _first.Slice(0, _n), lowest = _lowest.Slice(0, _n),
            highest = _highest.Slice(0, _n), returns = _returns.Slice(0, _periods);
        for (int i = 0; i < _n; i++)
            first[i] = lowest[i] = highest[i] = a[i];
        TLane sumBefore = _sum, lowestSum = _sum, highestSum = _sum;
        for (int t = 1; t <= _batchLength; t++)
        {
            Step();
            (lowestSum, highestSum) = (Min(lowestSum, _sum), Max(highestSum, _sum));
            TLane squaredDistance = TLane.From(0.0);
            for (int i = 0; i < _n; i++)
            {
                TLane difference = a[i] - first[i];
                squaredDistance += difference * difference;
                (lowest[i], highest[i]) = (Min(lowest[i], a[i]), Max(highest[i], a[i]));
            }

            if (t <= _periods)
                returns[t - 1] = Max(returns[t - 1], TLane.Sqrt(squaredDistance));
        }

        TLane extent = TLane.From(0.0);
        for (int i = 0; i < _n; i++)
            extent += highest[i] - lowest[i];
        (_growths.Values[batch], _extents.Values[batch]) = (_sum - sumBefore, extent);
        _ranges.Values[batch] = highestSum - lowestSum;
        (_lowestSum, _highestSum) = (Min(_lowestSum, lowestSum), Max(_highestSum, highestSum));
    }

    /// <summary>Advances the state and the tangent vector by one step and adds ln of the growth.</summary>
    private void Step()
    {
        UncheckedSpan<TLane> a = _state.Slice(0, _n), next = _next.Slice(0, _n), v = _tangent.Slice(0, _n),
            image = _image.Slice(0, _n), derivative = _jacobian.Slice(0, _n * _n);
        MapDerivatives.Jacobian(_map, a, derivative);
        _map.Apply(a, next);
        TLane square = TLane.From(0.0);
        for (int i = 0; i < _n; i++)
        {
            TLane component = TLane.From(0.0);
            for (int j = 0; j < _n; j++)
                component = TLane.FusedMultiplyAdd(derivative[(i * _n) + j], v[j], component);
            image[i] = component;
            square = TLane.FusedMultiplyAdd(component, component, square);
        }

        TLane norm = TLane.Sqrt(square);
        for (int i = 0; i < _n; i++)
            (a[i], v[i]) = (next[i], image[i] / norm);
        _sum += TLane.Log(norm);
    }

    private static TLane Min(TLane a, TLane b) => TLane.WhereLess(b, a, b, a);

    private static TLane Max(TLane a, TLane b) => TLane.WhereLess(a, b, b, a);

    private static double Lane(TLane value, int lane)
        => System.Runtime.InteropServices.MemoryMarshal.Cast<TLane, double>(new Span<TLane>(ref value))[lane];
}
