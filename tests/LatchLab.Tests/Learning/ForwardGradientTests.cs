using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Learning;

/// <summary>
/// The gradient of real-time recurrent learning (forward propagation in the paper) equals that of back-propagation
/// through time.
/// </summary>
public sealed class ForwardGradientTests
{
    public static TheoryData<string, string> NetworksAndUnits => Samples.NetworksAndUnits;

    [Theory]
    [MemberData(nameof(NetworksAndUnits))]
    public void Gradients_of_real_time_recurrent_learning_equal_backpropagation(string name, string units)
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
        private const int Bundles = 8, Longest = 23;

        public bool Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
        {
            var batch = new LaneBatch<Scalar>(
                random, Bundles, Longest, network.TrainableInputs + 1, network.Inputs);
            int p = network.Parameters, outputs = network.Readout.Outputs;
            var forward = new RealTimeRecurrentLearning<Scalar, TNetwork>(network, Bundles);
            var back = new BackpropagationThroughTime<Scalar, TNetwork>(network, Bundles, Longest);
            var settings = new ForwardPropagation { LearningRate = 1.0 };
            for (int lane = 0; lane < batch.Lanes; lane++)
            {
                double[] start = Samples.Numbers(random, p, 1.2);
                forward.BeginTrial(lane, new(new TrialRandom(0, 0, lane), start, SearchSpace.Unbounded(p)), settings);
                forward.SetLearning(lane, isLearning: true);
            }

            forward.Parameters.Memory.Values.CopyTo(back.Parameters.Values);

            back.Forward(batch.Sequence);
            forward.Present(batch.Sequence);
            var errors = new LaneMemory<Scalar>(Bundles * outputs);
            for (int i = 0; i < errors.Length; i++)
            {
                Scalar output = back.Output(Longest, i / outputs, i % outputs);
                Assert.Equal(output, forward.Output(Longest, i / outputs, i % outputs));
                errors.Values[i] = output - Scalar.From(0.8);
            }

            var sums = new LaneParameters<Scalar>(Bundles, p);
            var sizes = new LaneParameters<Scalar>(Bundles, p);
            back.Backward<GradientDescent>(batch.Sequence, errors.Slice(0, errors.Length), sums.GetBundle(0));
            back.Backward<AbsoluteSum>(batch.Sequence, errors.Slice(0, errors.Length), sizes.GetBundle(0));
            forward.Learn(batch.Sequence, sequenceIndex: 0, errors.Slice(0, errors.Length));
            for (int lane = 0; lane < batch.Lanes; lane++)
            {
                // Sums of T terms, each a product of at most T Jacobians. Each Jacobian costs a row of at most five
                // products and a derivative, some 3·5 + 6 roundings on either side: 2·23·21·1.1e-16 is 1e-13 of the
                // largest sum of absolute terms. Amplification by a non-normal Jacobian stays within the rest of 1e-12.
                double scale = sizes.GetLane(lane).Max();
                for (int i = 0; i < p; i++)
                {
                    double before = Numbers(back.Parameters, lane, i, p), change = before - forward.Parameters[lane, i];
                    double tolerance = (1e-12 * scale) + Rounding(before, sums[lane, i]);
                    Assert.InRange(change - sums[lane, i], -tolerance, tolerance);
                }
            }

            return true;
        }

        private static double Numbers(LaneMemory<Scalar> parameters, int lane, int i, int count)
            => parameters.Doubles[((((lane / Scalar.Count) * count) + i) * Scalar.Count) + (lane % Scalar.Count)];

        /// <summary>The rounding of the step w − ∂C/∂w and of its difference from w.</summary>
        private static double Rounding(double parameter, double gradient)
            => 2.3e-16 * ((2.0 * Math.Abs(parameter)) + (2.0 * Math.Abs(gradient)));
    }
}
