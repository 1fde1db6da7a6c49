using LatchLab.Dynamics;
using LatchLab.Experiments.Results;
using LatchLab.Numerics;

namespace LatchLab.Experiments.Catalogue.TradeOff;

/// <summary>
/// The argument of Section IV in one picture: the noise that a memory survives against what is left of the gradient
/// through it, over the weight of the single neuron, over the gain of a network, and for random systems.
/// </summary>
public sealed class NoiseAgainstGradient : IExhibit
{
    private static readonly int[] Lengths = [10, 20, 50, 100];

    /// <inheritdoc/>
    public string Id => "trade-off";

    /// <inheritdoc/>
    public string Title => "Noise survived against gradient left";

    /// <inheritdoc/>
    public IEnumerable<ReportedSetting> Choices =>
    [
        Fixed("real-noise", TradeOffClaims.RealNoise, "claim 5, trade-off: noise that a robust system survives"),
        Fixed("long-time", TradeOffClaims.LongTime, "claim 5, trade-off: T"),
        Fixed("gradient-still-there", TradeOffClaims.StillThere, "claim 5, trade-off: the part of ∂a_T/∂a_0 that counts"),
        Fixed("significance", TradeOffClaims.Significance, "claim 5, trade-off: largest one-sided p-value that counts"),
        Fixed("noise-groups", TradeOffClaims.Groups, "claim 5, trade-off: groups by the noise survived"),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Sweep> Plan(Study study) => [];

    /// <inheritdoc/>
    public Findings Analyse(Study study, ulong seed, IReadOnlyList<SweepOutcomes> outcomes)
    {
        TheorySize size = study.Fineness.Theory;
        IReadOnlyList<TradeOffCurves.Entry> neuron = TradeOffCurves.Neuron(size.CurvePoints);
        IReadOnlyList<TradeOffCurves.Entry> network = TradeOffCurves.Network(size.CurvePoints / 2);
        TradeOffPoint[] random =
        [
            .. LatchedSystem.Random(seed, size.RandomSystems)
                .Select(system => TradeOffPoint.Of(system, attacked: false)),
        ];
        TradeOffPoint escaping = TradeOffPoint.Of(TradeOffCurves.LatchBesideSlowUnit(), attacked: false);
        var figure = new Figure(
            Id,
            Title,
            "Noise: an addend of every activation at every step, at most so large. What provably never erases the bit " +
                "is found with interval arithmetic; Theorem 3 gives less. Gradient: ∂a_T/∂a_0 at rest at an attractor, " +
                "the spectral radius to the power T. States are activations. Top: the neuron a ← w·tanh a, and the " +
                "network of Figure 3, its weights times a gain. Bottom left: the neuron again, each w a point. Bottom " +
                $"right: {random.Length} random systems of 1 to {LatchedSystem.MostUnits} units with several " +
                $"attractors, weights from U[−{Words.Short(LatchedSystem.LargestWeight)}, " +
                $"{Words.Short(LatchedSystem.LargestWeight)}], T = {TradeOffClaims.LongTime}; seed {seed}.",
            [
                new Chart("neuron", new Axis("weight w"), new Axis("noise"), [.. OfNeuron(neuron)]),
                new Chart("two units", new Axis("gain"), new Axis("noise"), [.. OfNetwork(network)]),
                new Chart(
                    "the trade-off", new Axis("noise survived"), new Axis("log₁₀ of the gradient left"),
                    [.. Lengths.Select((length, i) => Against($"T = {length}", neuron, length, i))]),
                new Chart(
                    "random systems", new Axis("noise survived"), new Axis("log₁₀ of the gradient left"),
                    [.. OfRandom(random, neuron, escaping)]),
            ],
            Columns: 2,
            new Table(
                ["system", "parameter", "noise_survived", "noise_that_erases", "noise_theorem_3", "rate", "log10_left"],
                [
                    .. neuron.Select(entry => Row("neuron", entry)),
                    .. network.Select(entry => Row("two units", entry)),
                    .. random.Select((point, i) => Row("random", new(i, point))),
                    Row("latch beside a slow unit", new(0.0, escaping)),
                ]))
        {
            Remark = Explain(neuron, network),
        };
        return new([figure], [.. TradeOffClaims.Judge(random, escaping)]);
    }

    private static IEnumerable<Series> OfNeuron(IReadOnlyList<TradeOffCurves.Entry> neuron)
    {
        yield return new Series(
            "h*, exact",
            SeriesKind.Bound,
            [.. neuron.Select(entry => new DataPoint(entry.Parameter, Critical(entry.Parameter)))],
            Series.Grey);
        yield return Curve("provably survived", neuron, point => point.Noise, 0);
        yield return Curve("by Theorem 3", neuron, point => point.Theorem, 1);
    }

    private static IEnumerable<Series> OfNetwork(IReadOnlyList<TradeOffCurves.Entry> network)
    {
        yield return new Series(
            "seen to erase",
            SeriesKind.Bound,
            [.. network.Select(entry => new DataPoint(entry.Parameter, entry.Point.Attack))],
            Series.Grey);
        yield return Curve("provably survived", network, point => point.Noise, 0);
        yield return Curve("by Theorem 3", network, point => point.Theorem, 1);
    }

    private static IEnumerable<Series> OfRandom(
        TradeOffPoint[] random, IReadOnlyList<TradeOffCurves.Entry> neuron, TradeOffPoint escaping)
    {
        const int length = TradeOffClaims.LongTime;
        yield return Points("random systems", random, 2, Mark.Circle);
        yield return Points("latch beside a slow unit", [escaping], 3, Mark.Cross);
        yield return Against("single neuron", neuron, length, 0);
        yield return Series.Level("1 %", Log10(TradeOffClaims.StillThere));

        static Series Points(string name, IEnumerable<TradeOffPoint> points, int colour, Mark mark)
            => new(
                name,
                SeriesKind.Dots,
                [
                    .. points.OrderBy(point => point.Noise)
                        .Select(point => new DataPoint(point.Noise, point.LogLeft(length) / Ln10)),
                ],
                colour,
                mark);
    }

    private static Series Curve(
        string name, IReadOnlyList<TradeOffCurves.Entry> entries, Func<TradeOffPoint, double> value, int colour)
        => new(
            name,
            SeriesKind.Curve,
            [.. entries.Select(entry => new DataPoint(entry.Parameter, value(entry.Point)))],
            colour);

    private static Series Against(string name, IReadOnlyList<TradeOffCurves.Entry> entries, int length, int colour)
        => new(
            name,
            SeriesKind.Curve,
            [.. entries.Select(entry => new DataPoint(entry.Point.Noise, entry.Point.LogLeft(length) / Ln10))],
            colour);

    private static IReadOnlyList<string> Row(string system, TradeOffCurves.Entry entry)
        =>
        [
            system,
            Table.Number(entry.Parameter),
            Table.Number(entry.Point.Noise),
            Table.Number(entry.Point.Attack),
            Table.Number(entry.Point.Theorem),
            Table.Number(entry.Point.Rate),
            Table.Number(entry.Point.LogLeft(TradeOffClaims.LongTime) / Ln10),
        ];

    private static string Explain(
        IReadOnlyList<TradeOffCurves.Entry> neuron, IReadOnlyList<TradeOffCurves.Entry> network)
    {
        double proved = neuron.Min(entry => entry.Point.Noise / Critical(entry.Parameter));
        double ofTheorem = neuron.Max(entry => entry.Point.Theorem / Critical(entry.Parameter));
        double ofNetwork = network.Min(entry => entry.Point.Noise / entry.Point.Attack);
        string robust = neuron.Where(entry => entry.Point.Noise >= TradeOffClaims.RealNoise).ToArray() is { Length: > 0 } all
            ? $"The first neuron of the curve that survives {Words.Short(TradeOffClaims.RealNoise)}, w = " +
                $"{Words.Short(all[0].Parameter)}, keeps {Words.Short(all[0].Point.Left(10))} of the gradient over 10 " +
                $"steps and {Words.Short(all[0].Point.Left(TradeOffClaims.LongTime))} over {TradeOffClaims.LongTime}. "
            : "";
        return $"{robust}What is proved of the neuron reaches at least {Words.Percent(proved)} of the exact h*, " +
            $"Theorem 3 at most {Words.Percent(ofTheorem)}. What is proved of the network reaches at least " +
            $"{Words.Percent(ofNetwork)} of a noise that is seen to erase its bit.";
    }

    private static double Critical(double weight) => SingleNeuron.Of(weight).CriticalInput ?? 0.0;

    private static double Ln10 { get; } = Elementary.Log(new Scalar(10.0)).Value;

    private static double Log10(double number) => Elementary.Log(new Scalar(number)).Value / Ln10;

    private static ReportedSetting Fixed(string name, double value, string meaning)
        => new("Trade-off", name, Table.Number(value), "decision", meaning);
}
