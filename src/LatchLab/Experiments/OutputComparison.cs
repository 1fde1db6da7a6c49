using System.Runtime.CompilerServices;
using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Experiments;

/// <summary>
/// The outputs of a presentation beside their targets d: whether the sequence is right, its cost ½Σ_k (x_k − d_k)²,
/// and the error signal ∂C/∂x_k of each output.
/// </summary>
/// <typeparam name="TLane">The numbers; a lane is a trial.</typeparam>
/// <param name="scoring">How they are compared.</param>
/// <param name="outputs">k.</param>
internal sealed class OutputComparison<TLane>(Scoring scoring, int outputs)
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly bool isBySign = scoring.Targets == TargetKind.Sign;

    /// <summary>Compares the outputs of a bundle.</summary>
    /// <param name="learner">The networks.</param>
    /// <param name="sequence">The sequence that was presented.</param>
    /// <param name="bundle">The bundle.</param>
    /// <param name="errors">[output]: the error signals, written.</param>
    /// <param name="cost">The cost.</param>
    /// <returns>1 where the sequence is right, otherwise 0.</returns>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public TLane Compare(
        Learner<TLane> learner, in Sequence<TLane> sequence, int bundle, Row<TLane> errors, out TLane cost)
        => isBySign
            ? CompareSign(learner.Output(sequence.Length, bundle, 0), sequence.Sign[bundle], errors, out cost)
            : CompareTargets(learner, sequence, bundle, errors, out cost);

    /// <summary>A single output on one side of the middle, its targets at equal distances from it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLane CompareSign(TLane output, TLane sign, Row<TLane> errors, out TLane cost)
    {
        TLane zero = TLane.From(0.0), one = TLane.From(1.0), middle = TLane.From(scoring.Middle);
        TLane difference = output - TLane.FusedMultiplyAdd(sign, TLane.From(scoring.Distance), middle);
        TLane right = scoring.Tolerance == 0.0
            ? TLane.WhereLess(zero, (output - middle) * sign, one, zero)
            : TLane.WhereLess(Magnitude(difference), TLane.From(scoring.Tolerance), one, zero);
        TLane error = Signal(output, difference);
        cost = TLane.From(0.5) * difference * difference;
        errors[0] = scoring.OnlyWrong ? TLane.WhereLess(zero, right, zero, error) : error;
        return right;
    }

    /// <summary>
    /// Every output with a target of its own. Right is, of classes, whose output of the class is above all others; of
    /// values, and of classes with a tolerance, whose outputs all are near enough.
    /// </summary>
    private TLane CompareTargets(
        Learner<TLane> learner, in Sequence<TLane> sequence, int bundle, Row<TLane> errors, out TLane cost)
    {
        TLane zero = TLane.From(0.0), one = TLane.From(1.0), lowest = TLane.From(double.NegativeInfinity);
        TLane ofClass = lowest, ofOthers = lowest, farthest = zero;
        cost = zero;
        for (int k = 0; k < outputs; k++)
        {
            TLane output = learner.Output(sequence.Length, bundle, k);
            TLane target = sequence.Targets[(bundle * outputs) + k];
            TLane difference = output - TLane.FusedMultiplyAdd(
                target, TLane.From(scoring.HalfRange), TLane.From(scoring.Middle));
            cost += TLane.From(0.5) * difference * difference;
            errors[k] = Signal(output, difference);
            farthest = Larger(farthest, Magnitude(difference));
            ofClass = TLane.WhereLess(zero, target, Larger(ofClass, output), ofClass);
            ofOthers = TLane.WhereLess(zero, target, ofOthers, Larger(ofOthers, output));
        }

        TLane right = scoring.Targets == TargetKind.Classes && scoring.Tolerance == 0.0
            ? TLane.WhereLess(ofOthers, ofClass, one, zero)
            : TLane.WhereLess(farthest, TLane.From(scoring.Tolerance), one, zero);

        // An output that is not a number says nothing, whatever the others are.
        right = TLane.WhereLess(cost, TLane.From(double.PositiveInfinity), right, zero);
        for (int k = 0; scoring.OnlyWrong && k < outputs; k++)
            errors[k] = TLane.WhereLess(zero, right, zero, errors[k]);
        return right;
    }

    /// <summary>∂C/∂x_T of an output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLane Signal(TLane output, TLane difference)
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
        TLane range = TLane.From(scoring.HalfRange), place = output - TLane.From(scoring.Middle);
        TLane product = (range - place) * (range + place), least = TLane.From(1e-15);
        return difference / TLane.WhereLess(least, product, product, least);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Magnitude(TLane value) => TLane.WhereLess(value, TLane.From(0.0), -value, value);

    /// <summary>The larger of two numbers; the second where one is not a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Larger(TLane first, TLane second) => TLane.WhereLess(second, first, first, second);
}
