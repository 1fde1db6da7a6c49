using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Tests.Training;

/// <summary>
/// A naive implementation of the task sequences, from the published definition of the random numbers: number 0 of a
/// sequence determines its length; numbers 2 + 2t and 3 + 2t determine the content and the noise of step t, counted
/// from 0.
/// </summary>
internal static class NaiveSequences
{
    /// <summary>
    /// The sequences of a set in presentation order: by rank, which is the place by length, in a fixed order of ranks.
    /// In a training epoch, sequences whose lengths differ by at most a tenth (all of them if the order says so) are
    /// exchanged. Sorted sequences, and those of a search, are in the order of their ranks.
    /// </summary>
    public static List<(double[] Inputs, int Class)> Presented(
        TrainingConfiguration configuration, ulong seed, int trial, Purpose purpose, int first, int count, int longest,
        int? epoch)
    {
        List<(double[] Inputs, int Class)> ranked = Set(configuration, seed, trial, purpose, first, count, longest);
        SequenceOrder order = ((GeneratedTask)configuration.Task).Order;
        if (order == SequenceOrder.Sorted || configuration.Learner.IsSearch)
            return ranked;
        if (epoch is { } training)
        {
            var random = new TrialRandom(seed, configuration.RandomWord, trial);
            int perEpoch = (count + 1) / 2 * 2, first0 = training * perEpoch;
            int[] ends = new int[count];
            for (int i = 0, start = 0; i < count; i++)
            {
                if (order == SequenceOrder.ShuffledByLength
                    && ranked[i].Inputs.Length > 1.1 * ranked[start].Inputs.Length)
                    start = i;
                for (int j = start; j <= i; j++)
                    ends[j] = order == SequenceOrder.Shuffled ? count : i + 1;
            }

            for (int i = 0; i < count; i++)
            {
                int other = i + (int)(Uniform(random, Purpose.EpochOrder, 0, first0 + i) * (ends[i] - i));
                (ranked[i], ranked[other]) = (ranked[other], ranked[i]);
            }
        }

        int[] ranks = PresentationOrder.RestrictToFirst(
            PresentationOrder.ShuffleRanks(configuration.TrainingSequences), count);
        return [.. ranks.Select(rank => ranked[rank])];
    }

    /// <summary>The sequences of a set by rank: the shortest first.</summary>
    public static List<(double[] Inputs, int Class)> Set(
        TrainingConfiguration configuration, ulong seed, int trial, Purpose purpose, int first, int count, int longest)
        => [.. Enumerable.Range(first, count)
            .Select(number => (
                Number: number,
                Inputs: Inputs(configuration, new(seed, configuration.RandomWord, trial), purpose, number, longest)))
            .OrderBy(one => one.Inputs.Length).ThenBy(one => one.Number)
            .Select(one => (one.Inputs, one.Number % 2 == 0 ? 1 : 0))];

    public static double[] Inputs(TrainingConfiguration configuration, TrialRandom random, Purpose purpose, int number,
        int longest)
    {
        var task = (NoisyTask)configuration.Task;
        int trainableInputs =
            task switch { LatchTask latch => latch.Inputs, KeepTask first => first.Inputs, _ => 0 };
        int shortest =
            Math.Min(longest, Math.Max(trainableInputs + 1, (int)Math.Ceiling(task.ShortestShare * longest)));
        int length = shortest + (int)Math.Floor(Uniform(random, purpose, number, 0) * (longest - shortest + 1));
        int label = number % 2 == 0 ? 1 : 0;
        var inputs = new double[length];
        for (int t = 0; t < length; t++)
            inputs[t] = Content(task, random, label, t, Uniform(random, purpose, number, 2 + (2 * t)));
        if (task is ParityTask)
            inputs[0] = inputs.Skip(1).Count(u => u > 0.0) % 2 == label ? -1.0 : 1.0;
        for (int t = task is LatchTask ? trainableInputs : 0; t < length; t++)
        {
            inputs[t] += task.NoiseKind == NoiseKind.Uniform
                ? task.Noise * ((2.0 * Uniform(random, purpose, number, 3 + (2 * t))) - 1.0)
                : Math.Sqrt(task.Noise) * Gaussian(
                    random, purpose == Purpose.TestSequences ? Purpose.TestNoise : Purpose.TrainingNoise, number, t);
        }

        return inputs;
    }

    private static double Content(NoisyTask task, TrialRandom random, int sequenceClass, int t, double uniform)
        => task switch
        {
            ParityTask => uniform < 0.5 ? 1.0 : -1.0,
            KeepTask first when t < first.Inputs => sequenceClass == 1 ? 1.0 : -1.0,
            TwoSequenceTask key when key.KeyLength == 0 || t < key.KeyLength
                => (2.0 * Uniform(random, Purpose.KeySequences, sequenceClass, t)) - 1.0,
            _ => 0.0,
        };

    /// <summary>The n-th uniform number, two per block.</summary>
    private static double Uniform(TrialRandom random, Purpose purpose, int item, int n)
    {
        RandomNumbers.GenerateUniforms(
            random.Seed,
            Scalar.FromBits((ulong)(n / 2)),
            Scalar.FromBits(((ulong)item << 8) | (ulong)purpose),
            Scalar.FromBits(random.RandomWord),
            Scalar.FromBits((ulong)random.Trial),
            out Scalar even,
            out Scalar odd);
        return n % 2 == 0 ? even.Value : odd.Value;
    }

    /// <summary>The n-th normal number, four per block.</summary>
    private static double Gaussian(TrialRandom random, Purpose purpose, int item, int n)
    {
        var four = new Scalar[4];
        RandomNumbers.FillGaussians(
            random.Seed,
            Scalar.FromBits((ulong)(n / 4)),
            Scalar.FromBits(((ulong)item << 8) | (ulong)purpose),
            Scalar.FromBits(random.RandomWord),
            Scalar.FromBits((ulong)random.Trial),
            four);
        return four[n % 4].Value;
    }
}
