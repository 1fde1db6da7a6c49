using LatchLab.Experiments;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Tests.Experiments;

/// <summary>
/// On-line back-propagation of the minimal task as one would write it first: one trial, plain loops, Math.Tanh. It
/// takes its random numbers from the stream by their published definition and nothing else from the engine.
/// </summary>
internal static class NaiveTraining
{
    public static (bool Converged, int Presentations, double[] Parameters) Run(Cell cell, ulong seed, int trial)
    {
        MinimalTask task = cell.Task;
        int inputs = task.TrainableInputs, length = task.Length;
        var noise = new double[task.Sequences, length + 1];
        for (int p = 0; p < task.Sequences; p++)
        {
            for (int j = 0; j < length - inputs; j++)
                noise[p, length - j] = task.Deviation * Gaussian(cell, seed, trial, p, j);
        }

        var parameters = new double[1 + (2 * inputs)];
        parameters[0] = cell.Start.InitialWeight;
        for (int i = 1; i < parameters.Length; i++)
            parameters[i] = cell.Start.InitialInputs * ((2.0 * Uniform(cell, seed, trial, i - 1)) - 1.0);

        int presentations = 0;
        while (true)
        {
            int right = Epoch(cell, parameters, noise, cell.Training.LearningRate);
            presentations += task.Sequences;
            if (right == task.Sequences && Epoch(cell, parameters, noise, rate: 0.0) == task.Sequences)
                return (true, presentations, parameters);
            if (presentations + task.Sequences > cell.Training.Presentations)
                return (false, presentations, parameters);
        }
    }

    private static int Epoch(Cell cell, double[] parameters, double[,] noise, double rate)
    {
        int inputs = cell.Task.TrainableInputs, length = cell.Task.Length, right = 0;
        for (int p = 0; p < cell.Task.Sequences; p++)
        {
            int first = p % 2 == 0 ? 0 : inputs; // class 1, then class 0
            double w = parameters[0];
            var x = new double[length + 1];
            for (int t = 1; t <= length; t++)
                x[t] = Math.Tanh((w * x[t - 1]) + (t <= inputs ? parameters[first + t] : noise[p, t]));

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

    private static double Gaussian(Cell cell, ulong seed, int trial, int sequence, int stepsBeforeTheEnd)
    {
        var four = new Scalar[4];
        RandomNumbers.Gaussians(
            seed,
            Scalar.FromBits((ulong)(stepsBeforeTheEnd / 4)),
            Scalar.FromBits(RandomNumbers.PurposeWord(Purpose.TrainingNoise, sequence)),
            Scalar.FromBits(cell.RandomWord),
            Scalar.FromBits((ulong)trial),
            four);
        return four[stepsBeforeTheEnd % 4].Value;
    }

    private static double Uniform(Cell cell, ulong seed, int trial, int n)
    {
        RandomNumbers.Uniforms(
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
