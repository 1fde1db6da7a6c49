using System.Text.RegularExpressions;
using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Learning.Optimizers;
using LatchLab.Numerics;
using LatchLab.Tests.Architecture;
using Xunit;

namespace LatchLab.Tests.Learning;

/// <summary>Chains of update rules, against a naive program and by their properties.</summary>
public sealed class UpdateRuleTests
{
    private const int Count = 5;

    /// <summary>The text of a chain with the parameters of a lane, and the same for the naive program.</summary>
    private static readonly Dictionary<string, Func<int, (string Text, NaiveOptimizer.Rule[] Rules)>> Chains = new()
    {
        ["gradient descent"] = _ => ("", []),
        ["momentum"] = lane => ($"momentum {Tenth(lane)}", [NaiveOptimizer.Momentum(Tenth(lane), nesterov: false)]),
        ["nesterov"] = lane => (
            $"momentum {Tenth(lane)} form=nesterov", [NaiveOptimizer.Momentum(Tenth(lane), nesterov: true)]),
        ["rmsprop"] = lane => ($"rmsprop alpha={Tenth(lane)}", [NaiveOptimizer.RmsProp(Tenth(lane), 1e-8)]),
        ["adam"] = lane => (
            $"adam beta1={Tenth(lane)} epsilon=1e-3", [NaiveOptimizer.Adam(Tenth(lane), 0.999, 1e-3)]),
        ["decay"] = lane => ($"weight-decay {Tenth(lane)}", [NaiveOptimizer.WeightDecay(Tenth(lane))]),
        ["clip-norm"] = lane => ($"clip-norm {0.1 + lane}", [NaiveOptimizer.ClipNorm(0.1 + lane)]),
        ["clip-value"] = lane => ($"clip-value {Tenth(lane)}", [NaiveOptimizer.ClipValue(Tenth(lane))]),
        ["warm-up"] = lane => ($"warm-up {lane + 3}", [NaiveOptimizer.WarmUp(lane + 3)]),
        ["exponential-decay"] = lane => (
            $"exponential-decay {Tenth(lane)}", [NaiveOptimizer.ExponentialDecay(Tenth(lane))]),
        ["penalty, clip, Adam, decay, schedules"] = lane => (
            $"weight-decay 0.1; clip-norm {Tenth(lane)}; adam; weight-decay 0.2; warm-up 4; exponential-decay 0.95",
            [
                NaiveOptimizer.WeightDecay(0.1), NaiveOptimizer.ClipNorm(Tenth(lane)),
                NaiveOptimizer.Adam(0.9, 0.999, 1e-8), NaiveOptimizer.WeightDecay(0.2), NaiveOptimizer.WarmUp(4),
                NaiveOptimizer.ExponentialDecay(0.95),
            ]),
    };

    public static TheoryData<string> ChainNames => [.. Chains.Keys];

    private static UpdatePlan Plan(string text) => new(new OptimizerSettings { Optimizer = text }.GetRules());

    private static double Tenth(int lane) => 0.1 + (0.1 * (lane % 9));

    [Theory]
    [MemberData(nameof(ChainNames))]
    public void Every_lane_equals_a_naive_program_to_the_last_bit(string name)
    {
        foreach (LaneKind kind in SlowTests.LaneKinds.Where(kind => kind.IsSupported))
        {
            Assert.True(kind.Accept(new NaiveComparison(name)));
            Assert.True(kind.AcceptUnrolled(new NaiveComparison(name)));
        }
    }

    [Fact]
    public void The_cosine_schedule_equals_the_cosine()
    {
        // The polynomial is off by 2.6e-16 and its ten roundings, weighted by decreasing terms, by less than 1e-15; the
        // naive factor has some five roundings. The sum of 40 steps of 0.1·|g| ≤ 0.1 is off by less than 40·0.1·3e-15.
        var random = new Random(7);
        double[][] gradients = [.. Enumerable.Range(0, 40).Select(_ => Samples.Numbers(random, Count, 1.0))];
        double[] start = Samples.Numbers(random, Count, 1.0), expected = [.. start];
        NaiveOptimizer.Rule[] naive = [NaiveOptimizer.CosineDecay(steps: 30, floor: 0.25)];
        foreach ((int n, double[] gradient) in gradients.Index())
            NaiveOptimizer.Step(naive, [.. gradient], expected, [.. Enumerable.Repeat(0.1, Count)], n + 1);
        double[] actual = ChainRun<Scalar>.Run(Plan("cosine-decay 30 floor=0.25"), start, gradients);
        for (int i = 0; i < Count; i++)
            Assert.Equal(expected[i], actual[i], 1.2e-14);
    }

