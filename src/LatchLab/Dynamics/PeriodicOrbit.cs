using System.Numerics;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>The evolution of a small displacement from a periodic orbit.</summary>
public enum Stability
{
    /// <summary>It decays: every eigenvalue of (M^l)′ lies inside the unit circle.</summary>
    Stable,

    /// <summary>It grows in some direction: an eigenvalue lies outside.</summary>
    Unstable,

    /// <summary>An eigenvalue lies closer to the unit circle than its error, and none is certainly outside.</summary>
    Marginal,
}

/// <summary>
/// A finite invariant set E = M(E) (Definition 1): a fixed point (period 1) or a periodic orbit, which is treated as a
/// fixed point of M^l, l its period. A stable one is a hyperbolic attractor (Definition 2). The paper's condition is on
/// the eigenvalues, that is, on the spectral radius; its proofs use the norm |M′|, which is never smaller.
/// </summary>
public sealed class PeriodicOrbit
{
    private const double RoundingError = 1.2e-16; // half an ulp of 1, rounded up

    // Over neighbouring numbers a continuous M′ changes by some 1e-16 of itself, and one that jumps by the order of 1.
    private const double JumpTolerance = 1e-9;

    // At a bifurcation, where 1 − (M^l)′ is singular, the displacement is a root of the residual: the third at a
    // pitchfork. This is the fifth root of 2e-16, rounded up.
    private const double LargestDisplacement = 1e-3;

    /// <summary>Analyses an orbit.</summary>
    /// <param name="system">The system.</param>
    /// <param name="point">A point of the orbit, in activations, as exact as possible.</param>
    /// <param name="period">l ≥ 1, the smallest with M^l(a) = a.</param>
    public PeriodicOrbit(DynamicalSystem system, ReadOnlySpan<double> point, int period)
    {
        int n = system.Dimension;
        var points = new double[period][];
        var derivatives = new double[period][];
        double[] a = point.ToArray();
        for (int t = 0; t < period; t++)
        {
            (points[t], derivatives[t]) = (a, system.Jacobian(a));
            a = system.Image(a);
        }

        (Points, Jacobians) = (points, derivatives);
        Residual = Distance(a, points[0]);
        double[] product = MultiplyAlongOrbit(derivatives, n);
        Eigenvalues = SquareMatrix.Eigenvalues(product, n);
        SpectralRadius = SquareMatrix.Modulus(Eigenvalues[0]);
        JacobianNorm = SquareMatrix.SpectralNorm(product, n);
        double[]?[] jumps = [.. points.Index().Select(entry => FindJump(system, entry.Item, derivatives[entry.Index]))];
        HasKink = jumps.Any(jump => jump is not null);
        GrowthBound = HasKink
            ? points.Aggregate(1.0, (bound, here) => bound * BoundNorm(system, here, double.Epsilon)) : JacobianNorm;
        (KinkBounds, LongRunGrowthBound) = HasKink
            ? KinkGrowth.Bound(system, points[0], period) : ([], SpectralRadius);
        (PositionError, double change) = EstimateErrors(system, product, jumps);
        EigenvalueError = SquareMatrix.EigenvaluePerturbationBound(product, n, change);
        double distance = Math.Abs(SpectralRadius - 1.0);
        Stability = HasKink && LongRunGrowthBound * (1.0 + (4.0 * n * RoundingError)) < 1.0 ? Stability.Stable
            : distance > EigenvalueError ? (SpectralRadius < 1.0 ? Stability.Stable : Stability.Unstable)
            : !HasKink && IsUnstableNearby() ? Stability.Unstable
            : Stability.Marginal;

        bool IsUnstableNearby()
        {
            double displacement = LargestDisplacement * Math.Max(1.0, points.Max(here => here.Max(Math.Abs)));
            double nearby = EstimateErrors(system, product, jumps, displacement).OfProduct;
            return SpectralRadius - 1.0 > SquareMatrix.EigenvaluePerturbationBound(product, n, nearby);
        }
    }

    /// <summary>The points in the order in which they are visited, [t][unit], in activations.</summary>
    public IReadOnlyList<double[]> Points { get; }

