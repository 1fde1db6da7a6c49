using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.KernelTiming;

/// <summary>
/// One on-line presentation of a sequence of T = 100 steps to 64 trials: forward pass, cost ½(x_T − 0.8)²,
/// back-propagation through time, update. It is the inner loop of every experiment, without bookkeeping.
/// </summary>
/// <remarks>
/// 64 trials are one presentation to eight vectors of 512 bits; narrower lanes need more presentations for the same
/// work.
/// </remarks>
internal sealed class TrainingStepWorkload<TLane, TNetwork> : IPreparedWorkload
    where TLane : unmanaged, IBitLane<TLane>
    where TNetwork : struct, INetwork
{
    private readonly TNetwork _network;
    private readonly int _bundles;
    private readonly int _presentations;
    private readonly BackpropagationThroughTime<TLane, TNetwork> _unrolledNetwork;
    private readonly LaneMemory<TLane> _inputs;           // [t − 1][bundle]
    private readonly LaneMemory<TLane> _learningRates;    // [bundle][parameter]
    private readonly LaneMemory<TLane> _gradients;        // [bundle][parameter]
    private readonly LaneMemory<TLane> _ruleState;        // of any bundle: steps are not bounded
    private readonly LaneMemory<TLane> _starts;           // [bundle]
    private readonly LaneMemory<TLane> _signs;            // [bundle]
    private readonly LaneMemory<TLane> _outputGradients;  // [bundle]

    /// <param name="network">The network.</param>
    /// <param name="bundles">Bundles in flight.</param>
    /// <param name="isSelfLoop">Whether a parameter is the weight from a unit to itself, 1.25.</param>
    public TrainingStepWorkload(TNetwork network, int bundles, Func<int, bool> isSelfLoop)
    {
        _network = network;
        _bundles = bundles;
        _presentations = Workload.TrialCount / (bundles * TLane.Count);
        _unrolledNetwork = new(network, bundles, Workload.Length);
        _inputs = new(Workload.Length * bundles);
        _learningRates = new(bundles * network.Parameters);
        _gradients = new(bundles * network.Parameters);
        _ruleState = new(GradientDescent.StatePerTrial);
        _starts = new(bundles);
        _signs = new(bundles);
        _outputGradients = new(bundles);

        // Values of normal size that neither overflow nor become subnormal. The learning rates are so small that
        // every presentation takes the same time as the first.
        _signs.Values.Fill(TLane.From(1.0));
        _learningRates.Values.Fill(TLane.From(1e-12));
        var initialState = new double[_ruleState.Length];
        new Backpropagation().WriteInitialState(initialState);
        for (int i = 0; i < initialState.Length; i++)
            _ruleState.Values[i] = TLane.From(initialState[i]);
        for (int i = 0; i < _inputs.Length; i++)
            _inputs.Values[i] = TLane.From(0.1 * Math.Sin(i));
        Span<TLane> parameters = _unrolledNetwork.Parameters.Values;
        for (int i = 0; i < parameters.Length; i++)
        {
            int parameter = i % network.Parameters;
            parameters[i] = TLane.From(isSelfLoop(parameter) ? 1.25 : 0.1 * Math.Sin(7 * parameter));
        }
    }

    public void Run()
    {
        for (int i = 0; i < _presentations; i++)
            Present();
    }

    private void Present()
    {
        var sequence = new SequenceBatch<TLane>
        {
            Inputs = _inputs.Slice(0, _inputs.Length),
            StartOffset = _starts.Slice(0, _bundles),
            ClassSign = _signs.Slice(0, _bundles),
            Length = Workload.Length,
            EarliestStart = 0,
            LatestStart = 0,
        };
        _unrolledNetwork.Forward(sequence);
        UncheckedSpan<TLane> outputGradient = _outputGradients.Slice(0, _bundles);
        for (int b = 0; b < _bundles; b++)
            outputGradient[b] = _unrolledNetwork.Output(Workload.Length, b, output: 0) - TLane.From(0.8);

        UncheckedSpan<TLane> terms = _gradients.Slice(0, _gradients.Length);
        _unrolledNetwork.Backward<GradientDescent>(sequence, outputGradient, terms);
        int parameterCount = _network.Parameters;
        UncheckedSpan<TLane> parameters = _unrolledNetwork.Parameters.Slice(0, _bundles * parameterCount),
            bundleLearningRates = _learningRates.Slice(0, _bundles * parameterCount);
        for (int b = 0; b < _bundles; b++)
        {
            GradientDescent.Update(new UpdateContext<TLane>
            {
                Parameters = parameters.Slice(b * parameterCount),
                LearningRates = bundleLearningRates.Slice(b * parameterCount),
                State = _ruleState.Slice(0, _ruleState.Length),
                Terms = terms.Slice(b * parameterCount),
                Workspace = default,
                ParameterCount = parameterCount,
                TimeSteps = 1,
                TimeStride = 0,
            });
        }
    }
}

/// <summary>The latch of Section II with three trainable inputs per class.</summary>
internal sealed class LatchWorkloadFactory : ILaneVisitor<IPreparedWorkload>
{
    public IPreparedWorkload Visit<TLane>()
        where TLane : unmanaged, IBitLane<TLane>
        => new TrainingStepWorkload<TLane, LatchNeuron<Tanh>>(new(3, classes: 2, new()),
            bundles: 8 / TLane.VectorCount, parameter => parameter == 0);
}

/// <summary>Five fully connected units; with several units fewer bundles suffice.</summary>
internal sealed class FiveUnitsWorkloadFactory : ILaneVisitor<IPreparedWorkload>
{
    public IPreparedWorkload Visit<TLane>()
        where TLane : unmanaged, IBitLane<TLane>
        => new TrainingStepWorkload<TLane, FiveUnits<Tanh>>(
            new(inputUnit: 0, 4, new()), bundles: 4, parameter => parameter % 6 == 0);
}

/// <summary>The Parity network, with as many vectors in flight as in a trial batch.</summary>
internal sealed class ParityWorkloadFactory : ILaneVisitor<IPreparedWorkload>
{
    private const int OutputToOutput = 4;   // w4

    public IPreparedWorkload Visit<TLane>()
        where TLane : unmanaged, IBitLane<TLane>
        => new TrainingStepWorkload<TLane, ParityNetwork<Tanh>>(
            new(new(), initialOutput: 0.0), bundles: 8 / TLane.VectorCount, parameter => parameter == OutputToOutput);
}
