using System.Runtime.CompilerServices;
using LatchLab.Learning.Optimizers;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// The steps of a gradient method: the gradients of one or several presentations, transformed by a chain of update
/// rules, then <see cref="GradientDescent"/>, <c>w ← w − η·g</c>. The trials of a batch have the same rules, each with
/// parameters of its own. A trial begins with the initial state of the rules, and keeps it between the stages of a
/// curriculum.
/// </summary>
internal sealed class UpdateRuleChain<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly int _bundles;
    private readonly int _parameterCount;
    private readonly GradientAccumulator<TLane>? _accumulator;  // null: each presentation makes a step
    private readonly Link[] _links;
    private readonly LaneMemory<TLane> _takesStep;  // [bundle]
    private readonly LaneMemory<TLane> _workspace;  // for one bundle: the state of any rule, or its steps

    /// <summary>Allocates memory.</summary>
    /// <param name="bundles">Bundles of lanes.</param>
    /// <param name="parameters">Parameters of a network.</param>
    /// <param name="plan">The plan of any trial of the batch.</param>
    public UpdateRuleChain(int bundles, int parameters, UpdatePlan plan)
    {
        _bundles = bundles;
        _parameterCount = parameters;
        _accumulator = plan.PresentationsPerStep is null ? null : new(bundles, parameters);
        _links = [.. plan.Rules.Select(rule => new Link(rule.Create<TLane>(), bundles, parameters))];
        _takesStep = new(bundles);
        _workspace = new(_links.Select(link => link.StateCount).Append(parameters).Max());
    }

    /// <summary>Starts a new trial in a lane.</summary>
    public void BeginTrial(int lane, UpdatePlan plan)
    {
        _accumulator?.BeginTrial(lane, plan);
        foreach ((Link link, UpdateRule rule) in _links.Zip(plan.Rules))
            link.BeginTrial(lane, rule);
    }

    /// <summary>Saves or restores the state of a trial.</summary>
    public void TransferState(int lane, StateTransfer state)
    {
        _accumulator?.TransferState(lane, state);
        foreach (Link link in _links)
        {
            link.State.TransferState(lane, state);
            link.TrialState.TransferState(lane, state);
        }
    }

    /// <summary>Takes the steps after a presentation, and clears its gradients.</summary>
    /// <param name="parameters">The parameters, updated in place.</param>
    /// <param name="learningRates">Learning rate η of each parameter; 0 where it is frozen or a lane does not
    /// learn.</param>
    /// <param name="bounds">The state of <see cref="BoundedSteps"/>.</param>
    /// <param name="gradients">[bundle][parameter]: the gradients of the presentation.</param>
    public void Update(
        LaneParameters<TLane> parameters, LaneParameters<TLane> learningRates, LaneParameters<TLane> bounds,
        UncheckedSpan<TLane> gradients)
    {
        LaneParameters<TLane> rates = _accumulator?.Add(learningRates, gradients) ?? learningRates;
        Mask(rates, gradients);
        foreach (Link link in _links)
        {
            link.Kernel.Apply(new UpdateStep<TLane>
            {
                Bundles = _bundles,
                ParameterCount = _parameterCount,
                Gradients = gradients,
                Parameters = parameters.GetBundle(0),
                LearningRates = rates.GetBundle(0),
                TakesStep = _takesStep.Slice(0, _bundles),
                State = link.State.Memory.Slice(0, link.State.Memory.Length),
                TrialState = link.TrialState.Memory.Slice(0, link.TrialState.Memory.Length),
                Workspace = _workspace.Slice(0, _workspace.Length),
            });
        }

        Move(parameters, rates, bounds, gradients);
    }

    /// <summary>Determines which lanes take a step, and sets the gradients of all other parameters to 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Mask(LaneParameters<TLane> learningRates, UncheckedSpan<TLane> gradients)
    {
        TLane zero = TLane.From(0.0), one = TLane.From(1.0);
        for (int b = 0; b < _bundles; b++)
        {
            UncheckedSpan<TLane> rates = learningRates.GetBundle(b), terms = gradients.Slice(b * _parameterCount);
            TLane takesStep = zero, isTrained = one;    // any parameter, every parameter
            for (int i = 0; i < _parameterCount; i++)
            {
                takesStep = TLane.WhereLess(zero, rates[i], one, takesStep);
                isTrained = TLane.WhereLess(zero, rates[i], isTrained, zero);
            }

            _takesStep.Values[b] = takesStep;
            if (!TLane.AnyLess(isTrained, one))
                continue;
            for (int i = 0; i < _parameterCount; i++)
                terms[i] = TLane.WhereLess(zero, rates[i], terms[i], zero);
        }
    }

    /// <summary>Takes the steps of gradient descent along the transformed gradients.</summary>
    private void Move(
        LaneParameters<TLane> parameters, LaneParameters<TLane> learningRates, LaneParameters<TLane> bounds,
        UncheckedSpan<TLane> gradients)
    {
        for (int b = 0; b < _bundles; b++)
        {
            GradientDescent.Update(new UpdateContext<TLane>
            {
                Parameters = parameters.GetBundle(b),
                LearningRates = learningRates.GetBundle(b),
                State = bounds.GetBundle(b),
                Terms = gradients.Slice(b * _parameterCount),
                Workspace = _workspace.Slice(0, _workspace.Length),
                ParameterCount = _parameterCount,
                TimeSteps = 1,
                TimeStride = 0,
            });
        }
    }

    /// <summary>A rule of the chain, with its state for all trials.</summary>
    private sealed class Link(UpdateRuleKernel<TLane> kernel, int bundles, int parameters)
    {
        public UpdateRuleKernel<TLane> Kernel => kernel;

        /// <summary>[parameter][value] of each lane.</summary>
        public LaneParameters<TLane> State { get; } = new(bundles, parameters * kernel.StatePerParameter);

        /// <summary>[value] of each lane.</summary>
        public LaneParameters<TLane> TrialState { get; } = new(bundles, kernel.StatePerTrial);

        /// <summary>Number of values of one bundle.</summary>
        public int StateCount => (parameters * kernel.StatePerParameter) + kernel.StatePerTrial;

        public void BeginTrial(int lane, UpdateRule rule)
        {
            State.Fill(lane, 0.0);
            var values = new double[kernel.StatePerTrial];
            rule.WriteInitialState(values);
            TrialState.SetLane(lane, values);
        }
    }
}
