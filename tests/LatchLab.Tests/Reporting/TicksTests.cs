using LatchLab.Figures;
using LatchLab.Reporting.Drawing;
using Xunit;

namespace LatchLab.Tests.Reporting;

public sealed class TicksTests
{
    [Fact]
    public void A_linear_axis_has_round_steps_with_exact_labels()
        => Assert.Equal(["0", "0.1", "0.2", "0.3", "0.4", "0.5"], Labels(new AxisScale(-0.02, 0.52, false), 200f));

    [Fact]
    public void A_negative_number_has_a_minus_sign_and_zero_has_none()
        => Assert.Equal(["−1", "−0.5", "0", "0.5", "1"], Labels(new AxisScale(-1.05, 1.05, false), 160f));

    [Fact]
    public void A_logarithmic_axis_has_labels_1_2_5_10()
        => Assert.Equal(
            ["5", "10", "20", "50", "100"], Labels(new AxisScale(Math.Log10(4.0), 2.0, true), 400f).Where(One));

    [Fact]
    public void A_short_logarithmic_axis_keeps_the_powers_of_ten()
        => Assert.Equal(["1", "10", "100", "1000"], Labels(new AxisScale(0.0, 3.0, true), 120f).Where(One));

    [Fact]
    public void A_logarithmic_axis_of_less_than_a_decade_still_has_labels()
        => Assert.Equal(
            ["20", "30", "40"], Labels(new AxisScale(Math.Log10(12.0), Math.Log10(42.0), true), 300f).Where(One));

    [Fact]
    public void A_logarithmic_axis_beyond_a_million_writes_its_numbers_as_powers_of_ten()
        => Assert.Equal(
            ["10", "10²", "10³", "10⁴", "10⁵", "10⁶"], Labels(new AxisScale(1.0, 6.7, true), 200f).Where(One));

    [Theory]
    [InlineData(3.0, 28)]       // 100 px per decade: every digit has a tick
    [InlineData(60.0, 61)]      // 5 px per decade: only powers of ten have ticks
    [InlineData(300.0, 13)]     // 1 px per decade: only labelled ticks, every 25th
    public void Ticks_that_are_too_close_are_omitted(double decades, int strokes)
        => Assert.Equal(strokes, Ticks.Create(new AxisScale(-decades, 0.0, true), [], 300f, _ => 25f).Count);

    [Theory]
    [InlineData(0.0, 1.0, false)]
    [InlineData(-3e7, 5e7, false)]
    [InlineData(1e-9, 3e-9, false)]
    [InlineData(99.999, 100.001, false)]
    [InlineData(-12.0, 9.0, true)]
    [InlineData(0.0, 0.2, true)]
    public void Labels_never_overlap_and_ticks_stay_on_the_axis(double low, double high, bool logarithmic)
    {
        var scale = new AxisScale(low, high, logarithmic);
        foreach (float length in new[] { 60f, 150f, 700f })
        {
            var ticks = Ticks.Create(scale, [], length, Extent);
            double slack = 1e-6 * (high - low);
            Assert.All(ticks, tick => Assert.InRange(tick.Position, low - slack, high + slack));
            var named = ticks.Where(tick => tick.Label.Length > 0).ToList();
            if (named.Count <= 2)
                continue;
            Assert.All(named.Zip(named.Skip(1)), pair => Assert.True(
                (pair.Second.Position - pair.First.Position) / (high - low) * length
                    >= ((Extent(pair.First.Label) + Extent(pair.Second.Label)) / 2f) - 1e-3f));
        }
    }

    [Theory]
    [InlineData(300f, "5 10 20 40")]
    [InlineData(60f, "5 20")]
    [InlineData(10f, "5")]
    public void Few_values_have_the_ticks_and_as_many_labels_as_fit(float length, string labels)
    {
        double[] values = [5.0, 10.0, 20.0, 40.0];
        var scale = AxisScale.FitToPoints(new Axis("", IsLogarithmic: true), values);
        IReadOnlyList<Tick> ticks = Ticks.Create(scale, values, length, Extent);
        Assert.Equal(values.Select(Math.Log10), ticks.Select(tick => tick.Position));
        Assert.Equal(labels, string.Join(' ', ticks.Select(tick => tick.Label).Where(label => label.Length > 0)));
    }

    [Fact]
    public void Cells_end_half_way_between_their_centres()
    {
        Assert.Equal([-0.5, 0.5, 1.5, 2.5], HeatMapPanel.ComputeCellEdges([0.0, 1.0, 2.0], logarithmic: false));
        Assert.Equal(
            [Math.Sqrt(0.1), Math.Sqrt(10.0), Math.Sqrt(1000.0)],
            HeatMapPanel.ComputeCellEdges([1.0, 10.0], logarithmic: true), (a, b) => Math.Abs(a - b) < 1e-12 * b);
    }

    [Fact]
    public void An_axis_has_margins_for_markers_at_both_ends()
    {
        var scale = AxisScale.FitToPoints(new Axis("", 0.0, 1.0), [0.5]);
        Assert.True(scale.Low is < 0.0 and > -0.1 && scale.High is > 1.0 and < 1.1);
    }

    [Fact]
    public void A_single_value_has_an_axis_around_it()
    {
        var scale = AxisScale.FitToPoints(new Axis(""), [3.0, double.NaN]);
        Assert.True(scale.Low < 3.0 && scale.High > 3.0);
        Assert.True(AxisScale.FitToPoints(new Axis("", IsLogarithmic: true), [0.0]) is { Low: < 0.0, High: > 0.0 });
    }

    private static bool One(string label) => label.Length > 0;

    private static float Extent(string label) => (6.5f * label.Length) + 9f;

    private static IEnumerable<string> Labels(AxisScale scale, float length)
        => Ticks.Create(scale, [], length, Extent).Select(tick => tick.Label);
}
