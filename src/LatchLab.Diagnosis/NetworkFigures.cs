using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Diagnosis;

/// <summary>The figures of a network: the phase portrait and the decay of the gradient along orbits.</summary>
internal static class NetworkFigures
{
    private const int Steps = EdgeState.Steps;
    private const string BoundaryOrbitName = "on a boundary";

    /// <summary>Creates all applicable figures.</summary>
    public static IEnumerable<Figure> CreateAll(NetworkDiagnosis diagnosis)
    {
        if (PhasePortrait.CreateOrNull(diagnosis) is { } portrait)
            yield return portrait;
        if (CreateGradientFigure(diagnosis) is { } gradients)
            yield return gradients;
    }

    /// <summary>Creates the figure of |∂a_t/∂a_0| along orbits of each kind; null if there are none.</summary>
    private static Figure? CreateGradientFigure(NetworkDiagnosis diagnosis)
    {
        (string Name, DrivenOrbit Orbit)[] orbits = [.. ComputeOrbits(diagnosis)];
        if (orbits.Length == 0)
            return null;
        return new(
            "gradient",
            "Decay of the gradient along orbits",
            $"log₁₀ of |∂a_t/∂a_0| (activations) along orbits without noise, {Steps} steps. Values that are " +
                "exactly 0 are not drawn." + DescribeBoundary(diagnosis),
            [
                new Chart(
                    "",
                    new Axis("time step t"),
                    new Axis("log₁₀ ‖∂aₜ/∂a₀‖"),
                    [
                        .. orbits.Select((orbit, i) => new Series(
                            orbit.Name,
                            SeriesKind.Curve,
                            [.. orbit.Orbit.LogGradientNorms.Select(
                                (log, t) => new DataPoint(t, log / Elementary.Ln10))],
                            i)),
                    ]),
            ],
            1,
            new Table(
                ["orbit", "t", "log10_gradient"],
                [
                    .. orbits.SelectMany(orbit => orbit.Orbit.LogGradientNorms.Select((log, t) =>
                        (IReadOnlyList<string>)
                        [
                            orbit.Name, Table.FormatInteger(t), Table.FormatNumber(log / Elementary.Ln10)
                        ])),
                ]));
    }

    private static IEnumerable<(string Name, DrivenOrbit Orbit)> ComputeOrbits(NetworkDiagnosis diagnosis)
    {
        const int maximumAttractors = 3;

        // Attractors related by symmetry have the same gradient, so one of them suffices.
        foreach ((int i, PeriodicOrbit attractor) in diagnosis.InvariantSets.Attractors.Index()
            .DistinctBy(entry => TableFormat.SixDigits(entry.Item.SpectralRadius)).Take(maximumAttractors))
            yield return ($"at attractor {i + 1}",
                DrivenOrbit.Simulate(diagnosis.AutonomousSystem, attractor.Points[0], Steps));
        if (diagnosis.EdgeStates.Count > 0)
        {
            EdgeState edge = diagnosis.EdgeStates[0];
            yield return (BoundaryOrbitName, DrivenOrbit.AlongStates(diagnosis.AutonomousSystem, edge.Orbit));
        }

        if (diagnosis.InvariantSets.Unsettled.States.Count > 0)
            yield return ("settles nowhere",
                DrivenOrbit.Simulate(diagnosis.AutonomousSystem, diagnosis.InvariantSets.Unsettled.States[0], Steps));
    }

    /// <summary>Says what the curve on a boundary is, and why it ends where it does.</summary>
    private static string DescribeBoundary(NetworkDiagnosis diagnosis)
    {
        if (diagnosis.EdgeStates.Count == 0)
            return "";
        int last = diagnosis.EdgeStates[0].Orbit.Count - 1;
        string endText = last == Steps
            ? ""
            : $" It ends at t = {last}: rounding leaves no two close states on different sides.";
        return $" On a boundary: the product of M′ at states that bisection keeps on it: at every step each lies " +
            $"within {NumberFormat.Short(BasinBoundary.TrackingDistance)} of a state on the other side.{endText}";
    }
}
