using LatchLab.Diagnosis;
using LatchLab.Dynamics;
using LatchLab.Figures;
using Xunit;

namespace LatchLab.Tests.Diagnosis;

public sealed class NeuronReportTests
{
    [Theory]
    [InlineData(1.5, 0.2, null)]
    [InlineData(2.0, 0.0, 0.3)]
    [InlineData(2.0, -0.7, null)]
    [InlineData(0.8, -0.1, null)]
    [InlineData(-1.4, 0.05, 0.5)]
    public void The_pictures_show_the_map_its_trajectory_and_the_product_of_its_derivatives(
        double weight, double input, double? start)
    {
        const int steps = 12;
        var neuron = SingleNeuron.Analyze(weight);
        Figure figure = Assert.Single(NeuronReport.Create(neuron, input, start, steps).Figures);
        Chart[] charts = [.. figure.Panels.Cast<Chart>()];
        DataPoint[] cobweb = [.. charts[0].Series.Single(series => series.Name == "cobweb").Points],
            states = [.. charts[1].Series.Single(series => series.Name == "x").Points],
            gradients = [.. charts[3].Series.Single().Points];
        double x = start ?? (input < 0.0 ? 1.0 : -1.0) * (neuron.Attractor ?? 0.9), factor = 1.0;
        Assert.Equal((2 * steps) + 1, cobweb.Length);
        for (int t = 0; t <= steps; t++)
        {
            // Each rounded tanh is off by less than 1e-15, and later derivatives multiply that by at most |w|¹².
            Assert.Equal(x, states[t].Y, 1e-11);
            Assert.Equal((states[t].Y, states[t].Y), (cobweb[2 * t].X, cobweb[2 * t].Y));
            if (t > 0)
                Assert.Equal((states[t - 1].Y, states[t].Y), (cobweb[(2 * t) - 1].X, cobweb[(2 * t) - 1].Y));
            Assert.Equal(Math.Log10(Math.Abs(factor)), gradients[t].Y, 1e-9);
            x = Math.Tanh((weight * x) + input);
            factor *= weight * (1.0 - (x * x));
        }
    }

    [Fact]
    public void Without_input_a_start_reaches_the_attractor_of_its_sign()
    {
        var neuron = SingleNeuron.Analyze(1.25);
        var chart = (Chart)NeuronReport.Create(neuron, 0.0, null, 5).Figures[0].Panels[2];
        Assert.All(
            chart.Series.Single(series => series.Name == "state reached").Points,
            point => Assert.Equal(Math.Sign(point.X) * neuron.Attractor!.Value, point.Y, 1e-12));
    }

    [Theory]
    [InlineData(0.6)]
    [InlineData(-0.6)]
    public void The_default_trajectory_crosses_0_under_an_input_that_switches(double input)
    {
        Figure figure = NeuronReport.Create(SingleNeuron.Analyze(2.0), input, null, 40).Figures[0];
        IReadOnlyList<DataPoint> states =
            ((Chart)figure.Panels[1]).Series.Single(series => series.Name == "x").Points;
        Assert.Equal((-Math.Sign(input), Math.Sign(input)), (Math.Sign(states[0].Y), Math.Sign(states[^1].Y)));
    }

    /// <summary>At w = −2 the states alternate between ±x̄, x̄ that of w = 2.</summary>
    [Fact]
    public void A_neuron_whose_state_alternates_shows_two_successive_states()
    {
        var chart = (Chart)NeuronReport.Create(SingleNeuron.Analyze(-2.0), 0.0, null, 5).Figures[0].Panels[2];
        Assert.Equal("state reached", chart.Title);
        double attractor = SingleNeuron.Analyze(2.0).Attractor!.Value;
        Assert.Equal(["after 10,000 steps", "one step later"], chart.Series.Select(series => series.Name));
        Assert.All(chart.Series[0].Points.Zip(chart.Series[1].Points).Where(pair => pair.First.X != 0.0), pair =>
        {
            Assert.Equal(attractor * Math.Sign(pair.First.X), pair.First.Y, 1e-12);
            Assert.Equal(-pair.First.Y, pair.Second.Y, 1e-12);
        });
    }
}
