using LatchLab.Foundation;

namespace LatchLab.Dynamics;

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
/// with their largest Lyapunov exponents, and the other fixed points. Each value is searched on its own, so that
/// coexisting attractors are visible; an attractor with a small basin may be missed. The fixed points are then followed
/// from value to value, in both directions.
/// </summary>
public static class BifurcationDiagram
{
    /// <summary>The longest period of an attractor that is detected.</summary>
    public const int MaxPeriod = 64;

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
        _ = new BifurcationSearch(parameter, from, options); // errors as themselves, not as those of a thread
        parameter.CreateSystem(to);
        double[] values = InitialConditions.Linspace(new(from, to), options.Columns);
        var searches = new BifurcationSearch[values.Length];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(
            0, values.Length, parallel, i => searches[i] = new BifurcationSearch(parameter, values[i], options));
        for (int i = 1; i < searches.Length; i++)
            searches[i].ContinueFrom(searches[i - 1]);
        for (int i = searches.Length - 2; i >= 0; i--)
            searches[i].ContinueFrom(searches[i + 1]);
        int next = 0;
        foreach ((int i, BifurcationSearch search) in searches.Index())
            search.NumberAttractors(i == 0 ? null : searches[i - 1], ref next);
        var columns = new BifurcationColumn[values.Length];
        Parallel.For(0, values.Length, parallel, i => columns[i] = searches[i].CreateColumn(units, options.Keep));
        return columns;
    }
}
