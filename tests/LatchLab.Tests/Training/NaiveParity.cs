using LatchLab.Numerics;
using LatchLab.Training;

namespace LatchLab.Tests.Training;

/// <summary>
/// On-line back-propagation of the two-unit network as one would write it first: one trial, plain loops, every formula
/// written out, in the order of operations of the engine so that every bit can be compared.
/// </summary>
internal sealed class NaiveParity(TrainingConfiguration cell, ulong seed, int trial, double rate)
{
    // w1, w2, b1, w3, w4, w5, b2
    private readonly double[] _w = [.. cell.CreateTrialStart(seed, trial).InitialParameters];
    private double _cost;
    private int _stage;

    /// <summary>The outcome, but for the presentations that only judged, and the parameters at the end.</summary>
    public (Outcome Outcome, double[] Parameters) Run()
    {
        int presentations = 0, stages = cell.StageLengths.Count;
        while (true)
        {
            bool learned = Epoch(rate) == cell.TrainingSequences && IsLearned();
            presentations += cell.TrainingSequences;
            while (learned && _stage < stages - 1)
            {
                _stage++;
                learned = IsLearned();
            }

            if (!learned && presentations + cell.TrainingSequences <= cell.Budget)
                continue;
            double trainingError = 1.0 - (Epoch(rate: 0.0) / (double)cell.TrainingSequences), finalCost = _cost;
            double freshError = 1.0
                - (Epoch(0.0, cell.ConvergenceRule.FreshSequences) / (double)cell.ConvergenceRule.FreshSequences);
            StopReason ending = learned ? StopReason.Converged : StopReason.OutOfPresentations;
            return (new(ending, presentations, 0, finalCost)
            {
                TrainingError = trainingError,
                TestError = freshError,
                TestCost = _cost,
                FinalStage = _stage,
            }, _w);
        }
    }

    private bool IsLearned()
        => Epoch(rate: 0.0) == cell.TrainingSequences && _cost < cell.ConvergenceRule.CostThreshold;

    /// <summary>Presents the training sequences, or fresh ones; the number that were right.</summary>
    private int Epoch(double rate, int fresh = 0)
    {
        int right = 0, all = fresh > 0 ? fresh : cell.TrainingSequences,
            first = (cell.StageLengths.Count - 1 - _stage) << 14;
        _cost = 0.0;
        foreach ((double[] u, int label) in fresh > 0
            ? NaiveSequences.Set(cell, seed, trial, Purpose.TestSequences, 0, all, cell.MaxLength)
            : NaiveSequences.Set(cell, seed, trial, Purpose.TrainingSequences, first, all, cell.StageLengths[_stage]))
        {
            double target = label == 1 ? 0.8 : -0.8;
            (double[] y, double[] h) = Forward(u);
            double difference = y[^1] - target;
            right += y[^1] * target > 0.0 ? 1 : 0;
            _cost += 0.5 * difference * difference;
            double[] gradient = Gradient(u, y, h, difference);
            for (int i = 0; i < _w.Length; i++)
                _w[i] -= rate * gradient[i];
        }

        _cost /= all;
        return right;
    }

    private (double[] Y, double[] H) Forward(double[] u)
    {
        double[] y = new double[u.Length + 1], h = new double[u.Length + 1];
        y[0] = -1.0;
        for (int t = 1; t <= u.Length; t++)
        {
            h[t] = Tanh(Fma(_w[1], y[t - 1], Fma(_w[0], u[t - 1], _w[2])));
            y[t] = Tanh(Fma(_w[5], h[t], Fma(_w[4], y[t - 1], Fma(_w[3], u[t - 1], _w[6]))));
        }

        return (y, h);
    }

    private double[] Gradient(double[] u, double[] y, double[] h, double error)
    {
        var sums = new double[7];
        for (int t = u.Length; t >= 1; t--)
        {
            double ofY = Fma(-y[t], y[t], 1.0) * error;                 // ∂C/∂a of the output unit
            double ofH = Fma(-h[t], h[t], 1.0) * (_w[5] * ofY);          // … of the hidden unit
            sums[0] += ofH * u[t - 1];
            sums[1] += ofH * y[t - 1];
            sums[2] += ofH;
            sums[3] += ofY * u[t - 1];
            sums[4] += ofY * y[t - 1];
            sums[5] += ofY * h[t];
            sums[6] += ofY;
            error = Fma(_w[1], ofH, _w[4] * ofY);
        }

        return sums;
    }

    private static double Fma(double a, double b, double c) => Math.FusedMultiplyAdd(a, b, c);

    private static double Tanh(double a) => Scalar.Tanh(new Scalar(a)).Value;
}
