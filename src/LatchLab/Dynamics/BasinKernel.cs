using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// Follows as many orbits as there are lanes until each has reached an attractor for certain, gone beyond every bound,
/// or used its steps; on the way, in one or two dimensions, the largest spectral radius of (M^l)′ at the start.
/// </summary>
/// <remarks>
/// Lanes that are done go on beside the others; nothing of theirs changes any more. Where all others are at rest
/// outside every ball, no further step can change anything.
/// </remarks>
/// <typeparam name="TLane">The numbers; a lane is a start.</typeparam>
/// <typeparam name="TMap">The map.</typeparam>
internal sealed class BasinKernel<TLane, TMap>
    where TLane : unmanaged, ILane<TLane>
    where TMap : struct, IMap
{
    private readonly TMap map;
    private readonly IReadOnlyList<TrappingBall> balls;
    private readonly int[] periods;
    private readonly int n, mostSteps;
    private readonly bool followsDerivative;
    private readonly LaneMemory<TLane> state, next, jacobian, product, scratch;
    private readonly LaneMemory<TLane> largest; // [period]: the largest spectral radius of (M^l)′, l a multiple
    private TLane label, entered, isDone;

    /// <summary>Memory for a bundle of starts.</summary>
    public BasinKernel(TMap map, IReadOnlyList<TrappingBall> balls, int mostSteps, bool followsDerivative)
    {
        (this.map, this.balls, this.mostSteps, this.followsDerivative) = (map, balls, mostSteps, followsDerivative);
        n = map.Dimension;
        periods = [.. balls.Select(ball => ball.Orbit.Period).Distinct()];
        state = new(n);
        next = new(n);
        jacobian = new(n * n);
        product = new(n * n);
        scratch = new(2 * n * n);
        largest = new(Math.Max(1, periods.Length));
    }

    /// <summary>The states to start from, [unit], a start in each lane.</summary>
    public LaneMemory<TLane> State => state;

    /// <summary>The number of the ball that was entered, or a <see cref="Basins"/> label below 0.</summary>
    public TLane Label => label;

    /// <summary>Steps until then.</summary>
    public TLane Entered => entered;

    /// <summary>1 where nothing can change any more, 0 where the steps did not suffice to tell.</summary>
    public TLane IsDone => isDone;

    /// <summary>The largest spectral radius of (M^l)′, over the l that are multiples of a period.</summary>
    public TLane Largest(int period) => largest.Values[Array.IndexOf(periods, period)];

    /// <summary>Follows them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run()
    {
        label = TLane.From(Basins.Undecided);
        entered = isDone = TLane.From(0.0);
        largest.Values.Clear();
        for (int i = 0; followsDerivative && i < n * n; i++)
            product.Values[i] = TLane.From(i % (n + 1) == 0 ? 1.0 : 0.0);
        for (int t = 0; ; t++)
        {
            if (followsDerivative && t > 0)
                CompareRadii(t);
            for (int ball = 0; ball < balls.Count; ball++)
            {
                if (t % balls[ball].Orbit.Period == 0)
                    Enter(ball, t);
            }

            bool allAreDone = !TLane.AnyLess(isDone, TLane.From(1.0));
            if (allAreDone || t == mostSteps || !Step())
                return;
        }
    }

    /// <summary>Takes a step.</summary>
    /// <returns>Whether a further one can change anything for an orbit that is not done.</returns>
    private bool Step()
    {
        Row<TLane> a = state.Row(0, n), image = next.Row(0, n);
        map.Apply(a, image);
        if (followsDerivative)
        {
            Row<TLane> derivative = jacobian.Row(0, n * n), p = product.Row(0, n * n), q = scratch.Row(0, n * n);
            map.Differentiate(a, derivative);
            Multiply(derivative, p, q);
            for (int i = 0; i < n * n; i++)
                p[i] = q[i];
        }

        TLane zero = TLane.From(0.0), one = TLane.From(1.0), moved = zero, outside = zero;
        for (int i = 0; i < n; i++)
        {
            moved += Magnitude(image[i] - a[i]);
            outside += TLane.WhereLess(Magnitude(image[i]), TLane.From(InvariantSets.Beyond), zero, one);
            a[i] = image[i];
        }

        TLane leaves = TLane.WhereLess(isDone, one, outside, zero);
        label = TLane.WhereLess(zero, leaves, TLane.From(Basins.Divergent), label);
        isDone = TLane.WhereLess(zero, leaves, one, isDone);

        // An orbit at rest in a ball still changes (M^l)′.
        TLane changes = TLane.WhereLess(label, zero, moved, one);
        return TLane.AnyLess(zero, TLane.WhereLess(isDone, one, changes, zero));
    }

    /// <summary>Notes which orbits are in a ball for the first time, and which of those need not go on.</summary>
    private void Enter(int ball, int t)
    {
        TLane zero = TLane.From(0.0), one = TLane.From(1.0), radius = TLane.From(balls[ball].Radius);
        TLane free = TLane.WhereLess(label, zero, TLane.WhereLess(isDone, one, one, zero), zero);
        if (TLane.AnyLess(zero, free))
        {
            TLane inside = TLane.WhereLess(SquaredDistance(balls[ball]), radius * radius, free, zero);
            label = TLane.WhereLess(zero, inside, TLane.From(ball), label);
            entered = TLane.WhereLess(zero, inside, TLane.From(t), entered);
        }

        // From here on (M^l)′ grows no more in the norm of the ball. Once it is below 1 in it, so are its eigenvalues,
        // for ever. (At t = 0 it is the identity, whose norm may be rounded to below 1.)
        TLane here = WhereEqual(label, ball, TLane.WhereLess(isDone, one, one, zero));
        if (!TLane.AnyLess(zero, here))
            return;
        TLane settled = !followsDerivative ? here
            : t == 0 ? zero
            : TLane.WhereLess(SquaredNorm(balls[ball]), one, here, zero);
        isDone = TLane.WhereLess(zero, settled, one, isDone);
    }

    private void CompareRadii(int t)
    {
        for (int i = 0; i < periods.Length; i++)
        {
            if (t % periods[i] != 0)
                continue;
            TLane radius = SpectralRadius(product.Row(0, n * n)), one = TLane.From(1.0);
            TLane larger = TLane.WhereLess(largest.Values[i], radius, radius, largest.Values[i]);
            largest.Values[i] = TLane.WhereLess(isDone, one, larger, largest.Values[i]);
        }
    }

    private TLane SpectralRadius(Row<TLane> p)
    {
        if (n == 1)
            return Magnitude(p[0]);
        TLane half = TLane.From(0.5), zero = TLane.From(0.0);
        TLane mean = half * (p[0] + p[3]), difference = half * (p[0] - p[3]);
        TLane square = TLane.FusedMultiplyAdd(difference, difference, p[1] * p[2]);
        TLane ofPair = TLane.Sqrt((mean * mean) - square); // conjugates: √(mean² + imaginary²)
        return TLane.WhereLess(square, zero, ofPair, Magnitude(mean) + TLane.Sqrt(Magnitude(square)));
    }

    private TLane SquaredDistance(TrappingBall ball)
    {
        TLane sum = TLane.From(0.0);
        Row<TLane> a = state.Row(0, n);
        for (int i = 0; i < n; i++)
        {
            TLane component = TLane.From(0.0);
            for (int j = 0; j < n; j++)
            {
                component = TLane.FusedMultiplyAdd(
                    TLane.From(ball.Factor[(i * n) + j]), a[j] - TLane.From(ball.Centre[j]), component);
            }

            sum = TLane.FusedMultiplyAdd(component, component, sum);
        }

        return sum;
    }

    /// <summary>The squared Frobenius norm of Lᵀ·(M^l)′·L⁻ᵀ, at least the squared norm of (M^l)′.</summary>
    private TLane SquaredNorm(TrappingBall ball)
    {
        Row<TLane> inner = scratch.Row(0, n * n), outer = scratch.Row(n * n, n * n), p = product.Row(0, n * n);
        for (int i = 0; i < n * n; i++)
            outer[i] = TLane.From(ball.Factor[i]);
        Multiply(outer, p, inner);
        TLane sum = TLane.From(0.0);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                TLane entry = TLane.From(0.0);
                for (int k = 0; k < n; k++)
                    entry = TLane.FusedMultiplyAdd(inner[(i * n) + k], TLane.From(ball.Inverse[(k * n) + j]), entry);
                sum = TLane.FusedMultiplyAdd(entry, entry, sum);
            }
        }

        return sum;
    }

    private void Multiply(Row<TLane> a, Row<TLane> b, Row<TLane> result)
    {
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                TLane entry = TLane.From(0.0);
                for (int k = 0; k < n; k++)
                    entry = TLane.FusedMultiplyAdd(a[(i * n) + k], b[(k * n) + j], entry);
                result[(i * n) + j] = entry;
            }
        }
    }

    private static TLane WhereEqual(TLane number, int value, TLane then)
        => TLane.WhereLess(
            number,
            TLane.From(value + 0.5),
            TLane.WhereLess(TLane.From(value - 0.5), number, then, TLane.From(0.0)),
            TLane.From(0.0));

    private static TLane Magnitude(TLane a) => TLane.WhereLess(a, TLane.From(0.0), -a, a);
}