    [Fact]
    public void A_clipped_norm_is_at_most_its_bound_whatever_the_size_of_the_gradient()
    {
        var random = new Random(8);
        int clipped = 0;
        for (int sample = 0; sample < 400; sample++)
        {
            double size = Math.Pow(10.0, random.Next(-150, 308)), bound = Math.Pow(10.0, random.Next(-90, 90));
            double[] gradient = [.. Samples.Numbers(random, Count, 1.0).Select(x => size * x)];
            double[] step = [.. ChainRun<Scalar>.Run(
                Plan(FormattableString.Invariant($"clip-norm {bound:R}")), new double[Count], [gradient], rate: 1.0)
                .Select(x => -x)];
            double norm = Norm(gradient), stepNorm = Norm(step);

            // With the unit u = 1.1e-16: the sum of five squares of scaled gradients has at most 5 + 2 roundings, half
            // of them after the root; with the root, the quotient, the product and the same roundings of the norm here
            // fewer than 16·u.
            Assert.InRange(stepNorm, 0.0, bound * (1.0 + 1.8e-15));
            if (norm < bound)
            {
                Assert.Equal(gradient, step);
                continue;
            }

            clipped++;
            Assert.InRange(stepNorm, bound * (1.0 - 1.8e-15), bound * (1.0 + 1.8e-15));
            for (int i = 0; i < Count; i++) // one factor for all
                Assert.InRange(step[i] / stepNorm / (gradient[i] / norm), 1.0 - 3.6e-15, 1.0 + 3.6e-15);
        }

        Assert.InRange(clipped, 50, 350);

        // Scaled by the largest element, so that squares of no size overflow.
        static double Norm(double[] values)
        {
            double largest = values.Max(Math.Abs);
            return largest * Math.Sqrt(values.Sum(x => x / largest * (x / largest)));
        }
    }

    [Fact]
    public void The_order_of_the_rules_matters()
    {
        // One step of Adam from its start has the size of its sign: m̂/√v̂ = g/|g|. Clipping before it changes nothing,
        // after it bounds the step; weight decay before it is normalised away, after it adds λ·w.
        double[] start = [2.0], gradient = [-50.0];
        double Step(string chain)
            => start[0] - ChainRun<Scalar>.Run(Plan(chain), start, [gradient], rate: 1.0)[0];
        Assert.Equal(-1.0, Step("clip-norm 0.5; adam"), 1e-7);    // ε = 1e-8 beside 0.5
        Assert.Equal(-0.5, Step("adam; clip-norm 0.5"), 1e-7);
        Assert.Equal(-1.0, Step("weight-decay 0.25; adam"), 1e-7);
        Assert.Equal(-0.5, Step("adam; weight-decay 0.25"), 1e-7);
    }

    [Fact]
    public void Every_parameter_of_every_rule_changes_the_steps()
    {
        var random = new Random(9);
        double[] start = Samples.Numbers(random, Count, 1.0);
        double[][] gradients = [.. Enumerable.Range(0, 30).Select(_ => Samples.Numbers(random, Count, 0.3))];
        foreach (UpdateRule rule in KnownUpdateRules.All)
        {
            double[] plain = ChainRun<Scalar>.Run(Plan(rule.Name), start, gradients);
            foreach (Setting setting in Settings.GetAll(rule))
            {
                Assert.NotEqual(
                    plain, ChainRun<Scalar>.Run(Plan($"{rule.Name} {setting.Name}={setting.Probe}"), start, gradients));
            }
        }
    }

