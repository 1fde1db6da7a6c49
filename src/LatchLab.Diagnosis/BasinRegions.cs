using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Numerics;

namespace LatchLab.Diagnosis;

/// <summary>
/// The basins of attraction of a grid of initial states as regions of a <see cref="RegionMap"/>: one for each point of
/// an attractor, and one for the states that reach none. The core of a region is the reduced attracting set Γ.
/// </summary>
/// <param name="Regions">The regions, in the order of the legend.</param>
/// <param name="Cells">The index of the region of each initial state.</param>
/// <param name="IsCore">Whether each initial state lies in Γ.</param>
internal sealed record BasinRegions(
    IReadOnlyList<Region> Regions, IReadOnlyList<int> Cells, IReadOnlyList<bool> IsCore)
{
    /// <summary>Most points of attractors that have a region of their own.</summary>
    public const int MaximumColored = 6;

    /// <summary>The cells of <see cref="FindMotionCells"/>.</summary>
    public static readonly Region Motion = new("", Series.TextColour, "quasi-periodic or chaotic attractor");

    private const double Margin = 0.1; // around a box, on each side
    private const int MotionSteps = 1000; // a curve across some hundreds of cells has no gaps

    /// <summary>These regions with those cells of an attractor that is not periodic.</summary>
    public BasinRegions WithMotion(IReadOnlySet<int> cells)
        => cells.Count == 0 ? this : new(
            [.. Regions, Motion],
            [.. Cells.Select((region, cell) => cells.Contains(cell) ? Regions.Count : region)],
            [.. IsCore.Select((isCore, cell) => isCore || cells.Contains(cell))]);

    /// <summary>The axis of the activation of a unit.</summary>
    public static Axis CreateAxis(int unit) => new($"activation of unit {unit}");

    /// <summary>Creates the regions.</summary>
    /// <param name="sets">The attractors, in whose order the regions have their colours.</param>
    /// <param name="basins">The basins of the balls of <paramref name="sets"/>.</param>
    public static BasinRegions Create(InvariantSets sets, Basins basins)
    {
        int regionCount = Math.Min(sets.Balls.Count, MaximumColored);
        List<Region> regions = [.. sets.Balls.Take(regionCount).Select((ball, i) =>
            new Region($"β({FormatAttractor(sets, ball)})", i, $"Γ({FormatAttractor(sets, ball)})"))];
        int undecided = Add(Basins.Undecided, "no stable orbit reached", Region.Grey);
        int divergent = Add(Basins.Divergent, "divergent", Region.Hatched);
        int Add(int label, string name, int colour)
        {
            if (Enumerable.Range(0, basins.Count).Any(start => basins.Label(start) == label))
                regions.Add(new(name, colour));
            return regions.Count - 1;
        }

        int RegionOf(int start)
            => basins.Label(start) == Basins.Undecided ? undecided
                : basins.Label(start) == Basins.Divergent ? divergent
                : basins.Label(start) < regionCount ? basins.Label(start)
                : RegionMap.NoRegion;

        return new(
            regions,
            [.. Enumerable.Range(0, basins.Count).Select(RegionOf)],
            [.. Enumerable.Range(0, basins.Count).Select(basins.IsInReducedSet)]);
    }

    /// <summary>Formats an attractor, or one phase of a periodic one.</summary>
    public static string FormatAttractor(InvariantSets sets, TrappingBall ball)
    {
        int number = 1 + sets.Attractors.Index().First(entry => entry.Item == ball.Orbit).Index;
        return ball.Orbit.Period == 1 ? $"X{number}" : $"X{number}, phase {ball.Phase + 1}";
    }

    /// <summary>The cells that quasi-periodic and chaotic orbits visit in a plane of evenly spaced cells.</summary>
    /// <param name="system">The system of two variables.</param>
    /// <param name="sets">Its unsettled orbits.</param>
    /// <param name="axes">The centres of the cells.</param>
    public static IReadOnlySet<int> FindMotionCells(DynamicalSystem system, InvariantSets sets, double[][] axes)
    {
        var cells = new HashSet<int>();
        foreach ((double[] first, LongTermMotion motion) in sets.Unsettled.States.Zip(sets.Unsettled.Motions))
        {
            double[] state = first;
            for (int t = 0; t < MotionSteps && motion.Kind != MotionKind.Undecided; t++)
            {
                int[] place = [.. state.Zip(axes, (a, axis) => (int)Math.Round((a - axis[0]) / (axis[1] - axis[0])))];
                if (place.Zip(axes).All(side => side.First >= 0 && side.First < side.Second.Length))
                    cells.Add((place[1] * axes[0].Length) + place[0]);
                state = system.Image(state);
            }
        }

        return cells;
    }

    /// <summary>The points of orbits of two variables, as markers in the colour of text.</summary>
    public static Series CreatePoints(string name, IEnumerable<PeriodicOrbit> orbits, Marker mark)
        => new(name, SeriesKind.Dots, [.. orbits.SelectMany(orbit => orbit.Points).Select(ToPoint)], Series.TextColour,
            mark);

    /// <summary>A state of two variables.</summary>
    public static DataPoint ToPoint(double[] state) => new(state[0], state[1]);

    /// <summary>A range with a margin, never empty.</summary>
    public static Interval Widen(Interval interval)
    {
        double margin = interval.Width > 0.0 ? Margin * interval.Width : 1.0;
        return new(interval.Lower - margin, interval.Upper + margin);
    }

    /// <summary>The edges of cells with the given, evenly spaced centres.</summary>
    public static double[] ComputeCellEdges(double[] centres)
    {
        double halfWidth = 0.5 * (centres[1] - centres[0]);
        return [.. centres.Select(centre => centre - halfWidth), centres[^1] + halfWidth];
    }
}
