using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// Minimizes ½‖r‖², <c>r = F(s, u) − s</c>, by the method of Levenberg and Marquardt (Marquardt 1963):
/// <c>s ← s − (AᵀA + μ)⁻¹·Aᵀ·r</c>, A = J − 1. μ grows until a step reduces the speed ‖r‖, and shrinks afterwards. It
/// keeps its memory for many runs; one thread at a time may use an instance.
/// </summary>
/// <param name="system">The network.</param>
/// <param name="input">u.</param>
internal sealed class SpeedMinimizer(CellSystem system, double[] input)
{
    private const int MaxSteps = 200;

    // μ in units of the mean diagonal element of AᵀA: first value, factor, and the value beyond which no step can help.
    private const double FirstDamping = 1e-3, Factor = 10.0, LargestDamping = 1e12;

    // Relative decrease of the speed, and speed relative to the size of the state, that end a run.
    private const double SmallestDecrease = 1e-7, SmallestSpeed = 1e-14;

    private readonly int _n = system.Dimension;
    private readonly PaddedMatrix _a = new(system.Dimension), _transposed = new(system.Dimension),
        _product = new(system.Dimension);

    private readonly LuDecomposition _lu = new(system.Dimension);
    private readonly double[] _negatedProduct = new double[system.Dimension * system.Dimension],
        _image = new double[system.Dimension], _gradient = new double[system.Dimension];

    /// <summary>Runs from a start; null if it was stopped.</summary>
    public (double[] State, double Speed)? Minimize(ReadOnlySpan<double> start, CancellationToken deadline)
    {
        double[] state = start.ToArray(), next = new double[_n];
        double speed = ComputeSpeed(state), damping = FirstDamping;
        for (int step = 0; step < MaxSteps && speed > SmallestSpeed * Math.Max(1.0, state.Max(Math.Abs)); step++)
        {
            if (deadline.IsCancellationRequested)
                return null;
            double mean = Linearize(state), before = speed;
            while (damping <= LargestDamping && !TryStep(state, next, damping * mean, ref speed))
                damping *= Factor;
            if (!(speed < before))
                break;
            (state, next) = (next, state);
            damping /= Factor;
            if (speed > (1.0 - SmallestDecrease) * before)
                break;
        }

        return (state, speed);
    }

    /// <summary>Computes −AᵀA and Aᵀ·r. Returns the mean diagonal element of AᵀA.</summary>
    private double Linearize(double[] state)
    {
        system.Step(state, input, _image);
        _a.Assign(system.Jacobian(state, input));
        for (int i = 0; i < _n; i++)
            _a.Row(i)[i] -= 1.0;
        Array.Clear(_gradient);
        for (int i = 0; i < _n; i++)
        {
            ReadOnlySpan<double> row = _a.Row(i);
            double r = _image[i] - state[i];
            for (int j = 0; j < _n; j++)
            {
                _gradient[j] += row[j] * r;
                _transposed.Row(j)[i] = row[j];
            }

            _product.Row(i).Clear();
        }

        _product.SubtractProduct(_transposed, _a);
        double trace = 0.0;
        for (int i = 0; i < _n; i++)
        {
            _product.Row(i).CopyTo(_negatedProduct.AsSpan(i * _n));
            trace -= _product.Row(i)[i];
        }

        return trace / _n;
    }

    /// <summary>Takes the step for a damping μ. Returns whether it reduces the speed.</summary>
    private bool TryStep(double[] state, double[] next, double damping, ref double speed)
    {
        for (int i = 0; i < _n; i++)
            _negatedProduct[i * (_n + 1)] = _product.Row(i)[i] - damping;
        _lu.Decompose(_negatedProduct);
        _gradient.CopyTo(next, 0);
        _lu.Solve(next);
        for (int i = 0; i < _n; i++)
            next[i] += state[i];
        double reached = system.IsWithinBounds(next) ? ComputeSpeed(next) : double.PositiveInfinity;
        if (!(reached < speed))
            return false;
        speed = reached;
        return true;
    }

    private double ComputeSpeed(double[] state)
    {
        system.Step(state, input, _image);
        return PeriodicOrbit.Distance(_image, state);
    }
}
