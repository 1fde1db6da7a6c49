using CsCheck;
using LatchLab.Dynamics;
using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Paper.BeyondThePaper;
using LatchLab.Tasks;
using Xunit;

namespace LatchLab.Tests.Learning;

/// <summary>The gradient terms of eq. (4), their sum and their shares.</summary>
public sealed class GradientDecompositionTests
{
    private static readonly Gen<GradientDecomposition> Terms =
        (from weight in Gen.Double[-2.0, 2.0]
         from inputs in Gen.Double[-1.0, 1.0].Array[1, 40]
         select GradientDecomposition.Compute(new LatchDefinition("tanh", weight, [0.7]), inputs, 0.8))
        .Where(terms => terms.TotalNorm > 1e-140); // below 1e-150 a norm may have lost digits with its squares

    public static TheoryData<string, string> NetworksAndUnits => Samples.NetworksAndUnits;

    [Theory]
    [MemberData(nameof(NetworksAndUnits))]
    public void Terms_add_up_to_the_gradient(string name, string units)
    {
        var random = new Random(20260201);
        for (int sample = 0; sample < 40; sample++)
        {
            NetworkDefinition network = Samples.Network(name, random, units);
            double[] inputs = Samples.Inputs(random, network, random.Next(1, 60), 0.8);
            double[] targets = Samples.Targets(random, network);
            GradientDecomposition terms = GradientDecomposition.Compute(network, inputs, targets);
            SequenceGradient whole = SequenceGradient.Compute(network, inputs, targets);

            // The sums have the same order, last step first. There a product is added without rounding, here each term
            // is rounded: a sum of T terms of size S has two roundings a term in both, of 1.2e-16·S at most.
            double tolerance = 4 * terms.TermNorms.Count * 1.2e-16 * terms.TotalNorm;
            Assert.All(whole.Gradient.Zip(terms.Gradient), pair =>
                Assert.InRange(pair.First - pair.Second, -tolerance, tolerance));
            Assert.Equal(whole.Outputs, terms.Outputs);
        }
    }

    [Theory]
    [MemberData(nameof(NetworksAndUnits))]
    public void Each_term_has_the_norm_of_the_derivatives_at_its_time_by_dual_numbers(string name, string units)
    {
        var random = new Random(20260202);
        for (int sample = 0; sample < 5; sample++)
        {
            NetworkDefinition network = Samples.Network(name, random, units);
            double[] inputs = Samples.Inputs(random, network, random.Next(1, 12), 0.8);
            double[][] derivativesAtTimes = network.Accept(new InstancesOf(network, inputs)).FirstDerivatives;
            double[] expected =
                [.. derivativesAtTimes.Select(atTime => Math.Sqrt(atTime.Sum(derivative => derivative * derivative)))];

            // The backward pass takes some 2·15 steps of n ≤ 5 products of numbers below 2. Cancellation may leave the
            // rounding of the largest product, 60·1e-16 of the largest norm.
            double rounding = 1e-14 * expected.Max();
            IReadOnlyList<double> norms = GradientDecomposition.ComputeForOutput(network, inputs).TermNorms;
            Assert.Equal(expected, norms, (e, a) => Math.Abs(e - a) <= rounding + (1e-11 * e));
        }
    }

    [Fact]
    public void A_single_term_is_the_whole_gradient()
    {
        var random = new Random(4);
        NetworkDefinition network = Samples.Network("parity", random, "tanh");
        GradientDecomposition terms = GradientDecomposition.Compute(network, [0.3], 0.0);
        Assert.Equal(terms.GradientNorm, Assert.Single(terms.TermNorms));
        Assert.Equal(1, terms.Horizon());
        Assert.Equal((1.0, 0.0), (terms.ShortTermShare(1), terms.LongTermShare(1)));

        // ∂C/∂w = x_T·∂x_T/∂w has one rounding per parameter, under a norm of seven.
        double ofOutput = Assert.Single(GradientDecomposition.ComputeForOutput(network, [0.3]).TermNorms);
        Assert.Equal(1.0, terms.GradientNorm / (ofOutput * Math.Abs(terms.Output)), 1e-14);
    }

