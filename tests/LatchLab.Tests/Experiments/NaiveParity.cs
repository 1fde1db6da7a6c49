using LatchLab.Experiments;
using LatchLab.Numerics;

namespace LatchLab.Tests.Experiments;

/// <summary>
/// On-line back-propagation of the two-unit network as one would write it first: one trial, plain loops, every formula
/// written out, in the order of operations of the engine so that every bit can be compared.
/// </summary>
internal sealed class NaiveParity(ProblemCell cell, ulong seed, int trial, double rate)
{
    private readonly double[] w = [.. cell.StartOf(seed, trial).Values]; // w1, w2, b1, w3, w4, w5, b2
    private double cost;
    private int stage;

    /// <summary>The outcome, but for the presentations that only judged, and the parameters at the end.</summary>
    public (Outcome Outcome, double[] Parameters) Run()
    {
        int presentations = 0, stages = cell.Stages.Count;
        while (true)
        {
            bool learned = Epoch(rate) == cell.Sequences && IsLearned();
            presentations += cell.Sequences;
            while (learned && stage < stages - 1)
            {
                stage++;
                learned = IsLearned();
            }

            if (!learned && presentations + cell.Sequences <= cell.Budget)
                continue;
            double trainingError = 1.0 - (Epoch(rate: 0.0) / (double)cell.Sequences), finalCost = cost;
            double freshError = 1.0 - (Epoch(0.0, cell.Rule.FreshSequences) / (double)cell.Rule.FreshSequences);
            Ending ending = learned ? Ending.Converged : Ending.OutOfPresentations;
            return (new(ending, presentations, 0, finalCost)
            {
                TrainingError = trainingError,
                FreshError = freshError,
                FreshCost = cost,
                Stage = stage,
            }, w);
        }
    }

    private bool IsLearned() => Epoch(rate: 0.0) == cell.Sequences && cost < cell.Rule.CostThreshold;

    /// <summary>Presents the training sequences, or fresh ones; the number that were right.</summary>
    private int Epoch(double rate, int fresh = 0)
    {
        int right = 0, all = fresh > 0 ? fresh : cell.Sequences, first = (cell.Stages.Count - 1 - stage) << 14;
        cost = 0.0;
        foreach ((double[] u, int label) in fresh > 0
            ? NaiveSequences.Set(cell, seed, trial, Purpose.TestSequences, 0, all, cell.Length)
            : NaiveSequences.Set(cell, seed, trial, Purpose.TrainingSequences, first, all, cell.Stages[stage]))
        {
            double target = label == 1 ? 0.8 : -0.8;
            (double[] y, double[] h) = Forward(u);
            double difference = y[^1] - target;
            right += y[^1] * target > 0.0 ? 1 : 0;
            cost += 0.5 * difference * difference;
            double[] gradient = Gradient(u, y, h, difference);
            for (int i = 0; i < w.Length; i++)
                w[i] -= rate * gradient[i];
        }

        cost /= all;
        return right;
    }

    private (double[] Y, double[] H) Forward(double[] u)
    {
        double[] y = new double[u.Length + 1], h = new double[u.Length + 1];
        y[0] = -1.0;
        for (int t = 1; t <= u.Length; t++)
        {
            h[t] = Tanh(Fma(w[1], y[t - 1], Fma(w[0], u[t - 1], w[2])));
            y[t] = Tanh(Fma(w[5], h[t], Fma(w[4], y[t - 1], Fma(w[3], u[t - 1], w[6]))));
        }

        return (y, h);
    }

    private double[] Gradient(double[] u, double[] y, double[] h, double error)
    {
        var sums = new double[7];
        for (int t = u.Length; t >= 1; t--)
        {
            double ofY = Fma(-y[t], y[t], 1.0) * error;                 // ∂C/∂a of the output unit
            double ofH = Fma(-h[t], h[t], 1.0) * (w[5] * ofY);          // … of the hidden unit
            sums[0] += ofH * u[t - 1];
            sums[1] += ofH * y[t - 1];
            sums[2] += ofH;
            sums[3] += ofY * u[t - 1];
            sums[4] += ofY * y[t - 1];
            sums[5] += ofY * h[t];
            sums[6] += ofY;
            error = Fma(w[1], ofH, w[4] * ofY);
        }

        return sums;
    }

    private static double Fma(double a, double b, double c) => Math.FusedMultiplyAdd(a, b, c);

    private static double Tanh(double a) => Scalar.Tanh(new Scalar(a)).Value;
}
