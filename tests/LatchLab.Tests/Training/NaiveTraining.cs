using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Tests.Training;

/// <summary>
/// On-line back-propagation of the minimal task as one would write it first: one trial, plain loops, Math.Tanh. It
/// takes its random numbers from the stream by their published definition and nothing else from the engine.
/// </summary>
internal static class NaiveTraining
{
    public static (bool Converged, int Presentations, double[] Parameters) Run(MinimalTaskConfiguration cell,
        ulong seed, int trial)
    {
        MinimalTask task = cell.Task;
        var parameters = new double[1 + (2 * task.TrainableInputs)];
        parameters[0] = cell.Start.InitialWeight;
        for (int i = 1; i < parameters.Length; i++)
            parameters[i] = cell.Start.InitialInputs * ((2.0 * Uniform(cell, seed, trial, i - 1)) - 1.0);

        int blocks = (task.Length - task.TrainableInputs + 3) / 4, pass = 0, presentations = 0, judged = 0;
        int Epoch(double rate)
        {
            bool frozen = task.NoiseDrawn == NoiseDraw.Frozen;
            int firstBlock = frozen ? 0 : pass++ * blocks;
            return Present(cell, parameters, rate, task.Sequences, (p, j) => Gaussian(
                cell, seed, trial, frozen ? Purpose.TrainingNoise : Purpose.PresentationNoise, p, firstBlock, j));
        }

        while (true)
        {
            int right = Epoch(cell.Training.LearningRate);
            presentations += task.Sequences;
            if (cell.ConvergenceRule.Rule == ConvergenceRuleKind.Sign && right == task.Sequences
                && Epoch(rate: 0.0) == task.Sequences)
                return (true, presentations, parameters);
            if (cell.ConvergenceRule.Rule == ConvergenceRuleKind.FreshSequences
                && (double)right / task.Sequences >= cell.ConvergenceRule.FreshShare && judged <= presentations)
            {
                int tested = 0, testRight = 0, count = cell.ConvergenceRule.FreshSequences;
                while (tested < count && (double)(count - tested + testRight) / count
                    >= cell.ConvergenceRule.FreshShare)
                {
                    int first = tested, now = Math.Min(task.Sequences, count - tested);
                    testRight += Present(cell, parameters, rate: 0.0, now, (p, j) => Gaussian(
                        cell, seed, trial, Purpose.TestNoise, first + p, firstBlock: 0, j));
                    tested += now;
                    judged += now;
                }

                if (tested == count && (double)testRight / count >= cell.ConvergenceRule.FreshShare)
                    return (true, presentations, parameters);
            }

            if (presentations + task.Sequences > cell.Training.Presentations)
                return (false, presentations, parameters);
        }
    }

    /// <summary>
    /// Presents sequences with noise (p, steps before the end), learns at a rate, and counts those that are right.
    /// </summary>
    private static int Present(
        MinimalTaskConfiguration cell, double[] parameters, double rate, int sequences, Func<int, int, double> noise)
    {
        int inputs = cell.Task.TrainableInputs, length = cell.Task.Length, right = 0;
        for (int p = 0; p < sequences; p++)
        {
            int first = p % 2 == 0 ? 0 : inputs; // class 1, then class 0
            double w = parameters[0];
            var x = new double[length + 1];
            for (int t = 1; t <= length; t++)
                x[t] = Math.Tanh((w * x[t - 1]) + (t <= inputs ? parameters[first + t] : noise(p, length - t)));

            double target = p % 2 == 0 ? 0.8 : -0.8, gradient = x[length] - target, ofWeight = 0.0;
            right += x[length] * target > 0.0 ? 1 : 0;
            for (int t = length; t >= 1; t--)
            {
                gradient *= 1.0 - (x[t] * x[t]);
                ofWeight += gradient * x[t - 1];
                if (t <= inputs)
                    parameters[first + t] -= rate * gradient;
                gradient *= w;
            }

            parameters[0] -= cell.Start.Weight == WeightUse.Trained ? rate * ofWeight : 0.0;
        }

        return right;
    }

    private static double Gaussian(
        MinimalTaskConfiguration cell, ulong seed, int trial, Purpose purpose, int item, int firstBlock, int j)
    {
        var four = new Scalar[4];
        RandomNumbers.FillGaussians(
            seed,
            Scalar.FromBits((ulong)(firstBlock + (j / 4))),
            Scalar.FromBits(RandomNumbers.PurposeWord(purpose, item)),
            Scalar.FromBits(cell.RandomWord),
            Scalar.FromBits((ulong)trial),
            four);
        return cell.Task.StandardDeviation * four[j % 4].Value;
    }

    private static double Uniform(MinimalTaskConfiguration cell, ulong seed, int trial, int n)
    {
        RandomNumbers.GenerateUniforms(
            seed,
            Scalar.FromBits((ulong)(n / 2)),
            Scalar.FromBits(RandomNumbers.PurposeWord(Purpose.InitialParameters, item: 0)),
            Scalar.FromBits(cell.RandomWord),
            Scalar.FromBits((ulong)trial),
            out Scalar even,
            out Scalar odd);
        return n % 2 == 0 ? even.Value : odd.Value;
    }
}
