using LatchLab.Dynamics;
using LatchLab.Experiments.Results;
using LatchLab.Numerics;

namespace LatchLab.Experiments.NetworkAnalysis;

/// <summary>The pictures of a network: where its states go, and what is left of the gradient on the way.</summary>
internal static class NetworkFigures
{
    private const int Steps = 100;

    private static double Ln10 { get; } = Elementary.Log(new Scalar(10.0)).Value;

    /// <summary>All that can be drawn of it.</summary>
    public static IEnumerable<Figure> Of(NetworkAnswer answer)
    {
        if (PhasePortrait.Of(answer) is { } portrait)
            yield return portrait;
        if (Gradients(answer) is { } gradients)
            yield return gradients;
    }

    /// <summary>|∂a_t/∂a_0| along orbits of each kind; null where there is none.</summary>
    private static Figure? Gradients(NetworkAnswer answer)
    {
        (string Name, DrivenOrbit Orbit)[] orbits = [.. Orbits(answer)];
        if (orbits.Length == 0)
            return null;
        return new(
            "gradient",
            "What is left of the gradient",
            $"log₁₀ of |∂a_t/∂a_0| (activations) along orbits without noise, {Steps} steps. Where it is 0 to the " +
                "last digit nothing is drawn.",
            [
                new Chart(
                    "",
                    new Axis("t"),
                    new Axis("log₁₀ ‖∂aₜ/∂a₀‖"),
                    [
                        .. orbits.Select((orbit, i) => new Series(
                            orbit.Name,
                            SeriesKind.Curve,
                            [.. orbit.Orbit.LogGradients.Select((log, t) => new DataPoint(t, log / Ln10))],
                            i)),
                    ]),
            ],
            1,
            new Table(
                ["orbit", "t", "log10_gradient"],
                [
                    .. orbits.SelectMany(orbit => orbit.Orbit.LogGradients.Select((log, t) =>
                        (IReadOnlyList<string>)[orbit.Name, Table.Count(t), Table.Number(log / Ln10)])),
                ]));
    }

    private static IEnumerable<(string Name, DrivenOrbit Orbit)> Orbits(NetworkAnswer answer)
    {
        const int mostAttractors = 3;

        // Of attractors that are images of one another by symmetry one is enough.
        foreach ((int i, PeriodicOrbit attractor) in answer.Sets.Attractors.Index()
            .DistinctBy(entry => Cells.Significant(entry.Item.SpectralRadius)).Take(mostAttractors))
            yield return ($"at attractor {i + 1}", DrivenOrbit.Of(answer.System, attractor.Points[0], Steps));
        if (answer.Edges.Count > 0)
        {
            EdgeState edge = answer.Edges[0];
            yield return ("on a boundary", Kept(answer.System, edge.Orbit));
        }

        if (answer.Sets.Unsettled.Count > 0)
            yield return ("settles nowhere", DrivenOrbit.Of(answer.System, answer.Sets.Unsettled[0], Steps));
    }

    /// <summary>
    /// An orbit that is kept where it is by the smallest of inputs: u_t = a_t − M(a_{t−1}) for given states.
    /// </summary>
    private static DrivenOrbit Kept(DynamicalSystem system, IReadOnlyList<double[]> states)
        => DrivenOrbit.Of(
            system,
            states[0],
            Enumerable.Range(1, Math.Min(Steps, states.Count - 1)).Select(t =>
                (IReadOnlyList<double>)[.. states[t].Zip(system.Image(states[t - 1]), (a, image) => a - image)]));
}
