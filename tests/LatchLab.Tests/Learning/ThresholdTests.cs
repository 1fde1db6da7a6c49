using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Learning;

/// <summary>Threshold units and the adjoints that they propagate, eqs. (7) to (10).</summary>
public sealed class ThresholdTests
{
    private const double Epsilon = 0.5;

    [Theory]
    [InlineData(-2.0, 2.0)]
    [InlineData(-1.0, 1.0)]
    [InlineData(-1.0, 3.0)]
    [InlineData(0.0, 0.5)]
    public void The_expectation_of_the_quantised_signal_is_the_signal(double minimum, double maximum)
    {
        // Every uniform number k/4096 occurs once, and (g − MIN)/(MAX − MIN) is a multiple of 1/4096 for each signal.
        // So the mean over k equals the expectation without rounding. It equals g only for MIN = −2 and MAX = 2.
        const int count = 4096;
        for (int i = 0; i <= 64; i++)
        {
            double g = minimum + ((maximum - minimum) * i / 64.0);
            if (g == 0.0)
                continue;
            double sum = 0.0;
            for (int k = 0; k < count; k++)
                sum += Quantised(g, (double)k / count, minimum, maximum);
            double scaled = 4.0 / (maximum - minimum) * (g - (0.5 * (minimum + maximum)));
            Assert.Equal(scaled, sum / count);
            if (minimum == -2.0 && maximum == 2.0)
                Assert.Equal(g, sum / count);
        }
    }

    [Fact]
    public void Signals_outside_their_range_are_clipped()
    {
        foreach (double uniform in (double[])[0.0, 0.3, 1.0 - (1.0 / (1L << 52))])
        {
            foreach (double g in (double[])[2.0, 2.5, 1e300, double.PositiveInfinity])
            {
                Assert.Equal(2.0, Quantised(g, uniform));
                Assert.Equal(-2.0, Quantised(-g, uniform));
            }
        }
    }

    [Fact]
    public void A_signal_of_exactly_zero_propagates_nothing_and_the_smallest_nonzero_one_does()
    {
        foreach (PropagationInterpretation interpretation in Enum.GetValues<PropagationInterpretation>())
        {
            Assert.Equal(0.0, Propagated(interpretation, g: 0.0, activation: -0.3, uniform: 0.1));
            Assert.Equal(0.0, Propagated(interpretation, g: -0.0, activation: -0.3, uniform: 0.1));
            foreach (double g in (double[])[double.Epsilon, 1e-200, -1e-200])
                Assert.NotEqual(0.0, Propagated(interpretation, g, activation: -0.3, uniform: 0.1));
        }
    }

    [Theory]
    [InlineData(PropagationInterpretation.FeasibleOnly, -0.3, 0.8, 0.0)]
    [InlineData(PropagationInterpretation.FeasibleOnly, 0.3, 0.0, -0.8)]
    [InlineData(PropagationInterpretation.FeasibleOnly, 0.0, 0.0, -0.5)]   // sign(0) = +1
    [InlineData(PropagationInterpretation.FeasibleOnly, -0.5, 1.0, 0.0)]
    [InlineData(PropagationInterpretation.AsPrinted, -0.3, 0.8, -0.2)]
    [InlineData(PropagationInterpretation.AsPrinted, 0.3, 0.2, -0.8)]
    [InlineData(PropagationInterpretation.AsPrinted, 0.0, 0.5, -0.5)]
    [InlineData(PropagationInterpretation.AsPrinted, 0.5, 0.0, -1.0)]      // Δa = 0 propagates nothing
    [InlineData(PropagationInterpretation.AsPrinted, -0.5, 1.0, 0.0)]
    [InlineData(PropagationInterpretation.AsPrinted, 0.75, -0.25, -1.25)]  // requested up, goes down
    [InlineData(PropagationInterpretation.Symmetric, -0.3, 0.8, -0.8)]
    [InlineData(PropagationInterpretation.Symmetric, 0.3, 0.8, -0.8)]
    [InlineData(PropagationInterpretation.Symmetric, 0.0, 0.5, -0.5)]
    [InlineData(PropagationInterpretation.Symmetric, 0.75, 1.25, -1.25)]
    public void A_desired_output_change_gives_a_desired_activation_change(
        PropagationInterpretation interpretation, double activation, double changeUp, double changeDown)
    {
        Assert.Equal(activation < 0.0 ? -1.0 : 1.0, Forward(activation));
        AreReciprocal(changeUp, Propagated(interpretation, g: 2.0, activation, uniform: 0.5));
        AreReciprocal(changeDown, Propagated(interpretation, g: -2.0, activation, uniform: 0.5));
    }

