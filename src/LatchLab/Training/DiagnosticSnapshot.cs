namespace LatchLab.Training;

/// <summary>
/// How a trial does in the middle of its learning: what a log must show of it for somebody who asks why it does not
/// learn. Numbers that are not finite, or not defined for the network or the learner, are NaN.
/// </summary>
/// <param name="Presentations">Presentations that had taught it.</param>
/// <param name="Cost">Mean cost of a training sequence with these parameters.</param>
/// <param name="Error">Share of the training sequences that are wrong.</param>
/// <param name="GradientNorm">‖∂C/∂w‖ of the mean cost.</param>
/// <param name="SpectralRadius">Largest modulus of an eigenvalue of the recurrent weights.</param>
/// <param name="LongTermGradientShare">
/// Of the sum of the norms of what all times contribute to the gradient, the share of times before the last ten steps.
/// </param>
public readonly record struct DiagnosticSnapshot(
    int Presentations,
    double Cost,
    double Error,
    double GradientNorm,
    double SpectralRadius,
    double LongTermGradientShare);
