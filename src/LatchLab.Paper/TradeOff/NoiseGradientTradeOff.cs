using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.Experiments;
using LatchLab.Paper.Theory;
using LatchLab.Training;

namespace LatchLab.Paper.TradeOff;

/// <summary>
/// The argument of Section IV in one figure: the noise that a memory survives against the gradient that remains through
/// it, over the weight of the single neuron, over the gain of a network, and for random systems.
/// </summary>
public sealed class NoiseGradientTradeOff : IExperiment
{
    private static readonly int[] Lengths = [10, 20, 50, 100];

    /// <inheritdoc/>
    public string Id => "trade-off";

    /// <inheritdoc/>
    public string Title => "Noise survived against remaining gradient";

    /// <inheritdoc/>
    public IEnumerable<ReportedSetting> AdditionalSettings =>
    [
        CreateSetting("real-noise", TradeOffClaims.RobustNoise,
            "claim 5, trade-off: noise that a robust system survives"),
        CreateSetting("long-time", TradeOffClaims.Horizon, "claim 5, trade-off: T"),
        CreateSetting("gradient-still-there", TradeOffClaims.RetainedGradient,
            "claim 5, trade-off: smallest fraction of ∂a_T/∂a_0 that counts as retained"),
        CreateSetting("significance", TradeOffClaims.SignificanceLevel,
            "claim 5, trade-off: largest significant one-sided p-value"),
        CreateSetting("noise-groups", TradeOffClaims.NoiseGroups, "claim 5, trade-off: groups by the noise survived"),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Sweep> Plan(ReproductionSettings settings) => [];

    /// <inheritdoc/>
    public IEnumerable<string> GetUsedSettings(ReproductionSettings settings)
        => ["resolution.random-systems", "resolution.curve-points"];

    /// <inheritdoc/>
    public ExperimentResult Analyze(ReproductionSettings settings, ulong seed, IReadOnlyList<SweepOutcomes> outcomes)
    {
        TheorySize size = settings.Resolution.Theory;
        IReadOnlyList<TradeOffCurves.CurvePoint> neuron = TradeOffCurves.ComputeNeuron(size.CurvePoints);
        IReadOnlyList<TradeOffCurves.CurvePoint> network = TradeOffCurves.ComputeNetwork(size.CurvePoints / 2);
        TradeOffPoint[] random =
        [
            .. AutonomousNetwork.GenerateRandom(seed, size.RandomSystems)
                .Select(system => TradeOffPoint.Evaluate(system, findErasingNoise: false)),
        ];
        TradeOffPoint counterexample = TradeOffPoint.Evaluate(TradeOffCurves.CreateLatchWithSlowUnit(),
            findErasingNoise: false);
        var figure = new Figure(
            Id,
            Title,
            "Noise: the largest magnitude of a term that is added to every activation at every step. Interval " +
                "arithmetic proves which noise never erases the bit; the bound of Theorem 3 is smaller. Gradient: " +
                "∂a_T/∂a_0 at rest at an attractor, the spectral radius to the power T. States are activations. Top: " +
                "the neuron a ← w·tanh a, and the network of Figure 3 with its weights times a gain. Bottom left: " +
                $"the neuron, one point per w. Bottom right: {random.Length} random systems of 1 to " +
                $"{AutonomousNetwork.MaximumUnits} units with several attractors, weights from " +
                $"U[−{NumberFormat.Short(AutonomousNetwork.MaximumWeight)}, " +
                $"{NumberFormat.Short(AutonomousNetwork.MaximumWeight)}], T = {TradeOffClaims.Horizon}; seed {seed}.",
            [
                new Chart("neuron", new Axis("weight w"), new Axis("noise"), [.. CreateNeuronSeries(neuron)]),
                new Chart("two units", new Axis("gain"), new Axis("noise"), [.. CreateNetworkSeries(network)]),
                new Chart(
                    "the trade-off", new Axis("noise survived"), new Axis("log₁₀ of the remaining gradient"),
                    [.. Lengths.Select((length, i) => CreateTradeOffCurve($"T = {length}", neuron, length, i))]),
                new Chart(
                    "random systems", new Axis("noise survived"), new Axis("log₁₀ of the remaining gradient"),
                    [.. CreateRandomSeries(random, neuron, counterexample)]),
            ],
            Columns: 2,
            new Table(
                ["system", "parameter", "noise_survived", "noise_that_erases", "noise_theorem_3", "rate", "log10_left"],
                [
                    .. neuron.Select(entry => CreateRow("neuron", entry)),
                    .. network.Select(entry => CreateRow("two units", entry)),
                    .. random.Select((point, i) => CreateRow("random", new(i, point))),
                    CreateRow("latch beside a slow unit", new(0.0, counterexample)),
                ]))
        {
            Remark = DescribeTradeOff(neuron, network),
        };
        return new([figure], [.. TradeOffClaims.EvaluateClaims(random, counterexample)]);
    }

    private static IEnumerable<Series> CreateNeuronSeries(IReadOnlyList<TradeOffCurves.CurvePoint> neuron)
    {
        yield return new Series(
            "h*, exact",
            SeriesKind.Bound,
            [.. neuron.Select(entry => new DataPoint(entry.Parameter, CriticalInput(entry.Parameter)))],
            Series.Grey);
        yield return CreateCurve("provably survived", neuron, point => point.CertifiedNoise, 0, SeriesKind.Dots);
        yield return CreateCurve("by Theorem 3", neuron, point => point.TheoremNoise, 1);
    }

    private static IEnumerable<Series> CreateNetworkSeries(IReadOnlyList<TradeOffCurves.CurvePoint> network)
    {
        yield return new Series(
            "observed to erase",
            SeriesKind.Bound,
            [.. network.Select(entry => new DataPoint(entry.Parameter, entry.Point.ErasingNoise))],
            Series.Grey);
        yield return CreateCurve("provably survived", network, point => point.CertifiedNoise, 0, SeriesKind.Dots);
        yield return CreateCurve("by Theorem 3", network, point => point.TheoremNoise, 1);
    }

    private static IEnumerable<Series> CreateRandomSeries(
        TradeOffPoint[] random, IReadOnlyList<TradeOffCurves.CurvePoint> neuron, TradeOffPoint counterexample)
    {
        const int length = TradeOffClaims.Horizon;
        yield return Points("random systems", random, 2, Marker.Circle);
        yield return Points("latch beside a slow unit", [counterexample], 3, Marker.Cross);
        yield return CreateTradeOffCurve("single neuron", neuron, length, 0);
        yield return Series.CreateLevel("1 %", Elementary.Log10(TradeOffClaims.RetainedGradient));

        static Series Points(string name, IEnumerable<TradeOffPoint> points, int colour, Marker mark)
            => new(
                name,
                SeriesKind.Dots,
                [
                    .. points.OrderBy(point => point.CertifiedNoise)
                        .Select(
                            point => new DataPoint(point.CertifiedNoise,
                                point.LogGradientAfter(length) / Elementary.Ln10)),
                ],
                colour,
                mark);
    }

    private static Series CreateCurve(
        string name,
        IReadOnlyList<TradeOffCurves.CurvePoint> entries,
        Func<TradeOffPoint, double> value,
        int colour,
        SeriesKind kind = SeriesKind.Curve)
        => new(
            name,
            kind,
            [.. entries.Select(entry => new DataPoint(entry.Parameter, value(entry.Point)))],
            colour);

    private static Series CreateTradeOffCurve(string name, IReadOnlyList<TradeOffCurves.CurvePoint> entries, int length,
        int colour)
        => new(
            name,
            SeriesKind.Curve,
            [.. entries.Select(
                entry => new DataPoint(entry.Point.CertifiedNoise,
                    entry.Point.LogGradientAfter(length) / Elementary.Ln10))],
            colour);

    private static IReadOnlyList<string> CreateRow(string system, TradeOffCurves.CurvePoint entry)
        =>
        [
            system,
            Table.FormatNumber(entry.Parameter),
            Table.FormatNumber(entry.Point.CertifiedNoise),
            Table.FormatNumber(entry.Point.ErasingNoise),
            Table.FormatNumber(entry.Point.TheoremNoise),
            Table.FormatNumber(entry.Point.GradientFactorPerStep),
            Table.FormatNumber(entry.Point.LogGradientAfter(TradeOffClaims.Horizon) / Elementary.Ln10),
        ];

    private static string DescribeTradeOff(
        IReadOnlyList<TradeOffCurves.CurvePoint> neuron, IReadOnlyList<TradeOffCurves.CurvePoint> network)
    {
        double certifiedFraction = neuron.Min(entry => entry.Point.CertifiedNoise / CriticalInput(entry.Parameter));
        double theoremFraction = neuron.Max(entry => entry.Point.TheoremNoise / CriticalInput(entry.Parameter));
        double networkFraction = network.Min(entry => entry.Point.CertifiedNoise / entry.Point.ErasingNoise);
        TradeOffCurves.CurvePoint[] robustNeurons =
            [.. neuron.Where(entry => entry.Point.CertifiedNoise >= TradeOffClaims.RobustNoise)];
        string robust = robustNeurons.Length > 0
            ? $"The first neuron of the curve that survives {NumberFormat.Short(TradeOffClaims.RobustNoise)}, w = " +
                $"{NumberFormat.Short(robustNeurons[0].Parameter)}, keeps " +
                $"{NumberFormat.Short(robustNeurons[0].Point.GradientAfter(10))} of the gradient over 10 steps and " +
                $"{NumberFormat.Short(robustNeurons[0].Point.GradientAfter(TradeOffClaims.Horizon))} over " +
                $"{TradeOffClaims.Horizon}. "
            : "";
        return $"{robust}For the neuron, the proved noise is at least {NumberFormat.Percent(certifiedFraction)} of " +
            $"the exact h*, and the bound of Theorem 3 at most {NumberFormat.Percent(theoremFraction)}. For the " +
            $"network, the proved noise is at least {NumberFormat.Percent(networkFraction)} of a noise that was " +
            "observed to erase its bit.";
    }

    private static double CriticalInput(double weight) => SingleNeuron.Analyze(weight).CriticalInput ?? 0.0;

    private static ReportedSetting CreateSetting(string name, double value, string meaning)
        => new("Trade-off", name, Table.FormatNumber(value), "decision", meaning);
}
