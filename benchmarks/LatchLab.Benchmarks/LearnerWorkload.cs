using LatchLab.Experiments.KernelTiming;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Benchmarks;

/// <summary>
/// One presentation of a sequence to all lanes of a learner, none of them idle: forward, and learning from it unless it
/// searches. The tasks, their scores and the moves of a search are left out.
/// </summary>
/// <typeparam name="TLane">The numbers; a lane is a trial.</typeparam>
internal sealed class LearnerWorkload<TLane> : IWorkload
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly Learner<TLane> learner;
    private readonly int length;
    private readonly LaneMemory<TLane> inputs;      // [t − 1][bundle]
    private readonly LaneMemory<TLane> starts;      // [bundle]
    private readonly LaneMemory<TLane> signs;       // [bundle]
    private readonly LaneMemory<TLane> errors;      // [bundle]

    public LearnerWorkload(Learner<TLane> learner, LearnerDefinition settings, int parameters, int length)
    {
        (this.learner, this.length) = (learner, length);
        inputs = new(length * learner.Bundles);
        starts = new(learner.Bundles);
        signs = new(learner.Bundles);
        errors = new(learner.Bundles);
        for (int i = 0; i < inputs.Length; i++)
            inputs.Values[i] = TLane.From(0.1 * Math.Sin(i));
        signs.Values.Fill(TLane.From(1.0));
        errors.Values.Fill(TLane.From(0.5));

        double[] start = [.. Enumerable.Range(0, parameters).Select(i => 0.5 * Math.Sin(7 * (i + 1)))];
        for (int lane = 0; lane < learner.Bundles * TLane.Count; lane++)
        {
            var random = new TrialRandom(Seed: 1, Cell: 1, lane);
            learner.Begin(lane, new(random, start, SearchSpace.Unbounded(parameters)), settings);
            learner.SetPass(lane, 0);
            learner.SetLearning(lane, learns: true);
        }
    }

    public void Do()
    {
        var sequence = new Sequence<TLane>
        {
            Inputs = inputs.Row(0, inputs.Length),
            Start = starts.Row(0, learner.Bundles),
            Sign = signs.Row(0, learner.Bundles),
            Length = length,
            EarliestStart = 0,
            LatestStart = 0,
        };
        learner.Present(sequence);
        if (learner.IsOnline)
            learner.Learn(sequence, 0, errors.Row(0, learner.Bundles));
    }
}

/// <summary>A learner with a network, in any lane type.</summary>
/// <param name="network">The network.</param>
/// <param name="settings">How it learns.</param>
/// <param name="length">T.</param>
/// <param name="bundles">Bundles of lanes in flight.</param>
internal sealed class LearnerWork(NetworkDesign network, LearnerDefinition settings, int length, int bundles)
    : ILaneWork<LearnerWork.Prepared>
{
    private readonly Wiring wiring = new(network.Network == NetworkKind.Latch ? 3 : 0);

    /// <summary>What is to be measured.</summary>
    /// <param name="Workload">The work.</param>
    /// <param name="UnitSteps">How much it is.</param>
    /// <param name="BytesOfTrial">Memory of the learner for one trial.</param>
    internal sealed record Prepared(IWorkload Workload, int UnitSteps, double BytesOfTrial);

    public Prepared Run<TLane>()
        where TLane : unmanaged, IBitLane<TLane>
    {
        Learner<TLane> Create()
            => network.Accept(wiring, settings.Propagation, new Maker<TLane>(settings, length, bundles));

        Create(); // what is allocated once and for all does not count
        long before = GC.GetAllocatedBytesForCurrentThread();
        Learner<TLane> learner = Create();
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        int trials = bundles * TLane.Count, parameters = network.ParameterNames(wiring).Count;
        return new(
            new LearnerWorkload<TLane>(learner, settings, parameters, length),
            trials * network.Size * length,
            (double)bytes / trials);
    }

    private sealed class Maker<TLane>(LearnerDefinition settings, int length, int bundles)
        : INetworkVisitor<Learner<TLane>>
        where TLane : unmanaged, IBitLane<TLane>
    {
        public Learner<TLane> Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
            => settings.Create<TLane, TNetwork>(network, bundles, length);
    }
}
