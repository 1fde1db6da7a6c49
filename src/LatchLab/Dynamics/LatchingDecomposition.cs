using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// Appendix D, eq. (12): the state is split into <c>z = P·a</c>, which latches, and <c>y = R·a</c>, which need not,
/// with <c>a = P⁺z + R⁺y</c>. If ∂z_t/∂z_0 → 0, then ∂a_t/∂a_0 approaches <c>R⁺(∂y_t/∂y_0)R</c>: the remaining gradient
/// does not depend on the variables that store the bit. The paper does not state that ∂y_t/∂z_0 vanishes, and it need
/// not.
/// </summary>
/// <param name="Latching">The k rows of P, orthonormal, in activations.</param>
/// <param name="Rest">The n − k rows of R, orthonormal.</param>
/// <param name="Norms">The norms at each time of the orbit, [t].</param>
public sealed record LatchingDecomposition(
    IReadOnlyList<double[]> Latching, IReadOnlyList<double[]> Rest,
    IReadOnlyList<LatchingDecomposition.BlockNorms> Norms)
{
    /// <summary>Norms of the parts of ∂a_t/∂a_0 (Frobenius).</summary>
    /// <param name="Total">‖∂a_t/∂a_0‖.</param>
    /// <param name="LatchedFromLatched">‖∂z_t/∂z_0‖.</param>
    /// <param name="LatchedFromRest">‖∂z_t/∂y_0‖.</param>
    /// <param name="RestFromLatched">‖∂y_t/∂z_0‖, which need not vanish.</param>
    /// <param name="RestFromRest">‖∂y_t/∂y_0‖.</param>
    /// <param name="Defect">‖∂a_t/∂a_0 − R⁺(∂y_t/∂y_0)R‖, which goes to 0 according to the paper.</param>
    public readonly record struct BlockNorms(
        double Total,
        double LatchedFromLatched,
        double LatchedFromRest,
        double RestFromLatched,
        double RestFromRest,
        double Defect);

    /// <summary>Computes the decomposition along an orbit, split by units.</summary>
    /// <param name="system">The system.</param>
    /// <param name="latching">Indices of the units that latch, without duplicates; not all units.</param>
    /// <param name="states">a_0 … a_T of the orbit, with or without inputs; inputs must be additive.</param>
    /// <exception cref="ValidationException">
    /// The list of units is empty, contains all units or duplicates, or contains an unknown index.
    /// </exception>
    public static LatchingDecomposition ByUnits(
        DynamicalSystem system, IReadOnlyList<int> latching, IReadOnlyList<double[]> states)
    {
        int n = system.Dimension;
        if (latching.Count == 0 || latching.Count >= n || latching.Distinct().Count() != latching.Count
            || latching.Any(unit => unit < 0 || unit >= n))
        {
            throw new ValidationException("", "units",
                $"units {string.Join(", ", latching)} do not split the state: " +
                $"give at least one and not all of 0 to {n - 1}, each once");
        }

        double[] Row(int unit) => [.. Enumerable.Range(0, n).Select(i => i == unit ? 1.0 : 0.0)];
        return ByProjections(
            system,
            [.. latching.Order().Select(Row)],
            [.. Enumerable.Range(0, n).Except(latching).Select(Row)],
            states);
    }

    /// <summary>Computes the decomposition along an orbit, split by two complementary projections.</summary>
    /// <param name="system">The system.</param>
    /// <param name="p">Rows of P.</param>
    /// <param name="r">Rows of R; together with those of P an orthonormal basis, so that P⁺ = Pᵀ and R⁺ = Rᵀ.</param>
    /// <param name="states">a_0 … a_T of the orbit, with or without inputs; inputs must be additive.</param>
    /// <exception cref="ValidationException">The rows are not an orthonormal basis.</exception>
    public static LatchingDecomposition ByProjections(
        DynamicalSystem system,
        IReadOnlyList<double[]> p,
        IReadOnlyList<double[]> r,
        IReadOnlyList<double[]> states)
    {
        const double tolerance = 1e-9; // of the products of the rows
        int n = system.Dimension;
        double[] basis = [.. p.Concat(r).SelectMany(row => row)];
        if (p.Concat(r).Any(row => row.Length != n) || basis.Length != n * n
            || SquareMatrix.Multiply(basis, SquareMatrix.Transpose(basis, n), n)
                .Zip(SquareMatrix.Identity(n), (product, unit) => Math.Abs(product - unit)).Any(d => !(d < tolerance)))
        {
            throw new ValidationException(
                "", "projection", $"the rows of P and R are not an orthonormal basis of the {n} variables: give one");
        }

        double[] inverseBasis = SquareMatrix.Transpose(basis, n);
        double[] product = SquareMatrix.Identity(n);
        var norms = new List<BlockNorms> { ComputeNorms(product, basis, inverseBasis, p.Count) };
        for (int t = 1; t < states.Count; t++)
        {
            product = SquareMatrix.Multiply(system.Jacobian(states[t - 1]), product, n);
            norms.Add(ComputeNorms(product, basis, inverseBasis, p.Count));
        }

        return new(p, r, norms);
    }

    /// <summary>
    /// Finds the units that latch: after a transient, their activation keeps its sign along every orbit, has different
    /// signs on two orbits, and does not decay to 0. There is no condition on the other units; they may be chaotic.
    /// </summary>
    /// <param name="system">The system.</param>
    /// <param name="starts">Where the orbits start.</param>
    /// <param name="transientSteps">Number of steps before the signs are observed.</param>
    /// <param name="observedSteps">Number of steps for which the signs are observed.</param>
    public static IReadOnlyList<int> FindLatchingUnits(
        DynamicalSystem system, InitialConditions starts, int transientSteps = 1000, int observedSteps = 200)
    {
        const double smallest = 1e-3; // of an activation: one that decays to 0 keeps its sign, too
        int n = system.Dimension;
        bool[] everPositive = new bool[n], everNegative = new bool[n], everChanging = new bool[n];
        for (int start = 0; start < starts.Count; start++)
        {
            double[] a = system.Image(starts[start], transientSteps);
            int[] signs = [.. a.Select(Math.Sign)];
            for (int t = 0; t < observedSteps; t++)
            {
                a = system.Image(a);
                for (int i = 0; i < n; i++)
                    everChanging[i] |= !(a[i] * signs[i] > smallest);
            }

            for (int i = 0; i < n; i++)
            {
                everPositive[i] |= signs[i] > 0;
                everNegative[i] |= signs[i] < 0;
            }
        }

        return [.. Enumerable.Range(0, n).Where(i => !everChanging[i] && everPositive[i] && everNegative[i])];
    }

    private static BlockNorms ComputeNorms(double[] product, double[] basis, double[] inverseBasis, int latched)
    {
        int n = (int)Math.Round(Math.Sqrt(product.Length));
        double[] transformed = SquareMatrix.Multiply(SquareMatrix.Multiply(basis, product, n), inverseBasis, n);
        double Norm(bool toLatched, bool fromLatched)
        {
            double sum = 0.0;
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    if (i < latched == toLatched && j < latched == fromLatched)
                        sum += transformed[(i * n) + j] * transformed[(i * n) + j];
                }
            }

            return Math.Sqrt(sum);
        }

        double zz = Norm(true, true), zy = Norm(true, false), yz = Norm(false, true), yy = Norm(false, false);
        return new(
            SquareMatrix.FrobeniusNorm(product), zz, zy, yz, yy, Math.Sqrt((zz * zz) + (zy * zy) + (yz * yz)));
    }
}
