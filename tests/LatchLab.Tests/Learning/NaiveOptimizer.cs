using static System.Math;

namespace LatchLab.Tests.Learning;

/// <summary>
/// A naive implementation of the update rules for one trial: plain loops over doubles in the order of operations of the
/// equations. A rule is a function of the gradients, the parameters and the number of the step.
/// </summary>
internal static class NaiveOptimizer
{
    public delegate void Rule(double[] g, double[] w, int n);

    public static Rule ClipNorm(double c) => (g, _, _) =>
    {
        double[] sums = new double[2];
        for (int i = 0; i < g.Length; i++)
            sums[i % 2] = FusedMultiplyAdd(g[i], g[i], sums[i % 2]);
        double norm = Sqrt(sums[0] + sums[1]);
        for (int i = 0; i < g.Length; i++)
            g[i] *= norm < c ? 1.0 : c / norm;
    };

    public static Rule ClipValue(double c) => Each((g, _, _, _) => Clamp(g, -c, c));

    public static Rule Momentum(double mu, bool nesterov) => Each((g, _, state, _) =>
    {
        state[0] = FusedMultiplyAdd(mu, state[0], g);
        return nesterov ? FusedMultiplyAdd(mu, state[0], g) : state[0];
    });

    public static Rule RmsProp(double alpha, double epsilon) => Each((g, _, state, _) =>
    {
        state[0] = FusedMultiplyAdd(alpha, state[0], (1.0 - alpha) * (g * g));
        return g / (Sqrt(state[0]) + epsilon);
    });

    public static Rule Adam(double beta1, double beta2, double epsilon) => Each((g, _, state, n) =>
    {
        state[0] = FusedMultiplyAdd(beta1, state[0], (1.0 - beta1) * g);
        state[1] = FusedMultiplyAdd(beta2, state[1], (1.0 - beta2) * (g * g));
        double correction1 = 1.0 / (1.0 - Power(beta1, n)), correction2 = 1.0 / (1.0 - Power(beta2, n));
        return state[0] * correction1 / (Sqrt(state[1] * correction2) + epsilon);
    });

    public static Rule WeightDecay(double lambda) => Each((g, w, _, _) => FusedMultiplyAdd(lambda, w, g));

    public static Rule WarmUp(int steps) => Each((g, _, _, n) => g * (n < steps ? (double)n / steps : 1.0));

    public static Rule ExponentialDecay(double factor) => Each((g, _, _, n) => g * Power(factor, n - 1));

    /// <summary>With the cosine of the library: to rounding.</summary>
    public static Rule CosineDecay(int steps, double floor) => Each((g, _, _, n)
        => g * (floor + ((1.0 - floor) * 0.5 * (1.0 + Cos(PI * Min(1.0, (n - 1.0) / steps))))));

    /// <summary>A step of a chain: the parameters of positive rate, in place.</summary>
    public static void Step(Rule[] chain, double[] gradients, double[] parameters, double[] rates, int n)
    {
        double[] g = [.. gradients.Select((x, i) => rates[i] > 0.0 ? x : 0.0)];
        foreach (Rule rule in chain)
        {
            rule(g, parameters, n);
            for (int i = 0; i < g.Length; i++)
                g[i] = rates[i] > 0.0 ? g[i] : 0.0;
        }

        for (int i = 0; i < g.Length; i++)
            parameters[i] -= rates[i] * g[i];
    }

    /// <summary>The power as a product of n factors, which is what the rules compute.</summary>
    private static double Power(double x, int n) => Enumerable.Repeat(x, n).Aggregate(1.0, (power, y) => power * y);

    private static Rule Each(Func<double, double, double[], int, double> transform)
    {
        double[][] states = [];
        return (g, w, n) =>
        {
            if (n == 1)
                states = [.. g.Select(_ => new double[2])];
            for (int i = 0; i < g.Length; i++)
                g[i] = transform(g[i], w[i], states[i], n);
        };
    }
}
