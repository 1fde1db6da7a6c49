using LatchLab.Dynamics;
using LatchLab.Experiments.Results;

namespace LatchLab.Experiments.NetworkAnalysis;

/// <summary>How much noise a memory survives: certificates, Theorem 3, and noises that were seen to erase.</summary>
internal static class NoiseSections
{
    /// <summary>What is proved, what Theorem 3 gives, and what erases.</summary>
    public static ReportSection Noise(NetworkAnswer answer)
    {
        string place = answer.Question.NoiseAt == NoisePlace.Units
            ? "added to every activation, each below b in magnitude"
            : "added to every input, each below b in magnitude";
        var rows = new List<string[]>();
        if (answer.AskedCertificate is { } asked)
        {
            rows.Add([
                "certificate for the noise asked for",
                Cells.Significant(asked.Noise),
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
                $"Theorem 3 around attractor {i + 1}, noise in activations",
                Cells.Significant(contraction.Noise),
                contraction.Noise > 0.0
                    ? $"largest (1 − λ)d: d = {Cells.Significant(contraction.Distance)}, " +
                        $"λ = {Cells.Significant(contraction.Rate)}"
                    : $"|M′| = {Cells.Significant(contraction.Rate)} is not below 1 there: the theorem does not " +
                        "apply"]);
        }

        foreach (NoiseAttack attack in answer.Attacks.Take(Cells.ShownRows))
        {
            string sign = attack.Alternates ? " of alternating sign" : "";
            rows.Add([
                $"erased, from {Cells.NumberOf(answer, attack.From)} to {Cells.NumberOf(answer, attack.To)}",
                Cells.RoundedUp(attack.Noise),
                $"seen: a constant noise{sign}, direction ({Signs(attack.Direction)})"]);
        }

        if (CriticalInput(answer) is { } critical)
            rows.Add(["exact h* = √(w(w − 1)) − arcosh √w", Cells.Significant(critical), "Section III, for one unit"]);
        return Cells.Section(
            "noise",
            "How much noise that survives",
            [
                $"Noise is {place}. A certificate is a proof: boxes around the attractors that no such noise, " +
                    "whatever it is and for however long, leads out of or together. For a noise that was seen to " +
                    "lead from one state to another, none that tells these two apart can exist." + Examined(answer),
            ],
            ["what", "noise b", "meaning"],
            ["what", "noise", "meaning"],
            [.. rows]);

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
                Cells.RoundedDown(certificate.Noise),
                isAll
                    ? "proved; no larger noise was tried"
                    : $"proved: no noise up to {Cells.RoundedDown(certificate.Noise)} can erase this, ever"]);
        }
    }

    private static string Examined(NetworkAnswer answer)
    {
        string some = answer.Contractions.Count < answer.Sets.Attractors.Count
            ? $" Of {answer.Sets.Attractors.Count} attractors only the first {answer.Contractions.Count} are looked at."
            : "";
        return answer.Question.NoiseAt == NoisePlace.Inputs
            ? some + " Noises that erase are looked for in activations only."
            : some;
    }

    /// <summary>The sets of a certificate.</summary>
    public static ReportSection CertifiedBoxes(NoiseCertificate certificate)
        => Cells.Section(
            "certificate",
            $"The sets that noise of {Cells.RoundedDown(certificate.Noise)} cannot leave",
            [
                "Every box is mapped into the next of its set, the last into the first, whatever the noise; no two " +
                    "boxes meet. Activations; latchlab dynamics network --certificate writes them to the last digit, " +
                    "and latchlab dynamics check verifies them in exact arithmetic.",
            ],
            ["set", "box", "from a", "to a"],
            ["set", "box", "from", "to"],
            [
                .. certificate.Sets.SelectMany((set, s) => set.Select((box, i) => new[]
                {
                    Table.Count(s + 1),
                    Table.Count(i + 1),
                    Cells.Vector([.. box.Select(side => side.Lower)]),
                    Cells.Vector([.. box.Select(side => side.Upper)]),
                })).Take(Cells.ShownRows),
            ]);

    /// <summary>h* of a single tanh unit without input; null for other networks.</summary>
    internal static double? CriticalInput(NetworkAnswer answer)
        => answer.Network is Networks.LatchDefinition { Unit: Networks.Units.KnownUnits.TanhName } latch
            && answer.HeldInputs.All(input => input == 0.0)
            ? SingleNeuron.Of(latch.Parameters[0]).CriticalInput
            : null;

    private static string Signs(IReadOnlyList<int> direction)
        => string.Join(", ", direction.Take(Cells.ShownUnits).Select(sign => sign > 0 ? "+" : "−"))
            + (direction.Count > Cells.ShownUnits ? ", …" : "");
}
