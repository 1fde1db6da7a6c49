using LatchLab.Foundation;

namespace LatchLab.Learning;

/// <summary>Where a search may go: which parameters of a network are free, and between which bounds.</summary>
public sealed class SearchSpace
{
    private readonly double[] _lower;
    private readonly double[] _upper;
    private readonly int[] _trainable;

    /// <summary>A space with bounds.</summary>
    /// <param name="isTrainable">[parameter]: whether it is free; the others are held.</param>
    /// <param name="lower">[parameter]: the least value allowed, −∞ for none.</param>
    /// <param name="upper">[parameter]: the largest value allowed, +∞ for none.</param>
    /// <exception cref="ValidationException">No parameter is free, or bounds are not in order.</exception>
    public SearchSpace(IReadOnlyList<bool> isTrainable, IReadOnlyList<double> lower, IReadOnlyList<double> upper)
    {
        if (lower.Count != isTrainable.Count || upper.Count != isTrainable.Count)
        {
            throw new ValidationException(
                "", "bounds",
                $"{isTrainable.Count} parameters need as many bounds, not {lower.Count} and {upper.Count}");
        }

        this._lower = [.. lower];
        this._upper = [.. upper];
        _trainable = [.. Enumerable.Range(0, isTrainable.Count).Where(i => isTrainable[i])];
        if (_trainable.Length == 0)
            throw new ValidationException("", "parameters", "all are held; a search needs a free one");
        foreach (int i in _trainable)
        {
            bool isNonEmpty = lower[i] <= upper[i]
                && lower[i] < double.PositiveInfinity
                && upper[i] > double.NegativeInfinity;
            if (!isNonEmpty)
            {
                throw new ValidationException(
                    "", "bounds", FormattableString.Invariant(
                        $"of parameter {i} leave nothing between them: {lower[i]} to {upper[i]}"));
            }
        }
    }

    /// <summary>Number of parameters, held ones included.</summary>
    public int Parameters => _lower.Length;

    /// <summary>The free parameters, in ascending order.</summary>
    public ReadOnlySpan<int> TrainableParameters => _trainable;

    /// <summary>A space in which all parameters are free and none is bounded.</summary>
    public static SearchSpace Unbounded(int parameters) => Unbounded([.. Enumerable.Repeat(true, parameters)]);

    /// <summary>A space in which none of the free parameters is bounded.</summary>
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

    /// <summary>A copy of the point a search starts from.</summary>
    /// <exception cref="ValidationException">It is not in this space.</exception>
    internal double[] ValidateAndCopy(ReadOnlySpan<double> point)
    {
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
