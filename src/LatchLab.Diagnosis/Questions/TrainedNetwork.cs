using LatchLab.Dynamics;
using LatchLab.Networks;

namespace LatchLab.Diagnosis.Questions;

/// <summary>A network that a user brings, and what is known of it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Format">The format of the file.</param>
/// <param name="Producer">The program that wrote it; empty if unknown.</param>
/// <param name="Cell">Name of the cell.</param>
/// <param name="Network">The network.</param>
/// <param name="Assumptions">What was assumed, converted or left out, one sentence each.</param>
public sealed record TrainedNetwork(
    string Path, string Format, string Producer, string Cell, CellDefinition Network,
    IReadOnlyList<string> Assumptions)
{
    /// <summary>The check of the network against what was recorded; null if nothing was.</summary>
    public ImportCheck? Check { get; init; }

    /// <summary>N, the values of a state: the hidden values of each layer, each followed by its cell values.</summary>
    public int StateSize => NetworkTrajectories.Run(Network, [[new double[Network.Inputs]]]).StateSize;
}
