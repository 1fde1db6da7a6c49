using System.Globalization;
using LatchLab.Dynamics;
using LatchLab.Experiments.Catalogue;
using LatchLab.Experiments.Results;
using LatchLab.Experiments.Statistics;
using LatchLab.Numerics;

namespace LatchLab.Experiments.NetworkAnalysis;

/// <summary>
/// The answer about a network in words and tables, in the order of Section IV: what the terminal prints and the report
/// shows. Attractors have the same numbers everywhere.
/// </summary>
internal static class NetworkSections
{
    private const int ShownUnits = 3;
    private const int ShownOrbits = 24;
    private const double Forgotten = 1e-6;
    private static readonly int[] Horizons = [10, 50, 100];

    /// <summary>The sections.</summary>
    public static IEnumerable<ReportSection> Of(NetworkAnswer answer)
    {
        yield return Storage(answer);
        if (answer.Shares is { } shares)
            yield return Shares(answer, shares);
        if (answer.Edges.Count > 0)
            yield return Boundaries(answer);
        if (answer.Sets.Attractors.Count > 0)
        {
            yield return Noise(answer);
            if ((answer.AskedCertificate ?? answer.BitCertificate) is { Sets.Count: > 0 } certificate)
                yield return CertifiedBoxes(certificate);
            yield return Gradient(answer);
        }

        if (answer.LatchingUnits.Count > 0)
            yield return Split(answer);
    }

    private static ReportSection Storage(NetworkAnswer answer)
    {
        InvariantSets sets = answer.Sets;
        PeriodicOrbit[] all =
        [
            .. sets.Attractors,
            .. sets.FixedPoints.Orbits.Where(orbit => !sets.Attractors.Contains(orbit)),
        ];
        return new(
            "storage",
            "What it can store",
            [
                Summary(answer),
                .. answer.KnownBeforehand,
                SearchNote(sets),
                "Definition 2 asks for the eigenvalues of (M^l)′, that is, for its spectral radius ρ; the proofs of " +
                    "Theorems 3 and 4 use the norm |(M^l)′|, which is at least ρ and may exceed 1 where ρ does not.",
                .. all.Length > ShownOrbits
                    ? (string[])[$"Of {all.Length} invariant sets the first {ShownOrbits} are shown."]
                    : [],
            ],
            new Table(
                ["no", "kind", "activations a", "outputs x", "ρ", "|(M^l)′|", "residual"],
                [.. all.Take(ShownOrbits).Index().Select(entry => Row(answer, entry.Index + 1, entry.Item))]));
    }

    private static string Summary(NetworkAnswer answer)
    {
        InvariantSets sets = answer.Sets;
        int states = sets.Attractors.Sum(attractor => attractor.Period);
        string settled = sets.Attractors.Count switch
        {
            0 => "No hyperbolic attractor was found",
            1 when states == 1 => "There is one attractor: the network forgets where it started and holds no bit",
            1 => $"There is one attractor, of period {states}: the network can hold a phase, one of {states}",
            _ => $"There are {sets.Attractors.Count} attractors with {states} points: the network can tell {states} " +
                $"states apart, {Words.Short(Log2(states))} bits",
        };
        string rest = "";
        if (sets.Unsettled.Count > 0)
        {
            rest = $"; {sets.Unsettled.Count} of {sets.Starts} orbits settled on none within " +
                $"{Words.Thousands(answer.Question.MostSteps)} steps{Nature(answer.Exponents)}";
        }

        if (sets.Divergent > 0)
            rest += $"; {sets.Divergent} of {sets.Starts} orbits diverged";
        return settled + rest + ".";
    }

