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

    public (Ending Ending, int Presentations, double Cost, double FreshError, double[] Parameters) Run()
    {
        int presentations = 0;
        while (true)
        {
            bool converged = Epoch(rate) == cell.Sequences && Epoch(rate: 0.0) == cell.Sequences
                && cost < cell.Rule.CostThreshold;
            presentations += cell.Sequences;
            bool ended = converged || presentations + cell.Sequences > cell.Budget;
            if (!ended)
                continue;
            Epoch(rate: 0.0);
            double finalCost = cost;
            int fresh = cell.Rule.FreshSequences, right = Epoch(rate: 0.0, Purpose.TestSequences, fresh);
            return (converged ? Ending.Converged : Ending.OutOfPresentations, presentations, finalCost,
                (double)(fresh - right) / fresh, w);
        }
    }

    /// <summary>Presents all sequences; the number that were right.</summary>
    private int Epoch(double rate, Purpose purpose = Purpose.TrainingSequences, int count = 0)
    {
        int right = 0, all = count > 0 ? count : cell.Sequences;
        cost = 0.0;
        foreach ((double[] u, int label) in NaiveSequences.Set(cell, seed, trial, purpose, 0, all, cell.Length))
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
