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

    private readonly NetworkDefinition network;
    private readonly IReadOnlyList<double> heldInputs;
    private readonly DrivenSystem system;
    private readonly IReadOnlyList<PeriodicOrbit> attractors;
    private readonly NoisePlace place;
    private readonly int mostSteps;

    /// <summary>Asks about a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="heldInputs">Its constant inputs.</param>
    /// <param name="attractors">Its attractors with these inputs.</param>
    /// <param name="place">Where the noise enters.</param>
    /// <param name="mostSteps">Steps that a set may grow.</param>
    public NoiseTolerance(
        NetworkDefinition network,
        IReadOnlyList<double> heldInputs,
        IReadOnlyList<PeriodicOrbit> attractors,
        NoisePlace place = NoisePlace.Units,
        int mostSteps = 20_000)
    {
        (this.network, this.heldInputs, this.attractors) = (network, heldInputs, attractors);
        (this.place, this.mostSteps) = (place, mostSteps);
        system = DrivenSystem.Of(network);
    }

    /// <summary>States that can be told apart without noise: the points of all attractors.</summary>
    public int MostStates => attractors.Sum(attractor => attractor.Period);

    /// <summary>The largest noise that is tried: as large as all that the network without noise ever visits.</summary>
    public double LargestTried
        => system.Hold(heldInputs).Range().Max(side => side.Width) is var width && double.IsFinite(width) ? width : 1e6;

    /// <summary>The certificate for a noise: as many sets as could be proved, perhaps none.</summary>
    /// <param name="noise">b ≥ 0.</param>
    /// <exception cref="InputException">The noise is below 0 or not finite.</exception>
    public NoiseCertificate Certify(double noise)
    {
        if (!(noise >= 0.0 && double.IsFinite(noise)))
            throw new InputException("", "noise", $"{noise} is no size of a noise: give 0 or a positive number");
        var image = new NoisyImage(system, heldInputs, noise, place);
        List<IReadOnlyList<Interval[]>> sets = [];
        foreach (PeriodicOrbit attractor in attractors)
        {
            if (Invariant(image, attractor) is { } set)
                sets.Add(set);
        }

        // Of sets that meet one is enough: noise can make one state of the two. The smallest is kept.
        var kept = new List<IReadOnlyList<Interval[]>>();
        foreach (IReadOnlyList<Interval[]> set in sets.OrderBy(Size))
        {
            if (!kept.Any(other => set.Any(box => other.Any(otherBox => Boxes.Meet(box, otherBox)))))
                kept.Add(set);
        }

        return new(network, heldInputs, noise, place, kept);
    }

    /// <summary>
    /// The certificate with the largest noise that still tells so many states apart, or with
    /// <see cref="LargestTried"/>; null where there are not so many, or not even the smallest noise can be proved.
    /// </summary>
    /// <param name="states">At least 2.</param>
    /// <param name="precision">Relative.</param>
    public NoiseCertificate? Largest(int states, double precision = 1e-6)
    {
        if (states > MostStates)
            return null;
        double low = 0.0, high = LargestTried;
        NoiseCertificate? best = Certify(high);
        if (best.States >= states)
            return best;
        best = null;
        for (double noise = 1e-3 * high; best is null; noise *= 0.1)
        {
            if (noise < 1e-12 * high)
                return null;
            if (Certify(noise) is { } found && found.States >= states)
                (best, low) = (found, noise);
        }

        while (high - low > precision * low)
        {
            double middle = low + (0.5 * (high - low));
            if (Certify(middle) is { } found && found.States >= states)
                (best, low) = (found, middle);
            else
                high = middle;
        }

        return best;
    }

    /// <summary>
    /// A cycle of boxes around an attractor that noise does not lead out of; null where none was found.
    /// </summary>
    private Interval[][]? Invariant(NoisyImage image, PeriodicOrbit attractor)
    {
        Interval[][] start = [.. attractor.Points.Select(Around)];
        Interval[][]? boxes = Grown(image, start);

        // Where the boxes of a cycle meet, its phase is lost, but the attractor may not be: one box around them all.
        return boxes is null || !Enumerable.Range(0, boxes.Length)
                .Any(i => Enumerable.Range(0, i).Any(j => Boxes.Meet(boxes[i], boxes[j])))
            ? boxes
            : Grown(image, [boxes.Aggregate((a, b) => Boxes.Hull(a, b))]);
    }

    private Interval[][]? Grown(NoisyImage image, Interval[][] boxes)
    {
        boxes = [.. boxes];
        int count = boxes.Length, atRest = 0;
        for (int step = 0; step < mostSteps * count && atRest < count; step++)
        {
            int next = (step + 1) % count;
            Interval[] reached = image.Of(boxes[step % count]);
            if (!reached.All(side => double.IsFinite(side.Width)))
                return null;
            if (Boxes.Hold(boxes[next], reached))
            {
                atRest++;
                continue;
            }

            atRest = 0;
            boxes[next] = Inflated(boxes[next], Boxes.Hull(boxes[next], reached));
        }

        return atRest == count ? boxes : null;
    }

    private static Interval[] Around(double[] point) => [.. point.Select(Interval.From)];

    /// <summary>
    /// A box a little beyond another. As a box only nears the smallest one that it could be, it would never come to
    /// rest without.
    /// </summary>
    private static Interval[] Inflated(ReadOnlySpan<Interval> former, Interval[] box)
    {
        for (int i = 0; i < box.Length; i++)
        {
            double size = Inflation * Math.Max(1.0, box[i].Magnitude);
            double below = former[i].Lower - box[i].Lower, above = box[i].Upper - former[i].Upper;
            box[i] = new(
                below > 0.0 ? box[i].Lower - size - (FastGrowth * below) : box[i].Lower,
                above > 0.0 ? box[i].Upper + size + (FastGrowth * above) : box[i].Upper);
        }

        return box;
    }

    private static double Size(IReadOnlyList<Interval[]> set) => set.Max(box => box.Max(side => side.Width));
}
