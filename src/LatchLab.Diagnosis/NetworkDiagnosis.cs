using LatchLab.Dynamics;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Diagnosis;

/// <summary>
/// What the theory says of one network with constant inputs: what it can store, how much noise that survives, and how
/// much of a gradient is left. All states are activations a; outputs are x = f(a).
/// </summary>
public sealed record NetworkDiagnosis
{
    /// <summary>The network.</summary>
    public required NetworkDefinition Network { get; init; }

    /// <summary>What was asked.</summary>
    public required NetworkDiagnosisOptions Options { get; init; }

    /// <summary>u, held at every step.</summary>
    public required IReadOnlyList<double> HeldInputs { get; init; }

    /// <summary>How it was run.</summary>
    public required RunOptions RunOptions { get; init; }

    /// <summary>The network with its inputs.</summary>
    public required DrivenSystem DrivenSystem { get; init; }

    /// <summary>The autonomous system.</summary>
    public required DynamicalSystem AutonomousSystem { get; init; }

    /// <summary>The box of all that is ever visited.</summary>
    public required IReadOnlyList<Interval> ActivationBounds { get; init; }

    /// <summary>Fixed points, attractors, and what was not settled.</summary>
    public required InvariantSets InvariantSets { get; init; }

    /// <summary>What is known of such a network beforehand (Section IV-A), in sentences.</summary>
    public required IReadOnlyList<string> KnownBeforehand { get; init; }

    /// <summary>Shares of the basins; null where there is no attractor.</summary>
    public required BasinFractions? BasinFractions { get; init; }

    /// <summary>States on the boundaries.</summary>
    public required IReadOnlyList<EdgeState> EdgeStates { get; init; }

    /// <summary>Theorem 3 around each of the attractors whose noise was examined, the first ones.</summary>
    public required IReadOnlyList<Contraction> Contractions { get; init; }

    /// <summary>
    /// The certificate with the largest noise that leaves two states apart; null where there is none.
    /// </summary>
    public required NoiseCertificate? TwoStateCertificate { get; init; }

    /// <summary>The one that leaves all states apart.</summary>
    public required NoiseCertificate? AllStatesCertificate { get; init; }

    /// <summary>The certificate at the noise that was asked for; null where none was.</summary>
    public required NoiseCertificate? AskedCertificate { get; init; }

    /// <summary>
    /// The smallest noise that was seen to lead away from each attractor; none where none did, or where noise enters by
    /// the inputs.
    /// </summary>
    public required IReadOnlyList<NoiseAttack> Attacks { get; init; }

    /// <summary>Lyapunov exponents of an orbit that settled nowhere; null where all did.</summary>
    public required LyapunovSpectrum? LyapunovExponents { get; init; }

    /// <summary>Units that latch while others do something else; empty where there is no such split.</summary>
    public required IReadOnlyList<int> LatchingUnits { get; init; }

    /// <summary>The largest noise that was tried in search of a certificate.</summary>
    public required double MaximumNoiseTried { get; init; }

    /// <summary>Whether anything was found that an orbit can settle on, or that it surely does not settle.</summary>
    public bool IsConclusive
        => InvariantSets.Attractors.Count > 0 || LyapunovExponents is { Exponents: [{ Lower: > 0.0 }, ..] };
}
