using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Tests.Training;

/// <summary>
/// A naive implementation of back-propagation for the minimal task, on-line, in mini-batches or batch: one trial, plain
/// loops, Math.Tanh. It uses the published definition of the random numbers and nothing else from the engine.
/// </summary>
internal static class NaiveTraining
{
    public static (bool Converged, int Presentations, double[] Parameters) Run(
        TrainingConfiguration configuration, ulong seed, int trial)
    {
        var task = (MinimalTask)configuration.Task;
        var parameters = new double[1 + (2 * task.TrainableInputs)];
        parameters[0] = configuration.Network.InitialWeight;
        for (int i = 1; i < parameters.Length; i++)
            parameters[i] =
                configuration.Network.InitialRange * ((2.0 * Uniform(configuration, seed, trial, i - 1)) - 1.0);

        double[] pending = new double[parameters.Length + 1];   // gradients of the next step, and their number
        int blocks = (task.Length - task.TrainableInputs + 3) / 4, pass = 0, presentations = 0, testPresentations = 0;
        int Epoch(double rate)
        {
            bool frozen = task.NoiseDrawn == NoiseDraw.Frozen;
            int firstBlock = frozen ? 0 : pass++ * blocks;
            int[] order = [.. Enumerable.Range(0, task.Sequences)];
            for (int i = 0; rate > 0.0 && task.Order != SequenceOrder.Sorted && i < order.Length; i++)
            {
                int perEpoch = (order.Length + 1) / 2 * 2, other = i + (int)(Uniform(
                    configuration, seed, trial, (presentations / task.Sequences * perEpoch) + i, Purpose.EpochOrder)
                    * (order.Length - i));
                (order[i], order[other]) = (order[other], order[i]);
            }

            return Present(configuration, parameters, pending, rate, order, (p, j) => Gaussian(
                configuration, seed, trial, frozen ? Purpose.TrainingNoise : Purpose.PresentationNoise, p,
                firstBlock, j));
        }

        while (true)
        {
            int correct = Epoch(configuration.Learner.Rate);
            presentations += task.Sequences;
            if (configuration.ConvergenceRule.Rule == ConvergenceRuleKind.Sign && correct == task.Sequences
                && Epoch(rate: 0.0) == task.Sequences)
                return (true, presentations, parameters);
            if (configuration.ConvergenceRule.Rule == ConvergenceRuleKind.TestSequences
                && (double)correct / task.Sequences >= configuration.ConvergenceRule.RequiredTestShare
                    && testPresentations <= presentations)
            {
                int tested = 0, testCorrect = 0, count = configuration.ConvergenceRule.TestSequences;
                while (tested < count && (double)(count - tested + testCorrect) / count
                    >= configuration.ConvergenceRule.RequiredTestShare)
                {
                    int first = tested, now = Math.Min(task.Sequences, count - tested);
                    int[] all = [.. Enumerable.Range(0, now)];
                    testCorrect += Present(configuration, parameters, pending, rate: 0.0, all, (p, j) => Gaussian(
                        configuration, seed, trial, Purpose.TestNoise, first + p, firstBlock: 0, j));
                    tested += now;
                    testPresentations += now;
                }

                if (tested == count && (double)testCorrect / count >= configuration.ConvergenceRule.RequiredTestShare)
                    return (true, presentations, parameters);
            }

            if (presentations + task.Sequences > configuration.Limits.Presentations)
                return (false, presentations, parameters);
        }
    }

    /// <summary>
    /// Presents sequences with noise (p, steps before the end), learns at a rate, and counts the correct ones.
    /// </summary>
    private static int Present(
        TrainingConfiguration configuration, double[] parameters, double[] pending, double rate, int[] sequences,
        Func<int, int, double> noise)
    {
        int inputs = configuration.Task.TrainableInputs, length = configuration.MaxLength, correct = 0;
        var learner = (Backpropagation)configuration.Learner;
        (int size, double weight) = learner.Updates switch
        {
            UpdateTime.Batch => (configuration.TrainingSequences, 1.0),
            UpdateTime.MiniBatch => (learner.BatchSize, 1.0 / learner.BatchSize),
            _ => (1, 1.0),
        };
        foreach (int p in sequences)
        {
            int first = p % 2 == 0 ? 0 : inputs; // class 1, then class 0
            double w = parameters[0];
            var x = new double[length + 1];
            for (int t = 1; t <= length; t++)
                x[t] = Math.Tanh((w * x[t - 1]) + (t <= inputs ? parameters[first + t] : noise(p, length - t)));

            double target = p % 2 == 0 ? 0.8 : -0.8, gradient = x[length] - target, ofWeight = 0.0;
            correct += x[length] * target > 0.0 ? 1 : 0;
            for (int t = length; t >= 1; t--)
            {
                gradient *= 1.0 - (x[t] * x[t]);
                ofWeight += gradient * x[t - 1];
                if (t <= inputs)
                    pending[first + t] += rate > 0.0 ? gradient : 0.0;
                gradient *= w;
            }

            pending[0] += rate > 0.0 && configuration.Network.Weight == WeightUse.Trained ? ofWeight : 0.0;
            pending[^1] += rate > 0.0 ? 1.0 : 0.0;
            if (pending[^1] < size)
                continue;
            for (int i = 0; i < parameters.Length; i++)
                parameters[i] -= rate * weight * pending[i];
            Array.Clear(pending);
        }

        return correct;
    }

    private static double Gaussian(
        TrainingConfiguration configuration, ulong seed, int trial, Purpose purpose, int item, int firstBlock, int j)
    {
        var four = new Scalar[4];
        RandomNumbers.FillGaussians(
            seed,
            Scalar.FromBits((ulong)(firstBlock + (j / 4))),
            Scalar.FromBits(RandomNumbers.PurposeWord(purpose, item)),
            Scalar.FromBits(configuration.RandomWord),
            Scalar.FromBits((ulong)trial),
            four);
        return ((MinimalTask)configuration.Task).StandardDeviation * four[j % 4].Value;
    }

    private static double Uniform(
        TrainingConfiguration configuration, ulong seed, int trial, int n,
        Purpose purpose = Purpose.InitialParameters)
    {
        RandomNumbers.GenerateUniforms(
            seed,
            Scalar.FromBits((ulong)(n / 2)),
            Scalar.FromBits(RandomNumbers.PurposeWord(purpose, item: 0)),
            Scalar.FromBits(configuration.RandomWord),
            Scalar.FromBits((ulong)trial),
            out Scalar even,
            out Scalar odd);
        return n % 2 == 0 ? even.Value : odd.Value;
    }
}
