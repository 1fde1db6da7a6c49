namespace LatchLab.Networks;

/// <summary>The dimensions of a trained network that its task determines.</summary>
/// <param name="TrainableInputs">L: trainable inputs at the beginning of a sequence.</param>
/// <param name="Inputs">m ≥ 1, the inputs of a step.</param>
/// <param name="Outputs">k ≥ 1, the outputs at the last step.</param>
public readonly record struct NetworkShape(int TrainableInputs, int Inputs = 1, int Outputs = 1);
