using LatchLab.Dynamics;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Diagnosis;

/// <summary>
/// The results of the theory for one network with constant inputs: what it can store, how much noise that tolerates,
/// and how fast the gradient decays. All states are activations a; outputs are x = f(a).
/// </summary>
public sealed record NetworkDiagnosis
{
    /// <summary>The network.</summary>
    public required NetworkDefinition Network { get; init; }

    /// <summary>The options of the analysis.</summary>
    public required NetworkDiagnosisOptions Options { get; init; }

    /// <summary>The constant inputs u.</summary>
    public required IReadOnlyList<double> ConstantInputs { get; init; }

    /// <summary>The run options.</summary>
    public required RunOptions RunOptions { get; init; }

    /// <summary>The network with its inputs.</summary>
    public required DrivenSystem DrivenSystem { get; init; }

    /// <summary>The autonomous system: the network with constant inputs.</summary>
    public required DynamicalSystem AutonomousSystem { get; init; }

    /// <summary>
    /// The box in which searches and samples start: by default the one that bounds all reachable activations.
    /// </summary>
    public required IReadOnlyList<Interval> ActivationBounds { get; init; }

    /// <summary>Fixed points, attractors, and states that reached no attractor.</summary>
    public required InvariantSets InvariantSets { get; init; }

    /// <summary>Where the network goes from its initial state.</summary>
    public required InitialStateDestination InitialStateDestination { get; init; }

    /// <summary>Analytic results for such a network (Section IV-A), as sentences.</summary>
    public required IReadOnlyList<string> AnalyticResults { get; init; }

    /// <summary>The sums of the indices of all points of period l = 1, 2, … up to the longest searched for.</summary>
    public required IReadOnlyList<IndexSum> IndexSums { get; init; }

    /// <summary>Fractions of the basins; null if there is no attractor.</summary>
    public required BasinFractions? BasinFractions { get; init; }

    /// <summary>Edge states on the boundaries between basins.</summary>
    public required IReadOnlyList<EdgeState> EdgeStates { get; init; }

    /// <summary>Theorem 3 around each of the first attractors, whose noise tolerance was analysed.</summary>
    public required IReadOnlyList<Contraction> Contractions { get; init; }

    /// <summary>The gradient along each attractor.</summary>
    public required IReadOnlyList<GradientDecay> GradientDecays { get; init; }

    /// <summary>
    /// The certificate with the largest noise that keeps two states apart; null if there is none.
    /// </summary>
    public required NoiseCertificate? TwoStateCertificate { get; init; }

    /// <summary>
    /// The certificate with the largest noise that keeps all <see cref="ExaminedStateCount"/> states apart; null if
    /// there is none.
    /// </summary>
    public required NoiseCertificate? AllStatesCertificate { get; init; }

    /// <summary>The certificate at the requested noise; null if none was requested.</summary>
    public required NoiseCertificate? RequestedCertificate { get; init; }

    /// <summary>
    /// The smallest noise observed to move the state from each attractor to another one; empty if none was found, or if
    /// noise enters through the inputs.
    /// </summary>
    public required IReadOnlyList<NoiseAttack> Attacks { get; init; }

    /// <summary>
    /// Lyapunov exponents of an orbit that reached no stable orbit, if possible of one whose motion is decided; null if
    /// every orbit reached one.
    /// </summary>
    public required LyapunovSpectrum? LyapunovExponents { get; init; }

    /// <summary>Units that latch while others do not; empty if there is no such split.</summary>
    public required IReadOnlyList<int> LatchingUnits { get; init; }

    /// <summary>Number of states that were found: the points of all attractors.</summary>
    public int StateCount => InvariantSets.Attractors.Sum(attractor => attractor.Period);

    /// <summary>
    /// Number of states of which certificates are sought: the points of the first attractors, those of
    /// <see cref="Contractions"/>.
    /// </summary>
    public int ExaminedStateCount
        => InvariantSets.Attractors.Take(Contractions.Count).Sum(attractor => attractor.Period);

    /// <summary>The largest noise tested in the search for certificates.</summary>
    public required double MaximumNoiseTried { get; init; }

    /// <summary>Whether an attractor was found: a stable orbit, or a quasi-periodic or chaotic motion.</summary>
    public bool IsConclusive => InvariantSets.HasAttractor;
}
