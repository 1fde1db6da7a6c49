using LatchLab.Dynamics;

namespace LatchLab.Diagnosis;

/// <summary>The attractor that a network with constant inputs reaches from its own initial state x_0.</summary>
/// <param name="Outputs">x_0.</param>
/// <param name="Attractor">
/// The index of the attractor in <see cref="InvariantSets.Attractors"/>; null if the orbit reaches none.
/// </param>
/// <param name="Steps">Steps until the orbit entered a ball around the attractor, or of all steps taken.</param>
public sealed record InitialStateDestination(IReadOnlyList<double> Outputs, int? Attractor, int Steps)
{
    /// <summary>Follows the orbit.</summary>
    /// <param name="outputs">x_0.</param>
    /// <param name="activations">a_0, which may be infinite.</param>
    /// <param name="sets">The attractors.</param>
    /// <param name="maximumSteps">Maximum number of steps.</param>
    internal static InitialStateDestination Find(
        IReadOnlyList<double> outputs, double[] activations, InvariantSets sets, int maximumSteps)
    {
        TrappingBall? ball = sets.FindDestination(activations, maximumSteps, out int steps);
        return new(
            outputs,
            ball is null ? null : sets.Attractors.Index().First(entry => entry.Item == ball.Orbit).Index,
            steps);
    }

    /// <summary>The destination as a sentence.</summary>
    internal string Describe()
        => $"The initial state of the network, x_0 = {TableFormat.FormatVector(Outputs)}, " + (Attractor is { } index
            ? $"lies in the basin of attractor {index + 1}; its orbit enters a ball in which the map contracts after " +
                $"{Steps} steps."
            : $"reaches no attractor within {Steps} steps.");
}
