using LatchLab.Dynamics;
using LatchLab.Experiments.Results;
using LatchLab.Numerics;

namespace LatchLab.Experiments.Catalogue.Figure3;

/// <summary>
/// Figure 3: the basin β and the reduced attracting set Γ of an attractor X, and the ball of uncertainty along an orbit
/// that begins (a) in β outside Γ, where it grows, and (b) in Γ, where it stays bounded; with the radius of both
/// against time, and how much a ball grows that begins near the boundary of β.
/// </summary>
public sealed class BasinsAndBalls : IExhibit
{
    private const double FirstRadius = 0.1;             // of the ball, around a_0
    private const double TinyRadius = 1e-3;             // of the ball without noise: its image is nearly an ellipse
    private const int Steps = 12;
    private const int Drawn = 3;                        // the last t of which the ball is drawn

    private static readonly Interval[] Whole = [new(-4.0, 4.0), new(-3.5, 3.5)];
    private static readonly Interval[] AroundOutside = [new(-2.6, -0.2), new(-0.4, 2.0)];
    private static readonly Interval[] AroundInside = [new(-3.8, -1.4), new(0.8, 3.2)];

    /// <inheritdoc/>
    public string Id => "figure-3";

    /// <inheritdoc/>
    public string Title => "Figure 3: basin of attraction, reduced attracting set, and balls of uncertainty";

