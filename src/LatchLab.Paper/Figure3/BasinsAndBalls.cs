using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.Claims;
using LatchLab.Paper.Experiments;
using LatchLab.Paper.Theory;
using LatchLab.Training;

namespace LatchLab.Paper.Figure3;

/// <summary>
/// Figure 3: the basin β and the reduced attracting set Γ of an attractor X, and the ball of uncertainty along an orbit
/// that starts (a) in β outside Γ, where the ball grows, and (b) in Γ, where it stays bounded. Two charts show the
/// radius of both balls over time, and the growth of balls that start near the boundary of β.
/// </summary>
internal sealed class BasinsAndBalls : IExperiment
{
    private const double InitialRadius = 0.1;    // of the ball around a_0
    // of the ball without noise; its image is nearly an ellipse
    private const double InfinitesimalRadius = 1e-3;
    private const int Steps = 12;
    private const int LastDrawnStep = 3;    // the last t for which the ball is drawn

    private static readonly Interval[] FullView = [new(-4.0, 4.0), new(-3.5, 3.5)];
    private static readonly Interval[] ViewOutsideReducedSet = [new(-2.6, -0.2), new(-0.4, 2.0)];
    private static readonly Interval[] ViewInsideReducedSet = [new(-3.8, -1.4), new(0.8, 3.2)];

    public string Id => "figure-3";

    public string Title => "Figure 3: basin of attraction, reduced attracting set, and balls of uncertainty";

    public IEnumerable<ReportedSetting> AdditionalSettings => FixedSettings.Create("Figure 3",
        ("first-radius", InitialRadius, "radius of the ball of uncertainty at t = 0"),
        ("input", AsymmetricNetwork.Input, "constant input u of the network of Figure 3"),
        ("random-units", AutonomousNetwork.MaximumUnits, "random systems of Section IV have 1 to this many units"),
        ("random-weights", AutonomousNetwork.MaximumWeight,
            "largest magnitude of their weights, which are uniform"),
        ("random-input", AutonomousNetwork.MaximumInput,
            "largest magnitude of their constant input, which is uniform"));

    public IReadOnlyList<Sweep> Plan(ReproductionSettings settings) => [];

    public IEnumerable<string> GetUsedSettings(ReproductionSettings settings)
        => ["resolution.basin-grid", "resolution.random-systems"];

    public ExperimentResult Analyze(ReproductionSettings settings, ulong seed, IReadOnlyList<SweepOutcomes> outcomes)
    {
        AutonomousNetwork network = AsymmetricNetwork.Create();
        Contraction bound = Contraction.FindLargestNoise(network.Dynamics,
            SimulateOrbit(network, AsymmetricNetwork.StateInsideReducedSet));
        double noise = TheoryClaims.FractionOfBound * bound.NoiseBound;
        BallOfUncertainty Propagate(double[] start, double radius, double noiseMagnitude)
            => BallOfUncertainty.Propagate(network.Dynamics, start, radius, noiseMagnitude, Steps);
        BallOfUncertainty outside = Propagate(AsymmetricNetwork.StateOutsideReducedSet, InitialRadius, noise);
        BallOfUncertainty inside = Propagate(AsymmetricNetwork.StateInsideReducedSet, InitialRadius, noise);
        BallOfUncertainty noiseless = Propagate(AsymmetricNetwork.StateOutsideReducedSet, InfinitesimalRadius, 0.0);
        var nearBoundary = GrowthNearBoundary.Compute(network);
        int grid = settings.Resolution.Theory.BasinGrid;
        BasinGrid fullRegions = new(network, FullView, grid),
            outsideRegions = new(network, ViewOutsideReducedSet, grid),
            insideRegions = new(network, ViewInsideReducedSet, grid);
        Chart[] charts =
        [
            new("radius of the ball", new Axis("t"), new Axis("radius", IsLogarithmic: true),
            [
                CreateRadiusSeries("(a) outside Γ", outside, 1),
                CreateRadiusSeries("(a) without noise", noiseless, 3),
                CreateRadiusSeries("(b) inside Γ", inside, 0),
                Series.CreateLevel("d of Theorem 3", bound.Radius, 0),
            ]),
            new("growth near the boundary", new Axis("distance δ", IsLogarithmic: true),
                new Axis("largest growth", IsLogarithmic: true), [.. nearBoundary.ToSeries()]),
        ];
        var figure = new Figure(
            Id,
            Title,
            "The network a_t = W·tanh(a_(t−1)) + (u, 0), W = " +
                $"[{string.Join(", ", AsymmetricNetwork.Weights.Select(NumberFormat.Short))}] row by row, u = " +
                $"{NumberFormat.Short(AsymmetricNetwork.Input)}; states are activations; {grid} × {grid} starts per " +
                $"panel. Outlines: {BallOfUncertainty.OutlinePoints} orbits that start at distance " +
                $"{NumberFormat.Short(InitialRadius)} from a_0 and are pushed away from the unperturbed orbit " +
                $"(dots), up to t = {LastDrawnStep}, by noise of {NumberFormat.Short(noise)} per step. The noise is " +
                $"the same in (a) and (b): {NumberFormat.Short(TheoryClaims.FractionOfBound)} of the bound of " +
                $"Theorem 3 for (b), whose balls of radius d = {NumberFormat.Short(bound.Radius)} are drawn as " +
                $"circles. The ball without noise starts with radius {NumberFormat.Short(InfinitesimalRadius)}. " +
                $"Claims: random systems, seed {seed}.",
            [
                fullRegions.ToRegionMap("basins",
                    [.. CreateFixedPointSeries(network), CreateOrbitSeries(outside), CreateOrbitSeries(inside)]),
                outsideRegions.ToRegionMap("(a) a₀ in β, outside Γ",
                    [.. CreateFixedPointSeries(network), .. CreateBallSeries(outside)]),
                insideRegions.ToRegionMap("(b) a₀ in Γ",
                    [.. CreateFixedPointSeries(network), .. CreateBallSeries(inside),
                        CreateGuaranteedBallSeries(inside, bound)]),
                .. charts,
            ],
            Columns: 3,
            new Table(["panel", "series", "x", "y"], [.. CreateRows(fullRegions, charts, outside, inside)]))
        {
            Remark = DescribeBalls(network, outside, inside, noiseless, bound),
        };
        IReadOnlyList<AutonomousNetwork> systems = AutonomousNetwork.GenerateRandom(seed,
            settings.Resolution.Theory.RandomSystems);
        return new(
            [figure],
            [.. GrowthClaims.EvaluateClaims(systems, seed), nearBoundary.EvaluateClaim(),
                .. BoundClaims.EvaluateClaims(systems, seed)]);
    }

