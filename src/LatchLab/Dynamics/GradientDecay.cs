using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>A time from which on a gradient is small.</summary>
/// <param name="Steps">The time t.</param>
/// <param name="IsProved">
/// Whether every later time was decided. If not, the gradient is small at t but not one step before, and it decays in
/// the long run.
/// </param>
public readonly record struct DecayTime(long Steps, bool IsProved);

/// <summary>
/// The gradient <c>‖∂a_t/∂a_0‖₂</c> along a periodic orbit from its first point: the norm of the product of t
/// Jacobians. In the long run it decays like ρ^(t/l) (Theorem 4), but where these are not normal it may first grow, and
/// remains larger. At a kink, where there is no derivative, it is a bound: the product of the largest entries of the
/// sides that can follow each other (<see cref="KinkGrowth"/>).
/// </summary>
public sealed class GradientDecay
{
    private const int LargestBlock = 1024; // steps; only a slow orbit with Jacobians far from normal needs more

    private readonly int _n;
    private readonly IReadOnlyList<double[]> _factors; // of each step of a period, at a kink of several
    private readonly List<ScaledMatrix> _powers;       // [k]: the product over 2^k times these steps

    /// <summary>Computes the gradient of an orbit.</summary>
    /// <param name="system">The system.</param>
    /// <param name="orbit">The orbit.</param>
    public GradientDecay(DynamicalSystem system, PeriodicOrbit orbit)
    {
        _n = system.Dimension;
        IsBound = orbit.HasKink;
        LogRate = Elementary.Log(orbit.LongRunGrowthBound) / orbit.Period;
        _factors = IsBound ? orbit.KinkBounds : orbit.Jacobians;
        _powers = [_factors.Aggregate(ScaledMatrix.Identity(_n), (product, factor) => product.MultipliedBy(factor))];
    }

    /// <summary>Whether all values are bounds, because the orbit is at a kink.</summary>
    public bool IsBound { get; }

    /// <summary>
    /// ln ρ per step, to which ln ‖∂a_t/∂a_0‖ / t converges; −∞ where a finite number of steps erases every
    /// displacement.
    /// </summary>
    public double LogRate { get; }

    /// <summary>ln ‖∂a_t/∂a_0‖₂ after t ≥ 0 steps; −∞ where it is 0.</summary>
    public double GetLogNorm(long t) => GetProduct(t).LogNorm;

    /// <summary>
    /// Finds the first t such that ‖∂a_t/∂a_0‖ is at most a share at t and every later time; null if it does not decay.
    /// </summary>
    /// <param name="share">The share, above 0 and below 1.</param>
    /// <remarks>
    /// If m periods have a norm below 1, the largest norm in a block of m periods is smaller than that in the block
    /// before, because norms are submultiplicative: the first block in which no norm exceeds the share is found by
    /// bisection, and no later one exceeds it.
    /// </remarks>
    public DecayTime? FindTime(double share)
    {
        if (!(LogRate < 0.0))
            return null;
        double logShare = Elementary.Log(share);
        long period = _factors.Count, largest = Math.Max(period, LargestBlock), block = period;
        while (block <= largest && !(GetLogNorm(block) < 0.0))
            block *= 2;
        bool isProved = block <= largest;
        block = isProved ? block : 1;
        long above = 0, below = 1; // block 0 begins with the norm 1
        while (FindLastAbove(below, block, logShare) is not null)
            (above, below) = (below, 2 * below);
        while (below - above > 1)
        {
            long middle = above + ((below - above) / 2);
            if (FindLastAbove(middle, block, logShare) is null)
                below = middle;
            else
                above = middle;
        }

        return new(FindLastAbove(above, block, logShare)!.Value + 1, isProved);
    }

    /// <summary>The last time in a block at which the norm exceeds a share; null if there is none.</summary>
    private long? FindLastAbove(long index, long block, double logShare)
    {
        long? last = null;
        ScaledMatrix product = GetProduct(index * block);
        for (long t = index * block; t < (index + 1) * block; t++)
        {
            if (product.Exceeds(logShare))
                last = t;
            product = product.MultipliedBy(_factors[(int)(t % _factors.Count)]);
        }

        return last;
    }

    private ScaledMatrix GetProduct(long t)
    {
        ScaledMatrix product = ScaledMatrix.Identity(_n);
        long periods = t / _factors.Count;
        for (int k = 0; periods >> k > 0; k++)
        {
            if (k == _powers.Count)
                _powers.Add(_powers[^1].MultipliedBy(_powers[^1]));
            if ((periods >> k) % 2 == 1)
                product = product.MultipliedBy(_powers[k]);
        }

        return _factors.Take((int)(t % _factors.Count)).Aggregate(
            product, (matrix, factor) => matrix.MultipliedBy(factor));
    }

    /// <summary>A matrix e^scale·A, whose norm may be outside the range of numbers.</summary>
    private readonly record struct ScaledMatrix(double[] Matrix, int Size, double Scale)
    {
        public double LogNorm => Scale + Elementary.Log(SquareMatrix.SpectralNorm(Matrix, Size));

        public static ScaledMatrix Identity(int n) => new(SquareMatrix.Identity(n), n, 0.0);

        public ScaledMatrix MultipliedBy(ScaledMatrix left)
        {
            ScaledMatrix product = MultipliedBy(left.Matrix);
            return product with { Scale = product.Scale + left.Scale };
        }

        public ScaledMatrix MultipliedBy(double[] left)
        {
            double[] product = SquareMatrix.Multiply(left, Matrix, Size);
            double size = product.Max(Math.Abs);
            return size > 0.0 && double.IsFinite(size)
                ? new([.. product.Select(entry => entry / size)], Size, Scale + Elementary.Log(size))
                : new(product, Size, Scale);
        }

        /// <summary>Whether the norm exceeds e^share, if possible by the Frobenius norm, which is faster.</summary>
        public bool Exceeds(double logShare)
        {
            double excess = Scale + Elementary.Log(SquareMatrix.FrobeniusNorm(Matrix)) - logShare;
            return excess > 0.0 && (excess > 0.5 * Elementary.Log(Size) || LogNorm > logShare);
        }
    }
}