    private static string Nature(LyapunovSpectrum? spectrum)
    {
        if (spectrum is not { Exponents: [var largest, ..] })
            return "";
        string value = $"largest Lyapunov exponent {Words.Short(largest.Value)} " +
            $"[{Words.Short(largest.Lower)}, {Words.Short(largest.Upper)}] a step";
        string all = spectrum.Exponents.Count == 1
            ? ""
            : $"; all: {string.Join(", ", spectrum.Exponents.Select(exponent => Words.Short(exponent.Value)))}";
        return largest.Lower > 0.0 ? $": they are chaotic ({value}{all})"
            : largest.Upper < 0.0 ? $": undecided, for the exponent is negative ({value}{all}), as that of a long period"
            : $": undecided, perhaps quasi-periodic ({value}{all})";
    }

    private static string SearchNote(InvariantSets sets)
    {
        FixedPoints found = sets.FixedPoints;
        if (found.Starts == 0)
        {
            return found.IsComplete
                ? "In one dimension the fixed points are found by bracketing: it is proved that there are no others."
                : "In one dimension the fixed points are found by bracketing; where the graph of M touches the diagonal, " +
                    $"at {string.Join(", ", found.Undecided.Select(Text))}, rounding hides whether there are others.";
        }

        string failed = found.NotConverged == 0
            ? "all of them converged"
            : $"{found.NotConverged} did not converge (least residual {Words.Short(found.LeastResidual)}) and count for " +
                "nothing";
        return $"Fixed points by Newton's method from {found.Starts} starts, {failed}; there may be others. Periodic " +
            $"orbits and all else from {sets.Starts} orbits.";
    }

    private static string[] Row(NetworkAnswer answer, int number, PeriodicOrbit orbit)
        =>
        [
            Table.Count(number),
            orbit.Describe(),
            string.Join(" → ", orbit.Points.Take(2).Select(Vector)) + (orbit.Period > 2 ? " → …" : ""),
            string.Join(" → ", orbit.Points.Take(2).Select(point => Vector(answer.Driven.Outputs(point))))
                + (orbit.Period > 2 ? " → …" : ""),
            Significant(orbit.SpectralRadius),
            Significant(orbit.Norm),
            Words.Short(orbit.Residual),
        ];

    private static ReportSection Shares(NetworkAnswer answer, BasinShares shares)
    {
        string nested = shares.IsNested
            ? "Every attractor lies in its Γ, as X ⊂ Γ(X) ⊂ β(X) says."
            : "Not every attractor was found in its own Γ.";
        string upTo = shares.Reduced is null ? "Γ is not computed above 100 units."
            : shares.IsProved ? "Γ is decided for all l: each orbit was followed until (M^l)′ has a norm below 1 that " +
                "falls from then on."
            : "Γ holds up to the l at which the orbits ended.";
        return new(
            "basins",
            "Basins β and reduced attracting sets Γ",
            [
                $"Shares of random starts, uniform in the box of all activations that are ever visited " +
                    $"({string.Join(" × ", answer.Range.Take(ShownUnits).Select(Text))}" +
                    $"{(answer.Range.Count > ShownUnits ? " × …" : "")}), with 95 % intervals. {nested} {upTo}",
            ],
            new Table(
                ["attractor", "share in β", "share in Γ"],
                [
                    .. answer.Sets.Attractors.Select((_, i) => new[]
                    {
                        Table.Count(i + 1),
                        Share(shares.Basin[i]),
                        shares.Reduced is null ? "not computed" : Share(shares.Reduced[i]),
                    }),
                    ["undecided", Share(shares.Undecided), "—"],
                    ["divergent", Share(shares.Divergent), "—"],
                ]));
    }

    private static ReportSection Boundaries(NetworkAnswer answer)
        => new(
            "boundaries",
            "Boundaries between basins",
            [
                "A point of the boundary on the segment between two attractors, by bisection, and where an orbit goes " +
                    "that is kept on the boundary (the edge state).",
            ],
            new Table(
                ["between", "crossing at a", "edge state"],
                [
                    .. answer.Edges.Select(edge => new[]
                    {
                        $"{NumberOf(answer, edge.One)} and {NumberOf(answer, edge.Other)}",
                        Vector(edge.Crossing),
                        edge.State is { } state
                            ? $"{state.Describe()} at {Vector(state.Points[0])}"
                            : $"no fixed point that is known; after {edge.Orbit.Count - 1} steps at " +
                                Vector(edge.Orbit[^1]),
                    }),
                ]));

