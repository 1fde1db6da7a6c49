using System.Numerics;

namespace LatchLab.Verification;

/// <summary>
/// Proves <c>Σ_{k≥0} |A^k|·v ≤ w</c> for a matrix A of whole multiples of 2^−48 and positive vectors v and w.
/// </summary>
/// <remarks>
/// The powers P_k are rounded to multiples of ε = 2^−48, each by at most ε/2. With S = Σ_{k&lt;m} |P_k|, the exact sum
/// K_m of m terms and the errors δ_k of the products, <c>|A^k − P_k| ≤ Σ_{j&lt;k} |A^{k−1−j}|·|δ_j|</c>, hence
/// <c>K_m·v ≤ S·v + K_m·G·v</c> with G·v = m·ε·(v_1 + … + v_n) in every entry. If that is at most θ·v,
/// <c>K_m·v ≤ S·v/(1 − θ)</c> and <c>|A^m|·v ≤ |P_m|·v + θ·K_m·v</c>. If the latter is at most q·v, the terms from m on
/// follow as powers of q, and the whole sum is at most K_m·v/(1 − q).
/// </remarks>
/// <param name="matrix">A, in multiples of 2^−48, row by row.</param>
/// <param name="size">n.</param>
internal sealed class PowerBound(long[] matrix, int size)
{
    /// <summary>The digits of an entry after the point.</summary>
    public const int EntryBits = 48;

    /// <summary>The largest n.</summary>
    public const int MostValues = 4096;

    // With entries up to 2^9 and n up to 2^12, a sum of products is below 2^(2·(9 + 48) + 12) = 2^126.
    private const long LargestEntry = 1L << (9 + EntryBits);

    private const int MostPowers = 60_000;

    // Terms of this share of the sum cannot make the difference between a bound that holds and one that does not.
    private const int NegligibleBits = 40;

    /// <summary>Whether an entry is in the range that the sums allow.</summary>
    public static bool IsInRange(BigInteger entry) => BigInteger.Abs(entry) <= LargestEntry;

    /// <summary>Proves the bound; null if it succeeds, otherwise why not.</summary>
    /// <param name="vector">v, in the units of <see cref="FixedPointInterval"/>.</param>
    /// <param name="bound">w.</param>
    public string? FindFailure(BigInteger[] vector, BigInteger[] bound)
    {
        long[] power = new long[size * size];
        var sum = new BigInteger[size * size];
        for (int i = 0; i < size; i++)
            power[(i * size) + i] = 1L << EntryBits;
        for (int count = 1; count <= MostPowers; count++)
        {
            bool mayContract = true;
            for (int i = 0; i < size; i++)
            {
                Int128 row = 0;
                for (int j = i * size; j < (i + 1) * size; j++)
                {
                    sum[j] += Math.Abs(power[j]);
                    row += Math.Abs(power[j]);
                }

                mayContract &= row < Int128.One << EntryBits;
            }

            if (!TryMultiply(ref power))
                return "a power of the Jacobian has an entry above 512";
            if (!mayContract && count % size != 0)
                continue;
            if (IsProved(sum, power, count, vector, bound, out BigInteger rest))
                return null;
            if (rest < FixedPointInterval.One >> NegligibleBits)
                break;
        }

        return "the powers of the Jacobian do not add up to the half-widths";
    }

    /// <summary>Whether so many powers prove the bound; otherwise q, 1 or more without contraction.</summary>
    private bool IsProved(
        BigInteger[] sum, long[] power, int count, BigInteger[] vector, BigInteger[] bound, out BigInteger rest)
    {
        rest = FixedPointInterval.One;
        BigInteger total = vector.Aggregate(BigInteger.Zero, (a, b) => a + b),
            error = DivideUp(count * total, vector.Min()) >> EntryBits;
        error += 1;
        if (error >= FixedPointInterval.One)
            return false;
        BigInteger[] partial = Multiply(j => sum[j], vector);
        BigInteger[] last = Multiply(j => Math.Abs(power[j]), vector);
        BigInteger share = 0;
        for (int i = 0; i < size; i++)
        {
            partial[i] = DivideUp(partial[i], FixedPointInterval.One - error);
            share = BigInteger.Max(
                share, DivideUp(last[i] + FixedPointInterval.Ceiling(error * partial[i]), vector[i]));
        }

        rest = share;
        return share < FixedPointInterval.One && Enumerable.Range(0, size).All(
            i => DivideUp(partial[i], FixedPointInterval.One - share) <= bound[i]);
    }

    /// <summary>A product of a matrix without negative entries and the vector, rounded up to units.</summary>
    private BigInteger[] Multiply(Func<int, BigInteger> entry, BigInteger[] vector)
    {
        var product = new BigInteger[size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
                product[i] += entry((i * size) + j) * vector[j];
            product[i] = (product[i] >> EntryBits) + 1;
        }

        return product;
    }

    /// <summary>P ← A·P, each entry rounded to the nearest multiple of 2^−48.</summary>
    private bool TryMultiply(ref long[] power)
    {
        long[] columns = new long[power.Length], product = new long[power.Length];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
                columns[(j * size) + i] = power[(i * size) + j];
        }

        for (int i = 0; i < size; i++)
        {
            ReadOnlySpan<long> row = matrix.AsSpan(i * size, size);
            for (int j = 0; j < size; j++)
            {
                ReadOnlySpan<long> column = columns.AsSpan(j * size, size);
                Int128 sum = Int128.One << (EntryBits - 1);
                for (int k = 0; k < row.Length; k++)
                    sum += Math.BigMul(row[k], column[k]);
                sum >>= EntryBits;
                if (sum > LargestEntry || sum < -LargestEntry)
                    return false;
                product[(i * size) + j] = (long)sum;
            }
        }

        power = product;
        return true;
    }

    private static BigInteger DivideUp(BigInteger a, BigInteger b) => FixedPointInterval.DivideUp(a, b);
}
