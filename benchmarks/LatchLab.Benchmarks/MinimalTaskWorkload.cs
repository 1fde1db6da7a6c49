using LatchLab.KernelTiming;
using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Benchmarks;

/// <summary>
/// Whole runs of the minimal task on one thread: 64 trials that train for 2000 presentations of T = 100 steps. Noise
/// drawn afresh costs one Philox block and two Box–Muller transformations for every four steps.
/// </summary>
/// <param name="noise">When the noise is drawn.</param>
/// <param name="lane">The lane type.</param>
internal sealed class MinimalTaskWorkload(NoiseDraw noise, LaneKind lane) : IPreparedWorkload
{
    private readonly Sweep[] _sweeps = [new("benchmark", [CreateConfiguration(noise)], Workload.TrialCount)];
    private readonly RunOptions _options = new(Seed: 1, Threads: 1, lane);

    /// <exception cref="InvalidOperationException">A trial did not use all its presentations.</exception>
    public void Run()
    {
        IReadOnlyList<SweepOutcomes> outcomes = TrialRunner.Run(_sweeps, _options, progress: null,
            CancellationToken.None);
        foreach (Outcome outcome in outcomes[0].GetOutcomes(0))
        {
            if (outcome.Presentations != KnownWorkloads.Presentations)
                throw new InvalidOperationException($"A trial ended after {outcome.Presentations} presentations.");
        }
    }

    private static TrainingConfiguration CreateConfiguration(NoiseDraw noise)
    {
        TrainingConfiguration configuration = TrainingConfigurationFactory.CreateDefault(
            new MinimalTask { Length = Workload.Length, NoiseDrawn = noise }, new Backpropagation());
        return configuration with
        {
            Limits = new() { Presentations = KnownWorkloads.Presentations },

            // A neuron with this frozen weight forgets its trainable inputs, and 20 outputs are not all correct by
            // chance: no trial ends early, and both kinds of noise do the same work.
            Network = configuration.Network with { InitialWeight = 0.5 },
            ConvergenceRule = new()
            {
                Rule = ConvergenceRuleKind.TestSequences,
                RequiredTestShare = 1.0,
                FinalTest = FinalTest.No,
            },
        };
    }
}
