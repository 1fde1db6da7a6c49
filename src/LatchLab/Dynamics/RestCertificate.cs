using LatchLab.Networks;

namespace LatchLab.Dynamics;

/// <summary>
/// A proof that noise of at most b, added to every value of the state at every step, never drives a network from a
/// state that it stores: a box of states around a stable fixed point that it does not leave.
/// </summary>
/// <remarks>
/// <para>
/// A is a matrix near the Jacobian at s, D bounds |J(x) − A| over the box |x − s| ≤ w, and r = |F(s, u) − s|, each
/// entry by entry. The proof is <c>b + r + D·w ≤ b′</c> and <c>Σ_{k≥0} |A^k|·b′ ≤ w</c>: the set
/// <c>S = s + Σ_k A^k·[−b′, b′]</c> then lies in the box, and a step with noise maps it into itself, because
/// <c>F(x) = F(s) + A·(x − s) + (J̃ − A)·(x − s)</c> with J̃ among the bounds of J, by the mean value theorem. Boxes
/// alone are not mapped into themselves where |A| has an eigenvalue above 1, although A contracts.
/// </para>
/// <para>
/// Two such sets with b &gt; 0 around different fixed points have no state in common: without noise, all orbits in a
/// set converge to its only fixed point. So states with disjoint boxes are told apart whatever the noise.
/// </para>
/// </remarks>
/// <param name="State">s, up to rounding a fixed point.</param>
/// <param name="Noise">b &gt; 0, the magnitude of the noise that provably erases nothing.</param>
/// <param name="Disturbances">b′: noise and remainder of each value.</param>
/// <param name="HalfWidths">w.</param>
public sealed record RestCertificate(
    IReadOnlyList<double> State, double Noise, IReadOnlyList<double> Disturbances, IReadOnlyList<double> HalfWidths)
{
    /// <summary>Whether the boxes of two certificates have no point in common.</summary>
    public bool IsApartFrom(RestCertificate other)
    {
        for (int i = 0; i < State.Count; i++)
        {
            if (Math.BitDecrement(Math.Abs(State[i] - other.State[i]))
                > Math.BitIncrement(HalfWidths[i] + other.HalfWidths[i]))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>The certificates of the states of a network with a constant input, whose boxes are disjoint.</summary>
/// <param name="Network">The network.</param>
/// <param name="Input">u.</param>
/// <param name="States">The states.</param>
public sealed record RestCertificates(
    CellDefinition Network, IReadOnlyList<double> Input, IReadOnlyList<RestCertificate> States);
