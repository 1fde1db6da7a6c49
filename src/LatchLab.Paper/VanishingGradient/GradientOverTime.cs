using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.Claims;
using LatchLab.Paper.Experiments;
using LatchLab.Paper.Figure3;
using LatchLab.Paper.Theory;
using LatchLab.Statistics;
using LatchLab.Training;

namespace LatchLab.Paper.VanishingGradient;

/// <summary>
/// The gradient ∂a_t/∂a_0 over time: inside Γ, in β outside Γ, and on the boundary of two basins (Theorem 4 and the
/// Lemma); in the marginal case w = 1; for the counterexamples to the proofs; and on a walk between attractors.
/// </summary>
internal sealed class GradientOverTime : IExperiment
{
    private const int Steps = 60;
    private const int MarginalSteps = 10_000;
    private const int PowerLawFirstStep = 1000;  // the first step of the fit; earlier steps depend on a_0
    private const int LatchedSteps = 40;         // of the latching neuron, for comparison with the marginal case
    private const double MarginalInitialState = 1.0;

    public string Id => "vanishing-gradient";

    public string Title => "Gradients vanish where memory is robust";

    public IEnumerable<ReportedSetting> AdditionalSettings => FixedSettings.Create("Vanishing gradient",
        ("edge-weight", Counterexamples.MarginalWeight, "claim 5: w of the neuron at the edge of Γ"),
        ("cross-weight", Counterexamples.CrossWeight, "claim 5: weight between the two alternating units"),
        ("low", Counterexamples.LowActivation, "claim 5: activation of one of these units, alternately"),
        ("high", Counterexamples.HighActivation, "claim 5: activation of the other unit"),
        ("period-weight", Counterexamples.PeriodTwoWeight, "claim 5: w of the neuron with an orbit of period 2"),
        ("period-bias", Counterexamples.PeriodTwoBias, "claim 5: bias of this neuron"),
        ("near-saddle", Counterexamples.NearSaddleActivation, "claim 6: c where the gradient grows on the boundary"),
        ("far-out", Counterexamples.SaturatedActivation, "claim 6: c where the gradient falls"),
        ("walks", AutomatonWalk.SequenceCount, "claim 17: random walks of the automaton"),
        ("walk-noise", AutomatonWalk.InputNoise, "claim 17: half the width of its input noise, as in Section V-E"));

    public IReadOnlyList<Sweep> Plan(ReproductionSettings settings) => [];

    public IEnumerable<string> GetUsedSettings(ReproductionSettings settings)
        => ["resolution.random-systems"];

    public ExperimentResult Analyze(ReproductionSettings settings, ulong seed, IReadOnlyList<SweepOutcomes> outcomes)
    {
        IReadOnlyList<AutonomousNetwork> systems = AutonomousNetwork.GenerateRandom(seed,
            settings.Resolution.Theory.RandomSystems);
        AutonomousNetwork network = AsymmetricNetwork.Create();
        DrivenOrbit boundary = BoundaryClaims.TrackBoundary(network);
        AutomatonWalk automatonWalk = AutomatonWalk.Simulate(seed);
        IReadOnlyList<double> marginal = ComputeNeuronGradient(1.0), latching = ComputeNeuronGradient(1.25);
        Chart[] charts =
        [
            new("latched, transient and on the boundary", new Axis("t"), new Axis("log₁₀ ‖∂aₜ/∂a₀‖"),
                CreateNetworkSeries(network, boundary, seed)),
            new("the marginal case", new Axis("t", IsLogarithmic: true), new Axis("log₁₀ |∂aₜ/∂a₀|"),
                CreateNeuronSeries(marginal, latching)),
            new("gaps in the proofs", new Axis("t"), new Axis("log₁₀ ‖∂aₜ/∂a₀‖"), CreateCounterexampleSeries()),
            new("a walk between attractors", new Axis("|∂aₜ/∂aₜ₋₁|", IsLogarithmic: true),
                new Axis("share of the steps", 0.0, 1.0), [.. automatonWalk.ToSeries()]),
        ];
        var figure = new Figure(
            Id,
            Title,
            "‖∂a_t/∂a_0‖ along orbits; states are activations, logarithms to base 10. Top left: the network of " +
                $"Figure 3; {BoundaryClaims.DescribeTracking(boundary)}; with noise of " +
                $"{NumberFormat.Short(TheoryClaims.FractionOfBound)} of the bound of Theorem 3 where " +
                "the legend names noise. Top right: the neuron a ← w·tanh a from a_0 = " +
                $"{NumberFormat.Short(MarginalInitialState)}. Bottom left: systems that meet the hypotheses of " +
                "Theorem 4 and of the Lemma as stated. Bottom right: the share of all steps of " +
                $"{AutomatonWalk.SequenceCount} random walks of the network that computes parity whose derivative is " +
                $"at most x. Claims: {systems.Count} random systems; seed {seed}.",
            charts,
            Columns: 2,
            new Table(["panel", "series", "x", "y"], [.. BasinsAndBalls.CreateRows(charts)]))
        {
            Remark = DescribeRates(network, boundary, marginal),
        };
        return new(
            [figure],
            [.. LatchedClaims.EvaluateClaims(systems, seed), .. BoundaryClaims.EvaluateClaims(systems),
                .. automatonWalk.EvaluateClaims()]);
    }

