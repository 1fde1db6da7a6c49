using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Learning;

/// <summary>
/// Steps divided by curvature plus damping: properties of eqs. (5) and (6) and of the adaptation of μ.
/// </summary>
public sealed class DampedStepsTests
{
    private const double Rate = 0.01;

    [Fact]
    public void Time_weighted_steps_of_one_unit_grow_backwards_in_time_where_the_gradient_vanishes()
    {
        // g_t = e·∂x_T/∂w_t and H_t = (∂x_T/∂w_t)² with ∂x_T/∂w_t = x_{t−1}·f′(a_t)·Π_{s=t+1}^T w f′(a_s). So without
        // damping step_t = η·e/(∂x_T/∂w_t), and the ratio, including signs, is step_t/step_T =
        // (x_{T−1}/x_{t−1})·Π_{s=t}^{T−1} 1/(w f′(a_s)).
        var random = new Random(30);
        int grew = 0, turned = 0;
        for (int sample = 0; sample < 50; sample++)
        {
            double weight = Samples.Numbers(random, 1, 2.5)[0];
            double[] inputs = Samples.Numbers(random, random.Next(2, 40), 0.8);
            (double[] x, double[] memory) = new LatchDefinition("tanh", weight, [])
                .Accept(new TimeWeightedMemory(weight, inputs));
            int last = inputs.Length;
            Assert.Equal(0.0, StepOf(memory, t: 1)); // x_0 = 0: 0/0 counts as 0
            double ratio = 1.0, former = double.NaN;
            for (int t = last - 1; t >= 2; t--)
            {
                double factor = weight * (1.0 - x[t]) * (1.0 + x[t]);
                ratio /= factor;
                double expected = x[last - 1] / x[t - 1] * ratio, actual = StepOf(memory, t) / StepOf(memory, last);

                // T ≤ 40 times some ten roundings on either side: 2·400·1.1e-16, below 1e-13.
                Assert.InRange(actual / expected, 1.0 - 1e-12, 1.0 + 1e-12);
                grew += Math.Abs(actual) > 1e3 ? 1 : 0;
                turned += actual * former < 0.0 ? 1 : 0;
                former = actual;
            }
        }

        Assert.NotEqual(0, grew);
        Assert.NotEqual(0, turned);
    }

    [Fact]
    public void The_bound_decreases_with_the_damping_and_its_derivative_is_correct()
    {
        var random = new Random(31);
        for (int sample = 0; sample < 50; sample++)
        {
            var rule = new RuleState(random, parameters: 4, times: 12);
            double former = double.PositiveInfinity;
            for (double mu = 1e-12; mu < 1e6; mu *= 3.0)
            {
                (double bound, double engineDerivative, double derivative) = rule.BoundAt(mu);
                Assert.True(bound < former);
                Assert.True(bound >= rule.LargestStep(mu) * (1.0 - 1e-14)); // 48 terms; it bounds the signed sum

                // The sum of 12 terms of one sign, with some ten roundings each.
                Assert.InRange(engineDerivative / derivative, 1.0 - 1e-13, 1.0 + 1e-13);
                former = bound;
            }
        }
    }

    [Theory]
    [InlineData(StepLimit.Cap)]
    [InlineData(StepLimit.Rescale)]
    public void No_parameter_moves_further_than_the_bound(StepLimit limit)
    {
        var random = new Random(32);
        int limited = 0;
        for (int sample = 0; sample < 300; sample++)
        {
            var rule = new RuleState(random, parameters: 4, times: 12);
            double mu = Math.Pow(10.0, sample % 2 == 0 ? random.Next(-250, -2) : random.Next(-2, 3));
            double free = rule.LargestStep(mu);
            double[] steps = rule.StepsOf(mu);
            rule.Take(new() { Damping = mu }, new() { StepBound = 0.3, Limit = limit });
            double scale = limit == StepLimit.Rescale && free > 0.3 ? 0.3 / free : 1.0;
            for (int i = 0; i < 4; i++)
            {
                double moved = rule.Parameters.Doubles[i]; // from 0
                Assert.InRange(moved, -0.3, 0.3);
                double expected = -Math.Clamp(scale * steps[i], -0.3, 0.3);
                Assert.InRange(moved - expected, -1e-14, 1e-14);
            }

            limited += free > 0.3 ? 1 : 0;
        }

        Assert.InRange(limited, 20, 280);
    }

    [Fact]
    public void Within_the_interval_or_without_gradients_the_damping_stays()
    {
        var still = new RuleState(new Random(1), parameters: 3, times: 5);
        still.Memory.Values.Clear();
        Assert.Equal(0.7, still.Take(new() { Damping = 0.7 }));

        var quiet = new RuleState(new Random(2), parameters: 3, times: 5);
        double step = quiet.LargestStep(0.7);
        DampingSettings around = new() { Damping = 0.7, SmallestChange = 0.9 * step, LargestChange = 1.1 * step };
        Assert.Equal(0.7, quiet.Take(around));
    }

    [Fact]
    public void Fixed_damping_does_not_change()
    {
        foreach (double mu in (double[])[1e-300, 1e-250, 0.7, 1e6])
        {
            var rule = new RuleState(new Random(3), parameters: 3, times: 5);
            Assert.Equal(mu, rule.Take(new() { Damping = mu, Adaptation = DampingAdaptation.Fixed }));
        }
    }

