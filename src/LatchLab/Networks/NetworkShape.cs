namespace LatchLab.Networks;

/// <summary>How a network that is to be trained is connected to its task.</summary>
/// <param name="TrainableInputs">L: inputs at the beginning of a sequence that are parameters.</param>
/// <param name="Inputs">m ≥ 1, the inputs of a step.</param>
/// <param name="Outputs">k ≥ 1, the outputs that are read at the end.</param>
public readonly record struct NetworkShape(int TrainableInputs, int Inputs = 1, int Outputs = 1);
