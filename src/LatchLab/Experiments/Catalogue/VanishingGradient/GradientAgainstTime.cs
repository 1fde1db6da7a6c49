using LatchLab.Dynamics;
using LatchLab.Experiments.Catalogue.Figure3;
using LatchLab.Experiments.Results;
using LatchLab.Experiments.Statistics;
using LatchLab.Numerics;

namespace LatchLab.Experiments.Catalogue.VanishingGradient;

/// <summary>
/// What becomes of ∂a_t/∂a_0: inside Γ, in β outside Γ, and on the boundary of two basins (Theorem 4 and the Lemma);
/// in the marginal case between them; where the proofs have gaps; and on a walk between attractors.
/// </summary>
public sealed class GradientAgainstTime : IExhibit
{
    private const int Steps = 60;
    private const int MarginalSteps = 10_000;
    private const int PowerLawFrom = 1000;      // the first step of the fit; before it, a_0 is still felt
    private const int LatchingSteps = 40;       // beside the marginal case: enough to see the difference
    private const double MarginalStart = 1.0;

    /// <inheritdoc/>
    public string Id => "vanishing-gradient";

    /// <inheritdoc/>
    public string Title => "Gradients vanish where memory is robust";

    /// <inheritdoc/>
    public IEnumerable<ReportedSetting> Choices =>
    [
        Fixed("steps", LatchedClaims.Steps, "claim 5: steps of an orbit"),
        Fixed("boundary-steps", BoundaryClaims.Steps, "claim 6: steps of an orbit on a boundary"),
        Fixed("share-of-bound", LatchedClaims.ShareOfBound, "claim 5: noise, in parts of the bound of Theorem 3"),
        Fixed("kept-ratio", LatchedClaims.KeptRatio,
            "claim 5: ratio of the gradients at T and T/2 above which a construction keeps it"),
        Fixed("edge-weight", ProofGaps.Weight, "claim 5: w of the neuron at the edge of Γ"),
        Fixed("cross-weight", ProofGaps.CrossWeight, "claim 5: weight between the two units that are switched"),
        Fixed("low", ProofGaps.Low, "claim 5: activation of one of them, in turn"),
        Fixed("high", ProofGaps.High, "claim 5: activation of the other"),
        Fixed("period-weight", ProofGaps.NegativeWeight, "claim 5: w of the neuron with an orbit of period 2"),
        Fixed("period-bias", ProofGaps.Bias, "claim 5: its bias"),
        Fixed("near-saddle", ProofGaps.NearSaddle, "claim 6: c where the gradient grows on the boundary"),
        Fixed("far-out", ProofGaps.FarOut, "claim 6: c where it falls"),
        Fixed("walks", AutomatonWalk.Walks, "claim 17: random walks of the automaton"),
        Fixed("walk-noise", AutomatonWalk.Noise, "claim 17: half the width of its input noise, as in Section V-E"),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Sweep> Plan(Study study) => [];

    /// <inheritdoc/>
    public Findings Analyse(Study study, ulong seed, IReadOnlyList<SweepOutcomes> outcomes)
    {
        IReadOnlyList<LatchedSystem> systems = LatchedSystem.Random(seed, study.Fineness.Theory.RandomSystems);
        LatchedSystem network = AsymmetricNetwork.Create();
        AutomatonWalk walk = AutomatonWalk.Of(seed);
        IReadOnlyList<double> marginal = Neuron(1.0), latching = Neuron(1.25);
        Chart[] charts =
        [
            new("latched, passing and on the boundary", Time, Gradient, [.. OfNetwork(network, seed)]),
            new("the marginal case", new Axis("t", Logarithmic: true), new Axis("log₁₀ |∂aₜ/∂a₀|"), [.. OfNeurons(marginal, latching)]),
            new("gaps of the proofs", Time, Gradient, [.. OfGaps()]),
            new("a walk between attractors", new Axis("|∂aₜ/∂aₜ₋₁|", Logarithmic: true),
                new Axis("share of the steps", 0.0, 1.0), [.. walk.Draw()]),
        ];
        var figure = new Figure(
            Id,
            Title,
            $"‖∂a_t/∂a_0‖ along orbits; states are activations, logarithms to base 10. Top left: the network of Figure " +
                $"3, with noise of {Words.Short(LatchedClaims.ShareOfBound)} of the bound of Theorem 3 where noise is named. Top " +
                $"right: the neuron a ← w·tanh a from a_0 = {Words.Short(MarginalStart)}. Bottom left: systems that " +
                "meet the hypotheses of Theorem 4 and of the Lemma as they are written. Bottom right: every step of " +
                $"{AutomatonWalk.Walks} random walks of the network that computes parity, the share that has at most " +
                $"this derivative. Claims: {systems.Count} random systems; seed {seed}.",
            charts,
            Columns: 2,
            new Table(
                ["panel", "series", "x", "y"],
                [
                    .. from chart in charts
                       from series in chart.Series
                       from point in series.Points
                       select (IReadOnlyList<string>)
                           [chart.Title, series.Name, Table.Number(point.X), Table.Number(point.Y)],
                ]))
        {
            Remark = Explain(network, marginal),
        };
        return new(
            [figure],
            [.. LatchedClaims.Judge(systems, seed), .. BoundaryClaims.Judge(systems, seed), .. walk.Judge()]);
    }

    private static Axis Time => new("t");

    private static Axis Gradient => new("log₁₀ ‖∂aₜ/∂a₀‖");

    private static IEnumerable<Series> OfNetwork(LatchedSystem network, ulong seed)
    {
        PeriodicOrbit attractor = network.Sets.Attractors[0];
        Contraction bound = Contraction.Best(network.System, attractor.Points);
        DisturbedOrbit noisy = DisturbedOrbit.Of(
            network.System,
            attractor.Points[0],
            [.. Enumerable.Repeat(LatchedClaims.ShareOfBound * bound.Noise, Steps)],
            Disturbance.Random,
            new TrialRandom(seed, LatchedSystem.RandomWord, Trial: 0).Uniforms(Purpose.Disturbance, item: 2));
        IReadOnlyList<double> boundary = BoundaryClaims.Track(network).LogGradients;
        yield return Curve("on the boundary", boundary, 3);
        yield return Curve(
            "in β, outside Γ", DrivenOrbit.Of(network.System, AsymmetricNetwork.Outside, Steps).LogGradients, 1);
        yield return Curve(
            "latched, with noise",
            DrivenOrbit.Of(network.System, attractor.Points[0], noisy.Inputs).LogGradients,
            0);
        yield return new Series(
            "latched: spectral radius to the power t",
            SeriesKind.Bound,
            [
                .. Enumerable.Range(0, Steps + 1)
                    .Select(t => new DataPoint(t, t * Ln(attractor.SpectralRadius) / Ln10)),
            ],
            0);
    }

    private static IEnumerable<Series> OfNeurons(IReadOnlyList<double> marginal, IReadOnlyList<double> latching)
    {
        double last = marginal[MarginalSteps];
        yield return new Series(
            "t to the power −3/2",
            SeriesKind.Bound,
            [
                .. Thinned(MarginalSteps).Where(t => t >= 10)
                    .Select(t => new DataPoint(t, (last - (1.5 * Ln((double)t / MarginalSteps))) / Ln10)),
            ],
            Series.Grey);
        yield return Sparse("w = 1", marginal, 0);
        yield return Sparse("w = 1.25", [.. latching.Take(LatchingSteps)], 1);
    }

    private static IEnumerable<Series> OfGaps()
    {
        ProofGaps.Driven switching = ProofGaps.Switching(Steps);
        LatchedSystem period = ProofGaps.LopsidedPeriod();
        yield return Curve("two states of Γ in turn", switching.Orbit().LogGradients, 0);
        yield return Curve("to the edge of Γ", ProofGaps.EdgeOfLatching(Steps).Orbit().LogGradients, 1);
        yield return Curve(
            "on the boundary, pushed",
            ProofGaps.AlongBoundary(ProofGaps.FarOut, Steps).Orbit().LogGradients,
            3);
        yield return Curve(
            "period 2",
            DrivenOrbit.Of(period.System, SteepestPoint(period), Steps).LogGradients,
            2);
        yield return new Series(
            "two states of Γ: first of them, no inputs",
            SeriesKind.Bound,
            Points(DrivenOrbit.Of(switching.System.System, switching.Start, Steps).LogGradients),
            0);
    }

    private static double[] SteepestPoint(LatchedSystem period)
        => period.Sets.Attractors.Single(attractor => attractor.Period == 2).Points
            .MaxBy(point => Math.Abs(period.System.Jacobian(point)[0]))!;

    private static IReadOnlyList<double> Neuron(double weight)
        => DrivenOrbit.Of(LatchedSystem.SystemOf([weight], 0.0), [MarginalStart], MarginalSteps).LogGradients;

    private static Series Curve(string name, IReadOnlyList<double> logGradients, int colour)
        => new(name, SeriesKind.Path, Points(logGradients), colour);

    private static Series Sparse(string name, IReadOnlyList<double> logGradients, int colour)
        => new(
            name,
            SeriesKind.Path,
            [.. Thinned(logGradients.Count - 1).Select(t => new DataPoint(t, logGradients[t] / Ln10))],
            colour);

    private static DataPoint[] Points(IReadOnlyList<double> logGradients)
        => [.. logGradients.Select((value, t) => new DataPoint(t, value / Ln10))];

    /// <summary>Steps from 1 on in ratios of about 1.2.</summary>
    private static IEnumerable<int> Thinned(int last)
    {
        for (int t = 1; t < last; t = Math.Max(t + 1, t * 6 / 5))
            yield return t;
        yield return last;
    }

    private static string Explain(LatchedSystem network, IReadOnlyList<double> marginal)
    {
        double power = LeastSquares.Slope(Enumerable.Range(PowerLawFrom, MarginalSteps - PowerLawFrom)
            .Select(t => (Ln(t), marginal[t])));
        GrowthClaims.Growth passing = GrowthClaims.Growth.Of(network.System, AsymmetricNetwork.Outside);
        double boundary = LatchedClaims.Slope(BoundaryClaims.Track(network).LogGradients);
        return $"On the boundary the gradient grows by a factor of {Words.Short(Factor(boundary))} a step. In β outside " +
            $"Γ it grows to {Words.Short(Factor(passing.Peak))} in {passing.Time} steps and falls then as it does in " +
            $"Γ, by {Words.Short(network.Sets.Attractors[0].SpectralRadius)} a step. At w = 1, where the attractor is " +
            $"not hyperbolic, it falls as t to the power {Words.Short(power)} (−3/2 in the limit): it vanishes, but " +
            "not exponentially.";
    }

    private static double Factor(double logarithm) => Elementary.Exp(new Scalar(logarithm)).Value;

    private static double Ln(double number) => Elementary.Log(new Scalar(number)).Value;

    private static double Ln10 { get; } = Ln(10.0);

    private static ReportedSetting Fixed(string name, double value, string meaning)
        => new("Vanishing gradient", name, Table.Number(value), "decision", meaning);
}
