using LatchLab.Diagnosis;
using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Networks;
using Xunit;

namespace LatchLab.Tests.Diagnosis;

public sealed class OrbitReportTests
{
    private static readonly double[] Inputs = [1.0, 0.0, 0.0, -1.5, -1.5, 0.0, 0.0, 0.0];

    private static FullyConnectedDefinition CreatePair()
        => new("tanh", units: 2, input: 0, outputs: [1], weights: [2.0, 0.3, -0.4, 1.8]);

    [Fact]
    public void The_curves_are_the_inputs_the_outputs_and_the_gradient_of_a_direct_simulation()
    {
        Chart[] charts = [.. Figures(CreatePair(), Inputs)[0].Panels.OfType<Chart>()];
        double x = 0.0, y = 0.0;
        double[] product = [1.0, 0.0, 0.0, 1.0];
        for (int t = 0; t <= Inputs.Length; t++)
        {
            // A rounded tanh is off by less than 1e-15; eight steps multiply that by at most ‖W‖⁸ < 300.
            Assert.Equal(x, charts[1].Series[0].Points[t].Y, 1e-12);
            Assert.Equal(y, charts[1].Series[1].Points[t].Y, 1e-12);
            Assert.Equal(Math.Log10(SpectralNorm(product)), charts[2].Series[0].Points[t].Y, 1e-9);
            if (t == Inputs.Length)
                break;
            Assert.Equal(new DataPoint(t + 1, Inputs[t]), charts[0].Series[0].Points[t]);

            // ∂a_{t+1}/∂a_t = W·diag(f′(a_t))
            double fx = 1.0 - (x * x), fy = 1.0 - (y * y);
            product =
            [
                (2.0 * fx * product[0]) + (0.3 * fy * product[2]), (2.0 * fx * product[1]) + (0.3 * fy * product[3]),
                (-0.4 * fx * product[0]) + (1.8 * fy * product[2]),
                (-0.4 * fx * product[1]) + (1.8 * fy * product[3]),
            ];
            (x, y) = (Math.Tanh((2.0 * x) + (0.3 * y) + Inputs[t]), Math.Tanh((-0.4 * x) + (1.8 * y)));
        }
    }

    [Fact]
    public void The_band_shows_the_attractor_to_which_each_state_is_latched()
    {
        OrbitAnalysis analysis = Analyze(CreatePair(), Inputs);
        RegionMap band = Figures(CreatePair(), Inputs)[0].Panels.OfType<RegionMap>().Single();
        Assert.Equal(
            analysis.Orbit.States.Select(
                (_, t) => analysis.GetLatchedAttractor(t) is { } number ? $"X{number}" : "none"),
            band.Cells.Select((cell, t) => band.IsCore[t] ? band.Regions[cell].CoreName : band.Regions[cell].Name));
        Assert.Equal((-0.5, Inputs.Length + 0.5), (band.XEdges[0], band.XEdges[^1]));
        Assert.Contains(band.Regions, region => region.Name == "none");
        Assert.True(band.Regions.Count > 1);
    }

    [Fact]
    public void The_path_of_two_units_runs_over_the_basins_of_its_states()
    {
        OrbitAnalysis analysis = Analyze(CreatePair(), Inputs);
        var plane = (RegionMap)Figures(CreatePair(), Inputs)[1].Panels.Single();
        Assert.Equal(
            analysis.Orbit.States.Select(state => new DataPoint(state[0], state[1])),
            plane.Overlays.Single(series => series.Name == "orbit").Points);
        int columns = plane.XEdges.Count - 1;
        foreach ((int index, PeriodicOrbit attractor) in analysis.Sets.Attractors.Index())
        {
            // An attractor is in the middle of its basin, so the cell around it belongs to it.
            int x = plane.XEdges.Count(edge => edge <= attractor.Points[0][0]) - 1,
                y = plane.YEdges.Count(edge => edge <= attractor.Points[0][1]) - 1;
            Region region = plane.Regions[plane.Cells[(y * columns) + x]];
            Assert.Equal($"β(X{index + 1})", region.Name);
        }
    }

    [Fact]
    public void A_latch_draws_its_trainable_inputs_first_and_has_no_plane()
    {
        Figure[] figures = Figures(new LatchDefinition("tanh", 1.5, [0.5, 0.25]), [-0.1]);
        Assert.Equal(
            [new(1, 0.5), new(2, 0.25), new(3, -0.1)],
            ((Chart)Assert.Single(figures).Panels[0]).Series.Single().Points);
    }

    [Fact]
    public void An_infinite_first_state_is_left_out()
    {
        FullyConnectedDefinition network = CreatePair().WithInitialState([1.0, 0.0]);
        Chart[] charts = [.. Figures(network, Inputs)[0].Panels.OfType<Chart>()];
        Assert.Equal(1.0, charts[1].Series[0].Points[0].X);
        Assert.Equal(Math.Tanh(2.0 + Inputs[0]), charts[1].Series[0].Points[0].Y, 1e-15);
        Assert.Equal(
            Inputs.Select((input, t) => new DataPoint(t + 1, input)), charts[0].Series[0].Points);
        Assert.Equal(Inputs.Length, Figures(network, Inputs)[0].Data.Rows.Count);
    }

