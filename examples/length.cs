#:project ../src/LatchLab/LatchLab.csproj
using LatchLab.Numerics;
using LatchLab.Training;

int[] lengths = [5, 10, 20, 40];
MinimalTaskConfiguration start = new() { Start = new() { Weight = WeightUse.Trained } };
MinimalTaskConfiguration[] configurations = [
    .. lengths.Select(length => start with { Task = start.Task with { Length = length } })];
var options = new RunOptions(Seed: 1, Threads: Environment.ProcessorCount, LaneKind.Widest);
SweepOutcomes outcomes = TrialRunner.Run([new Sweep("length", configurations, TrialsPerConfiguration: 200)],
    options)[0];
for (int i = 0; i < lengths.Length; i++)
    Console.WriteLine($"T = {lengths[i]}: {outcomes.CountConverged(i)} of 200 runs converged");