    /// <summary>M′ at each point, [t], row by row.</summary>
    internal IReadOnlyList<double[]> Jacobians { get; }

    /// <summary>l.</summary>
    public int Period => Points.Count;

    /// <summary>‖M^l(a) − a‖ at the first point.</summary>
    public double Residual { get; }

    /// <summary>
    /// Estimate of the distance of the first point from the exact orbit; infinite where (M^l)′ has an eigenvalue of 1.
    /// </summary>
    public double PositionError { get; }

    /// <summary>Eigenvalues of (M^l)′, the largest modulus first.</summary>
    public IReadOnlyList<Complex> Eigenvalues { get; }

    /// <summary>The largest modulus of an eigenvalue of (M^l)′, which determines stability.</summary>
    public double SpectralRadius { get; }

    /// <summary>
    /// ‖(M^l)′‖₂: the maximum growth of a displacement in the first l steps, whether or not it decays later.
    /// </summary>
    public double JacobianNorm { get; }

    /// <summary>
    /// Whether M′ jumps at a point of the orbit: a relu unit has the activation 0. The orbit then has no eigenvalues;
    /// those given take f′(0) = 0, and their error contains the derivatives of the other side.
    /// </summary>
    public bool HasKink { get; }

    /// <summary>
    /// The maximum growth of a displacement in l steps: ‖(M^l)′‖₂, at a kink a bound on it for the derivatives of all
    /// sides.
    /// </summary>
    public double GrowthBound { get; }

    /// <summary>
    /// ρ, the growth of a displacement per l steps in the long run; at a kink a bound on it
    /// (<see cref="KinkGrowth"/>).
    /// </summary>
    public double LongRunGrowthBound { get; }

    /// <summary>
    /// At a kink, bounds on the entries of M′ in the steps of one or several periods, whose product has the norm
    /// <see cref="LongRunGrowthBound"/> to the power of the number of periods; otherwise empty.
    /// </summary>
    internal IReadOnlyList<double[]> KinkBounds { get; }

    /// <summary>Bound on the error of the eigenvalues, from rounding and from the error of the point.</summary>
    public double EigenvalueError { get; }

    /// <summary>The stability of the orbit.</summary>
    public Stability Stability { get; }

    /// <summary>Number of eigenvalues outside the unit circle by more than their error.</summary>
    public int UnstableDirections
        => Eigenvalues.Count(value => SquareMatrix.Modulus(value) - 1.0 > EigenvalueError);

    /// <summary>
    /// Whether no eigenvalue lies on the unit circle, within their error: the standard definition of hyperbolic. The
    /// paper's hyperbolic attractor is, in addition, stable.
    /// </summary>
    public bool IsHyperbolic
        => Eigenvalues.All(value => Math.Abs(SquareMatrix.Modulus(value) - 1.0) > EigenvalueError);

    /// <summary>
    /// A short description, for example <c>stable orbit of period 2</c> or <c>saddle, fixed point</c>.
    /// </summary>
    public string Describe()
    {
        string what = Period == 1 ? "fixed point" : $"orbit of period {Period}";
        return Stability switch
        {
            Stability.Stable => HasKink ? $"stable {what} at a kink" : $"stable {what}",
            Stability.Marginal => HasKink ? $"{what} at a kink, undecided" : $"marginal {what}",
            _ when UnstableDirections < Eigenvalues.Count => $"saddle, {what}",
            _ => $"repelling {what}",
        };
    }

    /// <summary>
    /// Whether an orbit rests at a point of this one, or comes closer with every period without ever moving away: near
    /// a marginal point the distance decreases too slowly for a search, like 1/√t.
    /// </summary>
    /// <param name="states">Successive states.</param>
    internal bool IsApproachedBy(IEnumerable<double[]> states)
    {
        double[] distances = [.. states.Select(state => Points.Min(point => Distance(state, point)))];
        return distances.Length > Period && (distances[^1] < distances[0] || distances[^1] == 0.0)
            && distances.Zip(distances.Skip(Period)).All(pair => pair.Second <= pair.First);
    }

    /// <summary>Euclidean distance.</summary>
    public static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0.0;
        for (int i = 0; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return Math.Sqrt(sum);
    }