    [Fact]
    public void The_sign_of_either_zero_is_positive()
        => Assert.Equal((1.0, 1.0, -1.0), (Forward(0.0), Forward(-0.0), Forward(-double.Epsilon)));

    [Fact]
    public void The_smallest_change_of_the_activation_is_propagated_too()
    {
        var unit = new Threshold(new() { Epsilon = 1e-300, Propagation = PropagationInterpretation.Symmetric });
        Assert.Equal(-1e300, unit.Backward(0, new Scalar(-2.0), new(1.0), new(0.0), new(0.5)).Value, 1e285);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(10_000)]
    [InlineData(1_000_000)]
    public void The_sum_of_quantised_signals_converges_to_the_sum_of_the_signals(int patterns)
    {
        // The variance of S(g) is 4 − g², at most 4: six standard deviations of the mean are at most 12/√n.
        var random = new Random(patterns);
        double difference = 0.0;
        for (int n = 0; n < patterns; n++)
        {
            double g = (4.0 * random.NextDouble()) - 2.0;
            difference += Quantised(g, random.NextDouble()) - g;
        }

        Assert.InRange(difference / patterns, -12.0 / Math.Sqrt(patterns), 12.0 / Math.Sqrt(patterns));
    }

    [Fact]
    public void A_loop_of_positive_gain_has_two_stable_fixed_points()
    {
        var random = new Random(3);
        var neuron = new LatchNeuron<Threshold>(trainableInputs: 0, classes: 1, new(new()));
        var memory = new LaneMemory<Scalar>(4);
        foreach (double kept in (double[])[-1.0, 1.0])
        {
            (memory.Doubles[0], memory.Doubles[1]) = (0.7, kept); // w, x
            for (int t = 0; t < 1000; t++)
            {
                memory.Doubles[3] = 0.69 * ((2.0 * random.NextDouble()) - 1.0);
                neuron.Step(memory.Slice(0, 1), memory.Slice(3, 1), memory.Slice(1, 1), memory.Slice(2, 1));
                memory.Doubles[1] = memory.Doubles[2];
            }

            Assert.Equal(kept, memory.Doubles[1]);
        }
    }

    private static double Forward(double activation) => default(Threshold).Forward(0, new Scalar(activation)).Value;

    /// <summary>S(g), computed through a unit with Δa = S(g)/2.</summary>
    private static double Quantised(double g, double uniform, double minimum = -2.0, double maximum = 2.0)
    {
        var unit = new Threshold(new()
        {
            Epsilon = 1.0,
            Propagation = PropagationInterpretation.Symmetric,
            MinimumSignal = minimum,
            MaximumSignal = maximum,
        });
        return -2.0 * unit.Backward(0, new Scalar(-g), new(1.0), new(0.0), new(uniform)).Value;
    }

    /// <summary>
    /// 1/Δa, the desired change that propagates further. Adjoints in the engine have the opposite sign.
    /// </summary>
    private static double Propagated(
        PropagationInterpretation interpretation, double g, double activation, double uniform)
    {
        var unit = new Threshold(new() { Epsilon = Epsilon, Propagation = interpretation });
        return -unit.Backward(0, new Scalar(-g), new(Forward(activation)), new(activation), new(uniform)).Value;
    }

    private static void AreReciprocal(double change, double actual)
        => Assert.Equal(change == 0.0 ? 0.0 : 1.0 / change, actual, 1e-14);
}
