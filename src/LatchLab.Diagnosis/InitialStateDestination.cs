using LatchLab.Dynamics;
using LatchLab.Foundation;
using LatchLab.Networks;

namespace LatchLab.Diagnosis;

/// <summary>
/// Where a network with constant inputs goes from its own initial state x_0: to an attractor, to a point at which it
/// rests although it is none, to a motion without rest, or to infinity.
/// </summary>
/// <param name="Outputs">x_0.</param>
/// <param name="Attractor">
/// The index of the attractor in <see cref="InvariantSets.Attractors"/>; null if the orbit reaches none.
/// </param>
/// <param name="Steps">Steps until the orbit entered a ball around the attractor, or of all steps taken.</param>
/// <param name="RestsAt">
/// The fixed point, no attractor, that the orbit reaches exactly, in activations; null if it reaches none.
/// </param>
/// <param name="Motion">The motion where it is bounded and reaches neither; null otherwise.</param>
public sealed record InitialStateDestination(
    IReadOnlyList<double> Outputs, int? Attractor, int Steps, double[]? RestsAt, LongTermMotion? Motion)
{
    /// <summary>Follows the orbit.</summary>
    /// <param name="network">The network.</param>
    /// <param name="driven">The network with its inputs.</param>
    /// <param name="system">The network with constant inputs.</param>
    /// <param name="sets">The attractors.</param>
    /// <param name="options">The maximum number of steps, and those that decide about the motion.</param>
    internal static InitialStateDestination Find(
        NetworkDefinition network, DrivenSystem driven, DynamicalSystem system, InvariantSets sets,
        NetworkDiagnosisOptions options)
    {
        double[] a = driven.InitialState(); // may be infinite
        IReadOnlyList<double> outputs = network.InitialState ?? driven.Outputs(a);
        if (sets.FindDestination(a, options.MostSteps, out int steps) is { } ball)
        {
            int attractor = sets.Attractors.Index().First(entry => entry.Item == ball.Orbit).Index;
            return new(outputs, attractor, steps, null, null);
        }

        for (steps = 0; steps < options.MostSteps; steps++)
        {
            double[] image = system.Image(a);
            if (image.AsSpan().SequenceEqual(a))
                return new(outputs, null, steps, a, null);
            if (!InvariantSets.IsBounded(image))
                return new(outputs, null, steps + 1, null, null);
            a = image;
        }

        LongTermMotion motion = LongTermMotion.Decide(system, [a], options.ExponentSteps, options.LongestPeriod)[0];
        return new(outputs, null, steps, null, motion);
    }

    /// <summary>The destination as a sentence.</summary>
    internal string Describe(InvariantSets sets)
    {
        string start = Outputs.All(output => output == 0.0) ? "x_0 = 0"
            : $"x_0 = {TableFormat.FormatVector(Outputs, NumberFormat.Short)}";
        return $"From its initial state, {start}, the network {DescribeEnd(sets)}.";
    }

    private string DescribeEnd(InvariantSets sets)
    {
        string after = $"after {NumberFormat.WithNoun(Steps, "step")}", within = $"within {after[6..]}";
        if (Attractor is { } index)
        {
            string attractor = $"attractor {index + 1}, a {sets.Attractors[index].Describe()}";
            return Steps == 0 ? $"starts in a ball around {attractor}, in which the map contracts"
                : $"reaches {attractor}: {after} its orbit is in a ball in which the map contracts";
        }

        if (RestsAt is { } point)
        {
            PeriodicOrbit? known = sets.FixedPoints.Orbits.FirstOrDefault(
                orbit => FixedPoints.IsNear(orbit, point, orbit.PositionError));
            string kind = known switch
            {
                null => "a fixed point that is no attractor",
                { Stability: Stability.Unstable } => "an unstable fixed point, which it leaves under noise",
                _ => $"a {known.Describe()}",
            };
            return Steps == 0 ? $"does not move: x_0 is {kind}" : $"comes to rest {after} at {kind}";
        }

        return Motion?.Kind switch
        {
            null => $"diverges {within}",
            MotionKind.QuasiPeriodic => $"moves quasi-periodically, and reaches no attractor {within}",
            MotionKind.Chaotic => $"moves chaotically, and reaches no attractor {within}",
            _ => $"reaches no attractor {within}, and its motion is undecided",
        };
    }
}
