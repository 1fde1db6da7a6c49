#:project ../src/LatchLab/LatchLab.csproj
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Training;

int[] lengths = [5, 10, 20, 40];
TrainingConfiguration start = TrainingConfigurationFactory.CreateDefault(new MinimalTask(), new Backpropagation());
TrainingConfiguration[] configurations = [
    .. lengths.Select(length => start with
    {
        Task = new MinimalTask { Length = length },
        Network = start.Network with { Weight = WeightUse.Trained },
    })];
var options = new RunOptions(Seed: 1, Threads: Environment.ProcessorCount, LaneKind.Widest);
SweepOutcomes outcomes = TrialRunner.Run([new Sweep("length", configurations, TrialsPerConfiguration: 200)],
    options)[0];
for (int i = 0; i < lengths.Length; i++)
    Console.WriteLine($"T = {lengths[i]}: {outcomes.CountConverged(i)} of 200 runs converged");