    /// <inheritdoc/>
    public IEnumerable<ReportedSetting> Choices =>
    [
        Fixed("first-radius", FirstRadius, "radius of the ball of uncertainty at t = 0"),
        Fixed("input", AsymmetricNetwork.Input, "u of the network of Figure 3, held"),
        Fixed("points-per-system", GrowthClaims.PointsPerSystem, "claim 3: states of each system for Theorem 1"),
        Fixed("starts-per-system", GrowthClaims.StartsPerSystem, "claim 3: starts in β outside Γ of each system"),
        Fixed("long-time", GrowthClaims.LongTime, "claim 3: steps after which a ball should still be larger"),
        Fixed("doubled", GrowthClaims.Doubled, "claim 3: a factor by which a ball has grown"),
        Fixed("most", GrowthClaims.Most, "claim 3: share of the starts that the interval must lie above or below"),
        Fixed("rate-tolerance", GrowthNearBoundary.Tolerance, "claim 3: how near the growth must be to the saddle's"),
        Fixed("share-of-bound", BoundClaims.ShareOfBound, "claim 4: noise, in parts of the bound of Theorem 3"),
        Fixed("steps", BoundClaims.Steps, "claim 4: steps of an orbit"),
        Fixed("random-units", LatchedSystem.MostUnits, "random systems of Section IV have 1 to so many units"),
        Fixed("random-weights", LatchedSystem.LargestWeight, "their weights are uniform between minus and plus this"),
        Fixed("random-input", LatchedSystem.LargestInput, "their held input likewise"),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Sweep> Plan(Study study) => [];

    /// <inheritdoc/>
    public Findings Analyse(Study study, ulong seed, IReadOnlyList<SweepOutcomes> outcomes)
    {
        LatchedSystem network = AsymmetricNetwork.Create();
        Contraction bound = Contraction.Best(network.System, OrbitFrom(network, AsymmetricNetwork.Inside));
        double noise = BoundClaims.ShareOfBound * bound.Noise;
        BallOfUncertainty Follow(double[] start, double radius, double size)
            => BallOfUncertainty.Of(network.System, start, radius, size, Steps);
        BallOfUncertainty outside = Follow(AsymmetricNetwork.Outside, FirstRadius, noise);
        BallOfUncertainty inside = Follow(AsymmetricNetwork.Inside, FirstRadius, noise);
        BallOfUncertainty quiet = Follow(AsymmetricNetwork.Outside, TinyRadius, 0.0);
        var near = GrowthNearBoundary.Of(network);
        int grid = study.Fineness.Theory.BasinGrid;
        Regions whole = new(network, Whole, grid), left = new(network, AroundOutside, grid),
            right = new(network, AroundInside, grid);
        Chart[] charts =
        [
            new("radius of the ball", new Axis("t"), new Axis("radius", Logarithmic: true),
            [
                Radius("(a) outside Γ", outside, 1),
                Radius("(a) without noise", quiet, 3),
                Radius("(b) inside Γ", inside, 0),
                Series.Level("d of Theorem 3", bound.Distance, 0),
            ]),
            new("growth near the boundary", new Axis("distance δ", Logarithmic: true),
                new Axis("largest growth", Logarithmic: true), [.. near.Draw()]),
        ];
        var figure = new Figure(
            Id,
            Title,
            $"The network a_t = W·tanh(a_(t−1)) + (u, 0), W = [{string.Join(", ", AsymmetricNetwork.Weights.Select(Words.Short))}] row by " +
                $"row, u = {Words.Short(AsymmetricNetwork.Input)}; states are activations; {grid} × " +
                $"{grid} starts a picture. Outlines: {BallOfUncertainty.Points} orbits that begin " +
                $"{Words.Short(FirstRadius)} from a_0 and are pushed away from the undisturbed one (dots), up to t = {Drawn}, by noise of " +
                $"{Words.Short(noise)} a step, in (a) and (b) the same: {Words.Short(BoundClaims.ShareOfBound)} of the bound of " +
                $"Theorem 3 for (b), whose balls of radius d = {Words.Short(bound.Distance)} are drawn as circles. The " +
                $"ball without noise begins with radius {Words.Short(TinyRadius)}. Claims: random systems, seed {seed}.",
            [
                whole.Draw("basins", [.. FixedPoints(network), Orbit(outside), Orbit(inside)]),
                left.Draw("(a) a₀ in β, outside Γ", [.. FixedPoints(network), .. Ball(outside)]),
                right.Draw("(b) a₀ in Γ", [.. FixedPoints(network), .. Ball(inside), Promised(inside, bound)]),
                .. charts,
            ],
            Columns: 3,
            new Table(["panel", "series", "x", "y"], [.. Rows(whole, charts, outside, inside)]))
        {
            Remark = Explain(network, outside, inside, quiet, bound),
        };
        IReadOnlyList<LatchedSystem> systems = LatchedSystem.Random(seed, study.Fineness.Theory.RandomSystems);
        return new(
            [figure],
            [.. GrowthClaims.Judge(systems, seed), near.Judge(), .. BoundClaims.Judge(systems, seed)]);
    }

    private static double[][] OrbitFrom(LatchedSystem network, double[] start)
        => [.. DrivenOrbit.Of(network.System, start, Steps).States];

    private static Series[] FixedPoints(LatchedSystem network)
        =>
        [
            new("attractors", SeriesKind.Dots,
                [.. network.Sets.Attractors.Select(attractor => At(attractor.Points[0]))], Series.Ink,
                Mark.FilledDiamond),
            new("unstable fixed points", SeriesKind.Dots,
                [
                    .. network.Sets.FixedPoints.Orbits.Where(orbit => orbit.Stability == Stability.Unstable)
                        .Select(orbit => At(orbit.Points[0])),
                ],
                Series.Ink,
                Mark.Cross),
        ];

    private static Series Orbit(BallOfUncertainty ball)
        => new("orbit without noise", SeriesKind.Orbit, [.. ball.Orbit.Select(At)], Series.Ink);

    private static Series[] Ball(BallOfUncertainty ball)
        =>
        [
            new("ball of uncertainty", SeriesKind.Outlines,
                [.. ball.Outlines.Take(Drawn + 1).SelectMany(outline => outline.Select(At).Append(Break))],
                Series.Ink),
            Orbit(ball),
        ];

    private static Series Promised(BallOfUncertainty ball, Contraction bound)
        => new("ball of Theorem 3", SeriesKind.Balls,
            [.. ball.Orbit.Take(Drawn + 1).Select(centre => DataPoint.Ball(centre[0], centre[1], bound.Distance))], 3);

    private static DataPoint Break => new(double.NaN, double.NaN);

    private static DataPoint At(double[] state) => new(state[0], state[1]);

    private static Series Radius(string name, BallOfUncertainty ball, int colour)
        => new(name, SeriesKind.Path, [.. ball.Radii.Select((radius, t) => new DataPoint(t, radius))], colour);

    private static IEnumerable<IReadOnlyList<string>> Rows(
        Regions regions, Chart[] charts, BallOfUncertainty outside, BallOfUncertainty inside)
        =>
        [
            .. regions.Rows(),
            .. from panel in new[] { (Name: "a", Ball: outside), (Name: "b", Ball: inside) }
               from outline in panel.Ball.Outlines.Take(Drawn + 1).Index()
               from point in outline.Item
               select (IReadOnlyList<string>)
                   [panel.Name, $"outline at t = {outline.Index}", Table.Number(point[0]), Table.Number(point[1])],
            .. from chart in charts
               from series in chart.Series
               from point in series.Points
               select (IReadOnlyList<string>)
                   [chart.Title, series.Name, Table.Number(point.X), Table.Number(point.Y)],
        ];

    private static string Explain(
        LatchedSystem network,
        BallOfUncertainty outside,
        BallOfUncertainty inside,
        BallOfUncertainty quiet,
        Contraction bound)
    {
        int elsewhere = outside.Outlines[^1].Count(point
            => network.Sets.Destination(point, 1000, out _)?.Orbit != network.Sets.Attractors[0]);
        (int time, double largest) = quiet.Radii.Index().MaxBy(entry => entry.Item);
        return $"(a) The ball reaches a radius of {Words.Short(outside.Radii.Max())}, and {elsewhere} of its " +
            $"{BallOfUncertainty.Points} orbits end at the other attractor. Without noise it grows from " +
            $"{Words.Short(TinyRadius)} to {Words.Short(largest)} in {time} steps and then shrinks: it grows for a " +
            $"finite time. (b) The ball stays within {Words.Short(inside.Radii.Max())} of its centre, and Theorem 3 " +
            $"promises {Words.Short(bound.Distance)}.";
    }

    private static ReportedSetting Fixed(string name, double value, string meaning)
        => new("Figure 3", name, Table.Number(value), "decision", meaning);
}
