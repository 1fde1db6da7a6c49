using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// How much noise a network's memory provably survives: for a noise b the smallest boxes around its attractors that the
/// network with that noise does not leave are grown, and those that do not meet hold states that can always be told
/// apart; the largest such b is found by bisection. What it gives are certificates.
/// </summary>
/// <remarks>
/// A set grows by <c>box_{i+1} ← box_{i+1} ∪ (N(box_i, u) + noise)</c>, a little more each time, until nothing is
/// added. It costs n² a step, whatever n is. The boxes have sides along the axes; where the set of states that the
/// noise can reach is no box, the network may hold more than is proved here.
/// </remarks>
public sealed class NoiseTolerance
{
    private const double Inflation = 1e-12;     // of the size of a box: what a set grows besides
    private const double FastGrowth = 1e-3;     // growth of which a part is added in advance

    private readonly NetworkDefinition _network;
    private readonly IReadOnlyList<double> _constantInputs;
    private readonly DrivenSystem _system;
    private readonly IReadOnlyList<PeriodicOrbit> _attractors;
    private readonly NoiseLocation _location;
    private readonly int _maxSteps;

    /// <summary>Asks about a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="constantInputs">Its constant inputs.</param>
    /// <param name="attractors">Its attractors with these inputs.</param>
    /// <param name="location">Where the noise enters.</param>
    /// <param name="maxSteps">Steps that a set may grow.</param>
    public NoiseTolerance(
        NetworkDefinition network,
        IReadOnlyList<double> constantInputs,
        IReadOnlyList<PeriodicOrbit> attractors,
        NoiseLocation location = NoiseLocation.Units,
        int maxSteps = 20_000)
    {
        (this._network, this._constantInputs, this._attractors) = (network, constantInputs, attractors);
        (this._location, this._maxSteps) = (location, maxSteps);
        _system = DrivenSystem.Create(network);
    }

    /// <summary>States that can be told apart without noise: the points of all attractors.</summary>
    public int MaxStates => _attractors.Sum(attractor => attractor.Period);

    /// <summary>The largest noise that is tried: as large as all that the network without noise ever visits.</summary>
    public double MaxTestedNoise
        => _system.WithConstantInputs(_constantInputs).Range().Max(side => side.Width) is var width
            && double.IsFinite(width) ? width : 1e6;

    /// <summary>The certificate for a noise: as many sets as could be proved, perhaps none.</summary>
    /// <param name="noise">b ≥ 0.</param>
    /// <exception cref="ValidationException">The noise is below 0 or not finite.</exception>
    public NoiseCertificate Certify(double noise)
    {
        if (!(noise >= 0.0 && double.IsFinite(noise)))
            throw new ValidationException("", "noise", $"{noise} is no size of a noise: give 0 or a positive number");
        var image = new NoisyImage(_system, _constantInputs, noise, _location);
        List<IReadOnlyList<Interval[]>> sets = [];
        foreach (PeriodicOrbit attractor in _attractors)
        {
            if (FindInvariantBoxes(image, attractor) is { } set)
                sets.Add(set);
        }

        // Of sets that meet one is enough: noise can make one state of the two. The smallest is kept.
        var kept = new List<IReadOnlyList<Interval[]>>();
        foreach (IReadOnlyList<Interval[]> set in sets.OrderBy(MaxWidth))
        {
            if (!kept.Any(other => set.Any(box => other.Any(otherBox => Boxes.Intersects(box, otherBox)))))
                kept.Add(set);
        }

        return new(_network, _constantInputs, noise, _location, kept);
    }

    /// <summary>
    /// The certificate with the largest noise that still tells so many states apart, or with
    /// <see cref="MaxTestedNoise"/>; null where there are not so many, or not even the smallest noise can be proved.
    /// </summary>
    /// <param name="states">At least 2.</param>
    /// <param name="precision">Relative.</param>
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
    /// A cycle of boxes around an attractor that noise does not lead out of; null where none was found.
    /// </summary>
    private Interval[][]? FindInvariantBoxes(NoisyImage image, PeriodicOrbit attractor)
    {
        Interval[][] start = [.. attractor.Points.Select(PointBox)];
        Interval[][]? boxes = GrowUntilInvariant(image, start);

        // Where the boxes of a cycle meet, its phase is lost, but the attractor may not be: one box around them all.
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
    /// A box a little beyond another. As a box only nears the smallest one that it could be, it would never come to
    /// rest without.
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
