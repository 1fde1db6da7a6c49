using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// A state where a network with constant inputs stays, <c>F(s, u) = s</c>, and the linear dynamics of small
/// displacements from it, <c>δ_t = J·δ_{t−1}</c>.
/// </summary>
/// <param name="State">s, in the coordinates of the network: h, for an LSTM (h, c).</param>
/// <param name="Outputs">The outputs of the readout.</param>
/// <param name="Residual">‖F(s, u) − s‖, Euclidean.</param>
/// <param name="PositionError">
/// Estimate of the distance from the exact fixed point; infinite where 1 − J is singular.
/// </param>
/// <param name="Eigenvalues">
/// Eigenvalues of J, the largest modulus first: all, or the leading ones of a large network.
/// </param>
/// <param name="Index">
/// sign det(1 − J): 1 or −1; 0 for a degenerate point, where errors of J could change the sign.
/// </param>
/// <param name="Starts">Number of starts from which the search reached it.</param>
public sealed record RestPoint(
    IReadOnlyList<double> State, IReadOnlyList<double> Outputs, double Residual, double PositionError,
    IReadOnlyList<Eigenvalue> Eigenvalues, int Index, int Starts)
{
    /// <summary>Whether <see cref="Eigenvalues"/> has all eigenvalues.</summary>
    public bool HasAllEigenvalues => Eigenvalues.Count == State.Count;

    /// <summary>The largest |λ|.</summary>
    public double SpectralRadius => Eigenvalues[0].Modulus;

    /// <summary>
    /// Number of eigenvalues outside the unit circle by more than their error. A lower bound unless all eigenvalues are
    /// known or the last known one is inside.
    /// </summary>
    public int UnstableDirections => Eigenvalues.Count(value => value.Modulus - 1.0 > value.Error);

    /// <summary>Whether <see cref="UnstableDirections"/> counts all of them.</summary>
    public bool HasAllUnstableDirections => HasAllEigenvalues || Eigenvalues[^1].Modulus < 1.0;

    /// <summary>The stability.</summary>
    public RestPointStability Stability
        => UnstableDirections == State.Count ? RestPointStability.Repelling
            : UnstableDirections > 0 ? RestPointStability.Saddle
            : Eigenvalues.All(value => 1.0 - value.Modulus > value.Error) ? RestPointStability.Stable
            : RestPointStability.Marginal;
}

/// <summary>The evolution of small displacements from a fixed point.</summary>
public enum RestPointStability
{
    /// <summary>All decay: every eigenvalue is inside the unit circle by more than its error.</summary>
    Stable,

    /// <summary>Some grow: an eigenvalue is outside the unit circle by more than its error, but not all are.</summary>
    Saddle,

    /// <summary>All grow: every eigenvalue is outside.</summary>
    Repelling,

    /// <summary>An eigenvalue is closer to the unit circle than its error, and none is certainly outside.</summary>
    Marginal,
}
