using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// Adds up the gradients of several presentations, with the parameters held, until their number suffices for a step:
/// the training set for batch gradient descent, a part of it for mini-batches. A mini-batch that a pass leaves
/// incomplete is continued in the next.
/// </summary>
internal sealed class GradientAccumulator<TLane>(int bundles, int parameters)
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>Indices of the state: presentations since the last step, those of a step, the weight of each.</summary>
    private const int CountIndex = 0, SizeIndex = 1, WeightIndex = 2;

    private readonly LaneParameters<TLane> _state = new(bundles, 3);
    private readonly LaneParameters<TLane> _sums = new(bundles, parameters);
    private readonly LaneParameters<TLane> _stepRates = new(bundles, parameters);

    public void BeginTrial(int lane, UpdatePlan plan)
    {
        int size = plan.PresentationsPerStep ?? 1;
        _state.SetLane(lane, [0.0, size, plan.IsMean ? 1.0 / size : 1.0]);
    }

    /// <summary>Saves or restores the state of a trial.</summary>
    public void TransferState(int lane, StateTransfer state)
    {
        _state.TransferState(lane, state);
        _sums.TransferState(lane, state);
    }

    /// <summary>Adds the gradients of a presentation.</summary>
    /// <param name="learningRates">The learning rates: 0 where a lane does not learn.</param>
    /// <param name="gradients">
    /// [bundle][parameter]: the gradients of the presentation; receives those of a step where it is complete.
    /// </param>
    /// <returns>The learning rates of the step: 0 also where a lane takes none yet.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public LaneParameters<TLane> Add(LaneParameters<TLane> learningRates, UncheckedSpan<TLane> gradients)
    {
        TLane zero = TLane.From(0.0), one = TLane.From(1.0);
        for (int b = 0; b < bundles; b++)
        {
            UncheckedSpan<TLane> rates = learningRates.GetBundle(b), stepRates = _stepRates.GetBundle(b),
                sums = _sums.GetBundle(b), terms = gradients.Slice(b * parameters), state = _state.GetBundle(b);
            TLane count = state[CountIndex], size = state[SizeIndex], learns = zero;
            for (int i = 0; i < parameters; i++)
                learns = TLane.WhereLess(learns, rates[i], rates[i], learns);
            TLane advanced = TLane.WhereLess(zero, learns, count + one, count);
            for (int i = 0; i < parameters; i++)
            {
                // The first presentation replaces the sum of the step before it, or of the trial before it.
                TLane earlier = TLane.WhereLess(zero, count, sums[i], zero);
                TLane sum = TLane.WhereLess(zero, learns, earlier + terms[i], sums[i]);
                sums[i] = sum;
                terms[i] = sum * state[WeightIndex];
                stepRates[i] = TLane.WhereLess(advanced, size, zero, rates[i]);
            }

            state[CountIndex] = TLane.WhereLess(advanced, size, advanced, zero);
        }

        return _stepRates;
    }
}
