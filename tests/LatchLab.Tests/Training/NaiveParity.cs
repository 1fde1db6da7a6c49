using LatchLab.Numerics;
using LatchLab.Training;

namespace LatchLab.Tests.Training;

/// <summary>
/// A naive implementation of on-line back-propagation for the two-unit network: one trial, plain loops, every formula
/// written out, in the order of operations of the engine so that every bit can be compared.
/// </summary>
internal sealed class NaiveParity(TrainingConfiguration configuration, ulong seed, int trial, double rate)
{
    // w1, w2, b1, w3, w4, w5, b2
    private readonly double[] _w = [.. configuration.CreateTrialStart(seed, trial).InitialParameters];
    private double _cost;
    private int _stage;
    private int _trainingEpochs;

    /// <summary>
    /// Runs the trial and returns the outcome, without evaluation presentations, and the final parameters.
    /// </summary>
    public (Outcome Outcome, double[] Parameters) Run()
    {
        int presentations = 0, stages = configuration.StageLengths.Count;
        while (true)
        {
            bool learned = Epoch(rate) == configuration.TrainingSequences && IsLearned();
            presentations += configuration.TrainingSequences;
            while (learned && _stage < stages - 1)
            {
                _stage++;
                learned = IsLearned();
            }

            if (!learned && presentations + configuration.TrainingSequences <= configuration.Budget)
                continue;
            double trainingError = 1.0 - (Epoch(rate: 0.0) / (double)configuration.TrainingSequences),
                finalCost = _cost;
            double testError = 1.0
                - (Epoch(0.0, configuration.ConvergenceRule.TestSequences)
                    / (double)configuration.ConvergenceRule.TestSequences);
            StopReason stopReason = learned ? StopReason.Converged : StopReason.BudgetExhausted;
            return (new(stopReason, presentations, 0, finalCost)
            {
                TrainingError = trainingError,
                TestError = testError,
                TestCost = _cost,
                Diagnostics = new(configuration.Learner.CompleteDiagnostics([], _stage)),
            }, _w);
        }
    }

    private bool IsLearned()
        => Epoch(rate: 0.0) == configuration.TrainingSequences && _cost < configuration.ConvergenceRule.CostThreshold;

    /// <summary>
    /// Presents the training sequences, or a number of test sequences, and returns the number of correct ones.
    /// </summary>
    private int Epoch(double rate, int testCount = 0)
    {
        int correct = 0, all = testCount > 0 ? testCount : configuration.TrainingSequences,
            first = (configuration.StageLengths.Count - 1 - _stage) << 14;
        _cost = 0.0;
        foreach ((double[] u, int label) in testCount > 0
            ? NaiveSequences.Set(configuration, seed, trial, Purpose.TestSequences, 0, all, configuration.MaxLength)
            : NaiveSequences.Presented(configuration, seed, trial, Purpose.TrainingSequences, first, all,
                configuration.StageLengths[_stage], rate > 0.0 ? _trainingEpochs++ : null))
        {
            double target = label == 1 ? 0.8 : -0.8;
            (double[] y, double[] h) = Forward(u);
            double difference = y[^1] - target;
            correct += y[^1] * target > 0.0 ? 1 : 0;
            _cost += 0.5 * difference * difference;
            double[] gradient = Gradient(u, y, h, difference);
            for (int i = 0; i < _w.Length; i++)
                _w[i] -= rate * gradient[i];
        }

        _cost /= all;
        return correct;
    }

    private (double[] Y, double[] H) Forward(double[] u)
    {
        double[] y = new double[u.Length + 1], h = new double[u.Length + 1];
        y[0] = configuration.Network.InitialOutput;
        for (int t = 1; t <= u.Length; t++)
        {
            h[t] = Elementary.Tanh(Fma(_w[1], y[t - 1], Fma(_w[0], u[t - 1], _w[2])));
            y[t] = Elementary.Tanh(Fma(_w[5], h[t], Fma(_w[4], y[t - 1], Fma(_w[3], u[t - 1], _w[6]))));
        }

        return (y, h);
    }

    private double[] Gradient(double[] u, double[] y, double[] h, double error)
    {
        var sums = new double[7];
        for (int t = u.Length; t >= 1; t--)
        {
            double ofY = Fma(-y[t], y[t], 1.0) * error;          // ∂C/∂a of the output unit
            double ofH = Fma(-h[t], h[t], 1.0) * (_w[5] * ofY);  // … of the hidden unit
            sums[0] = Fma(ofH, u[t - 1], sums[0]);
            sums[1] = Fma(ofH, y[t - 1], sums[1]);
            sums[2] += ofH;
            sums[3] = Fma(ofY, u[t - 1], sums[3]);
            sums[4] = Fma(ofY, y[t - 1], sums[4]);
            sums[5] = Fma(ofY, h[t], sums[5]);
            sums[6] += ofY;
            error = Fma(_w[1], ofH, _w[4] * ofY);
        }

        return sums;
    }

    private static double Fma(double a, double b, double c) => Math.FusedMultiplyAdd(a, b, c);
}
