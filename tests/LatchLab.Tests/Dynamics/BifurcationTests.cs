using System.Globalization;
using LatchLab.Diagnosis;
using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Networks;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>Bifurcation diagrams against the exact ones of x ← tanh(w·x + h).</summary>
public sealed class BifurcationTests
{
    private static readonly LatchDefinition Neuron = new("tanh", 1.0, []);

    [Fact]
    public void The_neuron_has_a_pitchfork_at_w_1_and_a_period_doubling_at_w_minus_1()
    {
        foreach (BifurcationColumn column in Compute(Neuron, "w", -2.0, 2.0, 41))
        {
            double w = column.Value;
            Branch[] attractors = [.. column.Branches.Where(branch => branch.IsAttractor)];
            if (Math.Abs(Math.Abs(w) - 1.0) < 1e-9)
            {
                // at the bifurcation 0 is marginal, and orbits approach it like 1/√t
                Assert.Equal(BranchKind.MarginalFixedPoint, Assert.Single(column.Branches).Kind);
                Assert.Equal("1 marginal fixed point", BifurcationReport.Describe(column));
                continue;
            }

            double root = Bisect(Math.Abs(w));
            double[] points = [.. attractors.SelectMany(branch => branch.Outputs[0]).Order()];
            double[] expected = Math.Abs(w) < 1.0 ? [0.0] : [-root, root];
            Assert.Equal(w > 1.0 ? 2 : 1, attractors.Length);
            Assert.All(attractors, branch => Assert.Equal(w < -1.0 ? 2 : 1, branch.Period));

            // Newton's method leaves rounding errors of some 1e-16, divided by 1 − f′ ≥ 0.09 at |w| = 1.05 or more.
            Assert.Equal(expected, points, (a, b) => Math.Abs(a - b) < 1e-13);

            // λ = ln |f′| at the points, and ±root have the same derivative w(1 − root²)
            if (w != 0.0)
            {
                double exponent = Math.Log(Math.Abs(w) * (1.0 - (expected[^1] * expected[^1])));
                Assert.All(attractors, branch => Assert.Equal(exponent, branch.Exponent, 1e-11));
            }
        }
    }

    [Fact]
    public void The_unstable_branch_of_the_pitchfork_is_the_origin()
    {
        BifurcationColumn column = Compute(Neuron, "w", 1.5, 2.0, 2)[0];
        Branch origin = Assert.Single(column.Branches, branch => branch.Kind == BranchKind.UnstableFixedPoint);
        Assert.Equal(0.0, origin.Outputs[0].Single(), 1e-15);
        Assert.Equal(Math.Log(1.5), origin.Exponent, 1e-14);
    }

    [Fact]
    public void No_unstable_branch_has_a_hole()
    {
        // Eight Newton starts miss some of the points at most of these values.
        var network = new FullyConnectedDefinition(
            "tanh", 3, input: 0, outputs: [0], weights: [1.8, -1.1, 0.3, 0.9, 1.5, -0.6, -0.4, 0.7, 2.0]);
        IReadOnlyList<BifurcationColumn> diagram = Compute(network, "gain", 2.1, 3.0, 30);
        Assert.All(
            diagram, column => Assert.Equal(IndexVerdict.ConsistentWithComplete, column.FixedPointIndices));
        int[] counts = [.. diagram.Select(
            column => column.Branches.Count(branch => branch.Kind == BranchKind.UnstableFixedPoint))];
        Assert.True(counts[0] >= 5);
        Assert.Single(counts.Distinct());
    }

    // To the left of 0 the derivative of x ← relu(w·x) is 0 and to the right w.
    [Fact]
    public void A_fixed_point_at_the_kink_of_a_relu_unit_is_stable_for_w_below_1_and_else_marginal()
    {
        BifurcationColumn[] columns = [.. BifurcationDiagram.Compute(
            BifurcationParameter.Find(new LatchDefinition("relu", 1.0, []), null, "w"), 0.85, 1.2, [0],
            new() { Columns = 2, Box = 4.0 }, cancellation: TestContext.Current.CancellationToken)];
        Assert.Equal(["1 stable fixed point", "1 marginal fixed point, other orbits diverge"],
            columns.Select(BifurcationReport.Describe));
        Assert.Equal(double.NaN, Assert.Single(columns[1].Branches).Exponent);
    }

