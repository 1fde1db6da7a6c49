// How μ changes during a run (Section V-C): the damping of the pseudo-Newton methods after 30, 300, 3,000 and 30,000
// presentations of the Latch problem at T = 50, over the trials that have not yet learned it.
#:project ../src/LatchLab.Paper/LatchLab.Paper.csproj

using System.Globalization;
using LatchLab.Numerics;
using LatchLab.Paper.Comparison;
using LatchLab.Training;

const int trials = 200, length = 50;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var options = new RunOptions(Seed: 99991, Environment.ProcessorCount, LaneKind.Widest);
Console.WriteLine("presentations: μ, median [quartiles] (trials that learned)");
foreach (double noise in (double[])[0.0, Problem.PaperNoise])
{
    foreach (Algorithm algorithm in (Algorithm[])[KnownAlgorithms.TimeWeightedPseudoNewton,
        KnownAlgorithms.PseudoNewtonAdaptiveDamping])
    {
        Console.Write($"noise {noise:0.0}, {algorithm.Name,-30}");
        foreach (int budget in (int[])[30, 300, 3000, 30_000])
        {
            TrainingConfiguration configuration = Problem.Latch.CreateConfiguration(
                algorithm, TunedSettings.CreateLearner(Problem.Latch, algorithm, noise), length, noise, budget);
            Outcome[] runs = TrialRunner.Run([new Sweep("damping", [configuration], trials)], options)[0].GetOutcomes(0)
                .ToArray();
            double[] damping = [.. runs.Where(run => !run.IsConverged).Select(run => run.Diagnostics[0]).Order()];
            Console.Write($"  {budget}: {At(damping, 2):0e+0} [{At(damping, 1):0e+0}, {At(damping, 3):0e+0}] " +
                $"({runs.Count(run => run.IsConverged)})");
        }

        Console.WriteLine();
    }
}

static double At(double[] sorted, int quartile) => sorted[sorted.Length * quartile / 4];
