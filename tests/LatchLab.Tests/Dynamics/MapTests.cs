using CsCheck;
using LatchLab.Dynamics;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tests.Learning;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>Every map has the derivatives that it says, and additive inputs are no restriction (Section IV).</summary>
public sealed class MapTests
{
    // A slope is a sum of at most twenty products of numbers of about 1 (weights below 2.5, slopes at most 1),
    // each with a few roundings, and tanh is the same both ways: less than 100 ulp. Powers of |z| ≥ 0.14 in Newton's
    // method are as exact, relatively.
    private const double Rounding = 100 * 2.3e-16;

    public static TheoryData<string> Maps => [.. KnownMaps.All.Select(known => known.Name)];

    public static TheoryData<string, string> Networks => Samples.NetworksAndUnits;

    [Theory]
    [MemberData(nameof(Maps))]
    public void A_known_map_has_the_derivative_of_dual_numbers(string name)
    {
        KnownMaps.Known known = KnownMaps.All.Single(map => map.Name == name);
        Gen.Double[known.Lowest, known.Highest].Array[known.Map.Dimension]
            .Sample(point => Derivatives.LargestError(known.Map, point) < Rounding, iter: 1000);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_network_has_the_derivatives_of_dual_numbers(string kind, string units)
        => Gen.Int.Sample(seed => Samples.Network(kind, new Random(seed), units).Accept(new Errors(seed)), iter: 200);

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_network_and_its_additive_form_go_the_same_way(string kind, string units)
        => Gen.Int.Sample(seed => Samples.Network(kind, new Random(seed), units).Accept(new Ways(seed)), iter: 200);

    /// <summary>The derivatives of a network, of the network held, and of its additive form.</summary>
    private sealed class Errors(int seed) : IDrivenMapVisitor<bool>
    {
        public bool Visit<TMap>(TMap map)
            where TMap : struct, IDrivenMap
        {
            double[] point = Samples.Numbers(new Random(seed), map.Dimension + map.Inputs, 2.0);
            (double byState, double byInput) = Derivatives.LargestErrors(map, point);
            var held = new FixedInputMap<TMap>(map, point[map.Dimension..]);
            return byState < Rounding && byInput < Rounding
                && Derivatives.LargestError(held, point[..map.Dimension]) < Rounding
                && Derivatives.LargestError(new AdditiveForm<TMap>(map), point) < Rounding;
        }
    }

    /// <summary>
    /// a_t = N(a_{t−1}, u_{t−1}) beside (a, y)_t = N′((a, y)_{t−1}) + (0, u_t), and N beside the way back from N′.
    /// </summary>
    private sealed class Ways(int seed) : IDrivenMapVisitor<bool>
    {
        private const int Length = 50;

        public bool Visit<TMap>(TMap map)
            where TMap : struct, IDrivenMap
        {
            int n = map.Dimension, m = map.Inputs;
            var additive = new AdditiveForm<TMap>(map);
            var back = new DrivenForm<AdditiveForm<TMap>>(additive, m);
            Scalar[] driven = Numbers(n + m), whole = [.. driven], image = new Scalar[n + m], returned = new Scalar[n];
            for (int t = 1; t <= Length; t++)
            {
                back.Apply(new UncheckedSpan<Scalar>(ref driven[0]), new UncheckedSpan<Scalar>(ref returned[0]));
                map.Apply(new UncheckedSpan<Scalar>(ref driven[0]), new UncheckedSpan<Scalar>(ref image[0]));
                if (!returned.AsSpan().SequenceEqual(image.AsSpan(0, n)))
                    return false;
                Scalar[] inputs = Numbers(m, t);
                driven = [.. image[..n], .. inputs];
                additive.Apply(new UncheckedSpan<Scalar>(ref whole[0]), new UncheckedSpan<Scalar>(ref image[0]));
                whole = [.. image.Select((value, i) => i < n ? value : value + inputs[i - n])];
                if (!whole.SequenceEqual(driven))
                    return false;
            }

            return back.Dimension == n;
        }

        private Scalar[] Numbers(int count, int t = 0)
            => [.. Samples.Numbers(new Random(unchecked(seed + (1000 * t))), count, 2.0).Select(u => new Scalar(u))];
    }
}
