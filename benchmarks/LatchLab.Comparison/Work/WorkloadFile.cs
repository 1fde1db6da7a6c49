using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using LatchLab.Learning;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Comparison.Work;

/// <summary>
/// The file of a whole run that the other implementations read, so that they train the same trials: lines
/// <c>name value</c>, an empty line, then little-endian 64-bit numbers, one record per trial.
/// </summary>
/// <remarks>
/// A record contains the initial parameters in LatchLab's order. With frozen noise, each training sequence follows in
/// the order of presentation: the sign of its class, its length, and T inputs, padded with zeros at the beginning. With
/// noise drawn afresh, only its standard deviation follows (all sequences have T steps, and classes alternate from +1).
/// </remarks>
internal static class WorkloadFile
{
    /// <summary>Writes the file of a run.</summary>
    public static void Write(EndToEndRun run, string path)
    {
        using FileStream file = File.Create(path);
        var header = new StringBuilder();
        foreach ((string name, object value) in CreateHeader(run))
            header.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
        file.Write(Encoding.ASCII.GetBytes($"{header}\n"));
        foreach (TrainingConfiguration configuration in run.Sweep.Configurations.Cast<TrainingConfiguration>())
        {
            for (int trial = 0; trial < run.Sweep.TrialsPerConfiguration; trial++)
                file.Write(MemoryMarshal.AsBytes(CreateRecord(configuration, trial).AsSpan()));
        }
    }

    private static IEnumerable<(string Name, object Value)> CreateHeader(EndToEndRun run)
    {
        var configuration = (TrainingConfiguration)run.Sweep.Configurations[0];
        yield return ("work", run.Name);
        yield return ("network", configuration.Task.DefaultNetwork);
        yield return ("units", run.Units);
        yield return ("parameters", TrialRecords.GetInitialParameters(configuration, 0).Count);
        yield return ("trainable", configuration.Task.TrainableInputs);
        yield return ("trials", run.Sweep.TrialCount);
        yield return ("sequences", configuration.TrainingSequences);
        yield return ("length", configuration.MaxLength);
        yield return ("afresh", configuration.Task.VariesBetweenPasses ? 1 : 0);
        yield return ("budget", configuration.Budget);
        yield return ("target", configuration.Scoring.TargetDistance);
        yield return ("cost-threshold", configuration.ConvergenceRule.Rule == ConvergenceRuleKind.SignAndCost
            ? configuration.ConvergenceRule.CostThreshold : 1e300);
        yield return ("rate", configuration.Learner.Rate);
        if (configuration.Learner is SimulatedAnnealing annealing)
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

    private static double[] CreateRecord(TrainingConfiguration configuration, int trial)
    {
        var numbers = new List<double>(TrialRecords.GetInitialParameters(configuration, trial));
        if (configuration.Task is MinimalTask { VariesBetweenPasses: true } task)
            return [.. numbers, task.StandardDeviation];
        foreach ((double sign, double[] inputs) in TrialRecords.GenerateSequences(configuration, trial))
            numbers.AddRange([sign, inputs.Length, .. new double[configuration.MaxLength - inputs.Length], .. inputs]);
        return [.. numbers];
    }
}
