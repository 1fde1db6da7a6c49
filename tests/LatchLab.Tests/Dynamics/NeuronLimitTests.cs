using LatchLab.Dynamics;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>The states of a neuron with w ≤ 1 under a constant input, against orbits of its map.</summary>
public sealed class NeuronLimitTests
{
    // At each of them the product of two derivatives is below 0.95, so that 2,000 steps leave rounding errors alone:
    // 1e-16, divided by 1 − 0.95.
    [Theory]
    [InlineData(-2.0, 0.0)]
    [InlineData(-2.0, 0.5)]
    [InlineData(-2.0, -0.5)]
    [InlineData(-2.0, 3.0)]
    [InlineData(-1.1, 0.6)]
    [InlineData(-1.1, -0.7)]
    [InlineData(-30.0, 1.0)]
    [InlineData(-0.7, 0.4)]
    [InlineData(0.5, 0.5)]
    [InlineData(0.9, 0.0)]
    public void Every_start_ends_at_the_states_that_are_computed(double weight, double input)
    {
        NeuronLimit limit = NeuronLimit.Find(weight, input);
        foreach (double start in new[] { -1.0, -0.4, 0.05, 0.7, 1.0 })
        {
            double before = start, x = start;
            for (int t = 0; t < 2001; t++)
                (before, x) = (x, Math.Tanh((weight * x) + input));
            Assert.Equal(limit.Lowest, Math.Min(before, x), 1e-14);
            Assert.Equal(limit.Highest, Math.Max(before, x), 1e-14);
        }
    }

    /// <summary>
    /// At the bound the fixed point x* has the derivative −1, so that w·(1 − x*²) crosses −1 where the orbit of period
    /// 2 ends.
    /// </summary>
    [Theory]
    [InlineData(-1.1)]
    [InlineData(-2.0)]
    [InlineData(-10.0)]
    public void The_states_alternate_up_to_the_input_at_which_the_fixed_point_becomes_stable(double weight)
    {
        double state = Math.Sqrt(1.0 - (1.0 / -weight)), bound = Math.Atanh(state) - (weight * state);
        foreach (int sign in new[] { -1, 1 })
        {
            NeuronLimit below = NeuronLimit.Find(weight, sign * bound * (1.0 - 1e-9)),
                above = NeuronLimit.Find(weight, sign * bound * (1.0 + 1e-9));
            Assert.True(below.Alternates);
            Assert.False(above.Alternates);
            Assert.InRange(sign * state, below.Lowest, below.Highest);
            Assert.Equal(sign * state, above.Highest, 1e-8); // dx*/dh = (1 − x*²)/2, below 1
        }
    }

    [Fact]
    public void A_neuron_that_stores_a_sign_has_no_single_limit()
        => Assert.Throws<ArgumentOutOfRangeException>(() => NeuronLimit.Find(1.5, 0.0));
}
