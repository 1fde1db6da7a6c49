using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Comparison.Work;

/// <summary>
/// The data of a trial from LatchLab's own generators: its initial parameters, and its training sequences in the order
/// of presentation.
/// </summary>
internal static class TrialRecords
{
    /// <summary>The sequences of a trial of Section V-E, the shortest first: sign of the class, and inputs.</summary>
    public static IEnumerable<(double Sign, double[] Inputs)> GenerateSequences(TrainingConfiguration configuration,
        int trial)
    {
        var task = (GeneratedTask)configuration.Task;
        TrialRandom random = configuration.CreateRandom(EndToEndRun.Seed, trial);
        foreach ((int length, int number) in OrderByLength(task, random))
        {
            var inputs = new double[length];
            task.Write(random, Purpose.TrainingSequences, number, inputs);
            yield return (GeneratedTask.ClassOf(number) == 1 ? 1.0 : -1.0, inputs);
        }
    }

    /// <summary>The total steps of all training sequences of a trial.</summary>
    public static long CountSteps(TrainingConfiguration configuration, int trial)
        => OrderByLength((GeneratedTask)configuration.Task, configuration.CreateRandom(EndToEndRun.Seed, trial)).Sum(
            one => (long)one.Length);

    /// <summary>The initial parameters of a trial.</summary>
    public static IReadOnlyList<double> GetInitialParameters(TrainingConfiguration configuration, int trial)
    {
        TrialStart start = configuration.CreateTrialStart(EndToEndRun.Seed, trial);
        return start.InitialParameters;
    }

    private static IEnumerable<(int Length, int Number)> OrderByLength(GeneratedTask task, TrialRandom random)
        => Enumerable.Range(0, task.Sequences)
            .Select(p => (task.LengthOf(random, Purpose.TrainingSequences, p, task.Length), p))
            .Order();
}
