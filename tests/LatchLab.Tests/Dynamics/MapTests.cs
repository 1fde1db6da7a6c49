using CsCheck;
using LatchLab.Dynamics;
using LatchLab.Networks;
using LatchLab.Tests.Learning;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>The formulas of derivatives against dual numbers.</summary>
public sealed class MapTests
{
    // A derivative is a sum of at most twenty products of numbers of about 1 (weights below 2.5, unit derivatives at
    // most 1), each with a few roundings, and tanh is the same on both sides: less than 100 ulp. Powers of |z| ≥ 0.14
    // in Newton's method have the same relative accuracy.
    private const double Rounding = 100 * 2.3e-16;

    public static TheoryData<string> Maps => [.. KnownMaps.All.Select(known => known.Name)];

    /// <summary>The networks of units; those of cells have no formula.</summary>
    public static TheoryData<string, string> Networks => Samples.WithCurvature;

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

    /// <summary>The derivatives of a network, and of the network with fixed inputs.</summary>
    private sealed class Errors(int seed) : IDrivenMapVisitor<bool>
    {
        public bool Visit<TMap>(TMap map)
            where TMap : struct, IDrivenMap
        {
            double[] point = Samples.Numbers(new Random(seed), map.Dimension + map.Inputs, 2.0);
            var fixedInputMap = new FixedInputMap<TMap>(map, point[map.Dimension..]);
            return Derivatives.LargestError(map, point) < Rounding
                && Derivatives.LargestError(fixedInputMap, point[..map.Dimension]) < Rounding;
        }
    }
}
