using LatchLab.Dynamics;
using LatchLab.Figures;

namespace LatchLab.Diagnosis;

/// <summary>How much noise a memory survives: certificates, Theorem 3, and noises that were seen to erase.</summary>
internal static class NoiseSections
{
    /// <summary>What is proved, what Theorem 3 gives, and what erases.</summary>
    public static ReportSection CreateNoise(NetworkDiagnosis diagnosis)
    {
        string place = diagnosis.Options.NoiseAt == NoiseLocation.Units
            ? "added to every activation, each below b in magnitude"
            : "added to every input, each below b in magnitude";
        var rows = new List<string[]>();
        if (diagnosis.AskedCertificate is { } requested)
        {
            rows.Add([
                "certificate for the noise asked for",
                TableFormat.SixDigits(requested.Noise),
                requested.StateCount >= 2
                    ? $"proved: {requested.StateCount} states stay apart for ever"
                    : "not proved: no two states are known to stay apart"]);
        }

        AddCertificate(diagnosis.TwoStateCertificate, diagnosis);
        if (diagnosis.AllStatesCertificate is { } allStates && allStates != diagnosis.TwoStateCertificate)
            AddCertificate(allStates, diagnosis);
        foreach ((int i, Contraction contraction) in diagnosis.Contractions.Index())
        {
            rows.Add([
                $"Theorem 3 around attractor {i + 1}, noise in activations",
                TableFormat.SixDigits(contraction.NoiseBound),
                contraction.NoiseBound > 0.0
                    ? $"largest (1 − λ)d: d = {TableFormat.SixDigits(contraction.Radius)}, " +
                        $"λ = {TableFormat.SixDigits(contraction.Rate)}"
                    : $"|M′| = {TableFormat.SixDigits(contraction.Rate)} is not below 1 there: the theorem does not " +
                        "apply"]);
        }

        foreach (NoiseAttack attack in diagnosis.Attacks.Take(TableFormat.MaximumShownRows))
        {
            string sign = attack.Alternates ? " of alternating sign" : "";
            rows.Add([
                $"erased, from {TableFormat.FormatAttractor(diagnosis, attack.From)} to " +
                    $"{TableFormat.FormatAttractor(diagnosis, attack.To)}",
                TableFormat.RoundUp(attack.Noise),
                $"seen: a constant noise{sign}, direction ({FormatSigns(attack.Direction)})"]);
        }

        if (ComputeCriticalInput(diagnosis) is { } critical)
            rows.Add(
                ["exact h* = √(w(w − 1)) − arcosh √w", TableFormat.SixDigits(critical), "Section III, for one unit"]);
        return TableFormat.CreateSection(
            "noise",
            "How much noise that survives",
            [
                $"Noise is {place}. A certificate is a proof: boxes around the attractors that no such noise, " +
                    "whatever it is and for however long, leads out of or together. For a noise that was seen to " +
                    "lead from one state to another, none that tells these two apart can exist."
                        + DescribeExamined(diagnosis),
            ],
            ["what", "noise b", "meaning"],
            ["what", "noise", "meaning"],
            [.. rows]);

        void AddCertificate(NoiseCertificate? certificate, NetworkDiagnosis source)
        {
            if (certificate is null)
            {
                if (source.InvariantSets.Attractors.Sum(attractor => attractor.Period) >= 2)
                    rows.Add(["largest certificate", "—", "none could be proved"]);
                return;
            }

            bool reachedLimit = certificate.Noise >= source.MaximumNoiseTried;
            rows.Add([
                $"largest certificate, {certificate.StateCount} states",
                TableFormat.RoundDown(certificate.Noise),
                reachedLimit
                    ? "proved; no larger noise was tried"
                    : $"proved: no noise up to {TableFormat.RoundDown(certificate.Noise)} can erase this, ever"]);
        }
    }

    private static string DescribeExamined(NetworkDiagnosis diagnosis)
    {
        string examinedText = diagnosis.Contractions.Count < diagnosis.InvariantSets.Attractors.Count
            ? $" Of {diagnosis.InvariantSets.Attractors.Count} attractors only the first " +
                $"{diagnosis.Contractions.Count} are looked at."
            : "";
        return diagnosis.Options.NoiseAt == NoiseLocation.Inputs
            ? examinedText + " Noises that erase are looked for in activations only."
            : examinedText;
    }

    /// <summary>The sets of a certificate.</summary>
    public static ReportSection CreateCertifiedBoxes(NoiseCertificate certificate)
        => TableFormat.CreateSection(
            "certificate",
            $"The sets that noise of {TableFormat.RoundDown(certificate.Noise)} cannot leave",
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
                    Table.FormatInteger(s + 1),
                    Table.FormatInteger(i + 1),
                    TableFormat.FormatVector([.. box.Select(side => side.Lower)]),
                    TableFormat.FormatVector([.. box.Select(side => side.Upper)]),
                })).Take(TableFormat.MaximumShownRows),
            ]);

    /// <summary>h* of a single tanh unit without input; null for other networks.</summary>
    internal static double? ComputeCriticalInput(NetworkDiagnosis diagnosis)
        => diagnosis.Network is Networks.LatchDefinition { Unit: Networks.Units.KnownUnits.TanhName } latch
            && diagnosis.HeldInputs.All(input => input == 0.0)
            ? SingleNeuron.Analyze(latch.Parameters[0]).CriticalInput
            : null;

    private static string FormatSigns(IReadOnlyList<int> direction)
        => string.Join(", ", direction.Take(TableFormat.MaximumShownUnits).Select(sign => sign > 0 ? "+" : "−"))
            + (direction.Count > TableFormat.MaximumShownUnits ? ", …" : "");
}
