using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Diagnosis;

/// <summary>
/// The basins of attraction of a network of two variables over a parameter: one frame for each of some values. A basin
/// keeps its colour from frame to frame, by the nearest attractor of the frames before.
/// </summary>
public static class BasinAnimation
{
    private const int GridPoints = 201;
    private const int NewtonStarts = 8;
    private const int Orbits = 64;
    private const int ExponentSteps = 2000; // 20 batches of 100 steps

    /// <summary>The id of the figure.</summary>
    public const string Id = "basins";

    private sealed record Frame(double Value, InvariantSets Sets, Basins Basins, IReadOnlySet<int> MotionCells);

    /// <summary>Creates the figure.</summary>
    /// <param name="parameter">The parameter of a network of two variables.</param>
    /// <param name="from">The value of the first frame.</param>
    /// <param name="to">The value of the last frame.</param>
    /// <param name="frames">Number of frames, at least 2.</param>
    /// <param name="options">The box, the steps and the seed of the search.</param>
    /// <param name="threads">Number of threads; it affects only the run time.</param>
    /// <param name="cancellation">Cancels the computation.</param>
    /// <exception cref="ValidationException">The states have no bounds and no box is given.</exception>
    public static Figure Create(
        BifurcationParameter parameter, double from, double to, int frames, BifurcationOptions options,
        int threads = 1, CancellationToken cancellation = default)
    {
        double[] values = InitialConditions.Linspace(new(from, to), frames);
        double[][] axes =
        [
            .. CreateBox(parameter, from, options).Zip(CreateBox(parameter, to, options), Interval.Hull)
                .Select(side => InitialConditions.Linspace(BasinRegions.Widen(side), GridPoints)),
        ];
        var computed = new Frame[frames];
        Parallel.For(
            0, frames, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
            i => computed[i] = Compute(parameter, values[i], axes, options));
        int[][] slots = AssignColours(computed);
        int used = 1 + slots.SelectMany(frame => frame).DefaultIfEmpty(-1).Max();
        List<Region> regions =
        [
            .. Enumerable.Range(0, used).Select(
                slot => new Region($"basin {slot + 1}", slot, $"Γ of basin {slot + 1}")),
        ];
        regions.Add(new("no stable orbit reached", Region.Grey));
        regions.Add(BasinRegions.Motion);
        IReadOnlyList<Panel>[] panels =
            [.. computed.Zip(slots, (frame, colours) => CreatePanel(frame, colours, axes, regions, parameter.Name))];
        return new(
            Id,
            $"Basins of attraction over {parameter.Name}",
            "Activations. Weak shade: basin β; strong shade: reduced attracting set Γ; discs: stable fixed points " +
                $"and periodic orbits. {frames} values of {parameter.Name}, one after the " +
                "other; the first is shown in print and where animations are off.",
            panels[0],
            Columns: 1,
            CreateTable(computed, slots, axes))
        {
            Frames = panels,
        };
    }

    private static IReadOnlyList<Interval> CreateBox(
        BifurcationParameter parameter, double value, BifurcationOptions options)
        => new NetworkDiagnosisOptions { Box = options.Box }.CreateBox(parameter.CreateSystem(value));

    private static Frame Compute(
        BifurcationParameter parameter, double value, double[][] axes, BifurcationOptions options)
    {
        DynamicalSystem system = parameter.CreateSystem(value);
        InvariantSets sets = InvariantSets.Find(system, CreateBox(parameter, value, options), new()
        {
            NewtonStarts = NewtonStarts,
            Orbits = Orbits,
            MaxSteps = options.Discard,
            MotionSteps = ExponentSteps,
            Seed = options.Seed,
        });
        return new(
            value, sets, Basins.Compute(system, sets.Balls, InitialConditions.Grid(axes), options.Discard),
            BasinRegions.FindMotionCells(system, sets, axes));
    }

    /// <summary>
    /// The colour of each ball of each frame, from 0; −1 beyond the last colour. The closest pairs of a ball and an
    /// earlier attractor with a colour are matched first.
    /// </summary>
    private static int[][] AssignColours(Frame[] frames)
    {
        var last = new List<double[]>(); // [colour]: the latest centre
        return [.. frames.Select(frame =>
        {
            int[] colours = [.. frame.Sets.Balls.Select(_ => -1)];
            var pairs = from ball in Enumerable.Range(0, colours.Length)
                        from colour in Enumerable.Range(0, last.Count)
                        orderby PeriodicOrbit.Distance(frame.Sets.Balls[ball].Center, last[colour]), ball, colour
                        select (ball, colour);
            foreach ((int ball, int colour) in pairs)
            {
                if (colours[ball] < 0 && !colours.Contains(colour))
                    colours[ball] = colour;
            }

            foreach ((int ball, TrappingBall center) in frame.Sets.Balls.Index())
            {
                if (colours[ball] >= 0)
                {
                    last[colours[ball]] = center.Center;
                }
                else if (last.Count < BasinRegions.MaximumColored)
                {
                    colours[ball] = last.Count;
                    last.Add(center.Center);
                }
            }

            return colours;
        })];
    }

    private static IReadOnlyList<Panel> CreatePanel(
        Frame frame, int[] colours, double[][] axes, List<Region> regions, string name)
        =>
        [
            new RegionMap(
                $"{name} = {NumberFormat.Short(frame.Value)}",
                BasinRegions.CreateAxis(0),
                BasinRegions.CreateAxis(1),
                BasinRegions.ComputeCellEdges(axes[0]),
                BasinRegions.ComputeCellEdges(axes[1]),
                regions,
                [
                    .. Enumerable.Range(0, frame.Basins.Count).Select(
                        start => frame.MotionCells.Contains(start) ? regions.Count - 1
                            : frame.Basins.Label(start) is >= 0 and var label ? colours[label] : regions.Count - 2),
                ],
                [BasinRegions.CreatePoints("attractor", frame.Sets.Attractors, Marker.Disc)])
            {
                IsCore =
                [
                    .. Enumerable.Range(0, frame.Basins.Count).Select(
                        start => frame.MotionCells.Contains(start) || frame.Basins.IsInReducedSet(start)),
                ],
                HasEqualScales = true,
            },
        ];

    /// <summary>A row for each run of equal cells of each frame.</summary>
    private static Table CreateTable(Frame[] frames, int[][] colours, double[][] axes)
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach ((Frame frame, int[] slots) in frames.Zip(colours))
        {
            string Describe(int start)
                => frame.Basins.Label(start) is >= 0 and var label ? Table.FormatInteger(slots[label] + 1) : "";

            for (int first = 0; first < frame.Basins.Count;)
            {
                int last = first, row = first / GridPoints;
                bool isCore = frame.Basins.IsInReducedSet(first);
                while (last + 1 < (row + 1) * GridPoints && Describe(last + 1) == Describe(first)
                    && frame.Basins.IsInReducedSet(last + 1) == isCore)
                    last++;
                rows.Add(
                [
                    Table.FormatNumber(frame.Value), Table.FormatNumber(axes[1][row]),
                    Table.FormatNumber(axes[0][first % GridPoints]), Table.FormatNumber(axes[0][last % GridPoints]),
                    Describe(first), isCore ? "yes" : "no",
                ]);
                first = last + 1;
            }
        }

        return new(
            [
                "value", "activation_1", "from_activation_0", "to_activation_0", "basin", "in_reduced_attracting_set",
            ],
            rows);
    }
}
