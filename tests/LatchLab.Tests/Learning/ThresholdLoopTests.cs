using LatchLab.Networks.Units;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Learning;

/// <summary>
/// The pseudo-gradient along a self-loop of gain w &gt; 0 that stays in its state +1 (a = w). The paper states that it
/// "doesn't vanish with time"; the result depends on the interpretation of eq. (9). With γ = w/(w + ε) &lt; 1:
/// </summary>
public sealed class ThresholdLoopTests
{
    private const int Runs = 40_000, Steps = 30;
    private const double Gain = 1.0, Epsilon = 0.25;
    private const double Gamma = Gain / (Gain + Epsilon);

    [Fact]
    public void With_feasible_only_it_dies_out_and_keeps_its_size_where_it_survives()
    {
        // An adjoint −γ requests −2 with probability (2 + γ)/4, and otherwise the impossible +2. It survives k steps
        // with this probability to the power of k, below (3/4)^k.
        foreach ((int step, double[] adjoints) in PropagateAdjoints(PropagationInterpretation.FeasibleOnly))
        {
            Assert.All(adjoints, g => Assert.True(g == 0.0 || IsNear(-Gamma, g)));
            double share = Math.Pow((2.0 + Gamma) / 4.0, step - 1);
            double margin = (6.0 * Math.Sqrt(share * (1.0 - share) / Runs)) + 1e-9;
            Assert.InRange((double)adjoints.Count(g => g != 0.0) / Runs, share - margin, share + margin);
        }
    }

    [Fact]
    public void With_the_symmetric_interpretation_its_size_stays_and_its_expectation_vanishes()
    {
        // The size stays γ forever, and E[g_{t−1}|g_t] = γ·g_t/2: the sign is forgotten as in a gradient.
        foreach ((int step, double[] adjoints) in PropagateAdjoints(PropagationInterpretation.Symmetric))
        {
            Assert.All(adjoints, g => Assert.True(IsNear(Gamma, Math.Abs(g))));
            double expected = -Gamma * Math.Pow(Gamma / 2.0, step - 1);
            Assert.InRange(adjoints.Average() - expected, -6.0 / Math.Sqrt(Runs), 6.0 / Math.Sqrt(Runs));
        }
    }

    [Theory]
    [InlineData(-2.0)]
    [InlineData(2.0)]
    public void As_printed_it_stays_and_points_away_from_the_state_for_any_requested_change(double first)
    {
        // Both ε − a and −ε − a are negative where a > ε. The adjoint is −w/(w − ε) or −γ, even if the error at the end
        // requests the current state of the loop.
        foreach ((_, double[] adjoints) in PropagateAdjoints(PropagationInterpretation.AsPrinted, first))
            Assert.All(adjoints, g => Assert.True(IsNear(-Gamma, g) || IsNear(-Gain / (Gain - Epsilon), g)));
    }

    /// <summary>
    /// The desired changes after each backward step, one number per run. The first one is deterministic.
    /// </summary>
    private static IEnumerable<(int Step, double[] Adjoints)> PropagateAdjoints(
        PropagationInterpretation interpretation,
        double first = -2.0)
    {
        var random = new Random(5);
        var unit = new Threshold(new() { Propagation = interpretation, Epsilon = Epsilon });
        double[] adjoints = [.. Enumerable.Repeat(first, Runs)];
        for (int step = 1; step <= Steps; step++)
        {
            adjoints = [.. adjoints.Select(g => -Gain * unit.Backward(
                0, new Scalar(-g), new(1.0), new(Gain), new(random.NextDouble())).Value)];
            yield return (step, adjoints);
        }
    }

    private static bool IsNear(double expected, double actual) => Math.Abs(actual - expected) < 1e-14;
}
