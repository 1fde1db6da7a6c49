using LatchLab.Paper.Theory;

namespace LatchLab.Paper.Figure3;

/// <summary>
/// The network of Figure 3: two units, <c>a_t = W·tanh(a_{t−1}) + (u, 0)</c>, with two stable fixed points, two saddles
/// and a repelling point, around which the boundary of the basins spirals. The paper's figure is a sketch and specifies
/// no system.
/// </summary>
internal static class AsymmetricNetwork
{
    /// <summary>The constant input u. Without it, the map of the network would be an odd function.</summary>
    public const double Input = 0.2;

    /// <summary>W row by row.</summary>
    public static IReadOnlyList<double> Weights { get; } = [1.7, -0.8, 0.2, 1.9];

    /// <summary>A state in the basin of its first attractor, outside the reduced attracting set.</summary>
    public static double[] StateOutsideReducedSet { get; } = [-0.9, 0.5];

    /// <summary>A state in the reduced attracting set of its first attractor.</summary>
    public static double[] StateInsideReducedSet { get; } = [-3.3, 2.7];

    /// <summary>Creates the network and finds its attractors.</summary>
    public static AutonomousNetwork Create() => AutonomousNetwork.Analyze(Weights, Input);
}
