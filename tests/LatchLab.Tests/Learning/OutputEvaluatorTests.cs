using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Learning;

/// <summary>The outputs of many sequences together are those of each alone.</summary>
public sealed class OutputEvaluatorTests
{
    private static readonly string[] Kinds = ["fully-connected", "gru", "lstm"];

    public static TheoryData<string> Lanes
        => [.. SlowTests.LaneKinds.Where(lane => lane.IsSupported).Select(lane => lane.Name)];

    [Theory]
    [MemberData(nameof(Lanes))]
    public void Sequences_of_any_lengths_have_the_outputs_of_each_alone_bit_for_bit(string lane)
    {
        foreach (NetworkDefinition network in Kinds.Select(Create))
        {
            OutputEvaluator many = OutputEvaluator.Create(network, LaneKind.All.Single(kind => kind.Name == lane)),
                single = OutputEvaluator.Create(network, LaneKind.Scalar);
            int m = network.Inputs, k = network.Outputs.Count;
            double[][] inputs = [.. Enumerable.Range(1, 19).Select(i => CreateNumbers((1 + (i * 7 % 11)) * m, i))],
                last = [.. inputs.Select(_ => new double[k])],
                all = [.. inputs.Select(steps => new double[steps.Length / m * k])];
            many.Evaluate(inputs, last);
            many.Evaluate(inputs, all);
            for (int i = 0; i < inputs.Length; i++)
            {
                var expected = new double[k];
                for (int steps = 1; steps <= inputs[i].Length / m; steps++)
                {
                    single.Evaluate([inputs[i][..(steps * m)]], [expected]);
                    Assert.Equal(expected, all[i][((steps - 1) * k)..(steps * k)]);
                }

                Assert.Equal(expected, last[i]);
            }
        }
    }

    private static NetworkDefinition Create(string kind)
    {
        var design = new NetworkDesign { Network = kind, Units = 4 };
        var shape = new NetworkShape(TrainableInputs: 0, Inputs: 2, Outputs: 2);
        return design.CreateDefinition(shape, CreateNumbers(design.GetParameterNames(shape).Count, seed: 0));
    }

    private static double[] CreateNumbers(int count, int seed)
    {
        UniformStream draws = new TrialRandom(Seed: 3, RandomWord: 0, Trial: seed).CreateUniformStream(Purpose.Search);
        return [.. Enumerable.Range(0, count).Select(_ => (2.0 * draws.Next()) - 1.0)];
    }
}