    [Fact]
    public void Where_the_lower_bound_cannot_be_reached_the_damping_decays_towards_zero()
    {
        // η·|g|/H is 0.01·1e-6/1 even without damping, below 0.001: a Newton step is limited to the factor e⁻¹⁰.
        var rule = new RuleState(new Random(4), parameters: 1, times: 1);
        rule.Memory.Doubles[0] = 1e-6;
        rule.Memory.Doubles[1] = 1.0;
        Assert.Equal((0.8 + (0.2 * Math.Exp(-10.0))) * 0.7, rule.Take(new() { Damping = 0.7 }), 1e-15);
    }

    [Fact]
    public void The_damping_moves_a_fifth_of_the_way_to_a_newton_step()
    {
        // With a single term, ln B(μ) = ln(η|g|) − ln(H + μ) has the slope −μ/(H + μ) in ln μ.
        foreach ((double g, double h, double mu, double bound) in ((double, double, double, double)[])
            [(2.0, 0.01, 0.05, 0.3), (-2.0, 0.01, 0.04, 0.3), (0.05, 0.2, 0.4, 0.001), (0.1, 0.0, 1.5, 0.001)])
        {
            double b = Rate * Math.Abs(g) / (h + mu);
            double next = mu * Math.Exp(Math.Log(bound / b) * -(h + mu) / mu);
            AssertDamping((0.8 * mu) + (0.2 * next), g, h, mu, newtonSteps: 1);
        }
    }

    [Fact]
    public void Several_newton_steps_reach_the_violated_bound()
    {
        // B(μ*) = η|g|/(H + μ*) equals the bound at μ* = η|g|/bound − H. Four steps from a nearby start converge to
        // rounding accuracy; 1e-12 allows for the squared error of the last step.
        foreach ((double g, double h, double mu, double bound) in ((double, double, double, double)[])
            [(2.0, 0.01, 0.05, 0.3), (-2.0, 0.01, 0.04, 0.3), (0.05, 0.2, 0.4, 0.001), (0.1, 0.0, 1.5, 0.001)])
            AssertDamping((0.8 * mu) + (0.2 * ((Rate * Math.Abs(g) / bound) - h)), g, h, mu, newtonSteps: 4);
    }

    [Fact]
    public void The_adaptation_of_a_lane_does_not_affect_its_neighbours()
    {
        foreach (double mu in (double[])[1e-300, 0.7])
        {
            var state = new LaneMemory<Wide128>(DampedSteps.StatePerTrial);
            DampingSettings[] settings =
                [new() { Damping = mu, Adaptation = DampingAdaptation.Fixed }, new() { Damping = 1e-200 }];
            var values = new double[DampedSteps.StatePerTrial];
            for (int lane = 0; lane < 2; lane++)
            {
                settings[lane].WriteInitialState(values);
                new StepBoundSettings().WriteInitialState(values);
                for (int i = 0; i < values.Length; i++)
                    state.Doubles[(i * 2) + lane] = values[i];
            }

            var numbers = new LaneMemory<Wide128>(5); // a parameter, its rate, gradient, curvature and change
            double[] all = [0.0, 0.0, Rate, Rate, 1.0, 1.0, 1e-3, 1e-3];
            all.CopyTo(numbers.Doubles);
            DampedSteps.Apply(new UpdateContext<Wide128>
            {
                Parameters = numbers.Slice(0, 1),
                LearningRates = numbers.Slice(1, 1),
                State = state.Slice(0, state.Length),
                Terms = numbers.Slice(2, 2),
                Workspace = numbers.Slice(4, 1),
                ParameterCount = 1,
                TimeSteps = 1,
                TimeStride = 2,
            });
            Assert.Equal(mu, state.Doubles[2 * DampedSteps.DampingIndex]);
            Assert.NotEqual(1e-200, state.Doubles[(2 * DampedSteps.DampingIndex) + 1]);
        }
    }

    private static void AssertDamping(double expected, double g, double h, double mu, int newtonSteps)
    {
        var rule = new RuleState(new Random(5), parameters: 1, times: 1);
        rule.Memory.Doubles[0] = g;
        rule.Memory.Doubles[1] = h;
        double actual = rule.Take(new() { Damping = mu, NewtonSteps = newtonSteps });
        Assert.InRange(actual / expected, 1.0 - 1e-12, 1.0 + 1e-12);
    }

    /// <summary>The undamped step of the instance at time t.</summary>
    private static double StepOf(double[] memory, int t)
    {
        var rule = new RuleState(new Random(0), parameters: 1, times: 1);
        memory.AsSpan(2 * t, 2).CopyTo(rule.Memory.Doubles);
        rule.Take(new()
        {
            Damping = 1e-250,
            Adaptation = DampingAdaptation.Fixed,
        });
        return -rule.Parameters.Doubles[0];
    }

    /// <summary>
    /// x_t of a neuron, and the gradient terms of eq. (6) for its sequence as [t][gradient, curvature].
    /// </summary>
    private sealed class TimeWeightedMemory(double weight, double[] inputs) : INetworkVisitor<(double[], double[])>
    {
        public (double[], double[]) Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
        {
            var run = new Presentation<Scalar, TNetwork>(network, new LatchDefinition("tanh", weight, []), inputs);
            Scalar error = run.Forward()[0] - new Scalar(0.8);
            double[] memory =
                [.. run.Backward<TimeWeightedPseudoNewtonRule<PositiveForm>>([error]).ToArray().Select(
                    value => value.Value)];
            return ([.. Enumerable.Range(0, inputs.Length + 1).Select(t => run.Backpropagation.State(t)[0].Value)],
                memory);
        }
    }
}
