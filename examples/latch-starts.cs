// How the start of gradient descent affects the Latch problem: how many of 400 trials learn it, by the sign of the
// initial self-loop weight, for a small and a large learning rate.
#:project ../src/LatchLab.Paper/LatchLab.Paper.csproj

using System.Globalization;
using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Paper.Comparison;
using LatchLab.Training;

const int trials = 400;
const ulong seed = 99991;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var options = new RunOptions(seed, Environment.ProcessorCount, LaneKind.Widest);
foreach (double noise in (double[])[0.0, Problem.PaperNoise])
{
    foreach (double rate in (double[])[0.03, 3.0])
    {
        foreach (int length in (int[])[5, 10, 20])
        {
            var learner = new Backpropagation { LearningRate = rate };
            TrainingConfiguration configuration = Problem.Latch.CreateConfiguration(
                KnownAlgorithms.Backpropagation, learner, length, noise, budget: 100_000);
            Outcome[] runs = TrialRunner.Run([new Sweep("starts", [configuration], trials)], options)[0].GetOutcomes(0)
                .ToArray();
            var bySign = Enumerable.Range(0, trials).ToLookup(
                trial => configuration.CreateTrialStart(seed, trial).InitialParameters[0] > 0.0);
            string Learned(bool positive)
                => $"{bySign[positive].Count(trial => runs[trial].IsConverged)} of {bySign[positive].Count()}";
            Console.WriteLine($"noise {noise:0.0}, η = {rate,-4}, T = {length,-2}: w0 > 0 {Learned(true)}, " +
                $"w0 < 0 {Learned(false)}");
        }
    }
}
