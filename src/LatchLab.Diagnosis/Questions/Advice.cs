using LatchLab.Networks;
using LatchLab.Networks.Cells;
using LatchLab.Numerics;
using static LatchLab.Diagnosis.Questions.InvariantText;

namespace LatchLab.Diagnosis.Questions;

/// <summary>What would help a network, and the numbers that say so.</summary>
/// <param name="Code">The rule.</param>
/// <param name="Words">One or two sentences.</param>
public sealed record Advice(AdviceCode Code, string Words)
{
    private const double OutlierFactor = 10.0;  // the largest gradient beside the median; a decision
    private const double LargeGradient = 1.0;   // below it, clipping at the usual 1 changes nothing

    /// <summary>
    /// The advice for a diagnosis, in the order of <see cref="AdviceCode"/>; empty if no rule applies.
    /// </summary>
    public static IReadOnlyList<Advice> Find(TrainedNetworkDiagnosis diagnosis)
        => [.. new[]
            {
                AdviseHoldingGates(diagnosis), AdviseShorterSequences(diagnosis), AdviseOrthogonalStart(diagnosis),
                AdviseClipping(diagnosis), AdviseOtherMethods(diagnosis), AdviseDeadUnits(diagnosis),
            }.OfType<Advice>()];

    private static bool Forgets(TrainedNetworkDiagnosis diagnosis) => diagnosis.Verdict == VerdictCode.Forgets;

    /// <summary>A gate f that always has its mean holds for 1/(1 − f) steps: T steps need f ≥ 1 − 1/T.</summary>
    private static Advice? AdviseHoldingGates(TrainedNetworkDiagnosis diagnosis)
    {
        if (!Forgets(diagnosis) || diagnosis.Options.TaskLength is not { } length || length < 3
            || diagnosis.Gates?.FirstOrDefault(gate => gate.Holds) is not { } gate)
        {
            return null;
        }

        double needed = 1.0 - (1.0 / length);
        if (gate.Mean >= needed)
            return null;
        string biases = gate.Name == "forget" ? "b_f = ln U(1, T − 1), b_i = −b_f" : "b_z = ln U(1, T − 1)";
        return new(AdviceCode.OpenHoldingGates, Format(
            $"The {gate.Name} gates must average 1 − 1/{length} = {needed:0.000} to carry {length} steps; they are " +
            $"at {gate.Mean:0.000}. Start their biases at {biases} (Tallec and Ollivier 2018); here: " +
            $"--set network.initialization=chrono={length}."));
    }

    private static Advice? AdviseShorterSequences(TrainedNetworkDiagnosis diagnosis)
        => Forgets(diagnosis) && diagnosis.Gradient is { } gradient && diagnosis.Options.TaskLength is { } length
            && 2 * gradient.Horizon < length
            ? new(AdviceCode.ShorterSequencesFirst, Format(
                $"Train on shorter sequences first: training sees {gradient.Horizon} steps of {length}. Begin with " +
                $"lags of about {Math.Max(1, gradient.Horizon)} and lengthen them as the error falls (a curriculum)."))
            : null;

    private static Advice? AdviseOrthogonalStart(TrainedNetworkDiagnosis diagnosis)
    {
        // Without gates a layer has one block of recurrent weights, whose gain decides.
        CellDefinition network = diagnosis.Model.Network;
        ParameterBlock[] recurrent = [.. network.Blocks.Where(block => block.Role == BlockRole.Recurrent)];
        if (diagnosis.Verdict is not (VerdictCode.Chaotic or VerdictCode.ExplodesTransiently)
            || recurrent.Length != network.Size.Layers)
        {
            return null;
        }

        int n = network.Size.Units;
        double[] weights = [.. network.Parameters.Skip(recurrent[0].Offset).Take(recurrent[0].Count)];
        return new(AdviceCode.OrthogonalStart, Format(
            $"The recurrent weights have the spectral radius {SquareMatrix.SpectralRadius(weights, n):0.00} and the " +
            $"norm {SquareMatrix.SpectralNorm(weights, n):0.00}. Start them orthogonal, with gain 1; here: --set " +
            $"network.initialization=recurrent=orthogonal."));
    }

    /// <summary>
    /// Clipping helps against outliers alone: where all gradients are large it hides their growth, where all are small
    /// it changes nothing.
    /// </summary>
    private static Advice? AdviseClipping(TrainedNetworkDiagnosis diagnosis)
    {
        if (diagnosis.Gradient is not { } gradient)
            return null;
        double[] norms = [.. gradient.TotalNorms.Order()];
        double least = norms[0], median = norms[norms.Length / 2], largest = norms[^1];
        string range = norms.Length == 1 ? Format($"the gradient of the sequence is {median:G2}")
            : Format($"the gradients of these {norms.Length} sequences are {least:G2} to {largest:G2} ") +
                Format($"(median {median:G2})");
        if (diagnosis.Verdict == VerdictCode.Chaotic)
        {
            return new(AdviceCode.Clipping, median > LargeGradient
                ? $"Clipping only hides the growth: {range}."
                : $"Clipping would change little: {range}; a smaller gain of the recurrent weights would.");
        }

        if (largest > LargeGradient && largest > OutlierFactor * median)
            return new(AdviceCode.Clipping, Format($"Clip the norm between {median:G2} and {largest:G2}: {range}."));
        return largest <= LargeGradient
            ? new(AdviceCode.Clipping, $"Clipping at 1 would change nothing: {range}.") : null;
    }

    private static Advice? AdviseOtherMethods(TrainedNetworkDiagnosis diagnosis)
        => diagnosis.Verdict == VerdictCode.Latches
            ? new(AdviceCode.OtherMethods, "Nothing is wrong. To train longer lags, expect gradient descent to fail: " +
                "latchlab train --list has methods that do not use the gradient.")
            : null;

    private static Advice? AdviseDeadUnits(TrainedNetworkDiagnosis diagnosis)
    {
        int dead = diagnosis.Units?.Sum(layer => layer.Dead.Count) ?? 0,
            all = diagnosis.Units?.Sum(layer => layer.Deviations.Count) ?? 0;
        return dead == 0 ? null : new(AdviceCode.DeadUnits, Format(
            $"{dead} of {all} hidden values never vary with these data: the network works like a smaller one. Train " +
            $"again with a smaller rate or smaller initial weights, or with fewer units."));
    }
}

/// <summary>The rules of advice.</summary>
public enum AdviceCode
{
    /// <summary>The gates that hold are too far from 1 for the length of the task.</summary>
    OpenHoldingGates,

    /// <summary>Training sees less than half of the length of the task.</summary>
    ShorterSequencesFirst,

    /// <summary>Recurrent weights of an Elman network are too large.</summary>
    OrthogonalStart,

    /// <summary>What clipping would do.</summary>
    Clipping,

    /// <summary>The network latches: gradient descent will not train longer lags.</summary>
    OtherMethods,

    /// <summary>Hidden values never vary.</summary>
    DeadUnits,
}
