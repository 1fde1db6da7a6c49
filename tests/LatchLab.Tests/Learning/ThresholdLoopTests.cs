using LatchLab.Networks.Units;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Learning;

/// <summary>
/// The pseudo-gradient along a self-loop of gain w &gt; 0 that stays in its state +1 (a = w). The paper says that it
/// "doesn't vanish with time"; what is true depends on the reading of eq. (9). With γ = w/(w + ε) &lt; 1:
/// </summary>
public sealed class ThresholdLoopTests
{
    private const int Runs = 40_000, Steps = 30;
    private const double Gain = 1.0, Epsilon = 0.25;
    private const double Gamma = Gain / (Gain + Epsilon);

    [Fact]
    public void Feasible_only_it_dies_out_and_is_as_large_as_ever_where_it_lives()
    {
        // A signal −γ asks for −2 with probability (2 + γ)/4, and for the impossible +2 else: it survives k steps with
        // that to the power of k, below (3/4)^k.
        foreach ((int step, double[] signals) in Signals(PropagationInterpretation.FeasibleOnly))
        {
            Assert.All(signals, g => Assert.True(g == 0.0 || IsNear(-Gamma, g)));
            double share = Math.Pow((2.0 + Gamma) / 4.0, step - 1);
            double margin = (6.0 * Math.Sqrt(share * (1.0 - share) / Runs)) + 1e-9;
            Assert.InRange((double)signals.Count(g => g != 0.0) / Runs, share - margin, share + margin);
        }
    }

    [Fact]
    public void Symmetric_its_size_stays_and_its_expectation_vanishes()
    {
        // ±γ for ever, and E[g_{t−1}|g_t] = γ·g_t/2: which way it points is forgotten as in a gradient.
        foreach ((int step, double[] signals) in Signals(PropagationInterpretation.Symmetric))
        {
            Assert.All(signals, g => Assert.True(IsNear(Gamma, Math.Abs(g))));
            double expected = -Gamma * Math.Pow(Gamma / 2.0, step - 1);
            Assert.InRange(signals.Average() - expected, -6.0 / Math.Sqrt(Runs), 6.0 / Math.Sqrt(Runs));
        }
    }

    [Theory]
    [InlineData(-2.0)]
    [InlineData(2.0)]
    public void As_printed_it_stays_and_points_away_from_the_state_whatever_was_asked_for(double first)
    {
        // Both ε − a and −ε − a are negative where a > ε: the signal is −w/(w − ε) or −γ, also where the error at the
        // end asked for the state that the loop is in.
        foreach ((_, double[] signals) in Signals(PropagationInterpretation.AsPrinted, first))
            Assert.All(signals, g => Assert.True(IsNear(-Gamma, g) || IsNear(-Gain / (Gain - Epsilon), g)));
    }

    /// <summary>The desired changes after each step back, a number for each run; the first is certain.</summary>
    private static IEnumerable<(int Step, double[] Signals)> Signals(PropagationInterpretation reading,
        double first = -2.0)
    {
        var random = new Random(5);
        var unit = new Threshold(new() { Propagation = reading, Epsilon = Epsilon });
        double[] signals = [.. Enumerable.Repeat(first, Runs)];
        for (int step = 1; step <= Steps; step++)
        {
            signals = [.. signals.Select(g => -Gain * unit.Backward(
                0, new Scalar(-g), new(1.0), new(Gain), new(random.NextDouble())).Value)];
            yield return (step, signals);
        }
    }

    private static bool IsNear(double expected, double actual) => Math.Abs(actual - expected) < 1e-14;
}
