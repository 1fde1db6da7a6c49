using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// A state where a network with constant inputs moves slowly although no fixed point is there: a local minimum of the
/// speed.
/// </summary>
/// <param name="State">s.</param>
/// <param name="Outputs">The outputs of the readout.</param>
/// <param name="Speed">‖F(s, u) − s‖, a step's length.</param>
/// <param name="RelativeSpeed">The same as a share of the median step on the data.</param>
/// <param name="Leading">The eigenvalue of the Jacobian with the largest modulus.</param>
/// <param name="Starts">Number of starts that led to it.</param>
public sealed record SlowPoint(
    IReadOnlyList<double> State, IReadOnlyList<double> Outputs, double Speed, double RelativeSpeed, Eigenvalue Leading,
    int Starts)
{
    /// <summary>
    /// The time in which the leading mode decays by a factor e, −1/ln|λ| steps; negative if it grows.
    /// </summary>
    public double TimeConstant => -1.0 / Math.Log(Leading.Modulus);
}

/// <summary>
/// Slow points of a network with constant inputs (Sussillo and Barak 2013): local minima of ½‖F(s, u) − s‖², by the
/// method of Levenberg and Marquardt from visited states.
/// </summary>
/// <param name="Points">The points, the slowest first.</param>
/// <param name="Starts">Number of starts.</param>
/// <param name="AtRest">Number of these that ended at a fixed point.</param>
/// <param name="NotSlow">Number of these whose speed stayed above the limit.</param>
public sealed record SlowPoints(IReadOnlyList<SlowPoint> Points, int Starts, int AtRest, int NotSlow)
{
    // Ends closer than this, relative to their size or 1, are the same; the minimum of a flat valley is less sharp than
    // a fixed point.
    private const double Distinct = 1e-3;

    // A speed below this share of the data's own step is that of a fixed point that is not quite reached.
    private const double Rest = 1e-9;

    /// <summary>Finds slow points of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="visited">States that the network visits on its data, with a median step above 0.</param>
    /// <param name="inputs">u, one value for each input; null for all 0.</param>
    /// <param name="starts">Most visited states that are starts, evenly spaced; at least 1.</param>
    /// <param name="largestSpeed">
    /// The speed up to which a point is slow, as a share of the median step; above 0.
    /// </param>
    /// <param name="progress">Receives the number of starts that are done.</param>
    /// <param name="deadline">When it is cancelled, the search ends and returns what it found.</param>
    /// <exception cref="ValidationException">
    /// A unit is not differentiable, or the sizes of the inputs or visited states are not those of the network.
    /// </exception>
    public static SlowPoints Find(
        CellDefinition network, VisitedStates visited, IReadOnlyList<double>? inputs = null, int starts = 64,
        double largestSpeed = 0.1, IProgress<int>? progress = null, CancellationToken deadline = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(starts, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(largestSpeed);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(visited.MedianStep, nameof(visited));
        CellSystem system = CellSystem.Create(network);
        double[] input = inputs is null ? new double[system.Inputs] : [.. inputs];
        RestStates.ThrowIfInvalid(system, input, visited.States);
        var minimizer = new SpeedMinimizer(system, input);
        var found = new List<(double[] State, double Speed, int Starts)>();
        int done = 0, atRest = 0, notSlow = 0;
        foreach (double[] start in RestStates.Choose(visited.States, starts))
        {
            if (minimizer.Minimize(start, deadline) is not { } end)
                break;
            done++;
            progress?.Report(done);
            double relative = end.Speed / visited.MedianStep;
            if (relative < Rest)
                atRest++;
            else if (!(relative <= largestSpeed))
                notSlow++;
            else
                Add(found, end.State, end.Speed);
        }

        return new([.. found.OrderBy(point => point.Speed).Select(Complete)], done, atRest, notSlow);

        SlowPoint Complete((double[] State, double Speed, int Starts) point)
            => new(
                point.State, system.ReadOut(point.State), point.Speed, point.Speed / visited.MedianStep,
                RestStates.ComputeLeading(system, point.State, input), point.Starts);
    }

    private static void Add(List<(double[] State, double Speed, int Starts)> found, double[] state, double speed)
    {
        double tolerance = Distinct * Math.Max(1.0, state.Max(Math.Abs));
        int known = found.FindIndex(point => PeriodicOrbit.Distance(point.State, state) <= tolerance);
        if (known < 0)
            found.Add((state, speed, 1));
        else if (speed < found[known].Speed)
            found[known] = (state, speed, found[known].Starts + 1);
        else
            found[known] = (found[known].State, found[known].Speed, found[known].Starts + 1);
    }
}
