using LatchLab.KernelTiming;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Benchmarks;

/// <summary>
/// One presentation of a sequence to all lanes of a learner, none of them idle: the forward pass and, unless the
/// learner is a search, the learning step. Tasks, scores and the moves of a search are not included.
/// </summary>
/// <typeparam name="TLane">The lane type; each lane is a trial.</typeparam>
internal sealed class LearnerWorkload<TLane> : IPreparedWorkload
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly Learner<TLane> _learner;
    private readonly int _length;
    private readonly LaneMemory<TLane> _inputs;  // [t − 1][bundle]
    private readonly LaneMemory<TLane> _starts;  // [bundle]
    private readonly LaneMemory<TLane> _signs;   // [bundle]
    private readonly LaneMemory<TLane> _errors;  // [bundle]

    public LearnerWorkload(Learner<TLane> learner, LearnerDefinition settings, int parameters, int length)
    {
        (_learner, _length) = (learner, length);
        _inputs = new(length * learner.Bundles);
        _starts = new(learner.Bundles);
        _signs = new(learner.Bundles);
        _errors = new(learner.Bundles);
        for (int i = 0; i < _inputs.Length; i++)
            _inputs.Values[i] = TLane.From(0.1 * Math.Sin(i));
        _signs.Values.Fill(TLane.From(1.0));
        _errors.Values.Fill(TLane.From(0.5));

        double[] start = [.. Enumerable.Range(0, parameters).Select(i => 0.5 * Math.Sin(7 * (i + 1)))];
        for (int lane = 0; lane < learner.Bundles * TLane.Count; lane++)
        {
            var random = new TrialRandom(Seed: 1, RandomWord: 1, lane);
            learner.BeginTrial(lane, new(random, start, SearchSpace.Unbounded(parameters)), settings);
            learner.SetEpoch(lane, 0);
            learner.SetLearning(lane, isLearning: true);
        }
    }

    public void Run()
    {
        var sequence = new SequenceBatch<TLane>
        {
            Inputs = _inputs.Slice(0, _inputs.Length),
            StartOffset = _starts.Slice(0, _learner.Bundles),
            ClassSign = _signs.Slice(0, _learner.Bundles),
            Length = _length,
            EarliestStart = 0,
            LatestStart = 0,
        };
        _learner.Present(sequence);
        if (_learner.IsOnline)
            _learner.Learn(sequence, 0, _errors.Slice(0, _learner.Bundles));
    }
}

/// <summary>Prepares a learner with a network, for any lane type.</summary>
/// <param name="network">The network.</param>
/// <param name="settings">The learner.</param>
/// <param name="length">T.</param>
/// <param name="bundles">Bundles of lanes in flight.</param>
internal sealed class LearnerWorkloadFactory(NetworkDesign network, LearnerDefinition settings, int length, int bundles)
    : ILaneVisitor<LearnerWorkloadFactory.PreparedWorkload>
{
    private readonly NetworkShape _networkShape = new(network.Network == "latch" ? 3 : 0);

    /// <summary>A workload ready to be measured.</summary>
    /// <param name="Workload">The workload.</param>
    /// <param name="UnitSteps">The unit-steps in one run of it.</param>
    /// <param name="BytesPerTrial">The memory of the learner for one trial.</param>
    internal sealed record PreparedWorkload(IPreparedWorkload Workload, int UnitSteps, double BytesPerTrial);

    public PreparedWorkload Visit<TLane>()
        where TLane : unmanaged, IBitLane<TLane>
    {
        Learner<TLane> Create()
            => network.Accept(_networkShape, settings.Propagation,
                new LearnerFactory<TLane>(settings, length, bundles));

        Create(); // excludes one-time allocations from the count
        long before = GC.GetAllocatedBytesForCurrentThread();
        Learner<TLane> learner = Create();
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        int trials = bundles * TLane.Count, parameters = network.GetParameterNames(_networkShape).Count;
        return new(
            new LearnerWorkload<TLane>(learner, settings, parameters, length),
            trials * network.UnitCount * length,
            (double)bytes / trials);
    }

    private sealed class LearnerFactory<TLane>(LearnerDefinition settings, int length, int bundles)
        : INetworkVisitor<Learner<TLane>>
        where TLane : unmanaged, IBitLane<TLane>
    {
        public Learner<TLane> Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
            => settings.Create<TLane, TNetwork>(network, bundles, length);
    }
}
