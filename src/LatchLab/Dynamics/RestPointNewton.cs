using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// Newton's method for <c>F(s, u) = s</c> on a network of cells: <c>s ← s + (1 − J)⁻¹·(F(s, u) − s)</c>. A step is
/// halved as long as it does not reduce the residual, or moves far out of the bounds of the states. It keeps its memory
/// for many runs; one thread at a time may use an instance.
/// </summary>
/// <param name="system">The network.</param>
/// <param name="input">u.</param>
/// <param name="lanes">Null for the widest.</param>
internal sealed class RestPointNewton(CellSystem system, double[] input, LaneKind? lanes)
{
    private const int MaxSteps = 60, MaxHalvings = 12;

    // Steps with the last factors, once the residual is small: each costs as much as a residual.
    private const int FinalCorrections = 3;

    // Steps may leave the bounds of the states this far: of a chaotic network, two of five points were not reached
    // without, and of a GRU, a third of all runs ended far outside without any limit.
    private const double Excursion = 4.0;

    private const double Epsilon = 2.3e-16;

    private readonly LuDecomposition _lu = new(system.Dimension, lanes);
    private readonly double[] _image = new double[system.Dimension], _correction = new double[system.Dimension];
    private double[] _point = new double[system.Dimension], _next = new double[system.Dimension];
    private double _residual;

    /// <summary>The end of a run.</summary>
    /// <param name="State">The last state.</param>
    /// <param name="Residual">‖F(s, u) − s‖ there.</param>
    /// <param name="HasConverged">Whether the residual is within rounding errors.</param>
    public sealed record Result(double[] State, double Residual, bool HasConverged);

    /// <summary>The network.</summary>
    public CellSystem System => system;

    /// <summary>u.</summary>
    public double[] Input => input;

    /// <summary>Searches for a fixed point near a start; null if it was stopped.</summary>
    public Result? Solve(ReadOnlySpan<double> start, CancellationToken deadline)
    {
        start.CopyTo(_point);
        _residual = ComputeResidual(_point);
        bool hasConverged = _residual == 0.0 && system.IsWithinBounds(_point);
        for (int step = 0; step < MaxSteps && !hasConverged && double.IsFinite(_residual); step++)
        {
            if (deadline.IsCancellationRequested)
                return null;
            double tolerance = Tolerance(DecomposeAt(_point));
            hasConverged = _residual <= tolerance && system.IsWithinBounds(_point);
            if (!TryStep(hasConverged ? 0 : MaxHalvings))
                break;
            for (int k = 0; hasConverged && k < FinalCorrections && TryStep(halvings: 0); k++)
            {
            }
        }

        return new([.. _point], _residual, hasConverged);
    }

    /// <summary>Decomposes 1 − J at a state. Returns ‖J‖, the Frobenius norm.</summary>
    public double DecomposeAt(ReadOnlySpan<double> state)
    {
        int n = system.Dimension;
        Span<double> jacobian = system.Jacobian(state, input);
        double norm = SquareMatrix.FrobeniusNorm(jacobian);
        for (int at = 0; at < jacobian.Length; at++)
            jacobian[at] = -jacobian[at];
        for (int at = 0; at < jacobian.Length; at += n + 1)
            jacobian[at] += 1.0;
        _lu.Decompose(jacobian);
        return norm;
    }

    /// <summary>1 − J, as <see cref="DecomposeAt"/> left it.</summary>
    public LuDecomposition Factors => _lu;

    /// <summary>‖F(s, u) − s‖.</summary>
    public double ComputeResidual(ReadOnlySpan<double> state)
    {
        system.Step(state, input, _image);
        return PeriodicOrbit.Distance(_image, state);
    }

    /// <summary>
    /// The residual that rounding alone causes: one ulp for each of the n numbers that a step sums per component, whose
    /// magnitude the state and J indicate.
    /// </summary>
    private double Tolerance(double jacobianNorm)
    {
        double size = Math.Max(1.0, jacobianNorm);
        foreach (double value in _point)
            size = Math.Max(size, Math.Abs(value));
        return 4.0 * system.Dimension * Epsilon * size;
    }

    /// <summary>Takes the Newton step from the point and its image, or a half, a quarter, … of it.</summary>
    /// <returns>Whether one of them reduces the residual; otherwise the point does not change.</returns>
    private bool TryStep(int halvings)
    {
        int n = system.Dimension;
        system.Step(_point, input, _image);
        for (int i = 0; i < n; i++)
            _correction[i] = _image[i] - _point[i];
        _lu.Solve(_correction);
        double factor = 1.0;
        for (int halving = 0; halving <= halvings; halving++)
        {
            for (int i = 0; i < n; i++)
                _next[i] = _point[i] + (factor * _correction[i]);
            double residual = system.IsWithinBounds(_next, Excursion)
                ? ComputeResidual(_next) : double.PositiveInfinity;
            if (residual < _residual)
            {
                (_point, _next, _residual) = (_next, _point, residual);
                return true;
            }

            factor *= 0.5;
        }

        return false;
    }
}
