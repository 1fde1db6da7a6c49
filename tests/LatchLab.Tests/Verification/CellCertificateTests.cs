using System.Globalization;
using System.Numerics;
using LatchLab.Verification;
using Xunit;

namespace LatchLab.Tests.Verification;

/// <summary>Certificates of the states of a network of cells: proofs of a neuron by hand, and their defects.</summary>
public sealed class CellCertificateTests
{
    // h = tanh 2h has the solutions ±0.957504…, where 2·(1 − tanh² 2h) is 0.166372. Within 0.1 it changes by at most
    // 0.078 = D: 0.02 + D·0.1 = 0.028 ≤ 0.04, and 0.04/(1 − 0.1664) = 0.048 ≤ 0.1.
    internal const string Valid =
        """
        {"certificate": "latchlab-noise-at-rest", "version": 1,
         "network": {"network": "elman", "units": 1, "inputs": 1, "outputs": 1, "readout": "linear", "unit": "tanh",
          "w": [[2]], "v": [[0]], "b": [0], "r": [[1]], "c": [0]},
         "held-inputs": [0],
         "states": [
          {"noise": 0.02, "state": [0.9575040240772688], "disturbances": [0.04], "half-widths": [0.1]},
          {"noise": 0.01, "state": [-0.9575040240772688], "disturbances": [0.04], "half-widths": [0.1]}]}
        """;

    [Fact]
    public void The_states_of_a_neuron_are_verified()
    {
        VerificationResult verdict = CertificateVerifier.Verify(Valid);
        Assert.True(verdict.IsValid, verdict.Reason);
        Assert.Equal((2, 0.01), (verdict.Boxes, verdict.Noise));
        Assert.StartsWith("2 states stay distinguishable forever under any noise of at most 0.01", verdict.Reason,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.02", "0.033", "state 0: noise and remainder of value 0 exceed its disturbance by 0.000")]
    [InlineData("[0.04]", "[0.09]", "state 0: the powers of the Jacobian do not add up to the half-widths")]
    [InlineData("[0.1]", "[1]", "the boxes of states 0 and 1 have a point in common")]
    [InlineData("[[2]]", "[[1.7]]", "state 0: noise and remainder of value 0 exceed its disturbance by")]
    [InlineData("[[2]]", "[[513]]", "state 0: noise and remainder of value 0 exceed")]
    [InlineData("\"held-inputs\": [0]", "\"held-inputs\": []", "held-inputs: must have 1 numbers, not 0")]
    [InlineData("-0.9575040240772688", "0.5", "state 1: noise and remainder of value 0 exceed")]
    [InlineData("0.02", "0", "state 0, noise: must be positive")]
    [InlineData("[0.04]", "[-1]", "state 0, disturbances: must be positive")]
    [InlineData("\"elman\"", "\"lstm-peephole\"", "network: must be one of elman, gru, ")]
    [InlineData("\"tanh\"", "\"threshold\"", "unit: must be tanh, logistic or relu")]
    [InlineData("\"b\": [0]", "\"d\": [0]", "network: has a field other than network, units")]
    [InlineData("\"b\": [0], ", "", "b: is missing")]
    [InlineData("\"units\": 1", "\"units\": 2", "w: must have 2 numbers, not 1")]
    [InlineData("\"units\": 1", "\"units\": 0", "units: must be from 1 to 1000")]
    [InlineData("\"version\": 1", "\"version\": 2", "version: must be 1")]
    public void A_defect_is_reported(string original, string replacement, string reason)
    {
        string text = Valid.Replace(original, replacement, StringComparison.Ordinal);
        Assert.NotEqual(Valid, text);
        VerificationResult verdict = CertificateVerifier.Verify(text);
        Assert.False(verdict.IsValid);
        Assert.Contains(reason, verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_state_stores_no_bit()
    {
        int end = Valid.IndexOf("},\n  {\"noise\"", StringComparison.Ordinal);
        VerificationResult verdict = CertificateVerifier.Verify(Valid[..end] + "}]}");
        Assert.Equal((false, "fewer than two states store no bit"), (verdict.IsValid, verdict.Reason));
    }

    // A = (½, −½; ½, ½) turns by 45° and shrinks by √½: A⁸ = 1/16, so Σ|A^k| is a sum of eight terms times 16/15.
    [Fact]
    public void The_sum_of_the_powers_of_a_rotation_is_exact()
    {
        SlowTests.SkipUnlessRequested();
        const long half = 1L << (PowerBound.EntryBits - 1);
        var bound = new PowerBound([half, -half, half, half], 2);
        double sum = 0.0;
        double[] power = [1.0, 0.0];    // of e_1
        for (int k = 0; k < 200; k++)
        {
            sum += Math.Abs(power[0]) + Math.Abs(power[1]);    // row sums of |A^k|, both the same
            power = [0.5 * (power[0] - power[1]), 0.5 * (power[0] + power[1])];
        }

        BigInteger[] ones = [FixedPointInterval.One, FixedPointInterval.One];
        BigInteger[] Scale(double factor) => [.. ones.Select(_ => FixedPointInterval.FromDouble(sum * factor))];
        Assert.Null(bound.FindFailure(ones, Scale(1.0 + 1e-9)));
        Assert.NotNull(bound.FindFailure(ones, Scale(1.0 - 1e-9)));
    }

    [Theory]
    [InlineData("0.3", "-0.4", "2.5")]
    [InlineData("-1.5", "0.25", "0.125")]
    public void Derivatives_forwards_contain_those_of_differences(string a, string b, string c)
    {
        double[] x = [.. new[] { a, b, c }.Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        double Evaluate(double[] v)
        {
            double z = 1.0 / (1.0 + Math.Exp(-v[0]));
            return ((1.0 - z) * Math.Tanh(v[1] * v[2])) + (z * v[2]);
        }

        Differential[] values = [.. x.Select((value, i) => Differential.OfState(
            FixedPointInterval.Singleton(FixedPointInterval.FromDouble(value)), i, 3))];
        Differential result = Differential.Blend(values[0].Logistic(), (values[1] * values[2]).Tanh(), values[2]);
        Assert.Equal(Evaluate(x), FixedPointInterval.ToDouble(result.Value.Lower), 1e-14);
        for (int i = 0; i < 3; i++)
        {
            // The error of central differences is of the order of step², with rounding errors of 1e-16/step.
            const double step = 1e-5;
            double[] Shift(double by) => [.. x.Select((value, j) => i == j ? value + by : value)];
            double slope = (Evaluate(Shift(step)) - Evaluate(Shift(-step))) / (2.0 * step);
            Assert.Equal(slope, FixedPointInterval.ToDouble(result.Gradient[i].Lower), 1e-9);
            Assert.True(result.Gradient[i].Lower <= result.Gradient[i].Upper);
        }
    }
}