    private static double[][] SimulateOrbit(AutonomousNetwork network, double[] start)
        => [.. DrivenOrbit.Simulate(network.Dynamics, start, Steps).States];

    private static Series[] CreateFixedPointSeries(AutonomousNetwork network)
        =>
        [
            new("attractors", SeriesKind.Dots,
                [.. network.InvariantSets.Attractors.Select(attractor => ToPoint(attractor.Points[0]))],
                Series.TextColour,
                Marker.FilledDiamond),
            new("unstable fixed points", SeriesKind.Dots,
                [
                    .. network.InvariantSets.FixedPoints.Orbits.Where(orbit => orbit.Stability == Stability.Unstable)
                        .Select(orbit => ToPoint(orbit.Points[0])),
                ],
                Series.TextColour,
                Marker.Cross),
        ];

    private static Series CreateOrbitSeries(BallOfUncertainty ball)
        => new("orbit without noise", SeriesKind.Orbit, [.. ball.Orbit.Select(ToPoint)], Series.TextColour);

    private static Series[] CreateBallSeries(BallOfUncertainty ball)
        =>
        [
            new("ball of uncertainty", SeriesKind.Outlines,
                [.. ball.Outlines.Take(LastDrawnStep + 1).SelectMany(outline => outline.Select(ToPoint).Append(Gap))],
                Series.TextColour),
            CreateOrbitSeries(ball),
        ];

    private static Series CreateGuaranteedBallSeries(BallOfUncertainty ball, Contraction bound)
        => new("ball of Theorem 3", SeriesKind.Balls,
            [.. ball.Orbit.Take(LastDrawnStep + 1).Select(
                centre => DataPoint.CreateBall(centre[0], centre[1], bound.Radius))], 3);

    private static DataPoint Gap => new(double.NaN, double.NaN);

    private static DataPoint ToPoint(double[] state) => new(state[0], state[1]);

    private static Series CreateRadiusSeries(string name, BallOfUncertainty ball, int colour)
        => new(name, SeriesKind.Path, [.. ball.Radii.Select((radius, t) => new DataPoint(t, radius))], colour);

    private static IEnumerable<IReadOnlyList<string>> CreateRows(
        BasinGrid regions, Chart[] charts, BallOfUncertainty outside, BallOfUncertainty inside)
        =>
        [
            .. regions.CreateRows(),
            .. from panel in new[] { (Name: "a", Ball: outside), (Name: "b", Ball: inside) }
               from outline in panel.Ball.Outlines.Take(LastDrawnStep + 1).Index()
               from point in outline.Item
               select (IReadOnlyList<string>)
                   [panel.Name, $"outline at t = {outline.Index}", Table.FormatNumber(point[0]),
                       Table.FormatNumber(point[1])],
            .. CreateRows(charts),
        ];

    /// <summary>One row per point of each chart: panel, series, x, y.</summary>
    internal static IEnumerable<IReadOnlyList<string>> CreateRows(IEnumerable<Chart> charts)
        => from chart in charts
           from series in chart.Series
           from point in series.Points
           select (IReadOnlyList<string>)
               [chart.Title, series.Name, Table.FormatNumber(point.X), Table.FormatNumber(point.Y)];

    private static string DescribeBalls(
        AutonomousNetwork network,
        BallOfUncertainty outside,
        BallOfUncertainty inside,
        BallOfUncertainty noiseless,
        Contraction bound)
    {
        int reachingOtherAttractor = outside.Outlines[^1].Count(point
            => network.InvariantSets.FindDestination(point, 1000, out _)?.Orbit != network.InvariantSets.Attractors[0]);
        (int peakTime, double largest) = noiseless.Radii.Index().MaxBy(entry => entry.Item);
        return $"(a) The ball reaches a radius of {NumberFormat.Short(outside.Radii.Max())}, and " +
            $"{reachingOtherAttractor} of its {BallOfUncertainty.OutlinePoints} orbits converge to the other " +
            $"attractor. Without noise it grows from {NumberFormat.Short(InfinitesimalRadius)} to " +
            $"{NumberFormat.Short(largest)} in {peakTime} steps and then shrinks: it grows for a finite time. (b) " +
            $"The ball stays within {NumberFormat.Short(inside.Radii.Max())} of its centre; the bound of Theorem 3 " +
            $"is {NumberFormat.Short(bound.Radius)}.";
    }
}
