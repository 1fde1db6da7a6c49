using LatchLab.Dynamics;
using LatchLab.Figures;

namespace LatchLab.Diagnosis;

/// <summary>Sections on the noise tolerance of a memory: certificates, Theorem 3, and observed erasures.</summary>
internal static class NoiseSections
{
    /// <summary>Creates the section with proved noise, the bounds of Theorem 3, and noise that erases.</summary>
    public static ReportSection CreateNoise(NetworkDiagnosis diagnosis)
    {
        string place = diagnosis.Options.NoiseAt == NoiseLocation.Units
            ? "added to every activation, each below b in magnitude"
            : "added to every input, each below b in magnitude";
        var rows = new List<string[]>();
        if (diagnosis.RequestedCertificate is { } requested)
        {
            rows.Add([
                "certificate for the requested noise",
                TableFormat.SixDigits(requested.Noise),
                requested.StateCount >= 2
                    ? $"proved: {requested.StateCount} of {diagnosis.ExaminedStateCount} states stay apart forever"
                    : "not proved: no two states are known to stay apart"]);
        }

        AddCertificate(diagnosis.TwoStateCertificate);
        if (diagnosis.AllStatesCertificate is { } allStates && allStates != diagnosis.TwoStateCertificate)
            AddCertificate(allStates);
        else if (diagnosis is { AllStatesCertificate: null, TwoStateCertificate: not null })
            rows.Add([$"largest certificate, all {diagnosis.ExaminedStateCount} states", "—", "none was proved"]);
        foreach ((int i, Contraction contraction) in diagnosis.Contractions.Index())
        {
            rows.Add([
                $"Theorem 3 around attractor {i + 1}, noise in activations",
                double.IsFinite(contraction.NoiseBound) ? TableFormat.SixDigits(contraction.NoiseBound) : "any",
                double.IsInfinity(contraction.NoiseBound)
                    ? $"(1 − λ)d has no bound: λ = {TableFormat.SixDigits(contraction.Rate)} for every d"
                : contraction.NoiseBound > 0.0
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
                $"observed: a constant noise{sign}, direction ({FormatSigns(attack.Direction)})"]);
        }

        if (NetworkReport.ComputeCriticalInput(diagnosis) is { } critical)
            rows.Add(
                ["exact h* = √(w(w − 1)) − arcosh √w", TableFormat.SixDigits(critical), "Section III, for one unit"]);
        return TableFormat.CreateSection(
            "noise",
            "Noise tolerance",
            [
                $"Noise is {place}. A certificate is a proof: it consists of disjoint boxes around the attractors " +
                    "that the state never leaves, whatever the noise and its duration. If a noise was observed to " +
                    "move one state to another, no certificate that separates these two states exists for it." +
                    DescribeExamined(diagnosis),
            ],
            ["what", "noise b", "meaning"],
            ["what", "noise", "meaning"],
            [.. rows]);

        void AddCertificate(NoiseCertificate? certificate)
        {
            if (certificate is null)
            {
                if (diagnosis.StateCount >= 2)
                    rows.Add(["largest certificate", "—", "none was proved"]);
                return;
            }

            bool reachedLimit = certificate.Noise >= diagnosis.MaximumNoiseTried;
            rows.Add([
                $"largest certificate, {certificate.StateCount} of {diagnosis.ExaminedStateCount} states",
                TableFormat.RoundDown(certificate.Noise),
                reachedLimit
                    ? "proved; no larger noise was tested"
                    : $"proved: no noise up to {TableFormat.RoundDown(certificate.Noise)} can ever erase this"]);
        }
    }

    private static string DescribeExamined(NetworkDiagnosis diagnosis)
    {
        string examinedText = diagnosis.Contractions.Count < diagnosis.InvariantSets.Attractors.Count
            ? $" Of {diagnosis.InvariantSets.Attractors.Count} attractors, with {diagnosis.StateCount} states, only " +
                $"the first {diagnosis.Contractions.Count}, with {diagnosis.ExaminedStateCount}, are analysed."
            : "";
        return diagnosis.Options.NoiseAt == NoiseLocation.Inputs
            ? examinedText + " Noise that erases is searched for in activations only."
            : examinedText;
    }

    public static ReportSection CreateCertifiedBoxes(NoiseCertificate certificate)
        => TableFormat.CreateSection(
            "certificate",
            $"Sets that the state cannot leave under noise of {TableFormat.RoundDown(certificate.Noise)}",
            [
                "Every box is mapped into the next box of its set, the last into the first, whatever the noise; no " +
                    "two boxes intersect. Values are activations; latchlab dynamics network --certificate writes " +
                    "them with full precision, and latchlab dynamics check verifies them in exact arithmetic.",
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

    private static string FormatSigns(IReadOnlyList<int> direction)
        => TableFormat.JoinFirst(direction.Select(sign => sign > 0 ? "+" : "−"), TableFormat.MaximumShownUnits);
}