    [Fact]
    public void A_step_along_a_mini_batch_is_one_along_the_mean_of_its_gradients()
    {
        var random = new Random(10);
        IReadOnlyList<UpdateRule> rules = Plan("clip-norm 1; adam").Rules;
        double[] start = Samples.Numbers(random, Count, 1.0);
        double[][] gradients = [.. Enumerable.Range(0, 13).Select(_ => Samples.Numbers(random, Count, 1.0))];
        double[][] Sums(double weight) => [.. gradients.Chunk(3).Where(chunk => chunk.Length == 3).Select(chunk
            => Enumerable.Range(0, Count).Select(i => (chunk[0][i] + chunk[1][i] + chunk[2][i]) * weight).ToArray())];
        double[] Run(UpdatePlan plan, double[][] all) => ChainRun<Unrolled4<Wide128>>.Run(plan, start, all);

        Assert.Equal(Run(new(rules), gradients), Run(new(rules, 1, IsMean: true), gradients));
        Assert.Equal(Run(new(rules), Sums(1.0 / 3.0)), Run(new(rules, 3, IsMean: true), gradients));
        Assert.Equal(Run(new(rules), Sums(1.0)), Run(new(rules, 3), gradients));
    }

    [Fact]
    public void The_reference_lists_every_rule_with_its_parameters()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "reference", "training.md"));
        foreach (UpdateRule rule in KnownUpdateRules.All)
        {
            string row = Assert.Single(
                lines, line => line.StartsWith($"| `{rule.Name}` |", StringComparison.Ordinal));
            foreach (Setting setting in Settings.GetAll(rule))
                Assert.Contains($"`{setting.Name}`", row, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_code_distinguishes_rules()
    {
        string names = string.Join('|', KnownUpdateRules.All.Select(rule => rule.GetType().Name));
        var typeTest = new Regex($@"\b(is|as|case|not|or)\s+({names})\b|typeof\(({names})\)|<({names})>");
        Assert.Matches(typeTest, "rule is Adam");
        Assert.Empty(
            from file in Directory.GetFiles(
                Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            from line in File.ReadLines(file)
            where !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && typeTest.IsMatch(line)
            select $"{file}: {line}");
    }

    /// <summary>
    /// Lanes with different parameters of their rules: each freezes a parameter of its own, pauses in some steps, and
    /// begins a new trial once; a trial in another lane is not affected.
    /// </summary>
    private sealed class NaiveComparison(string name) : ILaneVisitor<bool>
    {
        public bool Visit<TLane>()
            where TLane : unmanaged, IBitLane<TLane>
        {
            var random = new Random(6);
            int lanes = ChainRun<TLane>.Lanes;
            var chains = Enumerable.Range(0, lanes).Select(lane => Chains[name](lane)).ToArray();
            UpdatePlan[] plans = [.. chains.Select(chain => Plan(chain.Text))];
            var run = new ChainRun<TLane>(plans[0], Count);
            var expected = new double[lanes][];
            var steps = new int[lanes];
            for (int presentation = 0; presentation < 25; presentation++)
            {
                for (int lane = 0; lane < lanes; lane++)
                {
                    if (presentation == (lane % 3 == 0 ? 9 : 0) || presentation == 0)
                    {
                        expected[lane] = Samples.Numbers(random, Count, 1.0);
                        run.Begin(lane, plans[lane], [.. expected[lane]]);
                        steps[lane] = 0;
                    }

                    bool learns = (presentation + lane) % 4 > 0;
                    double[] rates = [.. Enumerable.Range(0, Count)
                        .Select(i => learns && i != lane % Count ? 0.05 * (i + 1) : 0.0)];
                    double[] gradients = Samples.Numbers(random, Count, 1.0);
                    run.Rates.SetLane(lane, rates);
                    run.Gradients.SetLane(lane, gradients);
                    if (learns)
                        NaiveOptimizer.Step(chains[lane].Rules, gradients, expected[lane], rates, ++steps[lane]);
                }

                run.Update();
                for (int lane = 0; lane < lanes; lane++)
                    Assert.Equal(expected[lane], run.Parameters.GetLane(lane));
            }

            return true;
        }
    }
}
