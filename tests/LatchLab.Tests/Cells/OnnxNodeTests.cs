using System.Text.Json;
using LatchLab.Networks;
using LatchLab.Networks.Cells;
using LatchLab.Numerics;
using LatchLab.Tests.Architecture;
using Xunit;

namespace LatchLab.Tests.Cells;

/// <summary>
/// The cells against the published outputs of the node tests of ONNX, which another program computed with 24-bit
/// numbers. Its rounding errors are part of an interval computation, which therefore contains its outputs.
/// </summary>
public sealed class OnnxNodeTests
{
    private const double Rounding = 1.0 / (1 << 24);

    private static readonly JsonElement Cases = JsonDocument.Parse(File.ReadAllText(Path.Combine(
        Repository.Root, "tests", "LatchLab.Tests", "Expectations", "onnx-nodes.json"))).RootElement
        .GetProperty("cases");

    public static TheoryData<string> Names
        => [.. Cases.EnumerateArray().Select(one => one.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_hidden_values_are_those_of_the_published_outputs(string name)
    {
        JsonElement test = Cases.EnumerateArray().Single(one => one.GetProperty("name").GetString() == name);
        var design = new NetworkDesign
        {
            Network = test.GetProperty("network").GetString()!,
            Units = test.GetProperty("units").GetInt32(),
        };
        var shape = new NetworkShape(TrainableInputs: 0, test.GetProperty("inputs").GetInt32(), Outputs: 1);
        IReadOnlyList<ParameterBlock> blocks = design.Kind.GetBlocks(design, shape);
        double[] parameters =
        [
            .. blocks.SelectMany(block => test.GetProperty("blocks").TryGetProperty(block.Name, out JsonElement values)
                ? Numbers(values) : new double[block.Count]),
        ];
        int steps = test.GetProperty("steps").GetInt32();
        foreach ((JsonElement inputs, JsonElement expected) in test.GetProperty("sequences").EnumerateArray()
            .Zip(test.GetProperty("expected").EnumerateArray()))
        {
            Assert.True(design.CreateDefinition(shape, parameters).Accept(
                new Run(blocks, parameters, Numbers(inputs), Numbers(expected), steps)));
        }
    }

    private static double[] Numbers(JsonElement values) => [.. values.EnumerateArray().Select(one => one.GetDouble())];

    private sealed class Run(
        IReadOnlyList<ParameterBlock> blocks, double[] parameters, double[] inputs, double[] expected, int steps)
        : INetworkVisitor<bool>
    {
        public bool Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
        {
            int m = network.Inputs, n = expected.Length;
            Interval[] u = [.. inputs.Select(Interval.From)], before = new Interval[network.StepSize],
                after = new Interval[network.StepSize];

            // An activation is a sum of n + m + 2 products at most, of hidden values between −1 and 1.
            double largest = parameters.Max(Math.Abs),
                sum = largest * (n + 2 + inputs.Chunk(m).Max(step => step.Sum(Math.Abs))),
                error = (n + m + 2) * Rounding * sum;
            Interval[] p = [.. parameters.Select((value, i) => blocks.Any(
                block => block.Role == BlockRole.Bias && block.Contains(i))
                ? new Interval(value - error, value + error) : Interval.From(value))];
            Array.Fill(before, Interval.From(0.0));
            for (int t = 0; t < steps; t++)
            {
                network.Step<Interval>(new(ref p[0]), new(ref u[t * m]), new(ref before[0]), new(ref after[0]));
                (before, after) = (after, before);
            }

            // Functions and products of values up to 1 add a few roundings. Narrow intervals tell the gates apart.
            for (int i = 0; i < n; i++)
            {
                Assert.InRange(
                    expected[i], before[i].Lower - (8.0 * Rounding), before[i].Upper + (8.0 * Rounding));
                Assert.InRange(before[i].Upper - before[i].Lower, 0.0, 1e-3);
            }

            return true;
        }
    }
}
