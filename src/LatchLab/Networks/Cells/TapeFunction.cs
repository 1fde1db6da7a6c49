using LatchLab.Networks.Units;

namespace LatchLab.Networks.Cells;

/// <summary>Values of a tape that are functions of activations: the gates or the candidates of a cell.</summary>
/// <param name="Name">The name of the gate.</param>
/// <param name="First">Index of the first value in the tape.</param>
/// <param name="Function">The function, one of <see cref="KnownUnits.Names"/>.</param>
public readonly record struct TapeFunction(string Name, int First, string Function = KnownUnits.LogisticName);
