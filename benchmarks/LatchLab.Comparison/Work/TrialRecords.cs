using LatchLab.Experiments;
using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Comparison.Work;

/// <summary>
/// The numbers that make a trial, from LatchLab's own generators: its initial parameters, and its training sequences in
/// the order in which they are presented.
/// </summary>
internal static class TrialRecords
{
    /// <summary>Sequences of a trial of Section V-E, the shortest first: sign of the class, and own inputs.</summary>
    public static IEnumerable<(double Sign, double[] Inputs)> Sequences(ProblemCell cell, int trial)
    {
        var task = (GeneratedTask)cell.Task;
        TrialRandom random = cell.RandomOf(WholeRun.Seed, trial);
        foreach ((int length, int number) in Order(task, random))
        {
            var inputs = new double[length];
            task.Write(random, Purpose.TrainingSequences, number, inputs);
            yield return (GeneratedTask.ClassOf(number) == 1 ? 1.0 : -1.0, inputs);
        }
    }

    /// <summary>Steps of all training sequences of a trial together.</summary>
    public static long Steps(Cell cell, int trial)
        => cell is ProblemCell problem
            ? Order((GeneratedTask)problem.Task, problem.RandomOf(WholeRun.Seed, trial)).Sum(one => (long)one.Length)
            : (long)cell.Sequences * cell.Length;

    /// <summary>The initial parameters of a trial.</summary>
    public static IReadOnlyList<double> Start(Cell cell, int trial)
    {
        TrialStart start = cell.StartOf(WholeRun.Seed, trial);
        return start.Values;
    }

    private static IEnumerable<(int Length, int Number)> Order(GeneratedTask task, TrialRandom random)
        => Enumerable.Range(0, task.Sequences)
            .Select(p => (task.LengthOf(random, Purpose.TrainingSequences, p, task.Length), p))
            .Order();
}