    private static Series[] CreateNetworkSeries(AutonomousNetwork network, DrivenOrbit boundary, ulong seed)
    {
        PeriodicOrbit attractor = network.InvariantSets.Attractors[0];
        Contraction bound = Contraction.FindLargestNoise(network.Dynamics, attractor.Points);
        UniformStream random = new TrialRandom(seed, AutonomousNetwork.RandomWord, Trial: 0)
            .CreateUniformStream(Purpose.Perturbation, item: 2);
        double slope = Elementary.Log(attractor.SpectralRadius);
        return
        [
            CreateSeries("on the boundary", boundary, 3),
            CreateSeries("in β, outside Γ",
                DrivenOrbit.Simulate(network.Dynamics, AsymmetricNetwork.StateOutsideReducedSet, Steps), 1),
            CreateSeries("latched, with noise",
                LatchedClaims.SimulateBelowBound(network, attractor, bound, Steps, random), 0),
            new("latched: spectral radius to the power t", SeriesKind.Bound,
                CreatePoints(Enumerable.Range(0, Steps + 1).Select(t => t * slope)), 0),
        ];
    }

    private static Series[] CreateNeuronSeries(IReadOnlyList<double> marginal, IReadOnlyList<double> latching)
    {
        double last = marginal[MarginalSteps];
        return
        [
            new("t to the power −3/2", SeriesKind.Bound,
                [
                    .. from t in LogSpacedSteps(MarginalSteps)
                       where t >= 10
                       let logGradient = last - (1.5 * Elementary.Log((double)t / MarginalSteps))
                       select new DataPoint(t, logGradient / Elementary.Ln10),
                ],
                Series.Grey),
            CreateLogSpacedSeries("w = 1", marginal, 0),
            CreateLogSpacedSeries("w = 1.25", [.. latching.Take(LatchedSteps)], 1),
        ];
    }

    private static Series[] CreateCounterexampleSeries()
    {
        Counterexamples.DrivenTrajectory switching = Counterexamples.CreateAlternating(Steps);
        AutonomousNetwork period = Counterexamples.CreateAsymmetricPeriodTwo();
        DrivenOrbit undriven = DrivenOrbit.Simulate(switching.System.Dynamics, switching.Start, Steps);
        return
        [
            CreateSeries("two states of Γ alternately", switching.ComputeOrbit(), 0),
            CreateSeries("to the edge of Γ", Counterexamples.CreateEdgeOfReducedSet(Steps).ComputeOrbit(), 1),
            CreateSeries("on the boundary, pushed",
                Counterexamples.CreateAlongBoundary(Counterexamples.SaturatedActivation, Steps).ComputeOrbit(), 3),
            CreateSeries("period 2", DrivenOrbit.Simulate(period.Dynamics, FindSteepestPoint(period), Steps), 2),
            new("two states of Γ: first of them, no inputs", SeriesKind.Bound,
                CreatePoints(undriven.LogGradientNorms), 0),
        ];
    }

    private static double[] FindSteepestPoint(AutonomousNetwork period)
        => period.InvariantSets.Attractors.Single(attractor => attractor.Period == 2).Points
            .MaxBy(point => Math.Abs(period.Dynamics.Jacobian(point)[0]))!;

    private static IReadOnlyList<double> ComputeNeuronGradient(double weight)
        => DrivenOrbit.Simulate(AutonomousNetwork.CreateDynamics([weight], 0.0), [MarginalInitialState],
            MarginalSteps).LogGradientNorms;

    private static Series CreateSeries(string name, DrivenOrbit orbit, int colour)
        => new(name, SeriesKind.Path, CreatePoints(orbit.LogGradientNorms), colour);

    private static Series CreateLogSpacedSeries(string name, IReadOnlyList<double> logGradients, int colour)
        => new(
            name,
            SeriesKind.Path,
            [.. from t in LogSpacedSteps(logGradients.Count - 1)
                select new DataPoint(t, logGradients[t] / Elementary.Ln10)],
            colour);

    private static DataPoint[] CreatePoints(IEnumerable<double> logGradients)
        => [.. logGradients.Select((value, t) => new DataPoint(t, value / Elementary.Ln10))];

    /// <summary>Steps from 1 on in ratios of about 1.2.</summary>
    private static IEnumerable<int> LogSpacedSteps(int last)
    {
        for (int t = 1; t < last; t = Math.Max(t + 1, t * 6 / 5))
            yield return t;
        yield return last;
    }

    private static string DescribeRates(
        AutonomousNetwork network, DrivenOrbit boundary, IReadOnlyList<double> marginal)
    {
        double power = LeastSquares.ComputeSlope(Enumerable.Range(PowerLawFirstStep, MarginalSteps - PowerLawFirstStep)
            .Select(t => (Elementary.Log(t), marginal[t])));
        GrowthClaims.BallGrowth transientGrowth = GrowthClaims.BallGrowth.Compute(network.Dynamics,
            AsymmetricNetwork.StateOutsideReducedSet);
        double boundarySlope = LeastSquares.ComputeSlope(boundary.LogGradientNorms);
        return "On the boundary the gradient grows by a factor of " +
            $"{NumberFormat.Short(Elementary.Exp(boundarySlope))} per step. In β outside Γ it grows to " +
            $"{NumberFormat.Short(Elementary.Exp(transientGrowth.MaximumLogGrowth))} in {transientGrowth.PeakTime} " +
            "steps and then falls as in Γ, by a factor of " +
            $"{NumberFormat.Short(network.InvariantSets.Attractors[0].SpectralRadius)} per step. At w = 1, where the " +
            $"attractor is not hyperbolic, it falls as t to the power {NumberFormat.Short(power)} (−3/2 in the " +
            "limit): it vanishes, but not exponentially.";
    }
}
