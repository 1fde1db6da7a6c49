using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// Where visited states of a network move within some steps at rest, while its inputs are constant: to a point, to a
/// few points, along a slow manifold, or around in a cloud. It needs no search.
/// </summary>
/// <param name="Steps">Steps at rest.</param>
/// <param name="Ends">The states after these steps.</param>
/// <param name="Speed">The median of ‖F(s, u) − s‖ over the ends.</param>
/// <param name="RelativeSpeed">The same as a share of the median step on the data; NaN if that is 0.</param>
/// <param name="Extent">The root mean square distance of the ends from their mean.</param>
/// <param name="ComponentShares">
/// The shares of the principal components in the variance of the ends, the largest first; NaN if they do not differ.
/// </param>
/// <param name="LeadingModulus">The median over the ends of the largest |λ| of the Jacobian.</param>
public sealed record Relaxation(
    int Steps, IReadOnlyList<IReadOnlyList<double>> Ends, double Speed, double RelativeSpeed, double Extent,
    IReadOnlyList<double> ComponentShares, double LeadingModulus)
{
    // Above this dimension a leading eigenvalue takes tens of milliseconds.
    private const int LargeDimension = 256, StatesOfLargeNetworks = 16;

    /// <summary>
    /// The time in which the leading mode decays by a factor e, −1/ln|λ| steps; negative if it grows.
    /// </summary>
    public double TimeConstant => -1.0 / Math.Log(LeadingModulus);

    /// <summary>Measures a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="visited">States that the network visits on its data; at least one.</param>
    /// <param name="inputs">u, one value for each input; null for all 0.</param>
    /// <param name="steps">Steps at rest, at least 1.</param>
    /// <param name="states">Most visited states that are followed, evenly spaced; at least 1.</param>
    /// <exception cref="ValidationException">
    /// A unit is not differentiable, or the sizes of the inputs or visited states are not those of the network.
    /// </exception>
    public static Relaxation Measure(
        CellDefinition network, VisitedStates visited, IReadOnlyList<double>? inputs = null, int steps = 30,
        int states = 128)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(states, 1);
        ArgumentOutOfRangeException.ThrowIfZero(visited.States.Count, nameof(visited));
        CellSystem system = CellSystem.Create(network);
        double[] input = inputs is null ? new double[system.Inputs] : [.. inputs],
            image = new double[system.Dimension];
        RestStates.ThrowIfInvalid(system, input, visited.States);
        double[][] ends = RestStates.Follow(
            network, RestStates.Choose(visited.States, states), input, steps, CancellationToken.None);
        double speed = VisitedStates.Median([.. ends.Select(end =>
        {
            system.Step(end, input, image);
            return PeriodicOrbit.Distance(image, end);
        })]);
        double[] variances = ComputeVariances(ends);
        double total = variances.Sum();
        int count = system.Dimension <= LargeDimension ? ends.Length : StatesOfLargeNetworks;
        double leading = VisitedStates.Median([.. RestStates.Choose(ends, count).Select(
            end => RestStates.ComputeLeading(system, end, input).Modulus)]);
        return new(
            steps, ends, speed, visited.MedianStep > 0.0 ? speed / visited.MedianStep : double.NaN, Math.Sqrt(total),
            [.. variances.Select(variance => variance / total)], leading);
    }

    /// <summary>
    /// The variances along the principal components, the largest first: the eigenvalues of the products of the
    /// deviations of any two states from the mean, which are those of the covariance matrix.
    /// </summary>
    private static double[] ComputeVariances(double[][] states)
    {
        int count = states.Length, n = states[0].Length;
        double[] mean = [.. Enumerable.Range(0, n).Select(i => states.Average(state => state[i]))];
        double[][] deviations = [.. states.Select(state => state.Zip(mean, (value, m) => value - m).ToArray())];
        var products = new double[count * count];
        for (int a = 0; a < count; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double product = deviations[a].Zip(deviations[b], (x, y) => x * y).Sum() / count;
                products[(a * count) + b] = products[(b * count) + a] = product;
            }
        }

        return [.. SquareMatrix.SymmetricEigenvalues(products, count).Take(Math.Min(count, n))
            .Select(value => Math.Max(0.0, value))];
    }
}
