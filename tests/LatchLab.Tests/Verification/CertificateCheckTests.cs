using System.Globalization;
using LatchLab.Dynamics;
using LatchLab.Verification;
using Xunit;

namespace LatchLab.Tests.Verification;

/// <summary>Valid certificates hold and invalid ones do not, on networks whose limits are known.</summary>
public class CertificateCheckTests
{
    /// <summary>The Parity network of docs/reference/network-files.md.</summary>
    private const string Parity =
        """{"network": "parity", "unit": "tanh", "weights": [10, 10, -15, 10, 10, -20, -15]}""";

    [Theory]
    [InlineData(1.25)]
    [InlineData(2.0)]
    public void The_neuron_keeps_its_bit_just_below_the_critical_input(double weight)
    {
        // w·tanh a − b ≥ a must hold where the derivative of w·tanh is 1 and the left side is largest: tanh a = √(1 −
        // 1/w), up to b = h*.
        double noise = Critical(weight) * (1.0 - 1e-9);
        VerificationResult verdict = CertificateVerifier.Verify(Neuron(weight, noise, Turn(weight), weight + 1.0));
        Assert.True(verdict.IsValid, verdict.Reason);
        Assert.Equal((2, noise), (verdict.Boxes, verdict.Noise));

        // The margin is 1e-9 of h*. The end of the box is rounded, at a point where the derivative of a − w·tanh a is
        // 0.
        Assert.Equal(1e-9 * Critical(weight), verdict.Margin, 1e-15);
    }

    [Theory]
    [InlineData(1.25)]
    [InlineData(2.0)]
    public void No_box_keeps_the_bit_of_the_neuron_above_the_critical_input(double weight)
    {
        double noise = Critical(weight) * (1.0 + 1e-9);
        for (double end = -1.0; end < 2.0; end += 1.0 / 64)
            Assert.False(CertificateVerifier.Verify(Neuron(weight, noise, end, weight + 1.0)).IsValid);
        foreach (double off in new[] { 0.0, 1e-5, -1e-5, 1e-9, -1e-9 })
            Assert.False(CertificateVerifier.Verify(Neuron(weight, noise, Turn(weight) + off, weight + 1.0)).IsValid);
        VerificationResult verdict = CertificateVerifier.Verify(Neuron(weight, noise, Turn(weight), weight + 1.0));
        Assert.StartsWith("set 0: box 0 is not mapped into box 0: activation 0 may lie ", verdict.Reason,
            StringComparison.Ordinal);
        Assert.Equal(-1e-9 * Critical(weight), verdict.Margin, 1e-15);
    }

    [Fact]
    public void A_neuron_of_period_2_keeps_the_phase_of_its_orbit()
    {
        // w = −2 is the neuron with w = 2 that changes its sign at every step: the same noise, one set of two boxes.
        string low = Number(Turn(2.0)), noise = Number(Critical(2.0) * (1.0 - 1e-9));
        string up = $$"""{"lower": [{{low}}], "upper": [3]}""", down = $$"""{"lower": [-3], "upper": [-{{low}}]}""";
        string cycle = $$"""[{"boxes": [{{up}}, {{down}}]}]""";
        VerificationResult verdict = CertificateVerifier.Verify(Certificate(Latch(-2.0), "0", noise, cycle));
        Assert.True(verdict.IsValid && verdict.Boxes == 2, verdict.Reason);

        string still = $$"""[{"boxes": [{{up}}]}, {"boxes": [{{down}}]}]""";
        Assert.False(CertificateVerifier.Verify(Certificate(Latch(-2.0), "0", noise, still)).IsValid);
    }

    [Fact]
    public void A_constant_input_reduces_the_noise_margin()
    {
        // With u = ¼h* the noise may be at most ¾h*: together they push the lower state up.
        string quarter = Number(0.25 * Critical(2.0)), most = Number(0.75 * Critical(2.0) * (1.0 - 1e-9));
        string boxes = Boxes(Turn(2.0), 4.0);
        Assert.True(CertificateVerifier.Verify(Certificate(Latch(2.0), quarter, most, boxes)).IsValid);
        string more = Number(0.75 * Critical(2.0) * (1.0 + 1e-9));
        Assert.False(CertificateVerifier.Verify(Certificate(Latch(2.0), quarter, more, boxes)).IsValid);
    }

