using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>The first trials of every configuration run before the others; the outcomes do not depend on it.</summary>
public sealed class TrialOrderTests
{
    private const int Trials = 40, Leading = 3;

    private static readonly TrainingConfiguration[] Configurations =
    [
        .. from learner in (LearnerDefinition[])[new Backpropagation(), new MultigridRandomSearch()]
           from length in (int[])[6, 20, 11]
           let configuration = TrainingConfigurationFactory.CreateDefault(
               new LatchTask { Length = length, Sequences = 4 }, learner)
           select configuration with { Limits = configuration.Limits with { Presentations = 80 } },
    ];

    [Fact]
    public void Every_configuration_has_its_leading_trials_before_any_other_one_begins()
    {
        Recorder ordered = Run(Leading), plain = Run(leadingTrials: 0);
        int early = Configurations.Length * Leading;

        Assert.All(ordered.Order.Take(early), trial => Assert.True(trial.Trial < Leading));
        Assert.Contains(plain.Order.Take(early), trial => trial.Trial >= Leading);
        Assert.Equal(
            plain.Outcomes.OrderBy(entry => entry.Key), ordered.Outcomes.OrderBy(entry => entry.Key));
    }

    private static Recorder Run(int leadingTrials)
    {
        var recorder = new Recorder();
        TrialRunner.Run(
            [new Sweep("order", Configurations, Trials)], new RunOptions(Seed: 4, Threads: 1, LaneKind.Widest),
            recorder,
            filter: null, leadingTrials);
        return recorder;
    }

    private sealed class Recorder : ITrialSink
    {
        public List<(int Result, int Trial)> Order { get; } = [];

        public Dictionary<int, Outcome> Outcomes { get; } = [];

        public void Record(
            in PendingTrial trial, in Outcome outcome, ReadOnlySpan<double> parameters,
            IReadOnlyList<DiagnosticSnapshot> snapshots)
        {
            Order.Add((trial.ResultIndex, trial.TrialIndex));
            Outcomes.Add(trial.ResultIndex, outcome);
        }
    }
}
