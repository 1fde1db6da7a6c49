using LatchLab.Foundation;
using LatchLab.Networks;

namespace LatchLab.Dynamics;

/// <summary>
/// The fixed points of a network with constant inputs that a search found (Sussillo and Barak 2013, with Newton's
/// method in place of gradient descent), and whether the sum of their indices tells that some are missing.
/// </summary>
/// <remarks>
/// The search is for networks of up to some hundred units; <see cref="FixedPoints"/> is for a few units, with proved
/// bounds. A map that takes a convex compact set into itself has the index sum 1 over all fixed points if none is
/// degenerate (Brouwer degree). The sum 1 is consistent with completeness; it does not prove it.
/// </remarks>
/// <param name="Points">The points, stable ones first, then by the number of unstable directions.</param>
/// <param name="Starts">Number of starts of Newton's method.</param>
/// <param name="NotConverged">Number of these from which it did not converge.</param>
/// <param name="SmallestResidual">The smallest ‖F(s, u) − s‖ at the end of those runs; NaN if none is finite.</param>
/// <param name="Verdict">What the sum of the indices says.</param>
/// <param name="Ending">Why the search ended.</param>
public sealed record RestPoints(
    IReadOnlyList<RestPoint> Points, int Starts, int NotConverged, double SmallestResidual, IndexVerdict Verdict,
    RestPointEnding Ending)
{
    /// <summary>The sum of the indices of the points that are not degenerate.</summary>
    public int IndexSum => Points.Sum(point => point.Index);

    /// <summary>The smallest number of points that are missing; 0 if the sum does not tell.</summary>
    public int Missing => Verdict == IndexVerdict.Incomplete ? Math.Abs(1 - IndexSum) : 0;

    /// <summary>Finds the fixed points of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="visited">
    /// States that the network visits on its data, N values each; may be empty. Points are searched near them.
    /// </param>
    /// <param name="inputs">u, one value for each input; null for all 0.</param>
    /// <param name="options">The starts and the threads.</param>
    /// <param name="progress">Receives the state of the search after each group of starts.</param>
    /// <param name="deadline">
    /// When it is cancelled, the search ends and returns what it found: the result of the first starts.
    /// </param>
    /// <exception cref="ValidationException">
    /// A unit is not differentiable, or the sizes of the inputs or visited states are not those of the network.
    /// </exception>
    public static RestPoints Find(
        CellDefinition network, IReadOnlyList<IReadOnlyList<double>> visited, IReadOnlyList<double>? inputs = null,
        RestPointOptions? options = null, IProgress<RestPointProgress>? progress = null,
        CancellationToken deadline = default)
    {
        options ??= new();
        options.Validate();
        return new RestPointSearch(network, visited, inputs, options, progress, deadline).Run();
    }
}

/// <summary>Why a search for fixed points ended.</summary>
public enum RestPointEnding
{
    /// <summary>All planned starts were done, and means of points found no further one.</summary>
    NothingNew,

    /// <summary>The maximum number of starts was reached.</summary>
    StartsUsedUp,

    /// <summary>The maximum number of points was reached.</summary>
    PointsUsedUp,

    /// <summary>The deadline was reached.</summary>
    Deadline,
}
