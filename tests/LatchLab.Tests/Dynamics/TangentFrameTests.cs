using CsCheck;
using LatchLab.Dynamics;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>Tangent vectors against naive sums.</summary>
public sealed class TangentFrameTests
{
    private static readonly Gen<(int N, int K, int Seed)> Sizes =
        from n in Gen.Int[1, 40]
        from k in Gen.Int[1, n]
        from seed in Gen.Int
        select (n, k, seed);

    [Fact]
    public void Vectors_start_and_become_orthonormal()
        => Sizes.Sample(size =>
        {
            var frame = new TangentFrame<Wide512>(size.N, size.K);
            double before = DistanceFromOrthonormal(frame, size.N, size.K);
            Jacobian(size.N, size.Seed).CopyTo(frame.Jacobian);
            frame.Multiply();
            double strain = frame.Orthogonalize(new double[size.K]);

            // Errors of n roundings times the condition of the vectors; a random frame of 40 vectors has a condition
            // below 1e5.
            double spread = Math.Pow(TangentFrame<Wide512>.MaxSpread, Math.Min(1.0, strain));
            return before < 1e-15 * size.N * 1e5
                && DistanceFromOrthonormal(frame, size.N, size.K) < 1e-15 * size.N * spread;
        }, iter: 300);

    [Fact]
    public void A_product_is_the_sum_over_components_in_their_order()
        => Sizes.Sample(size =>
        {
            var frame = new TangentFrame<Wide512>(size.N, size.K);
            double[,] before = Copy(frame, size.N, size.K);
            Scalar[] jacobian = Jacobian(size.N, size.Seed);
            jacobian.CopyTo(frame.Jacobian);
            frame.Multiply();
            for (int i = 0; i < size.N; i++)
            {
                for (int v = 0; v < size.K; v++)
                {
                    double sum = 0.0;
                    for (int j = 0; j < size.N; j++)
                        sum = Math.FusedMultiplyAdd(jacobian[(i * size.N) + j].Value, before[j, v], sum);
                    if (frame[i, v] != sum)
                        return false;
                }
            }

            return true;
        }, iter: 300);

    [Fact]
    public void Stored_vectors_are_restored()
        => Sizes.Sample(size =>
        {
            var frame = new TangentFrame<Wide256>(size.N, size.K);
            double[,] before = Copy(frame, size.N, size.K);
            frame.Save();
            for (int t = 0; t < 5; t++)
            {
                Jacobian(size.N, size.Seed).CopyTo(frame.Jacobian);
                frame.Multiply();
            }

            frame.Orthogonalize(new double[size.K]);
            frame.Restore();
            return before.Cast<double>().SequenceEqual(Copy(frame, size.N, size.K).Cast<double>());
        }, iter: 100);

    [Fact]
    public void The_logarithms_of_all_vectors_sum_to_that_of_the_determinant()
    {
        // A triangular matrix: its determinant is the product of its diagonal, 6! = 720.
        const int n = 6;
        var frame = new TangentFrame<Wide512>(n, n);
        for (int at = 0; at < n * n; at++)
            frame.Jacobian[at] = new(at / n == at % n ? 1.0 + (at / n) : at / n < at % n ? 0.5 : 0.0);
        frame.Multiply();
        var logarithms = new double[n];
        frame.Orthogonalize(logarithms);
        Assert.Equal(Math.Log(720.0), logarithms.Sum(), 1e-13);
    }

    [Fact]
    public void A_vector_that_collapses_gets_a_new_direction()
    {
        const int n = 9, k = 9;
        var frame = new TangentFrame<Wide512>(n, k);
        for (int at = 0; at < n * n; at++)
            frame.Jacobian[at] = new(at % n < 2 ? 0.0 : 1.0 / (1 + at)); // rank 7 at most, and nearly singular
        frame.Multiply();
        var logarithms = new double[k];
        Assert.Equal(double.PositiveInfinity, frame.Orthogonalize(logarithms));
        Assert.True(logarithms.Count(double.IsNegativeInfinity) >= 2);
        Assert.True(DistanceFromOrthonormal(frame, n, k) < 1e-14);
    }

    private static Scalar[] Jacobian(int n, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, n * n).Select(_ => new Scalar(random.NextDouble() - 0.5))];
    }

    private static double[,] Copy<TLane>(TangentFrame<TLane> frame, int n, int k)
        where TLane : unmanaged, IBitLane<TLane>
    {
        var copy = new double[n, k];
        for (int i = 0; i < n; i++)
        {
            for (int v = 0; v < k; v++)
                copy[i, v] = frame[i, v];
        }

        return copy;
    }

    private static double DistanceFromOrthonormal<TLane>(TangentFrame<TLane> frame, int n, int k)
        where TLane : unmanaged, IBitLane<TLane>
    {
        double distance = 0.0;
        for (int v = 0; v < k; v++)
        {
            for (int w = 0; w <= v; w++)
            {
                double product = Enumerable.Range(0, n).Sum(i => frame[i, v] * frame[i, w]);
                distance = Math.Max(distance, Math.Abs(product - (v == w ? 1.0 : 0.0)));
            }
        }

        return distance;
    }
}
