using LatchLab.Figures;

namespace LatchLab.Tests.Reporting;

/// <summary>Small figures of every kind, and a report of them whose texts need escaping everywhere.</summary>
internal static class SampleReports
{
    public static Figure Chart { get; } = new(
        "chart", "Frequency & length", "30 trials a point.",
        [Frequencies("first"), Frequencies("second")], 2,
        new Table(["t", "note"], [["4", "plain"], ["5", "a,\"b\"\nc"]]))
    {
        Remark = "It falls.",
    };

    public static Figure HeatMap { get; } = new(
        "heat-map", "Density", "Nine cells.",
        [
            new HeatMap(
                "", new Axis("initial weight w₀"), new Axis("noise σ"), [0.0, 1.25, 2.5], [0.1, 0.2, 0.3],
                [[0.0, 0.5, 1.0], [double.NaN, 0.25, 1.0], [0.0, 0.0, 0.75]], "frequency of convergence"),
        ],
        1, new Table(["w0"], []));

    public static Figure Diagram { get; } = new(
        "diagram", "A neuron", "One neuron.",
        [
            new Diagram(
                "the latch",
                [new Node("hₜ", 0, 0, IsOutlined: false), new Node("Σ aₜ", 1.5, 0),
                    new Node("", 3, 0, IsOutlined: false)],
                [new Arrow(0, 1, "in"), new Arrow(1, 2, "out"), new Arrow(1, 1, "w"),
                    new Arrow(2, 1, "back", ArcHeight: 1)],
                ["aₜ = w · tanh(aₜ₋₁) + hₜ", "h* ≤ ½ — −x̄, η"]),
        ],
        1, new Table(["t"], []));

    public static Figure Sequences { get; } = new(
        "sequences", "Sequences", "",
        [
            new Chart(
                "", new Axis("time t"), new Axis("input"),
                [
                    new Series("trained", SeriesKind.BoldStems, [new(1, 0.5), new(2, -0.5)], 1),
                    new Series("noise", SeriesKind.Stems, [new(3, 0.25), new(4, -0.25)], 6),
                ]),
        ],
        1, new Table(["t"], []));

    public static IReadOnlyList<Figure> Figures { get; } =
        [Chart, HeatMap, Diagram, Sequences, SampleComparison.Figure, SampleRegions.Figure];

    public static Report Report { get; } = new(
        "The 1994 paper <again> & \"again\"",
        [("Profile", "quick"), ("Seed", "<script>alert(1)</script>")],
        Figures,
        [
            new Claim(1, "It latches.", "Section IV", "", Verdict.Reproduced, "all 961 cells, p < 10⁻⁹"),
            new Claim(2, "It fades, \"always\".", "Figure 2(b)", "variance", Verdict.NotReproduced, "z = 0.4 & more"),
            new Claim(3, "It is slow.", "Section V", "", Verdict.Undecided, "power 0.4"),
        ],
        [new ReportedSetting("Figure 2(a)", "--trials", "18", "paper", "Trials, in each <cell>.")])
    {
        Banner = "A quick run & no verdicts.",
        Summary = [new("It <latches>.", "claims"), new("It fades.")],
        MainFigure = "chart",
    };

    /// <summary>A report about one network: text and tables, a figure, no claims.</summary>
    public static Report Network { get; } = new(
        "Dynamics of latch.json", [("Network", "latch.json")], [SampleRegions.Figure], [], [])
    {
        Sections =
        [
            new ReportSection("attractors", "Attractors & others", ["There are <two>.", "They attract."])
            {
                Table = new ReportTable(
                    ["Kind", "Activation a", "Period"],
                    [["attractor", "−1.915", "1"], ["saddle <1>", "0", "—"]],
                    new Table(["kind", "a"], [["attractor", "-1.9150080481545"], ["saddle", "0"]])),
                Note = "To four digits.",
            },
            new ReportSection("words", "Words", ["Nothing else."]) { Note = "No table." },
        ],
    };

    private static Chart Frequencies(string title) => new(
        title, new Axis("length T", 4, 100, IsLogarithmic: true), new Axis("frequency", 0, 1),
        [
            new Series(
                "descent", SeriesKind.Curve, [new(4, 0.9, 0.8, 0.95), new(20, 0.5, 0.4, 0.6), new(100, 0, 0, 0.1)], 0),
            new Series(
                "annealing", SeriesKind.Curve, [new(4, 1, 0.9, 1), new(20, double.NaN), new(100, 0.4, 0.3, 0.5)], 1),
            new Series("bound", SeriesKind.Bound, [new(4, 1), new(100, 0.1)], 0),
        ]);
}
