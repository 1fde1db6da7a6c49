using System.Text.Json;
using LatchLab.Diagnosis.Questions;
using LatchLab.Dynamics;
using Xunit;

namespace LatchLab.Tests.Diagnosis;

/// <summary>What noise does to the eight states of a trained flip-flop, against the numbers of numpy.</summary>
public sealed class NoiseAtRestTests
{
    private static readonly Lazy<TrainedNetworkDiagnosis> Answer = new(() => Diagnose(threads: 2));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static JsonElement Reference
        => ReferenceModel.Get("gru-flip-flop").Numbers.GetProperty("noise_at_rest");

    [Fact]
    public void Each_state_has_the_three_numbers_in_their_order()
    {
        NoiseAtRest noise = Assert.Single(Answer.Value.Noise);
        Assert.Empty(Answer.Value.Skipped);
        Assert.Equal(8, noise.States.Count);
        double[] certified = ReadByState(noise, "certified_b_linear_sum"),
            pushes = ReadByState(noise, "constant_push_that_erases");
        for (int i = 0; i < 8; i++)
        {
            double proved = noise.Certified![i]!.Noise, erased = noise.Erased![i]!.Noise;
            Assert.InRange(proved, certified[i], erased);

            // The reference pushes towards two saddles and along one eigenvector, to a precision of 3e-4.
            Assert.InRange(erased, proved, pushes[i] * 1.15);
        }

        Assert.Equal(8, noise.Certificates!.States.Count);
        Assert.All(noise.Random!.Shares, shares => Assert.Equal(1.0, shares[0]));
        Assert.InRange(noise.Random.Drop.Lost, 0.05, 0.12);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.08)]
    [InlineData(0.12)]
    public void As_many_runs_come_back_from_random_noise_as_in_numpy(double amplitude)
    {
        SlowTests.SkipUnlessRequested();
        TrainedNetworkDiagnosis answer = Answer.Value;
        var states = new StoredStates(answer.Model.Network, new double[3], answer.FixedPoints[0], threads: 2);
        double[] shares = RandomNoise.FindShares(states, amplitude, runs: 40, seed: 1, Cancellation);
        JsonElement random = Reference.GetProperty("random");
        int column = random.GetProperty("b").EnumerateArray().ToList().FindIndex(b => b.GetDouble() == amplitude);
        double[] expected = MatchStates(answer.Noise[0], random.GetProperty("share_that_return").EnumerateArray()
            .Select(row => row[column].GetDouble()).ToArray());
        for (int i = 0; i < 8; i++)
        {
            // Two samples of 40 runs: five standard errors of their difference, and the two digits of the reference.
            double mean = 0.5 * (shares[i] + expected[i]);
            Assert.InRange(
                Math.Abs(shares[i] - expected[i]), 0.0, (5.0 * Math.Sqrt(mean * (1.0 - mean) / 20.0)) + 0.005);
        }
    }

    [Fact]
    public void Threads_do_not_change_the_numbers()
    {
        SlowTests.SkipUnlessRequested();
        NoiseAtRest one = Diagnose(threads: 1).Noise[0], two = Answer.Value.Noise[0];
        Assert.Equal(one.Certified!.Select(proof => proof!.Noise), two.Certified!.Select(proof => proof!.Noise));
        Assert.Equal(one.Erased!.Select(push => push!.Noise), two.Erased!.Select(push => push!.Noise));
        Assert.Equal(one.Random!.Shares.SelectMany(share => share), two.Random!.Shares.SelectMany(share => share));
    }

    [Fact]
    public void A_single_stable_state_has_nothing_to_erase()
    {
        ReferenceModel reference = ReferenceModel.Get("lstm-first-bit");
        TrainedNetworkDiagnosis answer = TrainedNetworkAnalyzer.Diagnose(
            reference.Model, reference.Data, new() { Only = new HashSet<Question> { Question.Noise } },
            cancellation: Cancellation);
        NoiseAtRest noise = Assert.Single(answer.Noise);
        Assert.Equal((0, 1), (noise.States.Count, noise.StableCount));
        Assert.Contains(DiagnosisRow.List(answer), row => row.Text == "nothing to erase: one stable state at rest");
    }

    private static TrainedNetworkDiagnosis Diagnose(int threads)
    {
        ReferenceModel reference = ReferenceModel.Get("gru-flip-flop");
        return TrainedNetworkAnalyzer.Diagnose(
            reference.Model, reference.Data,
            new()
            {
                HeldInputs = [new double[3]],
                Only = new HashSet<Question> { Question.Noise },
                Threads = threads,
            });
    }

    private static double[] ReadByState(NoiseAtRest noise, string property)
        => MatchStates(noise, [.. Reference.GetProperty(property).EnumerateArray().Select(value => value.GetDouble())]);

    /// <summary>Numbers of the states of the reference, in the order of an answer.</summary>
    private static double[] MatchStates(NoiseAtRest noise, double[] values)
    {
        double[][] states = [.. ReferenceModel.Get("gru-flip-flop").Numbers.GetProperty("fixed_points_input_0")
            .GetProperty("points").EnumerateArray()
            .Where(point => point.GetProperty("unstable").GetInt32() == 0)
            .Select(point => point.GetProperty("state").EnumerateArray().Select(value => value.GetDouble()).ToArray())];
        return [.. noise.States.Select(state => values[Enumerable.Range(0, states.Length).MinBy(
            i => PeriodicOrbit.Distance(states[i], [.. state.State]))])];
    }
}
