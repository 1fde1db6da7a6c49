using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>Where noise enters a network.</summary>
public enum NoiseLocation
{
    /// <summary>Noise is added to every activation: the u_t of eq. (2).</summary>
    Units,

    /// <summary>Noise is added to the inputs of the network.</summary>
    Inputs,
}

/// <summary>
/// A proof that no noise up to b can ever erase what a network stores. It consists of sets of states, each a cycle of
/// boxes, with <c>N(box_i, u) + noise ⊂ box_{i+1}</c>; no two boxes intersect. For any such noise, a state that starts
/// in one of the boxes is, at any later time, in the box of that time and in no other: the initial box can always be
/// identified. This is Theorem 3 of the paper, with the ball replaced by a box and the bound on |M′| by the image of
/// the box itself.
/// </summary>
/// <remarks>
/// The images are computed with outward rounding (<see cref="Interval"/>), so that the proof holds in real arithmetic
/// for the given weights. All boxes are in activations.
/// </remarks>
/// <param name="Network">The network.</param>
/// <param name="ConstantInputs">u, the constant inputs.</param>
/// <param name="Noise">b, the maximum magnitude of each noise.</param>
/// <param name="Location">Where the noise enters.</param>
/// <param name="Sets">[set][time within its cycle][unit].</param>
public sealed record NoiseCertificate(
    NetworkDefinition Network,
    IReadOnlyList<double> ConstantInputs,
    double Noise,
    NoiseLocation Location,
    IReadOnlyList<IReadOnlyList<Interval[]>> Sets)
{
    /// <summary>Number of states that remain distinguishable forever: the boxes of all sets.</summary>
    public int StateCount => Sets.Sum(set => set.Count);
}

/// <summary>The image of a box under one step of a network with noise.</summary>
/// <param name="system">The network.</param>
/// <param name="constantInputs">Its constant inputs.</param>
/// <param name="noise">b.</param>
/// <param name="location">Where the noise enters.</param>
internal sealed class NoisyImage(
    DrivenSystem system, IReadOnlyList<double> constantInputs, double noise, NoiseLocation location)
{
    private readonly Interval _noiseInterval = new(-noise, noise);

    /// <summary>A box that contains every state that one step can lead to.</summary>
    public Interval[] Compute(ReadOnlySpan<Interval> box)
    {
        var point = new Interval[box.Length + constantInputs.Count];
        box.CopyTo(point);
        for (int k = 0; k < constantInputs.Count; k++)
        {
            Interval constantInput = Interval.From(constantInputs[k]);
            point[box.Length + k] = location == NoiseLocation.Inputs ? constantInput + _noiseInterval : constantInput;
        }

        Interval[] image = system.Image(point);
        if (location == NoiseLocation.Units)
        {
            for (int i = 0; i < image.Length; i++)
                image[i] += _noiseInterval;
        }

        return image;
    }
}

/// <summary>Boxes: products of intervals.</summary>
internal static class Boxes
{
    /// <summary>Whether one box contains another.</summary>
    public static bool Contains(ReadOnlySpan<Interval> box, ReadOnlySpan<Interval> inner)
    {
        for (int i = 0; i < box.Length; i++)
        {
            if (!box[i].Contains(inner[i]))
                return false;
        }

        return true;
    }

    /// <summary>Whether two boxes have a point in common.</summary>
    public static bool Intersects(ReadOnlySpan<Interval> a, ReadOnlySpan<Interval> b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i].Upper < b[i].Lower || b[i].Upper < a[i].Lower)
                return false;
        }

        return true;
    }

    /// <summary>The smallest box that contains both.</summary>
    public static Interval[] Hull(ReadOnlySpan<Interval> a, ReadOnlySpan<Interval> b)
    {
        var hull = new Interval[a.Length];
        for (int i = 0; i < a.Length; i++)
            hull[i] = Interval.Hull(a[i], b[i]);
        return hull;
    }
}
