using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>What an autonomous system does in the long run.</summary>
public enum BranchKind
{
    /// <summary>A stable fixed point or periodic orbit.</summary>
    Periodic,

    /// <summary>A quasi-periodic motion.</summary>
    QuasiPeriodic,

    /// <summary>A chaotic motion.</summary>
    Chaotic,

    /// <summary>An orbit that reached no attractor and whose motion is undecided, for example a slow one.</summary>
    Undecided,

    /// <summary>A fixed point that is no attractor: it is unstable or marginal.</summary>
    UnstableFixedPoint,
}

/// <summary>An attractor, an undecided orbit or an unstable fixed point at one value of the parameter.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Period">Its period; 0 if it has none.</param>
/// <param name="Exponent">
/// The largest Lyapunov exponent per step, in natural logarithms: (1/l) ln ρ((M^l)′) for a periodic orbit, otherwise a
/// mean over the orbit; −∞ where a derivative is 0.
/// </param>
/// <param name="Outputs">
/// [unit][t]: the outputs of the chosen units at each point of a periodic orbit, or along the orbit.
/// </param>
public sealed record Branch(BranchKind Kind, int Period, double Exponent, IReadOnlyList<double[]> Outputs)
{
    /// <summary>Whether it is an attractor.</summary>
    public bool IsAttractor => Kind is BranchKind.Periodic or BranchKind.QuasiPeriodic or BranchKind.Chaotic;
}

/// <summary>What was found at one value of the parameter.</summary>
/// <param name="Value">The value.</param>
/// <param name="Branches">Attractors first; empty if every orbit diverged.</param>
/// <param name="DivergentOrbits">Number of orbits that diverged.</param>
public sealed record BifurcationColumn(double Value, IReadOnlyList<Branch> Branches, int DivergentOrbits);

/// <summary>The number of columns of a bifurcation diagram and its effort.</summary>
public sealed record BifurcationOptions
{
    /// <summary>Number of values of the parameter, both ends included; at least 2.</summary>
    public int Columns { get; init; } = 1000;

    /// <summary>Orbits that are followed at each value, from random starts in the box of activations.</summary>
    public int Starts { get; init; } = 16;

    /// <summary>Steps after which an orbit that reached no periodic attractor is no longer followed.</summary>
    public int Discard { get; init; } = 2000;

    /// <summary>Further steps of such an orbit that are kept; at least 1.</summary>
    public int Keep { get; init; } = 400;

    /// <summary>
    /// Further steps that decide about the motion of such an orbit, and over which its exponent is averaged; at least
    /// <see cref="LyapunovExponents.Batches"/>.
    /// </summary>
    public int ExponentSteps { get; init; } = 20_000;

    /// <summary>B: starts are activations within ±B; 0 for the range of the map at each value.</summary>
    public double Box { get; init; }

    /// <summary>Seed of the starts.</summary>
    public ulong Seed { get; init; }
}

/// <summary>
/// A bifurcation diagram: at each of many values of a parameter, the attractors that orbits from several starts reach,
/// with their largest Lyapunov exponents. Each value is searched on its own, without continuation, so that coexisting
/// attractors are visible; an attractor with a small basin may be missed.
/// </summary>
public static class BifurcationDiagram
{
    /// <summary>The longest period of an attractor that is detected.</summary>
    public const int MaxPeriod = 64;

    private const int NewtonStarts = 8; // for the unstable fixed points of several variables

    /// <summary>Computes the columns, in the order of the values.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="from">The first value.</param>
    /// <param name="to">The last value.</param>
    /// <param name="units">The units whose outputs are kept.</param>
    /// <param name="options">The number of columns and the effort.</param>
    /// <param name="threads">Number of threads; it affects only the run time.</param>
    /// <param name="cancellation">Cancels the computation.</param>
    /// <exception cref="ValidationException">
    /// A unit has no derivative, or the states have no bounds and no box is given.
    /// </exception>
    public static IReadOnlyList<BifurcationColumn> Compute(
        BifurcationParameter parameter, double from, double to, IReadOnlyList<int> units, BifurcationOptions options,
        int threads = 1, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Columns, 2, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Keep, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(
            options.ExponentSteps, LyapunovExponents.Batches, nameof(options));
        ComputeColumn(parameter, from, units, options); // errors as themselves, not as those of a thread
        double[] values = InitialConditions.Linspace(new(from, to), options.Columns);
        var columns = new BifurcationColumn[values.Length];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(
            0, values.Length, parallel, i => columns[i] = ComputeColumn(parameter, values[i], units, options));
        return columns;
    }

    private static BifurcationColumn ComputeColumn(
        BifurcationParameter parameter, double value, IReadOnlyList<int> units, BifurcationOptions options)
    {
        var (network, inputs) = parameter.Apply(value);
        DrivenSystem driven = DrivenSystem.Create(network);
        DynamicalSystem system = driven.WithConstantInputs(inputs);
        IReadOnlyList<Interval>? box = options.Box == 0.0 ? null
            : [.. Enumerable.Repeat(new Interval(-options.Box, options.Box), system.Dimension)];
        InvariantSets sets = InvariantSets.Find(system, box, new()
        {
            NewtonStarts = NewtonStarts,
            Orbits = options.Starts,
            MaxSteps = options.Discard,
            MaxPeriod = MaxPeriod,
            MotionSteps = options.ExponentSteps,
            Seed = options.Seed,
        });
        IReadOnlyList<double[]> GetOutputs(IEnumerable<double[]> states)
        {
            double[][] outputs = [.. states.Select(state => driven.Outputs(state))];
            return [.. units.Select(unit => outputs.Select(x => x[unit]).ToArray())];
        }

        Branch FromOrbit(PeriodicOrbit orbit, BranchKind kind)
            => new(kind, orbit.Period, ComputeExponent(orbit), GetOutputs(orbit.Points));

        return new(
            value,
            [
                .. sets.Attractors.Select(orbit => FromOrbit(orbit, BranchKind.Periodic)),
                .. sets.UnsettledStates.Zip(sets.UnsettledMotions, (state, motion) => new Branch(
                    motion.Kind switch
                    {
                        MotionKind.QuasiPeriodic => BranchKind.QuasiPeriodic,
                        MotionKind.Chaotic => BranchKind.Chaotic,
                        _ => BranchKind.Undecided,
                    },
                    Period: 0, motion.Exponent, GetOutputs(Follow(system, state, options.Keep)))),
                .. sets.FixedPoints.Orbits.Where(orbit => orbit.Stability != Stability.Stable)
                    .Select(orbit => FromOrbit(orbit, BranchKind.UnstableFixedPoint)),
            ],
            sets.DivergentCount);
    }

    private static double ComputeExponent(PeriodicOrbit orbit)
        => orbit.SpectralRadius > 0.0 ? Elementary.Log(orbit.SpectralRadius) / orbit.Period : double.NegativeInfinity;

    private static IEnumerable<double[]> Follow(DynamicalSystem system, double[] state, int steps)
    {
        for (int t = 0; t < steps; t++)
        {
            yield return state;
            state = system.Image(state);
        }
    }
}
