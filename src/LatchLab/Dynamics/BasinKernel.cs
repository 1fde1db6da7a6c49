using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// Iterates one orbit per lane until each has provably reached an attractor, has diverged, or has used its steps. In
/// one or two dimensions it also computes the largest spectral radius of (M^l)′ at the start.
/// </summary>
/// <remarks>
/// Completed lanes iterate with the others, but their results no longer change. If all other orbits are at rest outside
/// every ball, no further step can change a result.
/// </remarks>
internal sealed class BasinKernel<TLane, TMap>
    where TLane : unmanaged, ILane<TLane>
    where TMap : struct, IMap
{
    // An orbit does not leave a ball, so a slow one is compared with all of them only at every 64th multiple of their
    // period.
    private const int DenseSteps = 1024, SparseMultiple = 64;

    private readonly TMap _map;
    private readonly IReadOnlyList<TrappingBall> _balls;
    private readonly int[] _periods;
    private readonly int _n, _maxSteps;
    private readonly bool _tracksJacobian;
    private readonly LaneMemory<TLane> _state, _next, _jacobian, _product, _scratch;
    private readonly LaneMemory<TLane> _largestRadii; // [period]: the largest spectral radius of (M^l)′, l a multiple
    private TLane _label, _entryStep, _isDone;

    /// <summary>Allocates memory for a bundle of starts.</summary>
    public BasinKernel(TMap map, IReadOnlyList<TrappingBall> balls, int maxSteps, bool tracksJacobian)
    {
        (_map, _balls, _maxSteps, _tracksJacobian) = (map, balls, maxSteps, tracksJacobian);
        _n = map.Dimension;
        _periods = [.. balls.Select(ball => ball.Orbit.Period).Distinct()];
        _state = new(_n);
        _next = new(_n);
        _jacobian = new(_n * _n);
        _product = new(_n * _n);
        _scratch = new(2 * _n * _n);
        _largestRadii = new(Math.Max(1, _periods.Length));
    }

    /// <summary>The initial states, [unit], one start in each lane.</summary>
    public LaneMemory<TLane> State => _state;

    /// <summary>The index of the ball that was entered, or a <see cref="Basins"/> label below 0.</summary>
    public TLane Label => _label;

    /// <summary>
    /// Number of steps until the ball was entered; above 1,024 rounded up to a multiple of 64 periods, or the last
    /// step.
    /// </summary>
    public TLane EntryStep => _entryStep;

    /// <summary>1 where the result is final, 0 where the steps did not suffice.</summary>
    public TLane IsDone => _isDone;

    /// <summary>The largest spectral radius of (M^l)′, over the l that are multiples of a period.</summary>
    public TLane LargestRadius(int period) => _largestRadii.Values[Array.IndexOf(_periods, period)];

    /// <summary>Iterates the orbits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run()
    {
        _label = TLane.From(Basins.Undecided);
        _entryStep = _isDone = TLane.From(0.0);
        _largestRadii.Values.Clear();
        for (int i = 0; _tracksJacobian && i < _n * _n; i++)
            _product.Values[i] = TLane.From(i % (_n + 1) == 0 ? 1.0 : 0.0);
        for (int t = 0; ; t++)
        {
            if (_tracksJacobian && t > 0)
                UpdateLargestRadii(t);
            for (int ball = 0; ball < _balls.Count; ball++)
            {
                int period = _balls[ball].Orbit.Period;
                if (t % period == 0
                    && (t <= DenseSteps || t % ((long)SparseMultiple * period) == 0 || t > _maxSteps - period))
                    MarkEntered(ball, t);
            }

            bool allAreDone = !TLane.AnyLess(_isDone, TLane.From(1.0));
            if (allAreDone || t == _maxSteps || (!Step() && !EntersAtRest(t)))
                return;
        }
    }

    /// <summary>
    /// Compares orbits at rest with the balls of the fixed points, as the next comparison would. Otherwise the result
    /// would depend on whether the orbits of other lanes still move.
    /// </summary>
    /// <returns>Whether a further step can change a result.</returns>
    private bool EntersAtRest(int t)
    {
        if (t <= DenseSteps)
            return false; // they have just been compared
        int nextComparison = (int)Math.Min(_maxSteps, (t + SparseMultiple - 1L) / SparseMultiple * SparseMultiple);
        for (int ball = 0; ball < _balls.Count; ball++)
        {
            if (_balls[ball].Orbit.Period == 1)
                MarkInside(ball, nextComparison);
        }

        TLane zero = TLane.From(0.0), one = TLane.From(1.0);
        TLane isInBall = TLane.WhereLess(_label, zero, zero, one);
        return _tracksJacobian && TLane.AnyLess(zero, TLane.WhereLess(_isDone, one, isInBall, zero));
    }

    /// <summary>Takes one step.</summary>
    /// <returns>Whether a further step can change the result of an orbit that is not done.</returns>
    private bool Step()
    {
        UncheckedSpan<TLane> a = _state.Slice(0, _n), image = _next.Slice(0, _n);
        _map.Apply(a, image);
        if (_tracksJacobian)
        {
            UncheckedSpan<TLane> derivative = _jacobian.Slice(0, _n * _n), p = _product.Slice(0, _n * _n),
                q = _scratch.Slice(0, _n * _n);
            MapDerivatives.Jacobian(_map, a, derivative);
            Multiply(derivative, p, q);
            for (int i = 0; i < _n * _n; i++)
                p[i] = q[i];
        }

        TLane zero = TLane.From(0.0), one = TLane.From(1.0), moved = zero, outside = zero;
        for (int i = 0; i < _n; i++)
        {
            moved += TLane.Abs(image[i] - a[i]);
            outside += TLane.WhereLess(TLane.Abs(image[i]), TLane.From(InvariantSets.DivergenceThreshold), zero,
                one);
            a[i] = image[i];
        }

        TLane diverges = TLane.WhereLess(_isDone, one, outside, zero);
        _label = TLane.WhereLess(zero, diverges, TLane.From(Basins.Divergent), _label);
        _isDone = TLane.WhereLess(zero, diverges, one, _isDone);

        // (M^l)′ still changes for an orbit at rest in a ball.
        TLane changes = TLane.WhereLess(_label, zero, moved, one);
        return TLane.AnyLess(zero, TLane.WhereLess(_isDone, one, changes, zero));
    }

    /// <summary>Marks the orbits that enter a ball for the first time.</summary>
    private void MarkInside(int ball, int t)
    {
        TLane zero = TLane.From(0.0), one = TLane.From(1.0), radius = TLane.From(_balls[ball].Radius);
        TLane undecided = TLane.WhereLess(_label, zero, TLane.WhereLess(_isDone, one, one, zero), zero);
        if (TLane.AnyLess(zero, undecided))
        {
            TLane inside = TLane.WhereLess(SquaredDistance(_balls[ball]), radius * radius, undecided, zero);
            _label = TLane.WhereLess(zero, inside, TLane.From(ball), _label);
            _entryStep = TLane.WhereLess(zero, inside, TLane.From(t), _entryStep);
        }
    }

    /// <summary>Marks the orbits that enter a ball for the first time, and those that are done.</summary>
    private void MarkEntered(int ball, int t)
    {
        MarkInside(ball, t);

        // From here on, the norm of (M^l)′ in the norm of the ball does not grow, but for the transient of a kink. Once
        // it is below 1, the eigenvalues remain below 1. (At t = 0 the matrix is the identity, whose norm may be
        // rounded to below 1.)
        TLane zero = TLane.From(0.0), one = TLane.From(1.0);
        TLane inBall = WhereEqual(_label, ball, TLane.WhereLess(_isDone, one, one, zero));
        if (!TLane.AnyLess(zero, inBall))
            return;
        double growth = _balls[ball].TransientGrowth;
        TLane settled = !_tracksJacobian ? inBall
            : t == 0 ? zero
            : TLane.WhereLess(SquaredNorm(_balls[ball]) * TLane.From(growth * growth), one, inBall, zero);
        _isDone = TLane.WhereLess(zero, settled, one, _isDone);
    }

    private void UpdateLargestRadii(int t)
    {
        for (int i = 0; i < _periods.Length; i++)
        {
            if (t % _periods[i] != 0)
                continue;
            TLane radius = SpectralRadius(_product.Slice(0, _n * _n)), one = TLane.From(1.0);
            TLane larger = TLane.WhereLess(_largestRadii.Values[i], radius, radius, _largestRadii.Values[i]);
            _largestRadii.Values[i] = TLane.WhereLess(_isDone, one, larger, _largestRadii.Values[i]);
        }
    }

    private TLane SpectralRadius(UncheckedSpan<TLane> p)
    {
        if (_n == 1)
            return TLane.Abs(p[0]);
        TLane half = TLane.From(0.5), zero = TLane.From(0.0);
        TLane mean = half * (p[0] + p[3]), difference = half * (p[0] - p[3]);
        TLane square = TLane.FusedMultiplyAdd(difference, difference, p[1] * p[2]);
        TLane ofPair = TLane.Sqrt((mean * mean) - square); // complex conjugates: √(mean² + imaginary²)
        return TLane.WhereLess(square, zero, ofPair, TLane.Abs(mean) + TLane.Sqrt(TLane.Abs(square)));
    }

    private TLane SquaredDistance(TrappingBall ball)
    {
        TLane sum = TLane.From(0.0);
        UncheckedSpan<TLane> a = _state.Slice(0, _n);
        for (int i = 0; i < _n; i++)
        {
            TLane component = TLane.From(0.0);
            for (int j = 0; j < _n; j++)
            {
                component = TLane.FusedMultiplyAdd(
                    TLane.From(ball.Factor[(i * _n) + j]), a[j] - TLane.From(ball.Center[j]), component);
            }

            sum = TLane.FusedMultiplyAdd(component, component, sum);
        }

        return sum;
    }

    /// <summary>The squared Frobenius norm of Lᵀ·(M^l)′·L⁻ᵀ, at least the squared norm of (M^l)′.</summary>
    private TLane SquaredNorm(TrappingBall ball)
    {
        UncheckedSpan<TLane> inner = _scratch.Slice(0, _n * _n), outer = _scratch.Slice(_n * _n, _n * _n),
            p = _product.Slice(0, _n * _n);
        for (int i = 0; i < _n * _n; i++)
            outer[i] = TLane.From(ball.Factor[i]);
        Multiply(outer, p, inner);
        TLane sum = TLane.From(0.0);
        for (int i = 0; i < _n; i++)
        {
            for (int j = 0; j < _n; j++)
            {
                TLane entry = TLane.From(0.0);
                for (int k = 0; k < _n; k++)
                    entry = TLane.FusedMultiplyAdd(inner[(i * _n) + k], TLane.From(ball.InverseFactor[(k * _n) + j]),
                        entry);
                sum = TLane.FusedMultiplyAdd(entry, entry, sum);
            }
        }

        return sum;
    }

    private void Multiply(UncheckedSpan<TLane> a, UncheckedSpan<TLane> b, UncheckedSpan<TLane> result)
    {
        for (int i = 0; i < _n; i++)
        {
            for (int j = 0; j < _n; j++)
            {
                TLane entry = TLane.From(0.0);
                for (int k = 0; k < _n; k++)
                    entry = TLane.FusedMultiplyAdd(a[(i * _n) + k], b[(k * _n) + j], entry);
                result[(i * _n) + j] = entry;
            }
        }
    }

    private static TLane WhereEqual(TLane number, int value, TLane then)
        => TLane.WhereLess(
            number,
            TLane.From(value + 0.5),
            TLane.WhereLess(TLane.From(value - 0.5), number, then, TLane.From(0.0)),
            TLane.From(0.0));
}
