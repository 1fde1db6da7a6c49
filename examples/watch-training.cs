#:project ../src/LatchLab/LatchLab.csproj
using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Training;

foreach (int length in (int[])[10, 20, 40])
{
    TrainingConfiguration configuration = TrainingConfigurationFactory.CreateDefault(
        new LatchTask { Length = length }, new Backpropagation());
    configuration = configuration with { Limits = configuration.Limits with { Presentations = 6_000 } };
    Console.WriteLine($"T = {length}");
    var observer = new TrialObserver(Interval: 2_000, snapshot =>
    {
        double earlyShare = snapshot.TermNorms.Take(length / 2).Sum() / snapshot.TermNorms.Sum();
        Console.WriteLine(FormattableString.Invariant(
            $"{snapshot.Values.Presentations,6} presentations: error {snapshot.Values.Error:F2}, gradient norm {
                snapshot.Values.GradientNorm:F4}, share of the first half {earlyShare:0.0E+0}"));
    });
    new TrainingRun(configuration, trialCount: 1) { Observer = observer }.Run(
        new RunOptions(Seed: 4, Threads: 1, LaneKind.Widest));
}