    [Fact]
    public void Many_units_and_steps_are_thinned_in_the_picture_but_not_in_the_data()
    {
        SlowTests.SkipUnlessRequested();
        const int units = 30, steps = 5000;
        var network = new FullyConnectedDefinition(
            "tanh", units, input: 0, outputs: [0],
            [.. Enumerable.Range(0, units * units).Select(i => i % (units + 1) == 0 ? 0.5 : 0.0)]);
        Figure figure = Figures(network, new double[steps])[0];
        Assert.Equal(
            24,
            figure.Panels.OfType<Chart>().Where(chart => chart.Y.Label == "xₜ").Sum(chart => chart.Series.Count));
        Assert.All(figure.Panels.OfType<Chart>().SelectMany(chart => chart.Series), series =>
        {
            Assert.InRange(series.Points.Count, 1000, 2001);
            Assert.Equal(steps, series.Points[^1].X);
        });
        Assert.Equal(steps + 1, figure.Data.Rows.Count);
        Assert.Equal(1 + 1 + units + 2, figure.Data.Columns.Count);
    }

    [Theory]
    [InlineData(60, 61)]
    [InlineData(61, 32)]
    [InlineData(130, 45)]
    public void A_table_omits_no_step_or_at_least_every_other_one_and_its_file_has_all(int steps, int rows)
    {
        ReportSection section = Analyze(CreatePair(), new double[steps]).CreateSections()[1];
        Assert.Equal(rows, section.Table!.Rows.Count);
        Assert.Equal(steps + 1, section.Table.Data.Rows.Count);
        Assert.Equal(rows <= steps, section.Paragraphs.Count == 2);
    }

    [Fact]
    public void Of_many_units_the_outputs_of_the_output_units_are_shown()
    {
        double[] weights = [.. Enumerable.Range(0, 16).Select(i => i % 5 == 0 ? 0.5 : 0.0)];
        var network = new FullyConnectedDefinition("tanh", units: 4, input: 3, outputs: [3], weights);
        ReportTable table = Analyze(network, [1.0]).CreateSections()[1].Table!;
        Assert.Equal("outputs x (3)", table.Headings[2]);
        Assert.Equal("(0, 0, 0, … of 4)", table.Rows[1][1]);
        Assert.Equal("(0.7616)", table.Rows[1][2]);    // tanh(1)
    }

    [Fact]
    public void A_quasi_periodic_network_is_named_and_has_a_plane()
    {
        var rotation = new FullyConnectedDefinition("tanh", 2, 0, [0], [0.9, -0.8, 0.8, 0.9]);
        var plane = (RegionMap)Figures(rotation, Inputs)[1].Panels.Single();
        Assert.Equal(
            ["no stable orbit reached", "quasi-periodic or chaotic attractor"],
            plane.Regions.Select(region => region.Name + region.CoreName));
        Assert.Contains(
            "its motion is quasi-periodic", string.Concat(Analyze(rotation, Inputs).CreateSections()[0].Paragraphs),
            StringComparison.Ordinal);
    }

    [Fact]
    public void States_that_rest_on_a_boundary_are_told_from_undecided_ones()
    {
        // Unit 1 stays at 0, between its two attractors, whatever unit 0 does.
        var twoLatches = new FullyConnectedDefinition("tanh", 2, 0, [0], [2.0, 0.0, 0.0, 2.0]);
        OrbitAnalysis analysis = Analyze(twoLatches, Inputs);
        Assert.Equal((Inputs.Length + 1, 0), (analysis.Latching.StatesAtRest, analysis.Latching.UndecidedStates));
        Assert.Contains(
            "9 of 9 states come to rest without inputs at a fixed point that is no attractor",
            string.Concat(analysis.CreateSections()[0].Paragraphs), StringComparison.Ordinal);
    }

    private static Figure[] Figures(NetworkDefinition network, double[] inputs)
        => [.. OrbitReport.Create(Analyze(network, inputs), network, new() { SampleSteps = 500 }, 0, "n", "s").Figures];

    private static OrbitAnalysis Analyze(NetworkDefinition network, double[] inputs)
        => OrbitAnalysis.Analyze(network, inputs, 0.1, seed: 0, new() { SampleSteps = 500 });

    /// <summary>
    /// The largest singular value of [a b; c d]: σ² = (s + √(s² − 4δ²))/2, s = ‖·‖²_F and δ = ad − bc.
    /// </summary>
    private static double SpectralNorm(double[] m)
    {
        double s = m.Sum(entry => entry * entry), determinant = (m[0] * m[3]) - (m[1] * m[2]);
        return Math.Sqrt(0.5 * (s + Math.Sqrt(Math.Max(0.0, (s * s) - (4.0 * determinant * determinant)))));
    }
}
