#:project ../src/LatchLab/LatchLab.csproj
// How often training converges with different learning rates: the table of docs/explanation/decisions.md.
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Training;

double[] weights = [0.25, 0.75, 1.25, 1.75, 2.25, 3.0], noises = [0.001, 0.02, 0.1, 0.2, 0.5, 1.0];
var options = new RunOptions(Seed: 99991, Threads: Environment.ProcessorCount, LaneKind.Widest);
foreach (double rate in (double[])[0.01, 0.03, 0.1, 0.3, 1.0])
{
    TrainingConfiguration configuration = TrainingConfigurationFactory.CreateDefault(
        new MinimalTask(), new Backpropagation { LearningRate = rate });
    TrainingConfiguration[] configurations = [.. from s in noises
                       from w in weights
                       select configuration with
                       {
                           Task = new MinimalTask { Noise = s },
                           Network = configuration.Network with { InitialWeight = w, Weight = WeightUse.Trained },
                       }];
    SweepOutcomes outcomes = TrialRunner.Run([new Sweep("learning rate", configurations, TrialsPerConfiguration: 200)],
        options)[0];
    double Frequency(int first, int count)
        => Enumerable.Range(first, count).Average(i => outcomes.CountConverged(i) / 200.0);
    Console.WriteLine($"| {rate} | {Frequency(0, 36):0.000} | {Frequency(0, 12):0.000} | {Frequency(24, 12):0.000} |");
}
