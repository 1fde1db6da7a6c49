using LatchLab.Dynamics;
using LatchLab.Experiments.Catalogue;
using LatchLab.Experiments.Results;
using LatchLab.Numerics;

namespace LatchLab.Experiments.NetworkAnalysis;

/// <summary>How much of the gradient is left (Theorem 4), and of which part of the state (Appendix D).</summary>
internal static class GradientSections
{
    private const double Forgotten = 1e-6;
    private static readonly int[] Horizons = [10, 50, 100];

    /// <summary>What is left near each attractor.</summary>
    public static ReportSection Gradient(NetworkAnswer answer)
        => Cells.Section(
            "gradient-left",
            "How much of the gradient is left",
            [
                "Near an attractor |∂a_t/∂a_0| falls like ρ^(t/l) (Theorem 4). What stores a bit robustly has ρ well " +
                    "below 1, and then this is what is left of the influence of the past.",
            ],
            ["attractor", "ln a step", "steps to 1e-6", .. Horizons.Select(steps => $"left after {steps}")],
            ["attractor", "log_per_step", "steps_to_1e6", .. Horizons.Select(steps => $"left_after_{steps}")],
            [.. answer.Sets.Attractors.Select((attractor, i) => GradientRow(i + 1, attractor))]);

    private static string[] GradientRow(int number, PeriodicOrbit attractor)
    {
        double perStep = Cells.Log(attractor.SpectralRadius) / attractor.Period;
        return
        [
            Table.Count(number),
            Cells.Significant(perStep),
            double.IsNegativeInfinity(perStep) ? "1" : Table.Count((long)Math.Ceiling(Cells.Log(Forgotten) / perStep)),
            .. Horizons.Select(steps => Words.Short(Elementary.Exp(new Scalar(steps * perStep)).Value)),
        ];
    }

    /// <summary>What is left where some units latch and others do not.</summary>
    public static ReportSection Split(NetworkAnswer answer)
    {
        const int steps = 100;
        double[] start = answer.Sets.Attractors.Count > 0
            ? answer.Sets.Attractors[0].Points[0]
            : answer.Sets.Unsettled[0];
        IReadOnlyList<double[]> states = DrivenOrbit.Of(answer.System, start, steps).States;
        var projection = Projection.OntoUnits(answer.System, answer.LatchingUnits, states);
        return Cells.Section(
            "projection",
            "Projection of the state",
            [
                $"Units {string.Join(", ", answer.LatchingUnits)} latch (they keep their signs along every orbit " +
                    "that was followed, and have different ones on some); z are their activations, y those of the " +
                    "others (Appendix D). Along an orbit that has latched:",
            ],
            ["steps", "|∂a_t/∂a_0|", "|∂z_t/∂z_0|", "|∂y_t/∂y_0|", "|∂y_t/∂z_0|", "|∂a_t/∂a_0 − R⁺(∂y_t/∂y_0)R|"],
            ["steps", "whole", "latched", "rest", "rest_from_latched", "defect"],
            [
                .. new[] { 1, 2, 5, 10, 20, 50, steps }.Select(t => (Step: t, Norms: projection.Norms[t]))
                    .Select(entry => new[]
                    {
                        Table.Count(entry.Step),
                        Words.Short(entry.Norms.Whole),
                        Words.Short(entry.Norms.LatchedFromLatched),
                        Words.Short(entry.Norms.RestFromRest),
                        Words.Short(entry.Norms.RestFromLatched),
                        Words.Short(entry.Norms.Defect),
                    }),
            ]);
    }
}
