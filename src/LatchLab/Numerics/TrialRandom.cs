namespace LatchLab.Numerics;

/// <summary>The random numbers of one trial, selected by purpose and item.</summary>
/// <param name="Seed">The seed of the run.</param>
/// <param name="RandomWord">The word of the configuration.</param>
/// <param name="Trial">The number of the trial.</param>
public readonly record struct TrialRandom(ulong Seed, uint RandomWord, int Trial)
{
    /// <summary>Creates a stream of numbers, uniform in [0, 1).</summary>
    public UniformStream CreateUniformStream(Purpose purpose, int item = 0)
        => new(Seed, purpose, item, RandomWord, (uint)Trial);

    /// <summary>Writes the numbers of the same stream all at once, in pairs.</summary>
    /// <param name="purpose">The purpose of the numbers.</param>
    /// <param name="item">The item.</param>
    /// <param name="firstPair">Index of the first pair, from 0.</param>
    /// <param name="first">
    /// The first number of each pair, written: a multiple of <see cref="RandomNumbers.FillMultiple"/>.
    /// </param>
    /// <param name="second">The second number of each pair, written; as many.</param>
    public void FillUniforms(Purpose purpose, int item, int firstPair, Span<double> first, Span<double> second)
        => RandomNumbers.FillUniforms(
            Seed, RandomNumbers.PurposeWord(purpose, item), RandomWord, (uint)Trial, firstPair, first, second);

    /// <summary>Creates standard normal numbers.</summary>
    public double[] CreateGaussians(Purpose purpose, int item, int count)
    {
        const int blockSize = 4;
        var numbers = new double[count];
        Span<Scalar> normals = stackalloc Scalar[blockSize];
        for (int i = 0; i < count; i++)
        {
            if (i % blockSize == 0)
            {
                RandomNumbers.FillGaussians(
                    Seed, Scalar.FromBits((ulong)(i / blockSize)),
                    Scalar.FromBits(RandomNumbers.PurposeWord(purpose, item)), Scalar.FromBits(RandomWord),
                    Scalar.FromBits((uint)Trial), normals);
            }

            numbers[i] = normals[i % blockSize].Value;
        }

        return numbers;
    }
}
