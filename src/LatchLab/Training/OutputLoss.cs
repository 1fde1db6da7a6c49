using System.Runtime.CompilerServices;
using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// The outputs of a presentation beside their targets d: whether the sequence is right, its cost ½Σ_k (x_k − d_k)²,
/// and the error signal ∂C/∂x_k of each output.
/// </summary>
/// <typeparam name="TLane">The numbers; a lane is a trial.</typeparam>
/// <param name="scoring">How they are compared.</param>
/// <param name="outputCount">k.</param>
internal sealed class OutputLoss<TLane>(Scoring scoring, int outputCount)
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly bool _hasSignTargets = scoring.Targets == TargetKind.Sign;

    /// <summary>Compares the outputs of a bundle.</summary>
    /// <param name="learner">The networks.</param>
    /// <param name="batch">The sequence that was presented.</param>
    /// <param name="bundle">The bundle.</param>
    /// <param name="outputGradients">[output]: the error signals, written.</param>
    /// <param name="cost">The cost.</param>
    /// <returns>1 where the sequence is right, otherwise 0.</returns>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public TLane Evaluate(
        Learner<TLane> learner, in SequenceBatch<TLane> batch, int bundle, UncheckedSpan<TLane> outputGradients,
        out TLane cost)
        => _hasSignTargets
            ? EvaluateSign(learner.Output(batch.Length, bundle, 0), batch.ClassSign[bundle], outputGradients, out cost)
            : EvaluateTargets(learner, batch, bundle, outputGradients, out cost);

    /// <summary>A single output on one side of the middle, its targets at equal distances from it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLane EvaluateSign(TLane output, TLane sign, UncheckedSpan<TLane> outputGradients, out TLane cost)
    {
        TLane zero = TLane.From(0.0), one = TLane.From(1.0), midpoint = TLane.From(scoring.Midpoint);
        TLane difference = output - TLane.FusedMultiplyAdd(sign, TLane.From(scoring.TargetDistance), midpoint);
        TLane isCorrect = scoring.Tolerance == 0.0
            ? TLane.WhereLess(zero, (output - midpoint) * sign, one, zero)
            : TLane.WhereLess(Abs(difference), TLane.From(scoring.Tolerance), one, zero);
        TLane outputGradient = ComputeOutputGradient(output, difference);
        cost = TLane.From(0.5) * difference * difference;
        outputGradients[0] = scoring.SkipsCorrectSequences ? TLane.WhereLess(zero, isCorrect, zero, outputGradient)
            : outputGradient;
        return isCorrect;
    }

    /// <summary>
    /// Every output with a target of its own. Right is, of classes, whose output of the class is above all others; of
    /// values, and of classes with a tolerance, whose outputs all are near enough.
    /// </summary>
    private TLane EvaluateTargets(
        Learner<TLane> learner, in SequenceBatch<TLane> batch, int bundle, UncheckedSpan<TLane> outputGradients,
        out TLane cost)
    {
        TLane zero = TLane.From(0.0), one = TLane.From(1.0), negativeInfinity = TLane.From(double.NegativeInfinity);
        TLane maxOfClass = negativeInfinity, maxOfOthers = negativeInfinity, maxDistance = zero;
        cost = zero;
        for (int k = 0; k < outputCount; k++)
        {
            TLane output = learner.Output(batch.Length, bundle, k);
            TLane target = batch.Targets[(bundle * outputCount) + k];
            TLane difference = output - TLane.FusedMultiplyAdd(
                target, TLane.From(scoring.HalfRange), TLane.From(scoring.Midpoint));
            cost += TLane.From(0.5) * difference * difference;
            outputGradients[k] = ComputeOutputGradient(output, difference);
            maxDistance = Max(maxDistance, Abs(difference));
            maxOfClass = TLane.WhereLess(zero, target, Max(maxOfClass, output), maxOfClass);
            maxOfOthers = TLane.WhereLess(zero, target, maxOfOthers, Max(maxOfOthers, output));
        }

        TLane isCorrect = scoring.Targets == TargetKind.Classes && scoring.Tolerance == 0.0
            ? TLane.WhereLess(maxOfOthers, maxOfClass, one, zero)
            : TLane.WhereLess(maxDistance, TLane.From(scoring.Tolerance), one, zero);

        // An output that is not a number says nothing, whatever the others are.
        isCorrect = TLane.WhereLess(cost, TLane.From(double.PositiveInfinity), isCorrect, zero);
        for (int k = 0; scoring.SkipsCorrectSequences && k < outputCount; k++)
            outputGradients[k] = TLane.WhereLess(zero, isCorrect, zero, outputGradients[k]);
        return isCorrect;
    }

    /// <summary>∂C/∂x_T of an output.</summary>
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

        // (p − q)/(p(1 − p))·dp/dx = (x − d)/((R − x)(R + x)), x and d from the middle of a range of ±R; at the very
        // end of the range the slope of the unit is 0 anyway.
        TLane halfRange = TLane.From(scoring.HalfRange), offset = output - TLane.From(scoring.Midpoint);
        TLane product = (halfRange - offset) * (halfRange + offset), minimum = TLane.From(1e-15);
        return difference / TLane.WhereLess(minimum, product, product, minimum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Abs(TLane value) => TLane.WhereLess(value, TLane.From(0.0), -value, value);

    /// <summary>The larger of two numbers; the second where one is not a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Max(TLane first, TLane second) => TLane.WhereLess(second, first, first, second);
}
