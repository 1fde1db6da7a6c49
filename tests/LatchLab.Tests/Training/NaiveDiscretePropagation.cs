using LatchLab.Networks.Units;
using LatchLab.Numerics;
using LatchLab.Training;

namespace LatchLab.Tests.Training;

/// <summary>
/// A naive implementation of discrete error propagation, eqs. (7) to (10), in the terms of the paper: the two-unit
/// network, signals that are desired changes, and the three interpretations written out.
/// </summary>
internal sealed class NaiveDiscretePropagation(TrainingConfiguration configuration, ulong seed, int trial,
    DiscretePropagation units,
    double rate)
{
    // w1, w2, b1, w3, w4, w5, b2
    private readonly double[] _w = [.. configuration.CreateTrialStart(seed, trial).InitialParameters];
    private int _trainingEpochs;

    /// <summary>
    /// Trains until every training sequence is correct or the budget is exhausted, and returns the presentations and
    /// the parameters.
    /// </summary>
    public (int Presentations, bool Learned, double[] Parameters) Run()
    {
        for (int pass = 0, presentations = 0; ; pass++)
        {
            bool isRight = Epoch(pass, learns: true);
            presentations += configuration.TrainingSequences;
            if (isRight && Epoch(++pass, learns: false))
                return (presentations, true, _w);
            if (presentations + configuration.TrainingSequences > configuration.Budget)
                return (presentations, false, _w);
        }
    }

    /// <summary>Presents one epoch and returns whether all sequences were correct.</summary>
    private bool Epoch(int pass, bool learns)
    {
        bool allRight = true;
        int number = 0;
        foreach ((double[] u, int label) in NaiveSequences.Presented(
            configuration, seed, trial, Purpose.TrainingSequences, first: 0, configuration.TrainingSequences,
            configuration.MaxLength, learns ? _trainingEpochs++ : null))
        {
            int length = u.Length;
            double[] y = new double[length + 1], h = new double[length + 1];
            double[] ay = new double[length + 1], ah = new double[length + 1];
            y[0] = configuration.Network.InitialOutput;
            for (int t = 1; t <= length; t++)
            {
                ah[t] = Fma(_w[1], y[t - 1], Fma(_w[0], u[t - 1], _w[2]));
                h[t] = ah[t] < 0.0 ? -1.0 : 1.0;
                ay[t] = Fma(_w[5], h[t], Fma(_w[4], y[t - 1], Fma(_w[3], u[t - 1], _w[6])));
                y[t] = ay[t] < 0.0 ? -1.0 : 1.0;
            }

            double target = label == 1 ? 0.8 : -0.8, wanted = target - y[length];
            bool isRight = y[length] * target > 0.0;
            allRight &= isRight;
            var sums = new double[7];
            for (int t = length; t >= 1 && learns && !isRight; t--)
            {
                double ofY = Propagated(wanted, ay[t], Uniform(pass, number, ((length - t) * 2) + 0));
                double ofH = Propagated(_w[5] * ofY, ah[t], Uniform(pass, number, ((length - t) * 2) + 1));
                double[] signals = [ofH, ofH, ofH, ofY, ofY, ofY, ofY],
                    factors = [u[t - 1], y[t - 1], 1.0, u[t - 1], y[t - 1], h[t], 1.0];
                for (int i = 0; i < 7; i++)
                    sums[i] = Fma(signals[i], factors[i], sums[i]);
                wanted = Fma(_w[1], ofH, _w[4] * ofY);
            }

            for (int i = 0; i < 7; i++)
                _w[i] += rate * sums[i];
            number++;
        }

        return allRight;
    }

    /// <summary>1/Δa for the change S(g); 0 where nothing is propagated.</summary>
    private double Propagated(double g, double a, double uniform)
    {
        if (g == 0.0)
            return 0.0;
        double low = units.MinimumSignal, high = units.MaximumSignal;
        bool up = uniform < (Math.Clamp(g, low, high) - low) / (high - low), isUp = a >= 0.0;
        double sign = up ? 1.0 : -1.0, change = units.Propagation switch
        {
            PropagationInterpretation.FeasibleOnly when up == isUp => 0.0,
            PropagationInterpretation.Symmetric => sign * (units.Epsilon + Math.Abs(a)),
            _ => (sign * units.Epsilon) - a,
        };
        return change == 0.0 ? 0.0 : 1.0 / change;
    }

    /// <summary>The n-th random number of a presentation, counted from its last step.</summary>
    private double Uniform(int pass, int number, int n)
    {
        RandomNumbers.GenerateUniforms(
            seed,
            Scalar.FromBits(((ulong)number << 18) + (ulong)(n / 2)),
            Scalar.FromBits(RandomNumbers.PurposeWord(Purpose.DiscretePropagation, pass)),
            Scalar.FromBits(configuration.RandomWord),
            Scalar.FromBits((ulong)trial),
            out Scalar even,
            out Scalar odd);
        return n % 2 == 0 ? even.Value : odd.Value;
    }

    private static double Fma(double a, double b, double c) => Math.FusedMultiplyAdd(a, b, c);
}
