using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Learning;

/// <summary>Truncated back-propagation sums the gradient terms of the last steps, and no others.</summary>
public sealed class TruncationTests
{
    public static TheoryData<string, string> NetworksAndUnits => Samples.NetworksAndUnits;

    [Theory]
    [MemberData(nameof(NetworksAndUnits))]
    public void The_truncated_gradient_is_the_sum_of_the_last_terms(string name, string units)
    {
        var random = new Random(14);
        for (int sample = 0; sample < 4; sample++)
        {
            NetworkDefinition network = name == "latch"
                ? new LatchDefinition(
                    Samples.Units(units, 1, random), 1.0, new double[sample], new double[sample])
                : Samples.Network(name, random, units);
            Assert.True(network.Accept(new Comparison(random)));
        }
    }

    private sealed class Comparison(Random random) : INetworkVisitor<bool>
    {
        private const int Bundles = 2, Longest = 23;

        public bool Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
        {
            var batch = new LaneBatch<Wide256>(random, Bundles, Longest, network.TrainableInputs + 1, network.Inputs);
            var unrolled = new BackpropagationThroughTime<Wide256, TNetwork>(network, Bundles, Longest);
            Samples.Numbers(random, unrolled.Parameters.Doubles.Length, 1.2).CopyTo(unrolled.Parameters.Doubles);
            var atOutputs = new LaneMemory<Wide256>(Bundles * network.Readout.Outputs);
            Samples.Numbers(random, atOutputs.Doubles.Length, 1.0).CopyTo(atOutputs.Doubles);
            unrolled.Forward(batch.Sequence);
            foreach (int truncation in (int[])[1, 2, 7, Longest, Longest + 1])
                Assert.Equal(SumLast(truncation), Run(truncation));
            Assert.Equal(Run(truncation: null), Run(Longest));
            return true;

            double[] Run(int? truncation)
            {
                var gradients = new LaneMemory<Wide256>(Bundles * network.Parameters);
                unrolled.Backward<GradientDescent>(batch.Sequence, atOutputs.Slice(0, atOutputs.Length),
                    gradients.Slice(0, gradients.Length), truncation);
                return gradients.Doubles.ToArray();
            }

            double[] SumLast(int truncation)
            {
                var gradients = new LaneMemory<Wide256>(Bundles * network.Parameters);
                unrolled.BeginBackward(batch.Sequence, atOutputs.Slice(0, atOutputs.Length));
                unrolled.AddReadoutTerms<GradientDescent>(
                    batch.Sequence, Longest, atOutputs.Slice(0, atOutputs.Length),
                    gradients.Slice(0, gradients.Length));
                for (int t = Longest; t > Math.Max(batch.Sequence.EarliestStart, Longest - truncation); t--)
                {
                    unrolled.StepBackward<GradientDescent>(
                        batch.Sequence, t, gradients.Slice(0, gradients.Length));
                }

                return gradients.Doubles.ToArray();
            }
        }
    }
}
