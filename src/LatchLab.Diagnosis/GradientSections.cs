using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;

namespace LatchLab.Diagnosis;

/// <summary>Sections on the decay of the gradient (Theorem 4) and its projections (Appendix D).</summary>
internal static class GradientSections
{
    private const double NegligibleGradient = 1e-6;
    private static readonly int[] ReportedSteps = [10, 50, 100];

    /// <summary>Creates the section on the decay of the gradient near each attractor.</summary>
    public static ReportSection CreateDecay(NetworkDiagnosis diagnosis)
        => TableFormat.CreateSection(
            "gradient-decay",
            "Decay of the gradient",
            [
                "|∂a_t/∂a_0| along each attractor, a_0 its first point: the norm of the product of t Jacobians. In " +
                    "the long run it decays like ρ^(t/l) (Theorem 4), by ln ρ / l per step; before, it may grow, and " +
                    "where M′ is not normal it remains larger than ρ^(t/l). From the steps to 1e-6 on it is at most " +
                    "10⁻⁶; ~: at that step and in the long run, without a proof for every step between." +
                    (diagnosis.GradientDecays.Any(decay => decay.IsBound)
                        ? " At a kink Theorem 4 does not apply: ≤ precedes bounds by the derivatives of all sides."
                        : ""),
            ],
            [
                "attractor", "ln a step, long run", "steps to 1e-6",
                .. ReportedSteps.Select(steps => $"left after {steps}"),
            ],
            ["attractor", "log_per_step", "steps_to_1e6", .. ReportedSteps.Select(steps => $"left_after_{steps}")],
            [.. diagnosis.GradientDecays.Select((decay, i) => CreateDecayRow(i + 1, decay))]);

    private static string[] CreateDecayRow(int number, GradientDecay decay)
    {
        string bound = decay.IsBound ? "≤ " : "";
        return decay.FindTime(NegligibleGradient) is not { } time
            ? [Table.FormatInteger(number), "no derivative (kink)", "—", .. ReportedSteps.Select(_ => "—")]
            :
            [
                Table.FormatInteger(number),
                double.IsNegativeInfinity(decay.LogRate) ? "−∞ (superstable)"
                    : bound + TableFormat.SixDigits(decay.LogRate),
                bound + (time.IsProved ? "" : "~ ") + Table.FormatInteger(time.Steps),
                .. ReportedSteps.Select(t => bound + TableFormat.Exponential(decay.GetLogNorm(t))),
            ];
    }

    /// <summary>Creates the section on the gradient if some units latch and others do not.</summary>
    public static ReportSection CreateProjection(NetworkDiagnosis diagnosis)
    {
        const int steps = 100;
        double[] start = diagnosis.InvariantSets.Attractors.Count > 0
            ? diagnosis.InvariantSets.Attractors[0].Points[0]
            : diagnosis.InvariantSets.Unsettled.States[0];
        IReadOnlyList<double[]> states = DrivenOrbit.Simulate(diagnosis.AutonomousSystem, start, steps).States;
        var projection = LatchingDecomposition.ByUnits(diagnosis.AutonomousSystem, diagnosis.LatchingUnits, states);
        return TableFormat.CreateSection(
            "projection",
            "Projection of the state",
            [
                $"Units {string.Join(", ", diagnosis.LatchingUnits)} latch: they keep their signs along every orbit " +
                    "that was followed, and their signs differ between orbits. z are their activations, y those of " +
                    "the other units (Appendix D). Along an orbit that has latched:",
            ],
            ["steps", "|∂a_t/∂a_0|", "|∂z_t/∂z_0|", "|∂y_t/∂y_0|", "|∂y_t/∂z_0|", "|∂a_t/∂a_0 − R⁺(∂y_t/∂y_0)R|"],
            ["steps", "whole", "latched", "rest", "rest_from_latched", "defect"],
            [
                .. new[] { 1, 2, 5, 10, 20, 50, steps }.Select(t => (Step: t, Norms: projection.Norms[t]))
                    .Select(entry => new[]
                    {
                        Table.FormatInteger(entry.Step),
                        NumberFormat.Short(entry.Norms.Total),
                        NumberFormat.Short(entry.Norms.LatchedFromLatched),
                        NumberFormat.Short(entry.Norms.RestFromRest),
                        NumberFormat.Short(entry.Norms.RestFromLatched),
                        NumberFormat.Short(entry.Norms.Defect),
                    }),
            ]);
    }
}
