using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// The noise that a network's memory provably survives. For a noise b, boxes around its attractors grow to the smallest
/// ones that the network with that noise does not leave. Boxes that do not intersect contain states that can always be
/// distinguished. Bisection finds the largest such b. The results are certificates.
/// </summary>
/// <remarks>
/// A set grows by <c>box_{i+1} ← box_{i+1} ∪ (N(box_i, u) + noise)</c>, slightly inflated each time, until it no longer
/// changes. A step costs O(n²). The boxes have sides along the axes. Where the set of states that the noise can reach
/// is not a box, the network may store more than is proved here.
/// </remarks>
public sealed class NoiseTolerance
{
    private const double Inflation = 1e-12;  // of the size of a box: the inflation of each growth step
    private const double FastGrowth = 1e-3;  // share of each growth that is added in advance

    private readonly NetworkDefinition _network;
    private readonly IReadOnlyList<double> _constantInputs;
    private readonly DrivenSystem _system;
    private readonly IReadOnlyList<PeriodicOrbit> _attractors;
    private readonly NoiseLocation _location;
    private readonly int _maxSteps;

    /// <summary>Creates the analysis of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="constantInputs">Its constant inputs.</param>
    /// <param name="attractors">Its attractors with these inputs.</param>
    /// <param name="location">Where the noise enters.</param>
    /// <param name="maxSteps">Maximum number of steps for which a set may grow.</param>
    public NoiseTolerance(
        NetworkDefinition network,
        IReadOnlyList<double> constantInputs,
        IReadOnlyList<PeriodicOrbit> attractors,
        NoiseLocation location = NoiseLocation.Units,
        int maxSteps = 20_000)
    {
        (_network, _constantInputs, _attractors) = (network, constantInputs, attractors);
        (_location, _maxSteps) = (location, maxSteps);
        _system = DrivenSystem.Create(network);
    }

    /// <summary>Number of states that can be distinguished without noise: the points of all attractors.</summary>
    public int MaxStates => _attractors.Sum(attractor => attractor.Period);

    /// <summary>
    /// The largest noise that is tested: the width of the range of the network without noise, or 1e6 if it is infinite.
    /// </summary>
    public double MaxTestedNoise
        => _system.WithConstantInputs(_constantInputs).Range().Max(side => side.Width) is var width
            && double.IsFinite(width) ? width : 1e6;

    /// <summary>Computes the certificate for a noise: as many sets as could be proved, possibly none.</summary>
    /// <param name="noise">b ≥ 0.</param>
    /// <exception cref="ValidationException">The noise is below 0 or not finite.</exception>
    public NoiseCertificate Certify(double noise)
    {
        if (!(noise >= 0.0 && double.IsFinite(noise)))
            throw new ValidationException(
                "", "noise", $"{noise} is not a valid noise magnitude: give 0 or a positive number");
        var image = new NoisyImage(_system, _constantInputs, noise, _location);
        List<IReadOnlyList<Interval[]>> sets = [];
        foreach (PeriodicOrbit attractor in _attractors)
        {
            if (FindInvariantBoxes(image, attractor) is { } set)
                sets.Add(set);
        }

        // Of sets that intersect only the smallest is kept: noise can merge their states.
        var kept = new List<IReadOnlyList<Interval[]>>();
        foreach (IReadOnlyList<Interval[]> set in sets.OrderBy(MaxWidth))
        {
            if (!kept.Any(other => set.Any(box => other.Any(otherBox => Boxes.Intersects(box, otherBox)))))
                kept.Add(set);
        }

        return new(_network, _constantInputs, noise, _location, kept);
    }

    /// <summary>
    /// Finds the certificate with the largest noise for which a number of states can still be distinguished, or with
    /// <see cref="MaxTestedNoise"/>. Null if there are not that many states, or if not even the smallest noise can be
    /// certified.
    /// </summary>
    /// <param name="states">Number of states, at least 2.</param>
    /// <param name="precision">Relative precision of the noise.</param>
    public NoiseCertificate? FindLargest(int states, double precision = 1e-6)
    {
        if (states > MaxStates)
            return null;
        double low = 0.0, high = MaxTestedNoise;
        NoiseCertificate? best = Certify(high);
        if (best.StateCount >= states)
            return best;
        best = null;
        for (double noise = 1e-3 * high; best is null; noise *= 0.1)
        {
            if (noise < 1e-12 * high)
                return null;
            if (Certify(noise) is { } found && found.StateCount >= states)
                (best, low) = (found, noise);
        }

        while (high - low > precision * low)
        {
            double middle = low + (0.5 * (high - low));
            if (Certify(middle) is { } found && found.StateCount >= states)
                (best, low) = (found, middle);
            else
                high = middle;
        }

        return best;
    }

    /// <summary>
    /// Finds a cycle of boxes around an attractor that no orbit with noise leaves; null if none is found.
    /// </summary>
    private Interval[][]? FindInvariantBoxes(NoisyImage image, PeriodicOrbit attractor)
    {
        Interval[][] start = [.. attractor.Points.Select(PointBox)];
        Interval[][]? boxes = GrowUntilInvariant(image, start);

        // Where the boxes of a cycle intersect, its phase is lost, but one box around all of them may still exist.
        return boxes is null || !Enumerable.Range(0, boxes.Length)
                .Any(i => Enumerable.Range(0, i).Any(j => Boxes.Intersects(boxes[i], boxes[j])))
            ? boxes
            : GrowUntilInvariant(image, [boxes.Aggregate((a, b) => Boxes.Hull(a, b))]);
    }

    private Interval[][]? GrowUntilInvariant(NoisyImage image, Interval[][] boxes)
    {
        boxes = [.. boxes];
        int count = boxes.Length, invariantInARow = 0;
        for (int step = 0; step < _maxSteps * count && invariantInARow < count; step++)
        {
            int next = (step + 1) % count;
            Interval[] reached = image.Compute(boxes[step % count]);
            if (!reached.All(side => double.IsFinite(side.Width)))
                return null;
            if (Boxes.Contains(boxes[next], reached))
            {
                invariantInARow++;
                continue;
            }

            invariantInARow = 0;
            boxes[next] = Inflate(boxes[next], Boxes.Hull(boxes[next], reached));
        }

        return invariantInARow == count ? boxes : null;
    }

    private static Interval[] PointBox(double[] point) => [.. point.Select(Interval.From)];

    /// <summary>
    /// Inflates a box slightly. Without this, the box would only approach the smallest invariant box, and the growth
    /// would never end.
    /// </summary>
    private static Interval[] Inflate(ReadOnlySpan<Interval> previous, Interval[] box)
    {
        for (int i = 0; i < box.Length; i++)
        {
            double size = Inflation * Math.Max(1.0, box[i].Magnitude);
            double below = previous[i].Lower - box[i].Lower, above = box[i].Upper - previous[i].Upper;
            box[i] = new(
                below > 0.0 ? box[i].Lower - size - (FastGrowth * below) : box[i].Lower,
                above > 0.0 ? box[i].Upper + size + (FastGrowth * above) : box[i].Upper);
        }

        return box;
    }

    private static double MaxWidth(IReadOnlyList<Interval[]> set) => set.Max(box => box.Max(side => side.Width));
}
