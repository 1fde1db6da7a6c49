using System.Text.Json;
using CsCheck;
using LatchLab.Dynamics;
using LatchLab.Models;
using LatchLab.Networks;
using LatchLab.Verification;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>
/// Noise that provably drives a network of cells from none of its stable states, and noise that does.
/// </summary>
public sealed class RestCertificateTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly string[] SimpleKinds = ["elman", "gru", "lstm"];

    /// <summary>Kinds, layers and units for which certificates exist.</summary>
    private static readonly (string Kind, int Layers, string Unit)[] Provided =
    [
        ("elman", 1, "tanh"), ("elman", 2, "tanh"), ("elman", 1, "logistic"), ("elman", 1, "relu"), ("gru", 1, "tanh"),
        ("gru", 2, "tanh"), ("gru-reset-before", 1, "tanh"), ("lstm", 1, "tanh"), ("lstm", 2, "tanh"),
        ("lstm-coupled", 1, "tanh"), ("lstm-projected", 1, "tanh"),
    ];

    [Fact]
    public void The_noise_of_a_flip_flop_lies_between_the_bound_of_numpy_and_what_erases()
    {
        SlowTests.SkipUnlessRequested();
        TrainedNetworks trained = TrainedNetworks.FlipFlop;
        var certifier = new RestCertifier(trained.Network, new double[3]);
        var certificates = new List<RestCertificate>();
        double[] erased = [.. ReadStates("constant_push_that_erases").Select(state => state.Value)];
        foreach ((int i, (double[] state, double bound)) in ReadStates("certified_b_linear_sum").Index())
        {
            // The same theorem, but bounds of the Jacobian by gate and not by entry, which are tighter.
            certificates.Add(certifier.Certify(state, Cancellation)!);
            Assert.InRange(certificates[^1].Noise, bound, erased[i]);
        }

        string text = CertificateFile.Serialize(new RestCertificates(trained.Network, new double[3], certificates));
        VerificationResult verdict = CertificateVerifier.Verify(text);
        Assert.True(verdict.IsValid, verdict.Reason);
        Assert.Equal((8, certificates.Min(state => state.Noise)), (verdict.Boxes, verdict.Noise));
    }

    [Fact]
    public void A_neuron_is_certified_for_less_than_the_noise_at_its_fold()
    {
        // h = tanh 2h − b has its fold where 2·(1 − tanh² 2h) = 1: tanh 2h = √½.
        double root = Math.Sqrt(0.5), critical = root - (0.5 * Math.Atanh(root));
        CellDefinition network = Elman(2.0);
        StoredStates states = FindStates(network);
        Assert.Equal(2, states.Points.Count);
        foreach (RestPoint point in states.Points)
        {
            RestCertificate certificate = new RestCertifier(network, [0.0]).Certify(point.State, Cancellation)!;
            Assert.InRange(certificate.Noise, 0.25 * critical, critical);
        }

        // 600 steps pass the fold if the noise exceeds it by (π/600)²/(½·|f″|), f″ = −8·tanh 2h·(1 − tanh² 2h).
        double excess = Math.Pow(Math.PI / 600.0, 2.0) / (2.0 * root);
        Assert.All(NoisePush.FindForEach(states, 1e-3, 2.0, Cancellation), push
            => Assert.InRange(push!.Noise, critical, (critical + excess) * 1.0055));    // the bisection ends at 0.55 %
    }

    [Fact]
    public void No_noise_up_to_the_certified_one_leaves_the_box_and_every_certificate_is_verified()
    {
        int certified = 0, cases = SlowTests.Choose(fast: 10, slow: 100);
        Gen.Select(Gen.Int[0, Provided.Length - 1].Select(i => Provided[i]), Gen.Int[1, 3], Gen.Int[0, 1000]).Sample(
            (kind, units, seed) =>
            {
                CellDefinition network = TrainedNetworks.Random(
                    kind.Kind, units, 1, seed, scale: kind.Unit == "relu" ? 1.5 : 6.0, kind.Unit, kind.Layers);
                StoredStates states = FindStates(network);
                var certifier = new RestCertifier(network, [0.0]);
                Assert.True(certifier.IsProvided);
                RestCertificate[] certificates = [.. states.Points.Select(
                    point => certifier.Certify(point.State)).OfType<RestCertificate>()];
                certified += certificates.Length;
                foreach (RestCertificate certificate in certificates)
                    AssertStays(network, certificate, seed);
                if (certificates.Length >= 2)
                {
                    VerificationResult verdict = CertificateVerifier.Verify(
                        CertificateFile.Serialize(new RestCertificates(network, [0.0], certificates)));
                    Assert.True(verdict.IsValid, $"{kind} {units} {seed}: {verdict.Reason}");
                }
            }, iter: cases, threads: 1);
        Assert.True(2 * certified > cases, $"only {certified} states were certified");
    }

    [Fact]
    public void What_is_proved_harmless_is_less_than_what_was_seen_to_erase()
        => Gen.Select(Gen.Int[0, 2].Select(i => SimpleKinds[i]), Gen.Int[2, 4], Gen.Int[0, 1000]).Sample(
            (kind, units, seed) =>
            {
                CellDefinition network = TrainedNetworks.Random(kind, units, 1, seed, scale: 6.0);
                StoredStates states = FindStates(network);
                IReadOnlyList<NoisePush?> pushes = NoisePush.FindForEach(states, 1e-6, 4.0);
                var certifier = new RestCertifier(network, [0.0]);
                return states.Points.Zip(pushes).All(pair => certifier.Certify(pair.First.State) is not { } proved
                    || pair.Second is not { } erased || proved.Noise < erased.Noise);
            }, iter: 12, threads: 1);

    [Fact]
    public void Peepholes_and_several_layers_of_gated_products_are_not_provided()
    {
        Assert.False(new RestCertifier(TrainedNetworks.Random("lstm-peephole", 2, 1, 1), [0.0]).IsProvided);
        Assert.False(new RestCertifier(
            TrainedNetworks.Random("gru-reset-before", 2, 1, 1, layers: 2), [0.0]).IsProvided);
    }

    [Fact]
    public void A_state_without_contraction_is_not_certified()
        => Assert.Null(new RestCertifier(Elman(1.0), [0.0]).Certify([0.0], Cancellation));

    /// <summary>
    /// Random noise, corners that are held, and in turn the signs that push each value of the linear system farthest.
    /// </summary>
    private static void AssertStays(CellDefinition network, RestCertificate certificate, int seed)
    {
        var system = CellSystem.Create(network);
        int n = system.Dimension;
        var random = new Random(seed);
        double[] state = [.. certificate.State], next = new double[n], goal = new double[n],
            jacobian = system.Jacobian(state, [0.0]).ToArray();
        int[] corner = new int[n];
        for (int t = 0; t < 1500; t++)
        {
            if (t % 50 == 0)
            {
                corner = [.. corner.Select(_ => random.Next(2) == 0 ? -1 : 1)];
                goal = [.. goal.Select(_ => (2.0 * random.NextDouble()) - 1.0)];
            }

            // goalᵀ·J^k, backwards in time: the noise k steps before the end of a stretch of 50.
            double[] weights = goal;
            for (int k = 0; t >= 1000 && k < 49 - (t % 50); k++)
            {
                weights = [.. Enumerable.Range(0, n).Select(j => Enumerable.Range(0, n).Sum(
                    i => weights[i] * jacobian[(i * n) + j]))];
            }

            system.Step(state, [0.0], next);
            for (int i = 0; i < n; i++)
            {
                double sign = (t / 500) switch
                {
                    0 => (2.0 * random.NextDouble()) - 1.0,
                    1 => corner[i],
                    _ => weights[i] >= 0.0 ? 1.0 : -1.0,
                };
                state[i] = next[i] + (sign * certificate.Noise);
                Assert.InRange(Math.Abs(state[i] - certificate.State[i]), 0.0, certificate.HalfWidths[i]);
            }
        }
    }

    private static StoredStates FindStates(CellDefinition network)
        => new(network, [0.0], RestPoints.Find(
            network, [], [0.0], new() { UniformStarts = 40, MaxStarts = 200 }, deadline: Cancellation));

    private static CellDefinition Elman(double weight)
        => (CellDefinition)NetworkFile.Parse(FormattableString.Invariant(
            $$"""
            {"network":"elman","units":1,"inputs":1,"outputs":1,"readout":"linear","unit":"tanh","w":[[{{weight}}]],
            "v":[[0]],"b":[0],"r":[[1]],"c":[0]}
            """), "test");

    /// <summary>The stable states of the reference, corrected to double precision, and a number of each.</summary>
    private static IEnumerable<(double[] State, double Value)> ReadStates(string property)
    {
        var system = CellSystem.Create(TrainedNetworks.FlipFlop.Network);
        JsonElement reference = TrainedNetworks.FlipFlop.Reference,
            values = reference.GetProperty("noise_at_rest").GetProperty(property);
        return reference.GetProperty("fixed_points_input_0").GetProperty("points").EnumerateArray()
            .Where(point => point.GetProperty("unstable").GetInt32() == 0)
            .Select((point, i) =>
            {
                double[] state = [.. point.GetProperty("state").EnumerateArray().Select(value => value.GetDouble())];
                for (int step = 0; step < 1000; step++)
                    system.Step([.. state], new double[system.Inputs], state);
                return (state, values[i].GetDouble());
            });
    }
}
