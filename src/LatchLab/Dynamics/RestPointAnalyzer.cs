using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// The linear dynamics at a fixed point of a network: index, eigenvalues, and their errors. The errors of J are those
/// of rounding and those of the position: J is compared with that at states displaced by the error of the position.
/// </summary>
internal static class RestPointAnalyzer
{
    /// <summary>Largest N for which all eigenvalues are computed, and that of the time they may take: N³.</summary>
    private const int LargestFullSpectrum = 256, FullSpectra = 16;

    private const double Epsilon = 2.3e-16;

    // The Newton correction at a root of multiplicity m is the m-th part of its distance. A pitchfork has m = 3.
    private const double Multiplicity = 4.0;

    // Where 1 − J is singular the position is known within the m-th root of rounding errors: the fifth, rounded up.
    private const double LargestDisplacement = 1e-3;

    /// <summary>What the search needs of a point before its eigenvalues.</summary>
    /// <param name="State">The state.</param>
    /// <param name="Residual">‖F(s, u) − s‖.</param>
    /// <param name="PositionError">Estimate of the distance from the exact fixed point.</param>
    /// <param name="JacobianError">‖E‖, the error of J.</param>
    /// <param name="Index">sign det(1 − J), 0 if undecided.</param>
    public sealed record Candidate(
        double[] State, double Residual, double PositionError, double JacobianError, int Index);

    /// <summary>Computes the errors and the index of a point.</summary>
    public static Candidate Examine(RestPointNewton newton, RestPointNewton.Result result)
    {
        double[] state = result.State, direction = new double[state.Length];
        double norm = newton.DecomposeAt(state), size = Math.Max(1.0, state.Max(Math.Abs));
        double inverseNorm = newton.Factors.EstimateInverseNorm(direction);
        int sign = newton.Factors.DeterminantSign;
        double rounding = Epsilon * Math.Max(size, norm),
            positionError = Multiplicity * inverseNorm * Math.Max(result.Residual, rounding);
        double displacement = Math.Min(positionError, LargestDisplacement * size);
        double error = (4.0 * state.Length * Epsilon * norm) + CompareJacobians(newton, state, direction, displacement);

        // 1 − J − E is regular, and has the same sign of its determinant, for every E with ‖E‖·‖(1 − J)⁻¹‖ < 1.
        return new(state, result.Residual, positionError, error, inverseNorm * error < 1.0 ? sign : 0);
    }

    /// <summary>Computes the eigenvalues of a point, and completes it.</summary>
    /// <param name="newton">The network.</param>
    /// <param name="candidate">The point.</param>
    /// <param name="starts">Starts that led to it.</param>
    /// <param name="points">Number of points whose eigenvalues are computed.</param>
    /// <param name="options">How many eigenvalues.</param>
    public static RestPoint Complete(
        RestPointNewton newton, Candidate candidate, int starts, int points, RestPointOptions options)
    {
        int n = candidate.State.Length;
        double[] jacobian = newton.System.Jacobian(candidate.State, newton.Input).ToArray();
        bool computesAll = options.AllEigenvalues || (n <= LargestFullSpectrum
            && points * Math.Pow(n, 3.0) <= FullSpectra * Math.Pow(LargestFullSpectrum, 3.0));
        Eigenvalue[] eigenvalues = computesAll
            ? Eigenvalue.ComputeAll(jacobian, n, candidate.JacobianError)
            : Eigenvalue.ComputeLeading(jacobian, n, Math.Min(options.LeadingEigenvalues, n), candidate.JacobianError);
        return new(
            candidate.State, newton.System.ReadOut(candidate.State), candidate.Residual, candidate.PositionError,
            eigenvalues, candidate.Index, starts);
    }

    /// <summary>
    /// How far J moves, in the Frobenius norm, if every value of the state is displaced: to the side on which the
    /// direction of the largest error is, and to the other.
    /// </summary>
    private static double CompareJacobians(
        RestPointNewton newton, double[] state, double[] direction, double displacement)
    {
        double[] jacobian = newton.System.Jacobian(state, newton.Input).ToArray(), displaced = new double[state.Length];
        double largest = 0.0;
        foreach (double side in (double[])[displacement, -displacement])
        {
            for (int i = 0; i < state.Length; i++)
                displaced[i] = state[i] + (direction[i] < 0.0 ? -side : side);
            largest = Math.Max(
                largest, PeriodicOrbit.Distance(newton.System.Jacobian(displaced, newton.Input), jacobian));
        }

        return largest;
    }
}