    [Fact]
    public void Terms_of_one_unit_are_the_products_of_derivatives_and_states()
    {
        // term_τ = ∂C/∂x_T·x_{τ−1}·f′(a_τ)·Π_{s>τ} w·f′(a_s) for the weight. An input that is a parameter at time τ has
        // the same term without x_{τ−1}. Some inputs are negative, so terms of both signs occur.
        const double weight = 1.3, first = 0.7, target = -0.8;
        double[] later = [0.1, -0.2, 0.05, -2.3, 0.4];
        double[] inputs = [first, .. later], states = new double[7], expected = new double[6];
        for (int t = 1; t <= 6; t++)
            states[t] = Math.Tanh((weight * states[t - 1]) + inputs[t - 1]);
        double product = states[6] - target, ofWeight = 0.0;
        for (int t = 6; t >= 1; t--)
        {
            double derivative = 1.0 - (states[t] * states[t]), term = states[t - 1] * derivative * product;
            expected[t - 1] = Math.Abs(t == 1 ? derivative * product : term); // x_0 = 0; the first input is a parameter
            ofWeight += term;
            product *= weight * derivative;
        }

        // Six steps of four roundings, and a 2 ulp tanh whose error 1 − x² magnifies by at most 1/(1 − 0.93²) = 7.
        GradientDecomposition terms = GradientDecomposition.Compute(new LatchDefinition("tanh", weight, [first]), later,
            target);
        Assert.Equal(expected, terms.TermNorms, (e, a) => Math.Abs(e - a) <= 1e-13 * e);
        Assert.Equal(1.0, terms.Gradient[0] / ofWeight, 1e-12);
        Assert.True(terms.GradientNorm < terms.TotalNorm);
    }

    [Theory]
    [InlineData(1.25, 100, 0.99)]
    [InlineData(1.25, 100, 0.5)]
    [InlineData(1.25, 12, 0.99)]
    [InlineData(2.0, 100, 0.99)]
    [InlineData(2.0, 100, 0.9999)]
    [InlineData(1.05, 30, 0.99)]
    public void The_horizon_of_geometric_terms_equals_that_of_their_series(double weight, int length, double share)
    {
        // The first input puts a_1 on the attractor, where the state stays. The terms are derivative^(T − τ) for τ ≥ 2,
        // and 0 for τ = 1, because x_0 = 0. So the sum of the last k is (1 − r^k)/(1 − r), and of all (1 − r^(T −
        // 1))/(1 − r). No share here is close to a boundary, so rounding does not matter.
        SingleNeuron neuron = SingleNeuron.Analyze(weight);
        double r = neuron.Derivative!.Value;
        double[] inputs = [weight * neuron.Attractor!.Value, .. new double[length - 1]];
        GradientDecomposition terms = GradientDecomposition.Compute(new LatchDefinition("tanh", weight, []), inputs,
            -0.8);
        double remaining = 1.0 - (share * (1.0 - Math.Pow(r, length - 1)));
        Assert.Equal((int)Math.Ceiling(Math.Log(remaining) / Math.Log(r)), terms.Horizon(share));

        // x̄ is a double. Its rounding grows by 1/(1 − r) on the attractor, at most 20 at w = 1.05, plus the rounding
        // of one step.
        for (int k = 1; k < length; k++)
        {
            double expected = (1.0 - Math.Pow(r, k)) / (1.0 - Math.Pow(r, length - 1));
            Assert.Equal(expected, terms.ShortTermShare(k), 1e-12);
        }
    }

    [Fact]
    public void Norms_whose_squares_underflow_are_kept()
    {
        // Near 0 a backward step halves the term, so 800 steps before the end it is about 0.5^800 = 1e-241, and its
        // square underflows. norm_τ/norm_{τ+1} = (x_{τ−1}/x_τ)·w·f′(a_τ) for all τ ≥ 3 within a few roundings; the
        // tolerance of 1e-6 allows for norms whose squares are subnormal.
        const double weight = 0.5;
        double[] inputs = [0.5, .. new double[799]];
        IReadOnlyList<double> norms = GradientDecomposition.ComputeForOutput(new LatchDefinition("tanh", weight, []),
            inputs).TermNorms;
        double earlier = Math.Tanh(0.5), x = Math.Tanh(weight * earlier);
        for (int t = 2; t < 800; t++)
        {
            double next = Math.Tanh(weight * x);
            double factor = earlier / x * (1.0 - (x * x)) / (1.0 - (next * next)) * weight * (1.0 - (next * next));
            Assert.Equal(1.0, norms[t - 1] / (norms[t] * factor), 1e-6);
            (earlier, x) = (x, next);
        }
    }

