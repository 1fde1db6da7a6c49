using LatchLab.Dynamics;
using LatchLab.Models;
using LatchLab.Networks;
using LatchLab.Tests.Dynamics;
using LatchLab.Verification;
using Xunit;

namespace LatchLab.Tests.Verification;

/// <summary>The verifier confirms the engine's certificates with independent arithmetic.</summary>
public class EngineCertificateTests
{
    public static TheoryData<string, double, int> Certified => new()
    {
        { "latch 1.25", 0.0, 2 }, { "latch -2", 0.0, 2 }, { "uncoupled", 0.0, 4 }, { "ring", 0.0, 8 },
        { "logistic", 0.0, 2 }, { "parity", -1.0, 2 }, { "parity", 1.0, 2 },
    };

    [Theory]
    [MemberData(nameof(Certified))]
    public void A_certificate_of_the_engine_is_valid_and_becomes_invalid_when_it_claims_more(
        string name, double constantInput, int states)
    {
        NetworkDefinition network = name switch
        {
            "latch 1.25" => SmallNetworks.Latch(1.25),
            "latch -2" => SmallNetworks.Latch(-2.0),
            "uncoupled" => SmallNetworks.Uncoupled,
            "ring" => SmallNetworks.Ring,
            "logistic" => new FullyConnectedDefinition("logistic,tanh", 2, 0, [1], [0.5, 2.0, -0.5, 2.0]),
            _ => SmallNetworks.Parity,
        };
        NoiseLocation place = name == "parity" ? NoiseLocation.Inputs : NoiseLocation.Units;
        IReadOnlyList<PeriodicOrbit> attractors =
            SmallNetworks.Sets(DynamicalSystem.Create(network, [constantInput])).Attractors;
        NoiseCertificate certificate = new NoiseTolerance(network, [constantInput], attractors, place)
            .FindLargest(states, precision: 1e-3)!;
        VerificationResult verdict = CertificateVerifier.Verify(CertificateFile.Serialize(certificate));
        Assert.True(verdict.IsValid, verdict.Reason);
        Assert.Equal((states, certificate.Noise), (verdict.Boxes, verdict.Noise));

        // The engine did not certify twice the noise, so no boxes should exist for it.
        NoiseCertificate bold = certificate with { Noise = 2.0 * certificate.Noise };
        VerificationResult more = CertificateVerifier.Verify(CertificateFile.Serialize(bold));
        Assert.False(more.IsValid);
        Assert.Contains("is not mapped into", more.Reason, StringComparison.Ordinal);
    }
}
