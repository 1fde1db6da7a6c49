using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace LatchLab.Verification;

/// <summary>What the check of a certificate came to.</summary>
/// <param name="IsValid">Whether all that it claims was proved.</param>
/// <param name="Reason">What was proved, or the first thing that was not: where, and by how much.</param>
/// <param name="Boxes">How many boxes it has; 0 if it cannot be read.</param>
/// <param name="Noise">b.</param>
/// <param name="Margin">
/// About how far the images of the boxes stay within the boxes that they must lie in; negative where one does not.
/// </param>
public sealed record VerificationResult(bool IsValid, string Reason, int Boxes, double Noise, double Margin);

/// <summary>
/// The proof that no noise of at most b can ever erase what a network holds, done again in whole numbers. A
/// certificate lists sets of boxes of activations. It holds if (1) each box i of a set is mapped into box i + 1 of it,
/// the last into the first, whatever the noise: <c>N(box_i, u) + noise ⊂ box_{i+1}</c>; (2) no two boxes, of one set or
/// of two, have a point in common; (3) there are two or more. By induction the state is then, after t steps, in the box
/// that lies t places after the one in which it began, so that this box can be read off at any time.
/// </summary>
/// <remarks>
/// With the noise "at units" every activation of the state has an addend of its own, of magnitude at most b; with the
/// noise "at inputs" every input has. This project uses nothing of LatchLab, so that it cannot repeat its mistakes.
/// </remarks>
public static class CertificateVerifier
{
    private const int MaximumBoxes = 10_000; // pairs of them are compared

    /// <summary>Checks one.</summary>
    /// <param name="json">The text of the certificate.</param>
    /// <returns>Whether it holds; it does not if the text is no certificate. No text makes it throw.</returns>
    public static VerificationResult Verify(string json)
    {
        try
        {
            return Verify(Certificate.Read(json));
        }
        catch (Exception violation) when (violation is FormatException or JsonException or InvalidOperationException
            or ArgumentException)
        {
            string reason = violation is JsonException jsonException
                ? $"the text is no JSON from line {jsonException.LineNumber + 1} on"
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
                            + $"{j} may lie by {Format(-slack)} outside "
                            + $"[{Format(target[j].Lower)}, {Format(target[j].Upper)}]";
                    }
                }
            }
        }

        double noise = FixedPointInterval.ToDouble(certificate.Noise);
        string proof = $"{boxes.Length} states are told apart for ever, whatever the noise of at most {noise:R} is";
        return new(violation is null, violation ?? proof, boxes.Length, noise,
            FixedPointInterval.ToDouble(margin ?? BigInteger.Zero));
    }

    /// <summary>What is wrong with the boxes themselves; null if nothing is.</summary>
    private static string? FindInvalidBoxes(FixedPointInterval[][] boxes)
    {
        if (boxes.Length is < 2 or > MaximumBoxes)
            return boxes.Length < 2 ? "fewer than two boxes hold no bit" : $"more than {MaximumBoxes} boxes";
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

    /// <summary>Bounds of all states that one step from the box can lead to.</summary>
    private static FixedPointInterval[] ComputeImage(Certificate certificate, FixedPointInterval[] box)
    {
        BigInteger inputNoise = certificate.HasInputNoise ? certificate.Noise : 0,
            unitNoise = certificate.Noise - inputNoise;
        FixedPointInterval[] inputs = [
            .. certificate.ConstantInputs.Select(input => FixedPointInterval.Singleton(input).Widen(inputNoise))];
        return [.. certificate.Network.Step(box, inputs).Select(activation => activation.Widen(unitNoise))];
    }

    private static string Format(BigInteger units)
        => FixedPointInterval.ToDouble(units).ToString("R", CultureInfo.InvariantCulture);
}
