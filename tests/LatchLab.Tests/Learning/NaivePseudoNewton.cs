using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tests.Training;
using LatchLab.Training;

namespace LatchLab.Tests.Learning;

/// <summary>
/// A naive implementation of eqs. (5) and (6) with an adaptive μ: the Latch problem, plain loops, System.Math.
/// </summary>
internal sealed class NaivePseudoNewton(
    TrainingConfiguration configuration, ulong seed, int trial, DampingSettings settings, StepBoundSettings bound,
    bool timeWeighted, bool isFull)
{
    // w, u1, u0
    private readonly double[] _parameters = [.. configuration.CreateTrialStart(seed, trial).InitialParameters];

    public double Mu { get; private set; } = settings.Damping;

    public double[] Run(int epochs)
    {
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            foreach ((double[] inputs, int label) in NaiveSequences.Presented(
                configuration, seed, trial, Purpose.TrainingSequences, first: 0, configuration.TrainingSequences,
                configuration.MaxLength, epoch))
                Learn(inputs, label);
        }

        return _parameters;
    }

    private void Learn(double[] inputs, int label)
    {
        int length = inputs.Length, own = label == 1 ? 1 : 2;
        double w = _parameters[0], target = label == 1 ? 0.8 : -0.8;
        var x = new double[length + 1];
        for (int t = 1; t <= length; t++)
            x[t] = Math.Tanh((w * x[t - 1]) + (t == 1 ? _parameters[own] : inputs[t - 1]));

        var instances = new List<(double[] G, double[] H)>();
        (double g, double h) = (x[length] - target, 1.0);
        for (int t = length; t >= 1; t--)
        {
            double derivative = 1.0 - (x[t] * x[t]);
            (g, h) = (derivative * g, (derivative * derivative * h) + (isFull ? -2.0 * x[t] * derivative * g : 0.0));
            double[] ofG = new double[3], ofH = new double[3];
            (ofG[0], ofH[0]) = (g * x[t - 1], h * x[t - 1] * x[t - 1]);
            if (t == 1)
                (ofG[own], ofH[own]) = (g, h);
            instances.Add((ofG, ofH));
            (g, h) = (w * g, w * w * h);
        }

        if (!timeWeighted)
            instances = [(Sum(instances.Select(one => one.G)), Sum(instances.Select(one => one.H)))];
        Step(instances);
    }

    private void Step(List<(double[] G, double[] H)> instances)
    {
        double[] steps = [.. Enumerable.Range(0, 3).Select(i => configuration.Learner.Rate * instances.Sum(
            one => one.G[i] == 0.0 ? 0.0 : one.G[i] / (Math.Abs(one.H[i]) + Mu)))];
        double change = steps.Max(Math.Abs);
        double largest = bound.StepBound == 0.0 ? double.PositiveInfinity : bound.StepBound;
        if (bound.Limit == StepLimit.Rescale && change > largest)
            steps = [.. steps.Select(step => step * largest / change)];
        for (int i = 0; i < 3; i++)
            _parameters[i] -= Math.Clamp(steps[i], -largest, largest);
        if (settings.Adaptation == DampingAdaptation.Adaptive && Bound(instances, Mu).B > 0.0)
            Adapt(instances, change);
    }

    private void Adapt(List<(double[] G, double[] H)> instances, double change)
    {
        bool tooSmall = change < settings.SmallestChange;
        if (!tooSmall && change <= settings.LargestChange)
            return;
        double target = tooSmall ? settings.SmallestChange : settings.LargestChange, best = Mu;
        for (int n = 0; n < settings.NewtonSteps; n++)
        {
            (double b, double derivative) = Bound(instances, best);
            best *= Math.Exp(Math.Clamp(Math.Log(target / b) / (best * derivative / b), -10.0, 10.0));
        }

        Mu = (settings.Momentum * Mu) + ((1.0 - settings.Momentum) * best);
    }

    /// <summary>B(μ) and B′(μ).</summary>
    private (double B, double Derivative) Bound(List<(double[] G, double[] H)> instances, double mu)
        => Enumerable.Range(0, 3).Select(i =>
        {
            var terms = instances.Where(one => one.G[i] != 0.0)
                .Select(one => (G: Math.Abs(one.G[i]), D: Math.Abs(one.H[i]) + mu)).ToList();
            double rate = configuration.Learner.Rate;
            return (rate * terms.Sum(one => one.G / one.D), -rate * terms.Sum(one => one.G / one.D / one.D));
        }).MaxBy(both => both.Item1);

    private static double[] Sum(IEnumerable<double[]> all)
        => all.Aggregate((sum, one) => [.. sum.Zip(one, (a, b) => a + b)]);
}
