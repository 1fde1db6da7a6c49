using LatchLab.Foundation;

namespace LatchLab.Learning;

/// <summary>The space of a search: which parameters of a network are trainable, and their bounds.</summary>
public sealed class SearchSpace
{
    private readonly double[] _lower;
    private readonly double[] _upper;
    private readonly int[] _trainable;

    /// <summary>Creates a space with bounds.</summary>
    /// <param name="isTrainable">[parameter]: whether it is trainable; the others are frozen.</param>
    /// <param name="lower">[parameter]: the least value allowed, −∞ for none.</param>
    /// <param name="upper">[parameter]: the largest value allowed, +∞ for none.</param>
    /// <exception cref="ValidationException">The bounds of a trainable parameter contain no value.</exception>
    public SearchSpace(IReadOnlyList<bool> isTrainable, IReadOnlyList<double> lower, IReadOnlyList<double> upper)
    {
        if (lower.Count != isTrainable.Count || upper.Count != isTrainable.Count)
        {
            throw new ValidationException(
                "", "bounds",
                $"{isTrainable.Count} parameters need as many bounds, not {lower.Count} and {upper.Count}");
        }

        _lower = [.. lower];
        _upper = [.. upper];
        _trainable = [.. Enumerable.Range(0, isTrainable.Count).Where(i => isTrainable[i])];
        foreach (int i in _trainable)
        {
            bool isNonEmpty = lower[i] <= upper[i]
                && lower[i] < double.PositiveInfinity
                && upper[i] > double.NegativeInfinity;
            if (!isNonEmpty)
            {
                throw new ValidationException(
                    "", "bounds", FormattableString.Invariant(
                        $"of parameter {i} contain no value: {lower[i]} to {upper[i]}"));
            }
        }
    }

    /// <summary>Number of parameters, including frozen ones.</summary>
    public int Parameters => _lower.Length;

    /// <summary>Indices of the trainable parameters, ascending.</summary>
    public ReadOnlySpan<int> TrainableParameters => _trainable;

    /// <summary>Creates a space in which all parameters are trainable and none is bounded.</summary>
    public static SearchSpace Unbounded(int parameters) => Unbounded([.. Enumerable.Repeat(true, parameters)]);

    /// <summary>Creates a space in which none of the trainable parameters is bounded.</summary>
    public static SearchSpace Unbounded(IReadOnlyList<bool> isTrainable)
        => new(
            isTrainable,
            [.. Enumerable.Repeat(double.NegativeInfinity, isTrainable.Count)],
            [.. Enumerable.Repeat(double.PositiveInfinity, isTrainable.Count)]);

    /// <summary>The least value of a parameter, or −∞.</summary>
    public double LowerBound(int parameter) => _lower[parameter];

    /// <summary>The largest value of a parameter, or +∞.</summary>
    public double UpperBound(int parameter) => _upper[parameter];

    /// <summary>Whether a value lies within the bounds of a parameter.</summary>
    public bool Contains(int parameter, double value) => _lower[parameter] <= value && value <= _upper[parameter];

    /// <summary>Validates the starting point of a search and returns a copy.</summary>
    /// <exception cref="ValidationException">
    /// No parameter is trainable, or the point is not in this space.
    /// </exception>
    internal double[] ValidateAndCopy(ReadOnlySpan<double> point)
    {
        if (_trainable.Length == 0)
            throw new ValidationException("", "parameters", "are all frozen; a search needs a trainable one");
        if (point.Length != Parameters)
            throw new ValidationException("", "start", $"has {point.Length} parameters, not {Parameters}");
        foreach (int i in _trainable)
        {
            if (!double.IsFinite(point[i]) || !Contains(i, point[i]))
            {
                throw new ValidationException(
                    "", "start", FormattableString.Invariant(
                        $"has {point[i]} as parameter {i}: give a finite number from {_lower[i]} to {_upper[i]}"));
            }
        }

        return point.ToArray();
    }
}
