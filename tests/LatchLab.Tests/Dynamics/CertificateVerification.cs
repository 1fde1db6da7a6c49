using LatchLab.Dynamics;
using LatchLab.Numerics;

namespace LatchLab.Tests.Dynamics;

/// <summary>Verifies certificates without the search that found them.</summary>
internal static class CertificateVerification
{
    /// <summary>
    /// Whether no box is empty, each box contains the image of the previous one, and no two boxes intersect.
    /// </summary>
    public static bool Verify(this NoiseCertificate certificate)
    {
        var images = new NoisyImage(DrivenSystem.Create(certificate.Network), certificate.ConstantInputs,
            certificate.Noise, certificate.Location);
        List<Interval[]> boxes = [.. certificate.Sets.SelectMany(set => set)];
        return certificate.Noise >= 0.0
            && boxes.TrueForAll(box => Array.TrueForAll(box, side => side.Lower <= side.Upper))
            && certificate.Sets.All(set => Enumerable.Range(0, set.Count)
                .All(i => Boxes.Contains(set[(i + 1) % set.Count], images.Compute(set[i]))))
            && Enumerable.Range(0, boxes.Count)
                .All(i => Enumerable.Range(0, i).All(j => !Boxes.Intersects(boxes[i], boxes[j])));
    }
}
