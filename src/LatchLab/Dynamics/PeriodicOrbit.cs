using System.Numerics;

namespace LatchLab.Dynamics;

/// <summary>What becomes of a small displacement from a periodic orbit.</summary>
public enum Stability
{
    /// <summary>It dies out: every eigenvalue of (M^l)′ lies inside the unit circle.</summary>
    Stable,

    /// <summary>It grows in some direction: an eigenvalue lies outside.</summary>
    Unstable,

    /// <summary>An eigenvalue lies so near the unit circle that its error does not decide.</summary>
    Marginal,
}

/// <summary>
/// A finite invariant set E = M(E) (Definition 1): a fixed point (period 1) or a periodic orbit, which is treated as a
/// fixed point of M^l, l its period. A stable one is a hyperbolic attractor (Definition 2): the paper's condition is on
/// the eigenvalues, that is, on the spectral radius; its proofs use the norm |M′|, which is never smaller.
/// </summary>
public sealed class PeriodicOrbit
{
    private const double RoundingError = 1.2e-16; // half an ulp of 1, rounded up

    /// <summary>Studies an orbit.</summary>
    /// <param name="system">The system.</param>
    /// <param name="point">A point of it, in activations, as exactly as it could be found.</param>
    /// <param name="period">l ≥ 1, the smallest with M^l(a) = a.</param>
    public PeriodicOrbit(DynamicalSystem system, ReadOnlySpan<double> point, int period)
    {
        int n = system.Dimension;
        var points = new double[period][];
        double[] a = point.ToArray();
        double size = 1.0;
        for (int t = 0; t < period; t++)
        {
            points[t] = a;
            size = Math.Max(size, a.Max(Math.Abs));
            a = system.Image(a);
        }

        Points = points;
        Residual = Distance(a, points[0]);
        double[] derivative = system.Jacobian(point, period);
        Eigenvalues = SquareMatrix.Eigenvalues(derivative, n);
        SpectralRadius = SquareMatrix.Modulus(Eigenvalues[0]);
        Norm = SquareMatrix.Norm(derivative, n);

        // Newton's correction, were the residual and the rounding of M exact: ‖(1 − M′)⁻¹‖·(residual + rounding).
        double[] rest = SquareMatrix.Identity(n);
        for (int i = 0; i < rest.Length; i++)
            rest[i] -= derivative[i];
        double amplification = SquareMatrix.FrobeniusNorm(SquareMatrix.Inverse(rest, n));
        double error = amplification * (Residual + (4.0 * n * period * RoundingError * size));
        Error = double.IsFinite(error) ? error : double.PositiveInfinity;
        EigenvalueError = ErrorOfEigenvalues(system, derivative);
        double distance = Math.Abs(SpectralRadius - 1.0);
        Stability = !(distance > EigenvalueError) ? Stability.Marginal
            : SpectralRadius < 1.0 ? Stability.Stable
            : Stability.Unstable;
    }

    /// <summary>The points in the order in which they are visited, [t][unit], in activations.</summary>
    public IReadOnlyList<double[]> Points { get; }

    /// <summary>l.</summary>
    public int Period => Points.Count;

    /// <summary>‖M^l(a) − a‖ at the first point.</summary>
    public double Residual { get; }

    /// <summary>Estimate of the distance to the exact orbit; infinite where (M^l)′ has an eigenvalue of 1.</summary>
    public double Error { get; }

    /// <summary>Eigenvalues of (M^l)′, the largest modulus first.</summary>
    public IReadOnlyList<Complex> Eigenvalues { get; }

    /// <summary>The largest modulus of an eigenvalue of (M^l)′: what decides about stability.</summary>
    public double SpectralRadius { get; }

    /// <summary>‖(M^l)′‖₂: how much a displacement may grow in the first l steps, whatever becomes of it.</summary>
    public double Norm { get; }

    /// <summary>Bound on the error of the eigenvalues, from rounding and from the error of the point.</summary>
    public double EigenvalueError { get; }

    /// <summary>Whether it attracts.</summary>
    public Stability Stability { get; }

    /// <summary>How many eigenvalues lie outside the unit circle, beyond their error.</summary>
    public int UnstableDirections
        => Eigenvalues.Count(value => SquareMatrix.Modulus(value) - 1.0 > EigenvalueError);

    /// <summary>
    /// Whether no eigenvalue lies on the unit circle, within their error: what the field calls hyperbolic. The paper's
    /// hyperbolic attractor is one that is stable besides.
    /// </summary>
    public bool IsHyperbolic
        => Eigenvalues.All(value => Math.Abs(SquareMatrix.Modulus(value) - 1.0) > EigenvalueError);

    /// <summary>In a word or two, for example <c>stable period 2</c> or <c>saddle</c>.</summary>
    public string Describe()
    {
        string what = Period == 1 ? "fixed point" : $"orbit of period {Period}";
        return Stability switch
        {
            Stability.Stable => $"stable {what}",
            Stability.Marginal => $"marginal {what}",
            _ when UnstableDirections < Eigenvalues.Count => $"saddle, {what}",
            _ => $"repelling {what}",
        };
    }

    /// <summary>Euclidean distance.</summary>
    internal static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0.0;
        for (int i = 0; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return Math.Sqrt(sum);
    }

    private double ErrorOfEigenvalues(DynamicalSystem system, double[] derivative)
    {
        int n = system.Dimension;

        // How much (M^l)′ changes on the way to the exact point: measured over at least a step that rounding leaves.
        double step = Math.Max(Error, 1e-8);
        double[] beside = [.. Points[0].Select(value => value + (step / Math.Sqrt(n)))];
        double change = double.IsFinite(step) ? Change(system.Jacobian(beside, Period), derivative) / step : 0.0;
        double perturbation = (change * Error)
            + (4.0 * n * Period * RoundingError * Math.Max(1.0, SquareMatrix.FrobeniusNorm(derivative)));
        double error = SquareMatrix.EigenvalueCondition(derivative, n) * perturbation;

        // A defective matrix has no bound of this kind; its eigenvalues move like a root of the perturbation.
        return double.IsFinite(error)
            ? error
            : double.IsFinite(perturbation)
                ? Root(perturbation, n) * Math.Max(1.0, Norm)
                : double.PositiveInfinity;
    }

    private static double Change(double[] a, double[] b)
    {
        var difference = new double[a.Length];
        for (int i = 0; i < a.Length; i++)
            difference[i] = a[i] - b[i];
        return SquareMatrix.FrobeniusNorm(difference);
    }

    /// <summary>The n-th root of a number in [0, 1], from above, by square roots.</summary>
    private static double Root(double number, int n)
    {
        double root = number;
        for (int power = 1; power < n; power *= 2)
            root = Math.Sqrt(root);
        return root;
    }
}
