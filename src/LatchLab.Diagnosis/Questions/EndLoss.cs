using LatchLab.Numerics;

namespace LatchLab.Diagnosis.Questions;

/// <summary>The loss L at the last step, whose gradient is followed backwards in time.</summary>
public enum EndLoss
{
    /// <summary>Σ |y_j|, in the direction of its sign: without targets.</summary>
    LastOutput,

    /// <summary>Mean of (y_j − target_j)² over the outputs.</summary>
    MeanSquare,

    /// <summary>−ln σ(±y) of a single output, with targets of 0 and 1.</summary>
    BinaryCrossEntropy,

    /// <summary>−ln softmax(y)_c of the class c, which is 1 among the targets or their single value.</summary>
    CrossEntropy,
}

/// <summary>Values and gradients of <see cref="EndLoss"/>.</summary>
public static class EndLosses
{
    /// <summary>
    /// The loss that fits the targets of the last step: cross-entropy for classes, the mean square for other numbers.
    /// </summary>
    /// <param name="targets">[sequence][value]; null without targets.</param>
    /// <param name="outputs">k.</param>
    public static EndLoss Choose(IReadOnlyList<double[]>? targets, int outputs)
    {
        if (targets is null)
            return EndLoss.LastOutput;
        bool areBits = targets.All(target => target.All(value => value is 0.0 or 1.0));
        if (outputs == 1)
            return areBits ? EndLoss.BinaryCrossEntropy : EndLoss.MeanSquare;
        bool areIndices = targets.All(target => target is [var c] && c >= 0 && c < outputs && c == Math.Floor(c));
        return areIndices || (areBits && targets.All(target => target.Sum() == 1.0))
            ? EndLoss.CrossEntropy : EndLoss.MeanSquare;
    }

    /// <summary>L and ∂L/∂y.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="outputs">y, k values.</param>
    /// <param name="target">k targets, or the index of a class; not read without targets.</param>
    /// <param name="gradient">∂L/∂y, written.</param>
    public static double Differentiate(
        EndLoss loss, ReadOnlySpan<double> outputs, ReadOnlySpan<double> target, Span<double> gradient)
    {
        switch (loss)
        {
            case EndLoss.BinaryCrossEntropy:
                double p = 1.0 / (1.0 + Elementary.Exp(-outputs[0]));
                gradient[0] = p - target[0];
                return Elementary.Log(1.0 + Elementary.Exp(target[0] > 0.5 ? -outputs[0] : outputs[0]));
            case EndLoss.CrossEntropy:
                return DifferentiateSoftmax(outputs, target, gradient);
            case EndLoss.MeanSquare:
                double sum = 0.0;
                for (int j = 0; j < outputs.Length; j++)
                {
                    double difference = outputs[j] - target[j];
                    gradient[j] = 2.0 * difference / outputs.Length;
                    sum += difference * difference / outputs.Length;
                }

                return sum;
            default:
                double size = 0.0;
                for (int j = 0; j < outputs.Length; j++)
                {
                    gradient[j] = outputs[j] < 0.0 ? -1.0 : 1.0;
                    size += Math.Abs(outputs[j]);
                }

                return size;
        }
    }

    private static double DifferentiateSoftmax(
        ReadOnlySpan<double> outputs, ReadOnlySpan<double> target, Span<double> gradient)
    {
        int correct = target.Length == 1 ? (int)target[0] : target.IndexOf(1.0);
        double largest = double.NegativeInfinity, sum = 0.0;
        foreach (double output in outputs)
            largest = Math.Max(largest, output);
        for (int j = 0; j < outputs.Length; j++)
            sum += gradient[j] = Elementary.Exp(outputs[j] - largest);
        for (int j = 0; j < outputs.Length; j++)
            gradient[j] = (gradient[j] / sum) - (j == correct ? 1.0 : 0.0);
        return Elementary.Log(sum) + largest - outputs[correct];
    }
}
