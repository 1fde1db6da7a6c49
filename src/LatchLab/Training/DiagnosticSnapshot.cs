namespace LatchLab.Training;

/// <summary>
/// The state of a trial during training: the quantities that help to explain why a trial does not learn. Values that
/// are not finite, or not defined for the network or the learner, are NaN.
/// </summary>
/// <param name="Presentations">Training presentations so far.</param>
/// <param name="Cost">Mean cost of a training sequence with these parameters.</param>
/// <param name="Error">Share of the training sequences that are incorrect.</param>
/// <param name="GradientNorm">‖∂C/∂w‖ of the mean cost.</param>
/// <param name="SpectralRadius">Largest modulus of an eigenvalue of the recurrent weights.</param>
/// <param name="LongTermGradientShare">
/// The share of the time steps before the last ten in the sum of the norms of the gradient terms of all time steps.
/// </param>
public readonly record struct DiagnosticSnapshot(
    int Presentations,
    double Cost,
    double Error,
    double GradientNorm,
    double SpectralRadius,
    double LongTermGradientShare);