    private static ReportSection Noise(NetworkAnswer answer)
    {
        string place = answer.Question.NoiseAt == NoisePlace.Units
            ? "added to every activation, each below b in magnitude"
            : "added to every input, each below b in magnitude";
        var rows = new List<string[]>();
        if (answer.AskedCertificate is { } asked)
        {
            rows.Add([
                $"certificate at b = {Significant(asked.Noise)}",
                Significant(asked.Noise),
                asked.States >= 2
                    ? $"proved: {asked.States} states stay apart for ever"
                    : "not proved: no two states are known to stay apart"]);
        }

        AddCertificate(answer.BitCertificate, answer);
        if (answer.FullCertificate is { } full && full != answer.BitCertificate)
            AddCertificate(full, answer);
        foreach ((int i, Contraction contraction) in answer.Contractions.Index())
        {
            rows.Add([
                $"Theorem 3 around attractor {i + 1}",
                Significant(contraction.Noise),
                contraction.Noise > 0.0
                    ? $"largest (1 − λ)d: d = {Significant(contraction.Distance)}, λ = {Significant(contraction.Rate)}"
                    : $"|M′| = {Significant(contraction.Rate)} is not below 1 there: the theorem does not apply"]);
        }

        foreach (NoiseAttack attack in answer.Attacks.Take(ShownOrbits))
        {
            string sign = attack.Alternates ? " of alternating sign" : "";
            rows.Add([
                $"erased, from {NumberOf(answer, attack.From)} to {NumberOf(answer, attack.To)}",
                Significant(attack.Noise),
                $"seen: a constant noise{sign}, direction ({Signs(attack.Direction)})"]);
        }

        if (CriticalInput(answer) is { } critical)
            rows.Add(["exact h* = √(w(w − 1)) − arcosh √w", Significant(critical), "Section III, for one unit"]);
        return new(
            "noise",
            "How much noise that survives",
            [
                $"Noise is {place}. A certificate is a proof: boxes around the attractors that no such noise, whatever " +
                    "it is and for however long, leads out of or together. Above the noise that was seen to erase, none " +
                    "can exist.",
            ],
            new Table(["what", "noise b", "meaning"], [.. rows]));

        void AddCertificate(NoiseCertificate? certificate, NetworkAnswer of)
        {
            if (certificate is null)
            {
                if (of.Sets.Attractors.Sum(attractor => attractor.Period) >= 2)
                    rows.Add(["largest certificate", "—", "none could be proved"]);
                return;
            }

            bool isAll = certificate.Noise >= of.LargestNoiseTried;
            rows.Add([
                $"largest certificate, {certificate.States} states",
                Significant(certificate.Noise),
                isAll
                    ? "proved; the largest that was tried: the memory is out of reach of the noise"
                    : $"proved: no noise below {Significant(certificate.Noise)} can erase this, ever"]);
        }
    }

    private static ReportSection CertifiedBoxes(NoiseCertificate certificate)
        => new(
            "certificate",
            $"The sets that noise of {Significant(certificate.Noise)} cannot leave",
            [
                "Every box is mapped into the next of its set, the last into the first, whatever the noise; no two boxes " +
                    "meet. Activations; latchlab dynamics network --certificate writes them to the last digit, and " +
                    "latchlab dynamics check verifies them in exact arithmetic.",
            ],
            new Table(
                ["set", "box", "from a", "to a"],
                [
                    .. certificate.Sets.SelectMany((set, s) => set.Select((box, i) => new[]
                    {
                        Table.Count(s + 1),
                        Table.Count(i + 1),
                        Vector([.. box.Select(side => side.Lower)]),
                        Vector([.. box.Select(side => side.Upper)]),
                    })).Take(ShownOrbits),
                ]));

