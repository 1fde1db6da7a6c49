using LatchLab.Dynamics;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Diagnosis.Questions;

/// <summary>
/// What the network stores: how many of its visited states are still told apart after k quiet steps, in which the input
/// is held, and how far the outputs still differ.
/// </summary>
/// <param name="HeldInput">The input of the quiet steps.</param>
/// <param name="Distance">States within this Euclidean distance are not told apart.</param>
/// <param name="Points">The numbers by quiet steps.</param>
/// <param name="EndStates">The states after the last quiet step.</param>
/// <param name="MovingStates">How many of them still move: farther than <see cref="Distance"/> in one step.</param>
/// <param name="Period">
/// The smallest period up to <see cref="LongestPeriod"/> after which every end state returns within the distance; 0 if
/// there is none; 1 if none moves.
/// </param>
public sealed record RetentionAtRest(
    IReadOnlyList<double> HeldInput, double Distance, IReadOnlyList<RetentionPoint> Points,
    IReadOnlyList<double[]> EndStates, int MovingStates, int Period)
{
    /// <summary>The distance of two states that are told apart, for values within ±1; a decision.</summary>
    public const double DefaultDistance = 1e-3;

    /// <summary>The longest period that is searched for.</summary>
    public const int LongestPeriod = 64;

    /// <summary>The quiet steps at which the states are counted.</summary>
    public static IReadOnlyList<int> DefaultSteps { get; } = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];

    /// <summary>log₂ of the number of states that are told apart at the end.</summary>
    public double Bits => Elementary.Log(Points[^1].StatesApart) / Elementary.Log(2.0);

    /// <summary>Lets states rest.</summary>
    /// <param name="network">The network.</param>
    /// <param name="states">Visited states, at least one.</param>
    /// <param name="heldInput">The input of the quiet steps.</param>
    /// <param name="steps">The quiet steps at which the states are counted, ascending.</param>
    /// <param name="threads">Number of threads; it does not change the result.</param>
    /// <param name="cancellation">Ends the computation.</param>
    public static RetentionAtRest Compute(
        CellDefinition network, IReadOnlyList<double[]> states, IReadOnlyList<double> heldInput,
        IReadOnlyList<int> steps, int threads = 1, CancellationToken cancellation = default)
    {
        double size = Math.Sqrt(states.Average(state => state.Average(value => value * value)));
        double distance = DefaultDistance * Math.Max(1.0, size);
        var points = new List<RetentionPoint>();
        int done = 0;
        foreach (int count in steps)
        {
            QuietSteps quiet = QuietSteps.Run(network, states, heldInput, count - done, threads, cancellation);
            (states, done) = (quiet.States, count);
            points.Add(new(count, CountApart(states, distance), OutputSpreads.Compute(quiet.Outputs)));
        }

        (int moving, int period) = FindPeriod(network, states, heldInput, distance, threads, cancellation);
        return new(heldInput, distance, points, states, moving, period);
    }

    /// <summary>Number of states of which each is farther than a distance from all that were counted before.</summary>
    public static int CountApart(IReadOnlyList<double[]> states, double distance)
    {
        var apart = new List<double[]>();
        foreach (double[] state in states)
        {
            if (apart.TrueForAll(other => PeriodicOrbit.Distance(state, other) > distance))
                apart.Add(state);
        }

        return apart.Count;
    }

    private static (int Moving, int Period) FindPeriod(
        CellDefinition network, IReadOnlyList<double[]> ends, IReadOnlyList<double> heldInput, double distance,
        int threads, CancellationToken cancellation)
    {
        int moving = 0;
        IReadOnlyList<double[]> states = ends;
        for (int period = 1; period <= LongestPeriod; period++)
        {
            states = QuietSteps.Run(network, states, heldInput, 1, threads, cancellation).States;
            int away = states.Zip(ends).Count(pair => PeriodicOrbit.Distance(pair.First, pair.Second) > distance);
            if (period == 1)
                moving = away;
            if (away == 0)
                return (moving, period);
        }

        return (moving, 0);
    }
}

/// <summary>What is left after quiet steps.</summary>
/// <param name="Steps">k.</param>
/// <param name="StatesApart">The states that are told apart.</param>
/// <param name="OutputSpread">The standard deviation of the outputs over the states.</param>
public readonly record struct RetentionPoint(int Steps, int StatesApart, double OutputSpread);
