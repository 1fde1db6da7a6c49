using LatchLab.Numerics;

namespace LatchLab.Tests.Dynamics;

/// <summary>Matrices with independent normal entries of variance g²/n.</summary>
internal static class GaussianMatrices
{
    /// <summary>A sequence of such matrices.</summary>
    public static MatrixSequence Sequence(int n, double gain, ulong seed)
        => new(n, (t, matrix) => Fill(matrix, n, gain, seed, (ulong)t));

    /// <summary>The weights of a network.</summary>
    public static double[] Weights(int n, double gain, ulong seed)
    {
        var weights = new double[n * n];
        Fill(weights, n, gain, seed, number: 0);
        return weights;
    }

    private static void Fill(Span<double> matrix, int n, double gain, ulong seed, ulong number)
    {
        Span<Scalar> four = stackalloc Scalar[4];
        Scalar purpose = Scalar.FromBits(RandomNumbers.PurposeWord(Purpose.InitialParameters, item: 0));
        for (int i = 0; i < matrix.Length; i++)
        {
            if (i % 4 == 0)
            {
                RandomNumbers.FillGaussians(
                    seed, Scalar.FromBits((ulong)i / 4), purpose, Scalar.FromBits(number), Scalar.FromBits(0), four);
            }

            matrix[i] = gain / Math.Sqrt(n) * four[i % 4].Value;
        }
    }
}