    [Fact]
    public void The_parity_network_keeps_its_state_under_one_input_and_alternates_under_the_other()
    {
        // With u = −1 the network keeps y (a near 5 or −15); with u = 1 it flips y, both under noise of 0.2 at the
        // input.
        const string one = """{"lower": [2], "upper": [8]}""", minusOne = """{"lower": [-20], "upper": [-10]}""";
        const string still = $$"""[{"boxes": [{{one}}]}, {"boxes": [{{minusOne}}]}]""";
        const string cycle = $$"""[{"boxes": [{{one}}, {{minusOne}}]}]""";
        Assert.True(CertificateVerifier.Verify(Certificate(Parity, "-1", "0.2", still, "inputs")).IsValid);
        Assert.False(CertificateVerifier.Verify(Certificate(Parity, "1", "0.2", still, "inputs")).IsValid);
        Assert.True(CertificateVerifier.Verify(Certificate(Parity, "1", "0.2", cycle, "inputs")).IsValid);
        Assert.False(CertificateVerifier.Verify(Certificate(Parity, "-1", "0.2", cycle, "inputs")).IsValid);
        Assert.False(CertificateVerifier.Verify(Certificate(Parity, "-1", "1", still, "inputs")).IsValid);
    }

    [Fact]
    public void Fully_connected_units_may_have_biases_and_several_inputs()
    {
        // Two uncoupled neurons, the second through a logistic unit: 8·logistic(a) − 4 = 4·tanh(½a). The inputs and the
        // biases add 0 and −4.
        const string network = """
            {"network": "fully-connected", "unit": "tanh,logistic", "units": 2, "output": 0,
             "weights": [[2, 0], [0, 8]], "biases": [0.5, -5], "input-weights": [[1, 0, -1], [0, 0.25, 1]]}
            """;
        const string boxes = """
            [{"boxes": [{"lower": [1, 2], "upper": [3, 5]}]}, {"boxes": [{"lower": [-3, 2], "upper": [-1, 5]}]},
             {"boxes": [{"lower": [1, -5], "upper": [3, -2]}]}, {"boxes": [{"lower": [-3, -5], "upper": [-1, -2]}]}]
            """;
        VerificationResult verdict = CertificateVerifier.Verify(Certificate(network, "0, 2, 0.5", "0.25", boxes));
        Assert.True(verdict.IsValid && verdict.Boxes == 4, verdict.Reason);

        // The smallest margin is that of the first unit: 2·tanh 1 − 1 − 0.25, and the same below.
        Assert.Equal((2.0 * 0.76159415595576489) - 1.25, verdict.Margin, 1e-15);
    }

    [Fact]
    public void An_input_goes_to_the_named_unit_and_any_noise_is_detected()
    {
        const string network = """
            {"network": "fully-connected", "unit": "tanh", "units": 2, "input": 1, "output": 0,
             "weights": [[2, 0], [0, 0]]}
            """;
        string Boxes(string second) =>
            $$"""
            [{"boxes": [{"lower": [1, {{second}}], "upper": [3, {{second}}]}]},
             {"boxes": [{"lower": [-3, {{second}}], "upper": [-1, {{second}}]}]}]
            """;
        VerificationResult verdict = CertificateVerifier.Verify(Certificate(network, "7", "0", Boxes("7")));
        Assert.Equal((true, 0.0), (verdict.IsValid, verdict.Margin)); // the second unit is 7 exactly
        Assert.False(CertificateVerifier.Verify(Certificate(network, "7", "5e-324", Boxes("7"))).IsValid);
        Assert.False(CertificateVerifier.Verify(Certificate(network, "7", "0", Boxes("0"))).IsValid);
    }

    private static double Critical(double weight) => SingleNeuron.Analyze(weight).CriticalInput!.Value;

    /// <summary>artanh √(1 − 1/w).</summary>
    private static double Turn(double weight) => Math.Atanh(Math.Sqrt(1.0 - (1.0 / weight)));

    private static string Neuron(double weight, double noise, double lower, double upper)
        => Certificate(Latch(weight), "0", Number(noise), Boxes(lower, upper));

    private static string Boxes(double lower, double upper)
        => $$"""
            [{"boxes": [{"lower": [{{Number(lower)}}], "upper": [{{Number(upper)}}]}]},
             {"boxes": [{"lower": [{{Number(-upper)}}], "upper": [{{Number(-lower)}}]}]}]
            """;

    private static string Latch(double weight)
        => $$"""{"network": "latch", "unit": "tanh", "weight": {{Number(weight)}}, "inputs": []}""";

    private static string Number(double x) => x.ToString("R", CultureInfo.InvariantCulture);

    private static string Certificate(string network, string constantInputs, string noise, string sets,
        string place = "units")
        => $$"""
            {"certificate": "latchlab-noise", "version": 1, "network": {{network}}, "held-inputs": [{{constantInputs}}],
             "noise": {{noise}}, "noise-at": "{{place}}", "sets": {{sets}}}
            """;
}
