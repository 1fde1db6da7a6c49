using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using LatchLab.Experiments;
using LatchLab.Learning;

namespace LatchLab.Comparison.Work;

/// <summary>
/// What the other contestants read of a whole run, so that they train the same trials: lines <c>name value</c>, an
/// empty line, then little-endian numbers of 64 bits, one record a trial.
/// </summary>
/// <remarks>
/// A record has the initial parameters in LatchLab's order; then, where noise is frozen, for each training sequence in
/// the order of presentation the sign of its class, its own length, and T inputs, aligned at the end with zeros before;
/// where noise is drawn afresh, its standard deviation only (all sequences have T steps, classes alternate from +1).
/// </remarks>
internal static class WorkFile
{
    /// <summary>Writes the file of a run.</summary>
    public static void Write(WholeRun run, string path)
    {
        using FileStream file = File.Create(path);
        var header = new StringBuilder();
        foreach ((string name, object value) in Header(run))
            header.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
        file.Write(Encoding.ASCII.GetBytes($"{header}\n"));
        foreach (Cell cell in run.Sweep.Cells)
        {
            for (int trial = 0; trial < run.Sweep.Trials; trial++)
                file.Write(MemoryMarshal.AsBytes(Record(cell, trial).AsSpan()));
        }
    }

    private static IEnumerable<(string Name, object Value)> Header(WholeRun run)
    {
        Cell cell = run.Sweep.Cells[0];
        yield return ("work", run.Name);
        yield return ("network", cell is ProblemCell { Task.Network: var network } ? network : "latch");
        yield return ("units", run.Units);
        yield return ("parameters", TrialRecords.Start(cell, 0).Count);
        yield return ("trainable", cell is ProblemCell problem
            ? problem.Task.TrainableInputs : ((MinimalCell)cell).Task.TrainableInputs);
        yield return ("trials", run.Sweep.Count);
        yield return ("sequences", cell.Sequences);
        yield return ("length", cell.Length);
        yield return ("afresh", cell is MinimalCell ? 1 : 0);
        yield return ("budget", cell.Budget);
        yield return ("target", cell.Scoring.Distance);
        yield return ("cost-threshold", cell.Rule.Rule == RuleKind.SignAndCost ? cell.Rule.CostThreshold : 1e300);
        yield return ("rate", cell.Learner.Rate);
        if (cell.Learner is SimulatedAnnealing annealing)
        {
            yield return ("initial-temperature", annealing.InitialTemperature);
            yield return ("initial-step", annealing.InitialStep);
            yield return ("largest-step", annealing.LargestStep);
            yield return ("cycles", annealing.Cycles);
            yield return ("adjustments", annealing.Adjustments);
            yield return ("step-factor", annealing.StepFactor);
            yield return ("cooling", annealing.Cooling);
            yield return ("stuck-values", annealing.Stuck.StuckValues);
            yield return ("stuck-tolerance", annealing.Stuck.StuckTolerance);
        }
    }

    private static double[] Record(Cell cell, int trial)
    {
        var numbers = new List<double>(TrialRecords.Start(cell, trial));
        if (cell is MinimalCell minimal)
            numbers.Add(minimal.Task.Deviation);
        if (cell is ProblemCell problem)
        {
            foreach ((double sign, double[] inputs) in TrialRecords.Sequences(problem, trial))
                numbers.AddRange([sign, inputs.Length, .. new double[cell.Length - inputs.Length], .. inputs]);
        }

        return [.. numbers];
    }
}