    private static ReportSection Gradient(NetworkAnswer answer)
        => new(
            "gradient",
            "How much of the gradient is left",
            [
                "Near an attractor |∂a_t/∂a_0| falls like ρ^(t/l) (Theorem 4). What stores a bit robustly has ρ well " +
                    "below 1, and then this is what is left of the influence of the past.",
            ],
            new Table(
                ["attractor", "ln a step", "steps to 1e-6", .. Horizons.Select(steps => $"left after {steps}")],
                [.. answer.Sets.Attractors.Select((attractor, i) => GradientRow(i + 1, attractor))]));

    private static string[] GradientRow(int number, PeriodicOrbit attractor)
    {
        double perStep = Log(attractor.SpectralRadius) / attractor.Period;
        return
        [
            Table.Count(number),
            Significant(perStep),
            double.IsNegativeInfinity(perStep) ? "1" : Table.Count((long)Math.Ceiling(Log(Forgotten) / perStep)),
            .. Horizons.Select(steps => Words.Short(Elementary.Exp(new Scalar(steps * perStep)).Value)),
        ];
    }

    private static ReportSection Split(NetworkAnswer answer)
    {
        const int steps = 100;
        double[] start = answer.Sets.Attractors.Count > 0
            ? answer.Sets.Attractors[0].Points[0]
            : answer.Sets.Unsettled[0];
        IReadOnlyList<double[]> states = DrivenOrbit.Of(answer.System, start, steps).States;
        var projection = Projection.OntoUnits(answer.System, answer.LatchingUnits, states);
        return new(
            "projection",
            "Projection of the state",
            [
                $"Units {string.Join(", ", answer.LatchingUnits)} latch (they keep their signs along every orbit that " +
                    "was followed, and have different ones on some); z are their activations, y those of the others " +
                    "(Appendix D). Along an orbit that has latched:",
            ],
            new Table(
                ["steps", "|∂a_t/∂a_0|", "|∂z_t/∂z_0|", "|∂y_t/∂y_0|", "|∂y_t/∂z_0|", "|∂a_t/∂a_0 − R⁺(∂y_t/∂y_0)R|"],
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
                ]));
    }

    /// <summary>h* of a single tanh unit without input; null for other networks.</summary>
    internal static double? CriticalInput(NetworkAnswer answer)
        => answer.Network is Networks.LatchDefinition { Unit: Networks.Units.KnownUnits.TanhName } latch
            && answer.HeldInputs.All(input => input == 0.0)
            ? SingleNeuron.Of(latch.Parameters[0]).CriticalInput
            : null;

    private static string NumberOf(NetworkAnswer answer, TrappingBall ball)
    {
        int number = 1 + answer.Sets.Attractors.Index().First(entry => entry.Item == ball.Orbit).Index;
        return ball.Orbit.Period == 1 ? Table.Count(number) : $"{number} (phase {ball.Phase})";
    }

    private static string Signs(IReadOnlyList<int> direction)
        => string.Join(", ", direction.Take(ShownUnits).Select(sign => sign > 0 ? "+" : "−"))
            + (direction.Count > ShownUnits ? ", …" : "");

    private static string Share(Proportion share)
        => string.Create(
            CultureInfo.InvariantCulture, $"{share.Frequency:0.0000} [{share.Lower:0.0000}, {share.Upper:0.0000}]");

    private static string Text(Interval interval) => $"[{Words.Short(interval.Lower)}, {Words.Short(interval.Upper)}]";

    private static string Vector(double[] values)
        => $"({string.Join(", ", values.Take(ShownUnits).Select(Significant))}" +
            $"{(values.Length > ShownUnits ? ", …" : "")})";

    private static string Significant(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    private static double Log(double number) => Elementary.Log(new Scalar(number)).Value;

    private static double Log2(int number) => Log(number) / Log(2.0);
}
