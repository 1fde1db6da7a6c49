using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace LatchLab.Verification;

/// <summary>The result of verifying a certificate.</summary>
/// <param name="IsValid">Whether every claim of the certificate was proved.</param>
/// <param name="Reason">What was proved, or the first violation: where, and by how much.</param>
/// <param name="Boxes">The number of boxes; 0 if the certificate cannot be read.</param>
/// <param name="Noise">b.</param>
/// <param name="Margin">
/// The smallest distance (rounded) of an image to the boundary of its target box; negative if an image lies outside.
/// </param>
public sealed record VerificationResult(bool IsValid, string Reason, int Boxes, double Noise, double Margin);

/// <summary>
/// Repeats, in integer arithmetic, the proof that no noise of at most b erases the information a network stores; for a
/// network of cells see <see cref="CellVerifier"/>. A certificate of a network of units lists sets of boxes of
/// activations. It is valid if (1) each box i of a set is mapped into box i + 1 of the set, and the last box into the
/// first, under any noise: <c>N(box_i, u) + noise ⊂ box_{i+1}</c>; (2) no two boxes, of the same set or of different
/// sets, have a point in common; (3) there are at least two boxes. By induction, the state after t steps lies in the
/// box t places after its initial box, so the state identifies the initial box at any time.
/// </summary>
/// <remarks>
/// Noise "at units" adds an independent term of magnitude at most b to every activation of the state; noise "at inputs"
/// adds one to every input. This project references no other LatchLab project, so it cannot repeat their errors.
/// </remarks>
public static class CertificateVerifier
{
    private const int MaximumBoxes = 10_000; // all pairs of boxes are compared

    /// <summary>Verifies a certificate. Never throws because of its content.</summary>
    /// <param name="json">The text of the certificate.</param>
    /// <returns>The result; invalid if the text is not a certificate.</returns>
    public static VerificationResult Verify(string json)
    {
        try
        {
            using JsonDocument document = JsonFields.Parse(json);
            return CellCertificate.IsKindOf(document.RootElement)
                ? CellVerifier.Verify(CellCertificate.Read(document.RootElement))
                : Verify(Certificate.Read(document.RootElement));
        }
        catch (Exception violation) when (violation is FormatException or JsonException or InvalidOperationException
            or ArgumentException)
        {
            string reason = violation is JsonException jsonException
                ? $"the text is not valid JSON from line {jsonException.LineNumber + 1} on"
                : violation.Message;
            return new(false, $"not a certificate: {reason}", 0, 0.0, 0.0);
        }
    }

    private static VerificationResult Verify(Certificate certificate)
    {
        FixedPointInterval[][] boxes = [.. certificate.Sets.SelectMany(set => set)];
        (BigInteger? margin, string? violation) = (null, FindInvalidBoxes(boxes));
        foreach ((int i, FixedPointInterval[][] set) in certificate.Sets.Index())
        {
            for (int from = 0; from < set.Length && violation is null; from++)
            {
                FixedPointInterval[] image = ComputeImage(certificate, set[from]),
                    target = set[(from + 1) % set.Length];
                for (int j = 0; j < image.Length && violation is null; j++)
                {
                    BigInteger slack = BigInteger.Min(
                        image[j].Lower - target[j].Lower, target[j].Upper - image[j].Upper);
                    margin = margin is null ? slack : BigInteger.Min(margin.Value, slack);
                    if (slack.Sign < 0)
                    {
                        violation = $"set {i}: box {from} is not mapped into box {(from + 1) % set.Length}: activation "
                            + $"{j} may lie {Format(-slack)} outside "
                            + $"[{Format(target[j].Lower)}, {Format(target[j].Upper)}]";
                    }
                }
            }
        }

        double noise = FixedPointInterval.ToDouble(certificate.Noise);
        string proof = $"{boxes.Length} states stay distinguishable forever under any noise of at most {noise:R}";
        return new(violation is null, violation ?? proof, boxes.Length, noise,
            FixedPointInterval.ToDouble(margin ?? BigInteger.Zero));
    }

    /// <summary>Describes the first violation of conditions 2 and 3; null if there is none.</summary>
    private static string? FindInvalidBoxes(FixedPointInterval[][] boxes)
    {
        if (boxes.Length is < 2 or > MaximumBoxes)
            return boxes.Length < 2 ? "fewer than two boxes store no bit" : $"more than {MaximumBoxes} boxes";
        for (int i = 0; i < boxes.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (boxes[i].Zip(boxes[j]).All(side =>
                    side.First.Lower <= side.Second.Upper && side.Second.Lower <= side.First.Upper))
                {
                    return $"boxes {j} and {i} (counted through all sets) have a point in common";
                }
            }
        }

        return null;
    }

    /// <summary>Bounds all states that are reachable from the box in one step.</summary>
    private static FixedPointInterval[] ComputeImage(Certificate certificate, FixedPointInterval[] box)
    {
        BigInteger inputNoise = certificate.HasInputNoise ? certificate.Noise : 0,
            unitNoise = certificate.Noise - inputNoise;
        FixedPointInterval[] inputs = [
            .. certificate.ConstantInputs.Select(input => FixedPointInterval.Singleton(input).Widen(inputNoise))];
        return [.. certificate.Network.Step(box, inputs).Select(activation => activation.Widen(unitNoise))];
    }

    internal static string Format(BigInteger units)
        => FixedPointInterval.ToDouble(units).ToString("R", CultureInfo.InvariantCulture);
}
