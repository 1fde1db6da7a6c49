using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tests.Numerics;
using Xunit;

namespace LatchLab.Tests.Learning;

/// <summary>
/// The gradient that is carried forward (real-time recurrent learning) is that of back-propagation through time.
/// </summary>
public sealed class ForwardGradientTests
{
    public static TheoryData<string, string> NetworksAndUnits => Samples.NetworksAndUnits;

    [Theory]
    [MemberData(nameof(NetworksAndUnits))]
    public void Gradients_carried_forward_equal_those_carried_back(string name, string units)
    {
        var random = new Random(12);
        for (int sample = 0; sample < 10; sample++)
        {
            NetworkDefinition network = name == "latch"
                ? new LatchDefinition(
                    Samples.Units(units, 1, random), 1.0, new double[sample % 4], new double[sample % 4])
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
            var batch = new LaneBatch<Wide256>(random, Bundles, Longest, network.TrainableInputs + 1);
            int p = network.Parameters;
            var forward = new ForwardLearner<Wide256, TNetwork>(network, Bundles);
            var back = new Unfolding<Wide256, TNetwork>(network, Bundles, Longest);
            for (int lane = 0; lane < batch.Lanes; lane++)
                forward.Parameters.Write(lane, Samples.Numbers(random, p, 1.2));
            forward.Parameters.Memory.Values.CopyTo(back.Parameters.Values);

            back.Forward(batch.Sequence);
            forward.Present(batch.Sequence);
            var errors = new LaneMemory<Wide256>(Bundles);
            for (int b = 0; b < Bundles; b++)
            {
                Assert.Equal(back.Output(Longest, b, output: 0), forward.Output(Longest, b, output: 0));
                errors.Values[b] = Wide256.From(1.0);
            }

            var sums = new LaneParameters<Wide256>(Bundles, p);
            var sizes = new LaneParameters<Wide256>(Bundles, p);
            back.Backward<GradientDescent>(batch.Sequence, errors.Row(0, Bundles), sums.Row(0));
            back.Backward<AbsoluteSum>(batch.Sequence, errors.Row(0, Bundles), sizes.Row(0));
            for (int lane = 0; lane < batch.Lanes; lane++)
            {
                // Sums of T terms, each a product of at most T Jacobians; each of those costs a row of at most five
                // products and a slope, some 3·5 + 6 roundings, on either side: 2·23·21·1.1e-16 is 1e-13 of the largest
                // sum of absolute terms. What the roundings of one term may become on their way through a Jacobian that
                // is not normal stays within the rest of 1e-12.
                double scale = sizes.Read(lane).Max();
                Row<Wide256> carried = forward.At(Longest, lane / Wide256.Count, network.OutputUnit(0));
                for (int i = 0; i < p; i++)
                {
                    double gradient = Lanes.Numbers(carried[i])[lane % Wide256.Count];
                    Assert.InRange(gradient - sums[lane, i], -1e-12 * scale, 1e-12 * scale);
                }
            }

            return true;
        }
    }
}
