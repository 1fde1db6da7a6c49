using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// The sum of the magnitudes of all powers of a contracting matrix, <c>K = Σ_{k≥0} |A^k|</c> entry by entry, as proved
/// upper bounds of K·v for positive vectors v.
/// </summary>
/// <remarks>
/// P_k are the computed powers up to P_m, S = Σ_{k&lt;m} |P_k|. Each product has the error δ_k with
/// <c>|δ_k| ≤ γ·|A|·|P_k|</c>, γ = n·2^−53 and a little more, in any order of its terms (Higham 2002, section 3.1), so
/// that the exact powers differ by <c>|A^k − P_k| ≤ Σ_{j&lt;k} |A^{k−1−j}|·|δ_j|</c>. Hence the exact sum K_m of m
/// terms satisfies <c>K_m ≤ S + K_m·G</c> with G = γ·|A|·S. Where <c>G·v ≤ θ·v</c>, <c>K_m·v ≤ S·v/(1 − θ)</c>. The
/// others follow from <c>A^{im+k} = A^k·(A^m)^i</c>: where <c>|A^m|·v ≤ q·v</c>, <c>K·v ≤ K_m·v/(1 − q)</c>.
/// </remarks>
internal sealed class PowerSum
{
    private const double Unit = 1.0 / (1L << 52);   // twice the error of a rounding: room for errors of the bounds
    private const double SmallPower = 1e-3;         // the norm of P_m; it costs this share of precision at most
    private const double LargestEntry = 1e9;        // beyond it, no bound would be of use
    private const int MaxPowers = 50_000;           // an eigenvalue of 0.9998

    private readonly double[] _magnitudes, _sum, _last;
    private readonly int _size;
    private readonly double _growth, _rounding;

    private PowerSum(double[] magnitudes, double[] sum, double[] last, int size, int powers)
    {
        Count = powers;
        (_magnitudes, _sum, _last, _size) = (magnitudes, sum, last, size);
        _rounding = 1.0 + ((powers + (2 * size) + 10) * Unit);
        _growth = (size + 4) * Unit;
    }

    /// <summary>m, the number of powers that are summed one by one.</summary>
    public int Count { get; }

    /// <summary>Computes the powers; null if they do not become small.</summary>
    /// <param name="matrix">A, n × n, row by row.</param>
    /// <param name="size">n.</param>
    /// <param name="deadline">Ends the computation.</param>
    /// <exception cref="OperationCanceledException">The deadline was reached.</exception>
    public static PowerSum? Compute(ReadOnlySpan<double> matrix, int size, CancellationToken deadline)
    {
        PaddedMatrix negated = new(size), power = new(size), next = new(size);
        for (int i = 0; i < size; i++)
        {
            power.Row(i)[i] = 1.0;
            for (int j = 0; j < size; j++)
                negated.Row(i)[j] = -matrix[(i * size) + j];
        }

        var sum = new double[size * size];
        for (int k = 0; k <= MaxPowers; k++)
        {
            deadline.ThrowIfCancellationRequested();
            double norm = FindNorm(power);
            if (norm <= SmallPower)
                return new(GetMagnitudes(negated), sum, GetMagnitudes(power), size, k);
            if (!(norm <= LargestEntry))
                break;
            for (int i = 0; i < size; i++)
            {
                ReadOnlySpan<double> row = power.Row(i);
                for (int j = 0; j < size; j++)
                    sum[(i * size) + j] += Math.Abs(row[j]);
                next.Row(i).Clear();
            }

            next.SubtractProduct(negated, power);
            (power, next) = (next, power);
        }

        return null;
    }

    /// <summary>An upper bound of K·v; null if none is proved.</summary>
    /// <param name="vector">v, n positive values.</param>
    public double[]? Bound(ReadOnlySpan<double> vector)
    {
        double[] partial = Multiply(_sum, vector), grown = Multiply(_magnitudes, partial);
        double error = 0.0, total = 0.0;
        foreach (double value in vector)
            total += value;

        // Products that underflow add less than the smallest number each: m·n·2^−1074 is far below 2^−1000.
        for (int i = 0; i < _size; i++)
            error = Math.Max(error, ((_growth * grown[i]) + (total * 1e-300)) / vector[i]);
        error *= _rounding;
        if (!(error < 0.5))
            return null;
        double[] last = Multiply(_last, vector);
        double rest = 0.0;
        for (int i = 0; i < _size; i++)
        {
            partial[i] = partial[i] / (1.0 - error) * _rounding;
            rest = Math.Max(rest, (last[i] + (error * partial[i])) / vector[i]);
        }

        rest *= _rounding;
        if (!(rest < 1.0))
            return null;
        for (int i = 0; i < _size; i++)
            partial[i] = partial[i] / (1.0 - rest) * _rounding;
        return partial;
    }

    /// <summary>An upper bound of the product of a matrix and a vector without negative values.</summary>
    private double[] Multiply(double[] matrix, ReadOnlySpan<double> vector)
    {
        double[] product = SquareMatrix.Multiply(matrix, vector);
        for (int i = 0; i < product.Length; i++)
            product[i] *= _rounding;
        return product;
    }

    private static double FindNorm(PaddedMatrix matrix)
    {
        double largest = 0.0;
        for (int i = 0; i < matrix.Size; i++)
        {
            double sum = 0.0;
            foreach (double entry in matrix.Row(i))
                sum += Math.Abs(entry);
            if (!(sum <= largest))    // also for NaN
                largest = sum;
        }

        return largest;
    }

    private static double[] GetMagnitudes(PaddedMatrix matrix)
    {
        var magnitudes = new double[matrix.Size * matrix.Size];
        for (int i = 0; i < matrix.Size; i++)
        {
            for (int j = 0; j < matrix.Size; j++)
                magnitudes[(i * matrix.Size) + j] = Math.Abs(matrix.Row(i)[j]);
        }

        return magnitudes;
    }
}
