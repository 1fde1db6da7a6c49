using System.Runtime.CompilerServices;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// On-line learning by back-propagation through time ([22] of the paper). Each presentation is a forward pass; learning
/// from it is a backward pass, a step of the update rule, and clamping of the parameters to their bounds.
/// </summary>
public sealed class GradientLearner<TLane, TNetwork, TUpdateRule> : OnlineLearner<TLane>
    where TLane : unmanaged, IBitLane<TLane>
    where TNetwork : struct, INetwork
    where TUpdateRule : struct, IGradientTermRule
{
    private readonly TNetwork _network;
    private readonly BackpropagationThroughTime<TLane, TNetwork> _unrolledNetwork;
    private readonly LaneMemory<TLane> _terms;      // [t, or 0][bundle][parameter][value]
    private readonly LaneMemory<TLane> _workspace;  // [parameter]
    private readonly StochasticUnitDraws<TLane>? _draws;
    private readonly UpdateRuleChain<TLane>? _chain;    // null: the update rule itself takes the steps
    private readonly int? _truncation;

    /// <summary>Allocates memory.</summary>
    /// <param name="network">The network.</param>
    /// <param name="bundles">Bundles of lanes.</param>
    /// <param name="maxLength">Steps of the longest sequence.</param>
    /// <param name="plan">
    /// The plan of any trial of the batch, if the update rule only sums gradients; null for steps of the rule.
    /// </param>
    /// <param name="truncation">Number of steps before a target that have gradient terms; null for all.</param>
    public GradientLearner(
        TNetwork network, int bundles, int maxLength, UpdatePlan? plan = null, int? truncation = null)
        : base(bundles, network.Parameters, network.Readout.Outputs, TUpdateRule.StatePerTrial)
    {
        _network = network;
        _unrolledNetwork = new(network, bundles, maxLength, Parameters.Memory);
        int timeSteps = TUpdateRule.HasTermsPerTimeStep ? maxLength + 1 : 1;
        _terms = new(checked(timeSteps * bundles * network.Parameters * TUpdateRule.ValuesPerParameter));
        _workspace = new(network.Parameters);
        _draws = TNetwork.IsStochastic ? new(bundles, network.StateSize) : null;
        _truncation = truncation;
        _chain = plan is null or { IsGradientDescent: true } ? null : new(bundles, network.Parameters, plan);
    }

    public override void Present(in SequenceBatch<TLane> sequence) => _unrolledNetwork.Forward(sequence);

    public override TLane Output(int length, int bundle, int output)
        => _unrolledNetwork.Output(length, bundle, output);

    public override void BeginTrial(int lane, TrialStart start, LearnerDefinition settings)
    {
        base.BeginTrial(lane, start, settings);
        _draws?.BeginTrial(lane, start.Random);
        _chain?.BeginTrial(lane, settings.GetUpdatePlan(start.Sequences));
    }

    public override void TransferState(int lane, StateTransfer state)
    {
        base.TransferState(lane, state);
        _chain?.TransferState(lane, state);
    }

    public override void SetEpoch(int lane, int epoch) => _draws?.SetEpoch(lane, epoch);

    public override IReadOnlyList<double> GetDiagnostics(int lane)
        => [.. TUpdateRule.DiagnosticStates.ToArray().Select(value => RuleState[lane, value])];

    public override void Learn(in SequenceBatch<TLane> sequence, int sequenceIndex,
        UncheckedSpan<TLane> outputGradients)
    {
        _draws?.Fill(sequence, sequenceIndex, _unrolledNetwork.Uniforms);
        UncheckedSpan<TLane> terms = _terms.Slice(0, _terms.Length);
        _unrolledNetwork.Backward<TUpdateRule>(sequence, outputGradients, terms, _truncation);
        if (_chain is null)
            Update(sequence);
        else
            _chain.Update(Parameters, LearningRates, RuleState, terms);
        Bounds.Clamp(Parameters);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Update(in SequenceBatch<TLane> sequence)
    {
        int p = _network.Parameters, stride = p * TUpdateRule.ValuesPerParameter;
        int inputs = _network.TrainableInputs;
        int firstTime = TUpdateRule.HasTermsPerTimeStep ? sequence.EarliestStart + 1 : 0;
        UncheckedSpan<TLane> values = Parameters.Memory.Slice(0, Bundles * p),
            rates = LearningRates.Memory.Slice(0, Bundles * p);
        UncheckedSpan<TLane> states = RuleState.Memory.Slice(0, Bundles * TUpdateRule.StatePerTrial),
            allTerms = _terms.Slice(0, _terms.Length);
        for (int b = 0; b < Bundles; b++)
        {
            TUpdateRule.Update(new UpdateContext<TLane>
            {
                Parameters = values.Slice(b * p),
                LearningRates = rates.Slice(b * p),
                State = states.Slice(b * TUpdateRule.StatePerTrial),
                Terms = allTerms.Slice(((firstTime * Bundles) + b) * stride),
                Workspace = _workspace.Slice(0, p),
                ParameterCount = p,
                TimeSteps = TUpdateRule.HasTermsPerTimeStep ? sequence.Length - sequence.EarliestStart : 1,
                WeightCount = inputs > 0 ? _network.InputParameterIndex(1, sequenceClass: 1) : p,
                InputTimeSteps = !TUpdateRule.HasTermsPerTimeStep ? 1
                    : Math.Min(sequence.Length, sequence.LatestStart + inputs) - sequence.EarliestStart,
                TimeStride = Bundles * stride,
            });
        }
    }
}
