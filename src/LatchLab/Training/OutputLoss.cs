using System.Runtime.CompilerServices;
using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// Compares the outputs of a presentation with their targets d: whether the sequence is correct, its cost
/// ½Σ_k (x_k − d_k)², and the gradient ∂C/∂x_k of each output. With targets at every step, a sequence is correct if all
/// its steps are, and its cost is the mean over its steps.
/// </summary>
internal sealed class OutputLoss<TLane>(Scoring scoring, int bundles, int outputCount)
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly bool _hasSignTargets = scoring.Targets == TargetKind.Sign;

    /// <summary>Compares the outputs of a bundle.</summary>
    /// <param name="learner">The networks.</param>
    /// <param name="batch">The sequence that was presented.</param>
    /// <param name="bundle">The bundle.</param>
    /// <param name="outputGradients">
    /// [output], from that of the bundle on: receives ∂C/∂x_k. With targets at every step, that of step t is (t −
    /// 1)·bundles·k after it.
    /// </param>
    /// <param name="cost">The cost.</param>
    /// <returns>1 where the sequence is correct, otherwise 0.</returns>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public TLane Evaluate(
        Learner<TLane> learner, in SequenceBatch<TLane> batch, int bundle, UncheckedSpan<TLane> outputGradients,
        out TLane cost)
        => _hasSignTargets
            ? EvaluateSign(learner.Output(batch.Length, bundle, 0), batch.ClassSign[bundle], outputGradients, out cost)
            : scoring.HasTargetsAtEveryStep
                ? EvaluateSteps(learner, batch, bundle, outputGradients, out cost)
                : EvaluateLastStep(learner, batch, bundle, outputGradients, out cost);

    /// <summary>Evaluates a single output whose two targets are at equal distances from the midpoint.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLane EvaluateSign(TLane output, TLane sign, UncheckedSpan<TLane> outputGradients, out TLane cost)
    {
        TLane zero = TLane.From(0.0), one = TLane.From(1.0), midpoint = TLane.From(scoring.Midpoint);
        TLane difference = output - TLane.FusedMultiplyAdd(sign, TLane.From(scoring.TargetDistance), midpoint);
        TLane isCorrect = scoring.Tolerance == 0.0
            ? TLane.WhereLess(zero, (output - midpoint) * sign, one, zero)
            : TLane.WhereLess(TLane.Abs(difference), TLane.From(scoring.Tolerance), one, zero);
        TLane outputGradient = ComputeOutputGradient(output, difference);
        cost = TLane.From(0.5) * difference * difference;
        outputGradients[0] = scoring.SkipsCorrectSequences ? TLane.WhereLess(zero, isCorrect, zero, outputGradient)
            : outputGradient;
        return isCorrect;
    }

    /// <summary>Evaluates the last step of a sequence.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private TLane EvaluateLastStep(
        Learner<TLane> learner, in SequenceBatch<TLane> batch, int bundle, UncheckedSpan<TLane> outputGradients,
        out TLane cost)
    {
        TLane isCorrect = EvaluateTargets(
            learner, batch.Length, batch.Targets.Slice(bundle * outputCount), bundle, outputGradients, out cost);
        SkipCorrect(isCorrect, outputGradients);
        if (scoring.ClassWeights is { } weights)
            Weight(weights, batch.Targets.Slice(bundle * outputCount), outputGradients);
        return isCorrect;
    }

    /// <summary>Multiplies the gradients by the weight of the class, whose target alone is above the middle.</summary>
    private void Weight(ClassWeights weights, UncheckedSpan<TLane> targets, UncheckedSpan<TLane> outputGradients)
    {
        TLane zero = TLane.From(0.0), weight = zero;
        for (int k = 0; k < outputCount; k++)
            weight = TLane.WhereLess(zero, targets[k], TLane.From(weights.Values[k]), weight);
        for (int k = 0; k < outputCount; k++)
            outputGradients[k] *= weight;
    }

    /// <summary>Evaluates every step of a sequence from its start on.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private TLane EvaluateSteps(
        Learner<TLane> learner, in SequenceBatch<TLane> batch, int bundle, UncheckedSpan<TLane> outputGradients,
        out TLane cost)
    {
        TLane zero = TLane.From(0.0), isCorrect = TLane.From(1.0), start = batch.StartOffset[bundle];
        TLane share = TLane.From(1.0) / (TLane.From(batch.Length) - start);
        cost = zero;
        for (int t = batch.EarliestStart + 1; t <= batch.Length; t++)
        {
            int step = (t - 1) * bundles * outputCount;
            UncheckedSpan<TLane> gradients = outputGradients.Slice(step);
            TLane isStepCorrect = EvaluateTargets(
                learner, t, batch.Targets.Slice(step + (bundle * outputCount)), bundle, gradients, out TLane stepCost);
            TLane time = TLane.From(t);
            isCorrect = TLane.WhereLess(start, time, isCorrect * isStepCorrect, isCorrect);
            cost += TLane.WhereLess(start, time, share * stepCost, zero);
            for (int k = 0; k < outputCount; k++)
                gradients[k] = TLane.WhereLess(start, time, share * gradients[k], zero);
        }

        for (int t = batch.EarliestStart; t < batch.Length; t++)
            SkipCorrect(isCorrect, outputGradients.Slice(t * bundles * outputCount));
        return isCorrect;
    }

    /// <summary>Sets the gradients of correct sequences to 0 if they are skipped.</summary>
    private void SkipCorrect(TLane isCorrect, UncheckedSpan<TLane> outputGradients)
    {
        TLane zero = TLane.From(0.0);
        for (int k = 0; scoring.SkipsCorrectSequences && k < outputCount; k++)
            outputGradients[k] = TLane.WhereLess(zero, isCorrect, zero, outputGradients[k]);
    }

    /// <summary>
    /// Evaluates outputs at time t that each have a target. For classes, a sequence is correct if the output of its
    /// class is the largest; for values, and for classes with a tolerance, if every output is within the tolerance of
    /// its target.
    /// </summary>
    private TLane EvaluateTargets(
        Learner<TLane> learner, int t, UncheckedSpan<TLane> targets, int bundle,
        UncheckedSpan<TLane> outputGradients, out TLane cost)
    {
        TLane zero = TLane.From(0.0), one = TLane.From(1.0), negativeInfinity = TLane.From(double.NegativeInfinity);
        TLane maxOfClass = negativeInfinity, maxOfOthers = negativeInfinity, maxDistance = zero;
        cost = zero;
        for (int k = 0; k < outputCount; k++)
        {
            TLane output = learner.Output(t, bundle, k);
            TLane target = targets[k];
            TLane difference = output - TLane.FusedMultiplyAdd(
                target, TLane.From(scoring.HalfRange), TLane.From(scoring.Midpoint));
            cost += TLane.From(0.5) * difference * difference;
            outputGradients[k] = ComputeOutputGradient(output, difference);
            maxDistance = Max(maxDistance, TLane.Abs(difference));
            maxOfClass = TLane.WhereLess(zero, target, Max(maxOfClass, output), maxOfClass);
            maxOfOthers = TLane.WhereLess(zero, target, maxOfOthers, Max(maxOfOthers, output));
        }

        TLane isCorrect = scoring.Targets == TargetKind.Classes && scoring.Tolerance == 0.0
            ? TLane.WhereLess(maxOfOthers, maxOfClass, one, zero)
            : TLane.WhereLess(maxDistance, TLane.From(scoring.Tolerance), one, zero);

        // A sequence with a NaN output is incorrect, whatever the other outputs are.
        return TLane.WhereLess(cost, TLane.From(double.PositiveInfinity), isCorrect, zero);
    }

    /// <summary>Returns ∂C/∂x_t of an output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLane ComputeOutputGradient(TLane output, TLane difference)
    {
        if (scoring.Criterion == ErrorCriterion.Absolute)
        {
            TLane zero = TLane.From(0.0);
            return TLane.WhereLess(zero, difference, TLane.From(1.0), TLane.WhereLess(
                difference, zero, TLane.From(-1.0), zero));
        }

        if (scoring.Criterion != ErrorCriterion.CrossEntropy)
            return difference;

        // (p − q)/(p(1 − p))·dp/dx = (x − d)/((R − x)(R + x)), where x and d are relative to the midpoint of a range of
        // ±R. At the bounds of the range the derivative of the unit is 0, so the minimum has no effect.
        TLane halfRange = TLane.From(scoring.HalfRange), offset = output - TLane.From(scoring.Midpoint);
        TLane product = (halfRange - offset) * (halfRange + offset), minimum = TLane.From(1e-15);
        return difference / TLane.WhereLess(minimum, product, product, minimum);
    }

    /// <summary>The larger of two numbers; the second where one is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Max(TLane first, TLane second) => TLane.WhereLess(second, first, first, second);
}