    /// <summary>
    /// Estimates the distance of the first point from the exact orbit, and from it the largest deviation of the product
    /// of the Jacobians from that of the exact orbit. The estimate is of first order: the errors of a step propagate
    /// through the Jacobians of the others.
    /// </summary>
    /// <param name="system">The system.</param>
    /// <param name="product">(M^l)′.</param>
    /// <param name="jumps">How far M′ jumps at each point; null where it is continuous.</param>
    /// <param name="displacement">A distance to assume; null to estimate it.</param>
    private (double OfPoint, double OfProduct) EstimateErrors(
        DynamicalSystem system, double[] product, double[]?[] jumps, double? displacement = null)
    {
        int n = system.Dimension;
        // norms of the Jacobian products before and after each point
        double[] normsBefore = new double[Period], normsAfter = new double[Period];
        double[] forwardProduct = SquareMatrix.Identity(n), backwardProduct = SquareMatrix.Identity(n);
        for (int t = 0; t < Period; t++)
        {
            normsBefore[t] = SquareMatrix.FrobeniusNorm(forwardProduct);
            normsAfter[Period - 1 - t] = SquareMatrix.FrobeniusNorm(backwardProduct);
            forwardProduct = SquareMatrix.Multiply(Jacobians[t], forwardProduct, n);
            backwardProduct = SquareMatrix.Multiply(backwardProduct, Jacobians[Period - 1 - t], n);
        }

        // Newton's correction of M^l(a) = a: ‖(1 − (M^l)′)⁻¹‖·(residual + rounding errors of the steps).
        double defect = Residual;
        for (int t = 0; t < Period; t++)
        {
            Interval[] exact = [.. Points[t].Select(Interval.From)];
            double[] rounded = [.. system.Image(exact).Select(side => side.Width)];
            defect += normsAfter[t] * SquareMatrix.FrobeniusNorm(rounded);
        }

        double[] identityMinusProduct = SquareMatrix.Identity(n);
        for (int i = 0; i < identityMinusProduct.Length; i++)
            identityMinusProduct[i] -= product[i];
        double error = displacement
            ?? SquareMatrix.FrobeniusNorm(SquareMatrix.Inverse(identityMinusProduct, n)) * defect;
        if (!double.IsFinite(error))
            return (double.PositiveInfinity, double.PositiveInfinity);

        double change = 0.0;
        for (int t = 0; t < Period; t++)
        {
            // At a kink any derivative between those of the two sides is possible.
            double[] deviation = jumps[t] ?? BoxEnclosure.JacobianDeviation(
                system, BoxEnclosure.Around(Points[t], error * normsBefore[t]), Jacobians[t]);
            double rounding = 4.0 * n * RoundingError * SquareMatrix.FrobeniusNorm(Jacobians[t]);
            change += normsAfter[t] * (SquareMatrix.FrobeniusNorm(deviation) + rounding) * normsBefore[t];
        }

        return (error, double.IsNaN(change) ? double.PositiveInfinity : change);
    }

    /// <summary>How far M′ jumps at a point, entry by entry; null where it is continuous.</summary>
    private static double[]? FindJump(DynamicalSystem system, double[] point, double[] derivative)
    {
        double[] jump = BoxEnclosure.JacobianDeviation(
            system, BoxEnclosure.Around(point, double.Epsilon), derivative);
        double size = Math.Max(1.0, SquareMatrix.FrobeniusNorm(derivative));
        return SquareMatrix.FrobeniusNorm(jump) > JumpTolerance * size ? jump : null;
    }

    /// <summary>
    /// A bound on ‖M′‖₂ within a distance of a point in each variable: the norm of the largest entries.
    /// </summary>
    internal static double BoundNorm(DynamicalSystem system, double[] point, double distance)
        => SquareMatrix.SpectralNorm(
            BoxEnclosure.BoundJacobians(system, BoxEnclosure.Around(point, distance), 1)[0], point.Length);

    internal static double[] MultiplyAlongOrbit(IEnumerable<double[]> derivatives, int n)
        => derivatives.Aggregate(SquareMatrix.Identity(n), (product, here) => SquareMatrix.Multiply(here, product, n));
}
