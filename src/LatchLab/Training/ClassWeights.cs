namespace LatchLab.Training;

/// <summary>
/// Factors of the output gradients of the sequences of each class, so that rare classes count as much as frequent ones.
/// </summary>
/// <param name="Values">[class], above 0.</param>
public sealed record ClassWeights(IReadOnlyList<double> Values)
{
    /// <summary>Weights inverse to the frequencies of the classes, with mean 1 over the sequences.</summary>
    /// <param name="classSizes">[class]: the number of training sequences, at least 1.</param>
    public static ClassWeights Balance(IReadOnlyList<int> classSizes)
        => new([.. classSizes.Select(size => (double)classSizes.Sum() / classSizes.Count / size)]);

    /// <summary>Whether the weights are equal: trials with equal weights can run side by side.</summary>
    public bool Equals(ClassWeights? other) => other is not null && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => Values.Aggregate(0, HashCode.Combine);
}

/// <summary>How the classes are weighted.</summary>
public enum ClassWeighting
{
    /// <summary>Every sequence counts equally.</summary>
    None,

    /// <summary>Every class counts equally.</summary>
    Balanced,
}