    /// <summary>
    /// x ← relu(w·x): from every start it is 0 after two steps for w &lt; 0, and for 0 &lt; w &lt; 1 a positive start
    /// shrinks by w a step, a negative one to 0 at once.
    /// </summary>
    [Fact]
    public void The_exponent_at_a_kink_is_that_of_its_slowest_side()
    {
        BifurcationColumn[] columns = ComputeKink(-2.0, 0.75, 12); // at steps of 0.25
        Assert.All(columns, column =>
        {
            Branch branch = Assert.Single(column.Branches);
            Assert.Equal(BranchKind.Periodic, branch.Kind);
            Assert.Equal(column.Value != 0.0, branch.ExponentIsBound);
            Assert.Equal(column.Value > 0.0 ? Math.Log(column.Value) : double.NegativeInfinity, branch.Exponent, 1e-12);
        });
        Report report = BifurcationReport.Create(columns, "w", [0], new() { Columns = 12 }, "n", []);
        Assert.Empty(report.Sections.Single().Table!.Rows);
        Assert.Equal(2, report.Figures[0].Panels.Count);
        Assert.EndsWith(" At 9 values an attractor has λ = −∞, because the derivative of one or several steps is 0, " +
            "which is not drawn. At 3 values an attractor is at a kink of a relu unit, and λ is a bound: that of the " +
            "slowest of its sides.", report.Figures[0].Caption, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_finite_exponent_there_is_no_panel_for_it_and_one_output_has_a_visible_range()
    {
        Figure figure = BifurcationReport.Create(
            ComputeKink(-2.0, -1.0, 2), "w", [0], new() { Columns = 2 }, "n", []).Figures[0];
        var map = Assert.IsType<RegionMap>(Assert.Single(figure.Panels));
        Assert.Equal((-0.5, 0.5), (map.YEdges[0], map.YEdges[^1]));
        Assert.DoesNotContain("Bottom", figure.Caption, StringComparison.Ordinal);
        Assert.Equal("Attractors over w", figure.Title);
    }

    /// <summary>
    /// The bound on the sides of the origin ends at some gain, although all orbits still reach it; where they begin to
    /// diverge, something changes.
    /// </summary>
    [Fact]
    public void The_end_of_a_bound_at_a_kink_is_no_change()
    {
        var network = new FullyConnectedDefinition(
            "relu", 3, 0, [0], [0.0, -2.0, 0.2, 3.0, 0.0, -1.0, -1.0, 0.5, 0.1]);
        BifurcationColumn[] columns = [.. BifurcationDiagram.Compute(
            BifurcationParameter.Find(network, null, "gain"), 0.2, 0.8, [0], new() { Columns = 7, Box = 3.0 },
            cancellation: TestContext.Current.CancellationToken)];
        Assert.Equal(["1 stable fixed point", "1 marginal fixed point"], columns.Select(BifurcationReport.Describe)
            .Distinct());
        Assert.Empty(BifurcationReport.CreateChanges(columns, "gain").Table!.Rows);
        Assert.Single(BifurcationReport.CreateChanges(ComputeKink(0.75, 1.25, 2), "w").Table!.Rows);
    }

    /// <summary>At w = 1 every a ≥ 0 is a fixed point.</summary>
    [Fact]
    public void Orbits_at_rest_are_no_undecided_motion()
    {
        BifurcationColumn column = ComputeKink(1.0, 1.5, 2)[0];
        Assert.All(column.Branches, branch => Assert.Equal(BranchKind.MarginalFixedPoint, branch.Kind));
        Assert.True(column.Branches.Count > 2);
        Assert.Equal("1 marginal fixed point, orbits at rest at others", BifurcationReport.Describe(column));
    }

    private static BifurcationColumn[] ComputeKink(double from, double to, int columns)
        =>
        [
            .. BifurcationDiagram.Compute(
                BifurcationParameter.Find(new LatchDefinition("relu", 1.0, []), null, "w"), from, to, [0],
                new() { Columns = columns, Box = 3.0 }, cancellation: TestContext.Current.CancellationToken),
        ];

    [Fact]
    public void The_curve_of_an_exponent_ends_where_its_attractor_does()
    {
        Report report = BifurcationReport.Create(
            Compute(Neuron, "w", -2.05, 2.05, 42), "w", [0], new() { Columns = 42 }, "n", [0.0]);
        double[][] curves = GetCurves(report);
        Assert.Equal(
            [(-2.05, -1.05), (-0.95, 0.95), (1.05, 2.05), (1.05, 2.05)],
            curves.Select(curve => (Math.Round(curve[0], 6), Math.Round(curve[^1], 6))).Order());
    }

    [Fact]
    public void The_curves_of_an_exponent_meet_at_0_at_an_exact_bifurcation()
    {
        Report report = BifurcationReport.Create(
            Compute(Neuron, "w", 0.5, 1.5, 11), "w", [0], new() { Columns = 11 }, "n", [0.0]);
        Assert.Equal(
            [(0.5, 1.0), (1.0, 1.5), (1.0, 1.5)], GetCurves(report).Select(curve => (curve[0], curve[^1])).Order());
        Assert.All(
            ((Chart)report.Figures[0].Panels[1]).Series[0].Points.Where(point => point.X == 1.0),
            point => Assert.Equal(0.0, point.Y));
        Assert.Contains("each attractor and marginal fixed point", report.Figures[0].Caption, StringComparison.Ordinal);
        Assert.DoesNotContain("not known", report.Figures[0].Caption, StringComparison.Ordinal);
    }

    /// <summary>The error of a kink makes the exponent unknown.</summary>
    [Fact]
    public void The_caption_says_where_the_exponent_of_a_marginal_fixed_point_is_unknown()
    {
        BifurcationColumn[] columns = [.. BifurcationDiagram.Compute(
            BifurcationParameter.Find(new LatchDefinition("relu", 1.0, []), null, "w"), 0.85, 1.2, [0],
            new() { Columns = 2, Box = 4.0 }, cancellation: TestContext.Current.CancellationToken)];
        Assert.EndsWith(
            " At 1 value λ of a marginal fixed point is not known, because of rounding or a kink, and is not drawn.",
            BifurcationReport.Create(columns, "w", [0], new(), "n", []).Figures[0].Caption, StringComparison.Ordinal);
    }

    [Fact]
    public void Exponents_of_chaotic_orbits_that_agree_within_their_errors_are_one()
    {
        Branch Chaos(double exponent)
            => new(BranchKind.Chaotic, 0, exponent, [[0.5]]) { ExponentError = 0.01 };
        BifurcationColumn[] diagram = [.. Enumerable.Range(1, 2).Select(value => new BifurcationColumn(
            value, [Chaos(0.315), Chaos(0.3), Chaos(0.5)], 0, IndexVerdict.NotApplicable))];
        var chart = (Chart)BifurcationReport.Create(diagram, "w", [0], new(), "n", []).Figures[0].Panels[1];
        Assert.Equal(
            [(1.0, 0.3075), (1.0, 0.5), (2.0, 0.3075), (2.0, 0.5)],
            chart.Series[0].Points.Where(point => !double.IsNaN(point.X))
                .Select(point => (point.X, Math.Round(point.Y, 6))).Order());
    }

    [Fact]
    public void Activations_that_would_count_as_divergent_are_refused()
        => Assert.Equal(
            "over: at w = 1E+100 activations reach 1E+100; give values at which they stay below 1E+100",
            Assert.Throws<ValidationException>(() => Compute(Neuron, "w", 1.0, 1e100, 2)).Errors.Single().ToString());

    [Fact]
    public void The_input_of_the_neuron_has_two_folds_at_its_critical_input()
    {
        double critical = SingleNeuron.Analyze(2.0).CriticalInput!.Value;
        foreach (BifurcationColumn column in Compute(new LatchDefinition("tanh", 2.0, []), "input", -1.0, 1.0, 21))
        {
            Assert.Equal(
                Math.Abs(column.Value) < critical ? 2 : 1,
                column.Branches.Count(branch => branch.Kind == BranchKind.Periodic));
        }
    }

    [Fact]
    public void The_gain_multiplies_all_recurrent_weights_and_nothing_else()
    {
        var pair = new FullyConnectedDefinition(
            "tanh", units: 2, input: 0, outputs: [1], weights: [2.0, 0.3, -0.4, 1.8], biases: [0.1, -0.2]);
        var parity = new ParityDefinition("tanh", [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]);
        Assert.Equal([4.0, 0.6, -0.8, 3.6, 0.1, -0.2], Apply(pair, "gain", 2.0));
        Assert.Equal([1.0, 6.0, 3.0, 4.0, 15.0, 6.0, 7.0], Apply(parity, "gain", 3.0));
        Assert.Equal([-3.0], Apply(new LatchDefinition("tanh", 1.5, []), "gain", -2.0));

        static IReadOnlyList<double> Apply(NetworkDefinition network, string name, double value)
            => BifurcationParameter.Find(network, null, name).Apply(value).Network.Parameters;
    }

    [Fact]
    public void Each_parameter_of_each_network_varies_under_its_own_name()
    {
        NetworkDefinition[] networks =
        [
            new LatchDefinition("tanh", 1.5, [0.5, 0.4], [0.1, 0.2]),
            new ParityDefinition("tanh", [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0], initialOutput: 0.5),
            new FullyConnectedDefinition(
                "tanh", 2, [1.0, 0.0, 0.5, 0.25, 0.0, 1.0], [0, 1], [2.0, 0.3, -0.4, 1.8], [1.0, 2.0])
                .WithInitialState([0.5, 0.0]),
            new FullyConnectedDefinition("tanh", 2, input: 1, outputs: [0], weights: [2.0, 0.3, -0.4, 1.8]),
        ];
        foreach (NetworkDefinition network in networks)
        {
            double[] inputs = [.. Enumerable.Range(1, network.Inputs).Select(k => (double)k)];
            foreach ((int i, string name) in network.ParameterNames.Index())
            {
                var (changed, kept) = BifurcationParameter.Find(network, inputs, name).Apply(0.75);
                Assert.Equal(
                    network.Parameters.Select((value, j) => i == j ? 0.75 : value), changed.Parameters);
                Assert.Equal(inputs, kept);
                Assert.Equal((network.Kind, network.Unit), (changed.Kind, changed.Unit));
                Assert.Equal(network.Outputs, changed.Outputs);
                Assert.Equal(network.InitialState, changed.InitialState);
            }

            for (int k = 0; k < inputs.Length; k++)
            {
                var (same, changed) = BifurcationParameter.Find(
                    network, inputs, inputs.Length == 1 ? "input" : $"input[{k}]").Apply(0.75);
                Assert.Equal(network.Parameters, same.Parameters);
                Assert.Equal(inputs.Select((value, j) => j == k ? 0.75 : value), changed);
            }
        }
    }

    [Fact]
    public void Two_logistic_units_double_their_period_to_chaos()
    {
        // Wang (1991): both units read z = x_2 − x_1, so that z ← f(25gz) − f(5gz), a map of one variable.
        var network = new FullyConnectedDefinition("logistic", 2, input: 0, outputs: [0], weights: [-5, 5, -25, 25]);
        double[] gains = [1.0, 2.0, 2.3, 2.55];
        int[] periods = [.. gains.Select(gain => Compute(network, "gain", gain, 3.0, 2)[0]
            .Branches.First(branch => branch.IsAttractor).Period)];
        Assert.Equal([1, 2, 4, 8], periods);
        Branch chaotic = Compute(network, "gain", 3.0, 3.001, 2)[0].Branches
            .First(branch => branch.Kind == BranchKind.Chaotic);
        double z = 0.1, sum = 0.0;
        const int steps = 1_000_000;
        for (int t = 0; t < steps; t++)
        {
            double fast = 1.0 / (1.0 + Math.Exp(-75.0 * z)), slow = 1.0 / (1.0 + Math.Exp(-15.0 * z));
            sum += Math.Log(Math.Abs((75.0 * fast * (1.0 - fast)) - (15.0 * slow * (1.0 - slow))));
            z = fast - slow;
        }

        // The mean of 20,000 steps; their standard deviation is of the order of 1, and correlations make the error of
        // the mean some times 1/√20,000 = 0.007.
        Assert.Equal(sum / steps, chaotic.Exponent, 0.05);
    }

    [Fact]
    public void An_orbit_that_diverges_slowly_is_not_chaotic()
    {
        // Where unit 1 is 0, x_0 ← g·x_0/2: for g = 2.01 it grows by 0.5 % a step, too slowly to leave the numbers
        // within the steps of the search.
        var network = new FullyConnectedDefinition("relu", 2, 0, [0], [0.5, 0.2, -0.4, 0.8]);
        IReadOnlyList<BifurcationColumn> columns = BifurcationDiagram.Compute(
            BifurcationParameter.Find(network, null, BifurcationParameter.Gain), 2.01, 2.07, [0],
            new() { Columns = 4, Box = 2.0 }, cancellation: TestContext.Current.CancellationToken);
        Assert.All(columns, column => Assert.DoesNotContain(column.Branches, branch => branch.IsAttractor));
    }

    [Fact]
    public void Orbits_that_grow_slowly_diverge_and_those_that_near_a_distant_attractor_do_not()
    {
        // x ← relu(w·x + 1) grows by 1 a step at w = 1, and goes to 1/(1 − w) = 2,000 at w = 0.9995.
        var network = new FullyConnectedDefinition("relu", 1, 0, [0], [1.0], [1.0]);
        IReadOnlyList<BifurcationColumn> columns = BifurcationDiagram.Compute(
            BifurcationParameter.Find(network, null, "w[0,0]"), 0.9995, 1.0005, [0],
            new() { Columns = 3, Box = 5.0 }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(["1 stable fixed point", "all orbits diverge", "all orbits diverge"],
            columns.Select(BifurcationReport.Describe));
    }

    [Fact]
    public void The_exponent_is_0_at_both_bifurcations_of_the_neuron()
        => Assert.Equal([0.0, 0.0], Compute(Neuron, "w", -1.0, 1.0, 2).Select(
            column => Assert.Single(column.Branches, branch => branch.Kind == BranchKind.MarginalFixedPoint).Exponent));

    [Fact]
    public void Orbits_that_slowly_approach_an_attractor_are_not_undecided()
    {
        // Just before and after a doubling of the period, a distance decreases by 0.1 to 0.2 % in two steps.
        var network = new FullyConnectedDefinition("logistic", 2, input: 0, outputs: [0], weights: [-5, 5, -25, 25]);
        Assert.Equal(["2 stable fixed points", "2 stable orbits of period 2"],
            Compute(network, "gain", 1.24649, 1.2515, 2).Select(BifurcationReport.Describe));
    }

    [Fact]
    public void Threads_do_not_change_a_byte()
    {
        var network = new FullyConnectedDefinition("logistic", 2, input: 0, outputs: [0], weights: [-5, 5, -25, 25]);
        int[] threadCounts = [1, 2, 5];
        string[] texts = [.. threadCounts.Select(threads => string.Join('\n', Compute(
            network, "gain", 2.0, 3.0, 12, threads).SelectMany(column => column.Branches).Select(Format)))];
        Assert.Equal([texts[0], texts[0]], texts[1..]);

        static string Format(Branch branch)
            => $"{branch.Kind} {Table.FormatNumber(branch.Exponent)} " +
                string.Join(' ', branch.Outputs[0].Select(Table.FormatNumber));
    }

    [Fact]
    public void The_picture_has_a_cell_at_every_point_of_an_attractor()
    {
        IReadOnlyList<BifurcationColumn> diagram = Compute(Neuron, "w", -2.0, 2.0, 41);
        Report report = BifurcationReport.Create(diagram, "w", [0], new() { Columns = 41 }, "n", [0.0]);
        var map = (RegionMap)report.Figures[0].Panels[0];
        int columns = map.XEdges.Count - 1;
        foreach ((int x, BifurcationColumn column) in diagram.Index())
        {
            Assert.InRange(column.Value, map.XEdges[x], map.XEdges[x + 1]);
            foreach (Branch branch in column.Branches.Where(branch => branch.IsAttractor))
            {
                Assert.All(branch.Outputs[0], output =>
                {
                    int y = map.YEdges.Count(edge => edge <= output) - 1;
                    Region region = map.Regions[map.Cells[(y * columns) + x]];
                    Assert.Equal(branch.Period == 1 ? "stable fixed point" : "period 2", region.CoreName);
                });
            }
        }
    }

    /// <summary>The cells of a motion cover its range, as do those of an orbit whose motion is undecided.</summary>
    [Theory]
    [InlineData(BranchKind.QuasiPeriodic, "quasi-periodic")]
    [InlineData(BranchKind.Chaotic, "chaotic")]
    [InlineData(BranchKind.Undecided, "")]
    public void A_motion_hides_no_unstable_point_and_is_not_cut_off(BranchKind kind, string name)
    {
        double[] outputs = [.. Enumerable.Range(-50, 101).Select(i => 0.1 * i)];
        BifurcationColumn[] diagram = [.. Enumerable.Range(1, 2).Select(value => new BifurcationColumn(
            value,
            [
                new(BranchKind.Periodic, 1, -0.5, [[0.5]]),
                new(kind, 0, 0.0, [outputs]),
                new(BranchKind.UnstableFixedPoint, 1, 0.5, [[0.0]]),
            ],
            0, IndexVerdict.NotApplicable))];
        var map = (RegionMap)BifurcationReport.Create(diagram, "w", [0], new(), "n", []).Figures[0].Panels[0];
        Region FindRegion(double output)
            => map.Regions[map.Cells[2 * (map.YEdges.Count(edge => edge <= output) - 1)]];
        Assert.Equal("unstable fixed point", FindRegion(0.0).CoreName);
        Assert.Equal("stable fixed point", FindRegion(0.5).CoreName);
        Assert.All(new[] { outputs[0], outputs[^1] }, output => Assert.Equal(name, FindRegion(output).CoreName));
    }

    [Fact]
    public void The_table_of_changes_brackets_the_bifurcations()
    {
        IReadOnlyList<BifurcationColumn> diagram = Compute(Neuron, "w", -2.05, 2.05, 42);
        Assert.Equal(
            [
                (-1.05, -0.95, "1 stable orbit of period 2", "1 stable fixed point"),
                (0.95, 1.05, "1 stable fixed point", "2 stable fixed points"),
            ],
            BifurcationReport.CreateChanges(diagram, "w").Table!.Data.Rows.Select(row => (
                Round(row[0]), Round(row[1]), row[2], row[3])));

        static double Round(string number) => Math.Round(double.Parse(number, CultureInfo.InvariantCulture), 6);
    }

    [Fact]
    public void What_cannot_be_varied_is_refused_with_what_can()
    {
        Assert.Equal(
            "over: 'w[0,3]' is not known; there are gain, input, w[0,0], w[0,1], w[1,0], w[1,1]; " +
                "did you mean \"w[0,0]\"?",
            Message(() => BifurcationParameter.Find(
                new FullyConnectedDefinition("tanh", 2, 0, [0], [1.0, 2.0, 3.0, 4.0]), null, "w[0,3]")));
        Assert.Equal(
            "over: 'u1' has no effect on the network with these constant inputs: give another name, or other inputs",
            Message(() => BifurcationParameter.Find(new LatchDefinition("tanh", 1.5, [0.1]), null, "u1")
                .ThrowIfWithoutEffect(0.0, 1.0)));
        Assert.Equal(
            "input: 2 given, but the network has 1: give one for each",
            Message(() => BifurcationParameter.Find(Neuron, [1.0, 2.0], "w")));
        Assert.Equal(
            "parameters: 2 values are given, but the network has 1: give as many",
            Message(() => Neuron.WithParameters([1.0, 2.0])));

        static string Message(Action action) => Assert.Throws<ValidationException>(action).Errors.Single().ToString();
    }

    /// <summary>The values of each curve of exponents.</summary>
    private static double[][] GetCurves(Report report)
    {
        var curves = new List<List<double>> { new() };
        foreach (DataPoint point in ((Chart)report.Figures[0].Panels[1]).Series[0].Points)
        {
            if (double.IsNaN(point.X))
                curves.Add([]);
            else
                curves[^1].Add(point.X);
        }

        return [.. curves.Where(curve => curve.Count > 0).Select(curve => curve.ToArray())];
    }

    private static IReadOnlyList<BifurcationColumn> Compute(
        NetworkDefinition network, string name, double from, double to, int columns, int threads = 1)
        => BifurcationDiagram.Compute(
            BifurcationParameter.Find(network, null, name), from, to, [0], new() { Columns = columns }, threads);

    /// <summary>The largest root of x = tanh(w·x): tanh(w·x) − x is positive below a positive one.</summary>
    private static double Bisect(double w)
    {
        if (w <= 1.0)
            return 0.0;
        double low = 1e-6, high = 1.0;
        for (int i = 0; i < 100; i++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = Math.Tanh(w * middle) > middle ? (middle, high) : (low, middle);
        }

        return low;
    }
}
