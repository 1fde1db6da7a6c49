using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace LatchLab.Verification;

/// <summary>What the check of a certificate came to.</summary>
/// <param name="Holds">Whether all that it claims was proved.</param>
/// <param name="Reason">What was proved, or the first thing that was not: where, and by how much.</param>
/// <param name="Boxes">How many boxes it has; 0 if it cannot be read.</param>
/// <param name="Noise">b.</param>
/// <param name="Margin">
/// About how far the images of the boxes stay within the boxes that they must lie in; negative where one does not.
/// </param>
public sealed record CertificateVerdict(bool Holds, string Reason, int Boxes, double Noise, double Margin);

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
public static class CertificateCheck
{
    private const int MostBoxes = 10_000; // pairs of them are compared

    /// <summary>Checks one.</summary>
    /// <param name="json">The text of the certificate.</param>
    /// <returns>Whether it holds; it does not if the text is no certificate. No text makes it throw.</returns>
    public static CertificateVerdict Check(string json)
    {
        try
        {
            return Check(Certificate.Read(json));
        }
        catch (Exception mistake) when (mistake is FormatException or JsonException or InvalidOperationException
            or ArgumentException)
        {
            string reason = mistake is JsonException syntax
                ? $"the text is no JSON from line {syntax.LineNumber + 1} on"
                : mistake.Message;
            return new(false, $"not a certificate: {reason}", 0, 0.0, 0.0);
        }
    }

    private static CertificateVerdict Check(Certificate certificate)
    {
        Bounds[][] boxes = [.. certificate.Sets.SelectMany(set => set)];
        (BigInteger? margin, string? mistake) = (null, Mistake(boxes));
        foreach ((int i, Bounds[][] set) in certificate.Sets.Index())
        {
            for (int from = 0; from < set.Length && mistake is null; from++)
            {
                Bounds[] image = Image(certificate, set[from]), target = set[(from + 1) % set.Length];
                for (int j = 0; j < image.Length && mistake is null; j++)
                {
                    BigInteger room = BigInteger.Min(
                        image[j].Lower - target[j].Lower, target[j].Upper - image[j].Upper);
                    margin = margin is null ? room : BigInteger.Min(margin.Value, room);
                    if (room.Sign < 0)
                    {
                        mistake = $"set {i}: box {from} is not mapped into box {(from + 1) % set.Length}: activation "
                            + $"{j} may lie by {Text(-room)} outside "
                            + $"[{Text(target[j].Lower)}, {Text(target[j].Upper)}]";
                    }
                }
            }
        }

        double noise = Bounds.Roughly(certificate.Noise);
        string proof = $"{boxes.Length} states are told apart for ever, whatever the noise of at most {noise:R} is";
        return new(mistake is null, mistake ?? proof, boxes.Length, noise, Bounds.Roughly(margin ?? BigInteger.Zero));
    }

    /// <summary>What is wrong with the boxes themselves; null if nothing is.</summary>
    private static string? Mistake(Bounds[][] boxes)
    {
        if (boxes.Length is < 2 or > MostBoxes)
            return boxes.Length < 2 ? "fewer than two boxes hold no bit" : $"more than {MostBoxes} boxes";
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
    private static Bounds[] Image(Certificate certificate, Bounds[] box)
    {
        BigInteger atInputs = certificate.IsAtInputs ? certificate.Noise : 0, atUnits = certificate.Noise - atInputs;
        Bounds[] inputs = [.. certificate.HeldInputs.Select(input => Bounds.Of(input).Widen(atInputs))];
        return [.. certificate.Network.Step(box, inputs).Select(activation => activation.Widen(atUnits))];
    }

    private static string Text(BigInteger units)
        => Bounds.Roughly(units).ToString("R", CultureInfo.InvariantCulture);
}
