using LatchLab.Experiments;
using LatchLab.Experiments.KernelTiming;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Benchmarks;

/// <summary>
/// Whole runs of the minimal task on one thread: 64 trials that learn for 2000 presentations of T = 100 steps. Noise
/// drawn afresh costs a block of Philox and two transformations of Box and Muller for every four steps.
/// </summary>
/// <param name="noise">When the noise is drawn.</param>
/// <param name="lane">The lane type.</param>
internal sealed class MinimalTaskWorkload(NoiseDraw noise, LaneKind lane) : IWorkload
{
    private readonly Sweep[] sweeps = [new("benchmark", [Setting(noise)], Work.Trials)];
    private readonly RunOptions options = new(Seed: 1, Threads: 1, lane);

    /// <exception cref="InvalidOperationException">A trial did more or less work than the rates assume.</exception>
    public void Do()
    {
        IReadOnlyList<SweepOutcomes> outcomes = Runner.Run(sweeps, options, progress: null, CancellationToken.None);
        foreach (Outcome outcome in outcomes[0].OfCell(0))
        {
            if (outcome.Presentations != KnownWork.Presentations)
                throw new InvalidOperationException($"A trial ended after {outcome.Presentations} presentations.");
        }
    }

    private static MinimalCell Setting(NoiseDraw noise) => new()
    {
        Task = new() { Length = Work.Length, NoiseDrawn = noise },
        Training = new() { Presentations = KnownWork.Presentations },

        // Twice the sequences can never be right: so no trial ends early, and both kinds of noise do the same work.
        Rule = new() { Rule = RuleKind.FreshSequences, FreshShare = 2.0 },
    };
}
