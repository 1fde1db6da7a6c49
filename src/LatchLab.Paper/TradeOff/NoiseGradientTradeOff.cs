using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.Claims;
using LatchLab.Paper.Experiments;
using LatchLab.Paper.Theory;
using LatchLab.Training;

namespace LatchLab.Paper.TradeOff;

/// <summary>
/// The argument of Section IV in one figure: the noise that a memory survives against the gradient that remains through
/// it, over the weight of the single neuron, over the gain of a network, and for random systems.
/// </summary>
internal sealed class NoiseGradientTradeOff : IExperiment
{
    private static readonly int[] Lengths = [10, 20, 50, 100];

    private static readonly TableColumns<(string System, TradeOffCurves.CurvePoint Entry)> Columns = new(
        ("system", row => row.System),
        ("parameter", row => row.Entry.Parameter),
        ("noise_survived", row => row.Entry.Point.CertifiedNoise),
        ("noise_that_erases", row => row.Entry.Point.ErasingNoise),
        ("noise_theorem_3", row => row.Entry.Point.TheoremNoise),
        ("rate", row => row.Entry.Point.GradientFactorPerStep),
        ("log10_left", row => row.Entry.Point.LogGradientAfter(TheoryClaims.Horizon) / Elementary.Ln10),
        ("log10_left_of_bit", row => row.Entry.Point.LatchedLogGradient / Elementary.Ln10));

    public string Id => "trade-off";

    public string Title => "Noise survived against remaining gradient";

    public IReadOnlyList<Sweep> Plan(ReproductionSettings settings) => [];

    public IEnumerable<string> GetUsedSettings(ReproductionSettings settings)
        => ["resolution.random-systems", "resolution.curve-points"];

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
        TradeOffPoint latchWithSlowUnit = TradeOffPoint.Evaluate(TradeOffCurves.CreateLatchWithSlowUnit(),
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
                $"{NumberFormat.Short(AutonomousNetwork.MaximumWeight)}], T = {TheoryClaims.Horizon}; seed {seed}.",
            [
                new Chart("neuron", new Axis("weight w"), new Axis("noise"),
                    CreateNoiseSeries(neuron, "h*, exact", entry => CriticalInput(entry.Parameter))),
                new Chart("two units", new Axis("gain"), new Axis("noise"),
                    CreateNoiseSeries(network, "observed to erase", entry => entry.Point.ErasingNoise)),
                new Chart(
                    "the trade-off", new Axis("noise survived"), new Axis("log₁₀ of the remaining gradient"),
                    [.. Lengths.Select((length, i) => CreateTradeOffCurve($"T = {length}", neuron, length, i))]),
                new Chart(
                    "random systems", new Axis("noise survived"), new Axis("log₁₀ of the remaining gradient"),
                    CreateRandomSeries(random, neuron, latchWithSlowUnit)),
            ],
            Columns: 2,
            Columns.CreateTable(
            [
                .. neuron.Select(entry => ("neuron", entry)),
                .. network.Select(entry => ("two units", entry)),
                .. random.Select((point, i) => ("random", new TradeOffCurves.CurvePoint(i, point))),
                ("latch beside a slow unit", new(0.0, latchWithSlowUnit)),
            ]))
        {
            Remark = DescribeTradeOff(neuron, network),
        };
        return new([figure], [.. TradeOffClaims.EvaluateClaims(random, latchWithSlowUnit)]);
    }

    /// <summary>A reference, the noise that is proved, and the bound of Theorem 3, over the parameter.</summary>
    private static Series[] CreateNoiseSeries(
        IReadOnlyList<TradeOffCurves.CurvePoint> entries, string reference,
        Func<TradeOffCurves.CurvePoint, double> referenceNoise)
        =>
        [
            CreateSeries(reference, SeriesKind.Bound, entries, entry => entry.Parameter, referenceNoise, Series.Grey),
            CreateSeries("provably survived", SeriesKind.Dots, entries, entry => entry.Parameter,
                entry => entry.Point.CertifiedNoise, colour: 0),
            CreateSeries("by Theorem 3", SeriesKind.Curve, entries, entry => entry.Parameter,
                entry => entry.Point.TheoremNoise, colour: 1),
        ];

    private static Series[] CreateRandomSeries(
        TradeOffPoint[] random, IReadOnlyList<TradeOffCurves.CurvePoint> neuron, TradeOffPoint latchWithSlowUnit)
    {
        return
        [
            CreatePoints("random systems", random, 2, Marker.Circle),
            CreatePoints("latch beside a slow unit", [latchWithSlowUnit], 3, Marker.Cross),
            CreateTradeOffCurve("single neuron", neuron, TheoryClaims.Horizon, 0),
            Series.CreateLevel("1 %", Elementary.Log10(TheoryClaims.KeptGradient)),
        ];

        static Series CreatePoints(string name, IEnumerable<TradeOffPoint> points, int colour, Marker mark)
            => CreateSeries(name, SeriesKind.Dots, points.OrderBy(point => point.CertifiedNoise),
                point => point.CertifiedNoise,
                point => point.LogGradientAfter(TheoryClaims.Horizon) / Elementary.Ln10, colour, mark);
    }

    private static Series CreateTradeOffCurve(
        string name, IReadOnlyList<TradeOffCurves.CurvePoint> entries, int length, int colour)
        => CreateSeries(name, SeriesKind.Curve, entries, entry => entry.Point.CertifiedNoise,
            entry => entry.Point.LogGradientAfter(length) / Elementary.Ln10, colour);

    private static Series CreateSeries<T>(
        string name, SeriesKind kind, IEnumerable<T> items, Func<T, double> x, Func<T, double> y, int colour,
        Marker? mark = null)
        => new(name, kind, [.. items.Select(item => new DataPoint(x(item), y(item)))], colour, mark);

    private static string DescribeTradeOff(
        IReadOnlyList<TradeOffCurves.CurvePoint> neuron, IReadOnlyList<TradeOffCurves.CurvePoint> network)
    {
        double certifiedFraction = neuron.Min(entry => entry.Point.CertifiedNoise / CriticalInput(entry.Parameter));
        double theoremFraction = neuron.Max(entry => entry.Point.TheoremNoise / CriticalInput(entry.Parameter));
        double networkFraction = network.Min(entry => entry.Point.CertifiedNoise / entry.Point.ErasingNoise);
        TradeOffCurves.CurvePoint[] robustNeurons =
            [.. neuron.Where(entry => entry.Point.CertifiedNoise >= TheoryClaims.RobustNoise)];
        string robust = robustNeurons.Length > 0
            ? $"The first neuron of the curve that survives {NumberFormat.Short(TheoryClaims.RobustNoise)}, w = " +
                $"{NumberFormat.Short(robustNeurons[0].Parameter)}, keeps " +
                $"{NumberFormat.Short(robustNeurons[0].Point.GradientAfter(10))} of the gradient over 10 steps and " +
                $"{NumberFormat.Short(robustNeurons[0].Point.GradientAfter(TheoryClaims.Horizon))} over " +
                $"{TheoryClaims.Horizon}. "
            : "";
        return $"{robust}For the neuron, the proved noise is at least {NumberFormat.Percent(certifiedFraction)} of " +
            $"the exact h*, and the bound of Theorem 3 at most {NumberFormat.Percent(theoremFraction)}. For the " +
            $"network, the proved noise is at least {NumberFormat.Percent(networkFraction)} of a noise that was " +
            "observed to erase its bit.";
    }

    private static double CriticalInput(double weight) => SingleNeuron.Analyze(weight).CriticalInput ?? 0.0;
}
