using CsCheck;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Numerics;

/// <summary>The interval evaluation of a network contains its values and derivatives over numbers.</summary>
public class IntervalMapTests
{
    private const int Units = 3, Inputs = 2;

    private static readonly Gen<double[]> Weights = Gen.Double[-3.0, 3.0].Array[Units * (Units + Inputs + 1)];
    private static readonly Gen<double[]> Endpoints = Gen.Double[-4.0, 4.0].Array[2 * (Units + Inputs)];
    private static readonly Gen<double[]> Fractions = Gen.Double[0.0, 1.0].Array[Units + Inputs];

    [Fact]
    public void A_recurrent_map_is_contained()
        => Gen.Select(Weights, Endpoints, Fractions).Sample((w, endpoints, fractions) =>
        {
            double[] recurrent = w[..(Units * Units)], input = w[(Units * Units)..^Units], biases = w[^Units..];
            AssertContained(new RecurrentMap<Tanh>(default, recurrent, input, biases), w, endpoints, fractions);
            AssertContained(new RecurrentMap<Logistic>(default, recurrent, input, biases), w, endpoints, fractions);
            AssertContained(new RecurrentMap<Relu>(default, recurrent, input, biases), w, endpoints, fractions);
            var mixed = new MixedUnits(tanhMask: 0b001, logisticMask: 0b010, reluMask: 0b100, threshold: default);
            AssertContained(new RecurrentMap<MixedUnits>(mixed, recurrent, input, biases), w, endpoints, fractions);
        }, iter: 500);

    [Fact]
    public void A_parity_map_is_contained()
        => Gen.Select(Weights, Endpoints, Fractions).Sample((w, endpoints, fractions) =>
        {
            AssertContained(new ParityMap<Tanh>(default, w[..7], 0.0), w[..7], endpoints, fractions);
            AssertContained(new ParityMap<Logistic>(default, w[..7], 0.0), w[..7], endpoints, fractions);
            AssertContained(new ParityMap<Relu>(default, w[..7], 0.0), w[..7], endpoints, fractions);
        }, iter: 500);

    private static void AssertContained<TMap>(TMap map, double[] weights, double[] endpoints, double[] fractions)
        where TMap : struct, IDrivenMap
    {
        int n = map.Dimension, m = map.Inputs;
        var boxes = new Interval[n + m];
        var points = new Scalar[n + m];
        for (int i = 0; i < n + m; i++)
        {
            boxes[i] = Interval.Hull(Interval.From(endpoints[2 * i]), Interval.From(endpoints[(2 * i) + 1]));
            double point = endpoints[2 * i] + (fractions[i] * (endpoints[(2 * i) + 1] - endpoints[2 * i]));
            points[i] = new(Math.Clamp(point, boxes[i].Lower, boxes[i].Upper));
        }

        // The bounds enclose the exact map, while numbers round. An output has an error of 2^−52 (2 ulp), a sum of six
        // products another 6·2^−53 of the sum S of their magnitudes. The hidden unit of the parity network passes its
        // error on, multiplied by a weight, and a derivative doubles it, multiplied by a weight: less than 16·2^−52·(1
        // + S)³.
        double sum = 1.0 + weights.Sum(w => 4.0 * Math.Abs(w)), error = Math.ScaleB(sum * sum * sum, -48);
        AssertWithin(boxes, points, n, error, map.Apply, map.Apply);
        AssertWithin(boxes, points, n * n, error, map.Differentiate, map.Differentiate);
        Interval output = map.Output(0, boxes[0]);
        double x = map.Output(0, points[0]).Value;
        Assert.True(x >= output.Lower - error && x <= output.Upper + error);
    }

    private delegate void Map<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> image)
        where TLane : unmanaged, ILane<TLane>;

    private static void AssertWithin(
        Interval[] boxes, Scalar[] points, int count, double error, Map<Interval> overBoxes, Map<Scalar> overPoints)
    {
        var bounds = new Interval[count];
        var values = new Scalar[count];
        overBoxes(new UncheckedSpan<Interval>(ref boxes[0]), new UncheckedSpan<Interval>(ref bounds[0]));
        overPoints(new UncheckedSpan<Scalar>(ref points[0]), new UncheckedSpan<Scalar>(ref values[0]));
        for (int i = 0; i < count; i++)
        {
            Assert.True(double.IsFinite(bounds[i].Width));
            Assert.InRange(values[i].Value, bounds[i].Lower - error, bounds[i].Upper + error);
        }
    }
}