    [Fact]
    public void Shares_and_horizon_obey_their_definitions()
        => Gen.Select(Terms, Gen.Double[0.001, 1.0]).Sample((terms, share) =>
        {
            int steps = terms.TermNorms.Count, horizon = terms.Horizon(share)!.Value;

            // The shares of both parts are sums of T ≤ 41 numbers in different orders: 2·41·1.1e-16.
            for (int k = 0; k <= steps; k++)
                Assert.Equal(1.0, terms.ShortTermShare(k) + terms.LongTermShare(k), 1e-14);
            Assert.Equal((0.0, 1.0), (terms.ShortTermShare(0), terms.ShortTermShare(steps)));
            Assert.InRange(horizon, 1, steps);
            Assert.True(terms.ShortTermShare(horizon) >= share * (1.0 - 1e-15));
            Assert.True(terms.ShortTermShare(horizon - 1) < share * (1.0 + 1e-15));
            Assert.True(terms.Horizon(share / 2.0) <= horizon);
            Assert.True(terms.GradientNorm <= terms.TotalNorm * (1.0 + 1e-14)); // rounding of the same 41 norms
        });

    [Fact]
    public void If_all_terms_are_zero_the_horizon_is_0_and_there_are_no_shares()
    {
        GradientDecomposition terms = GradientDecomposition.Compute(new LatchDefinition("tanh", 1.3, []),
            [0.0, 0.0, 0.0], 0.8);
        Assert.Equal([0.0, 0.0, 0.0], terms.TermNorms);
        Assert.Equal((0, 0.0, double.NaN), (terms.Horizon(), terms.TotalNorm, terms.ShortTermShare(1)));
    }

    [Fact]
    public void If_a_term_is_not_finite_there_is_no_horizon_and_no_share()
    {
        // At x = 0 the derivative is 1, so the adjoint grows by a factor of 1e200 per step, and ∞·x_0 = NaN.
        GradientDecomposition terms = GradientDecomposition.Compute(new LatchDefinition("tanh", 1e200, []),
            [0.0, 0.0, 0.0, 0.0], 0.8);
        Assert.Null(terms.Horizon());
        Assert.Equal((double.NaN, double.NaN), (terms.ShortTermShare(2), terms.LongTermShare(2)));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-0.1)]
    [InlineData(1.0000001)]
    public void A_horizon_requires_a_valid_share(double share)
        => Assert.Throws<ArgumentOutOfRangeException>(
            () => GradientDecomposition.ComputeForOutput(new LatchDefinition("tanh", 1.0, []), [0.1]).Horizon(share));

    [Fact]
    public void Memory_does_not_grow_with_time_times_parameters()
    {
        const int units = 30, length = 10_000;
        FullyConnectedDefinition network = Samples.FullyConnected(new Random(5), units);
        double[] inputs = new double[length];
        long before = GC.GetAllocatedBytesForCurrentThread();
        GradientDecomposition.ComputeForOutput(network, inputs);

        // All states are stored (2.4 MB) and three numbers per step; the terms themselves would take 72 MB.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
    }

    [Fact]
    public void A_sequence_whose_states_do_not_fit_in_memory_is_rejected()
    {
        var network = new FullyConnectedDefinition("tanh", 1000, 0, [0], new double[1_000_000]);
        ValidationException exception = Assert.Throws<ValidationException>(
            () => GradientDecomposition.ComputeForOutput(network, new double[100_000]));
        Assert.Contains("give at most 99999 steps", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_automaton_computes_parity_and_its_early_terms_have_a_vanishing_share()
    {
        for (int number = 0; number < 30; number++)
        {
            double[] inputs = Generality.AutomatonInputs(seed: 3, number);
            int target = GeneratedTask.ClassOf(number) == 1 ? 1 : -1;
            GradientDecomposition terms = GradientDecomposition.ComputeForOutput(Generality.ParityAutomaton, inputs);
            Assert.True(terms.Output * target > 0.9);
            Assert.True(terms.TermNorms[0] < 1e-10 * terms.TermNorms[^1]);
        }
    }

    [Fact]
    public void A_threshold_has_no_gradient()
        => Assert.Throws<ValidationException>(
            () => GradientDecomposition.ComputeForOutput(new LatchDefinition("threshold", 1.0, []), [0.1]));
}
