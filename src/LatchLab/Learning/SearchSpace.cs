namespace LatchLab.Learning;

/// <summary>Where a search may go: which parameters of a network are free, and between which bounds.</summary>
public sealed class SearchSpace
{
    private readonly double[] lower;
    private readonly double[] upper;
    private readonly int[] free;

    /// <summary>A space with bounds.</summary>
    /// <param name="isFree">[parameter]: whether it is free; the others are held.</param>
    /// <param name="lower">[parameter]: the least value allowed, −∞ for none.</param>
    /// <param name="upper">[parameter]: the largest value allowed, +∞ for none.</param>
    /// <exception cref="InputException">No parameter is free, or bounds are not in order.</exception>
    public SearchSpace(IReadOnlyList<bool> isFree, IReadOnlyList<double> lower, IReadOnlyList<double> upper)
    {
        if (lower.Count != isFree.Count || upper.Count != isFree.Count)
        {
            throw new InputException(
                "", "bounds", $"{isFree.Count} parameters need as many bounds, not {lower.Count} and {upper.Count}");
        }

        this.lower = [.. lower];
        this.upper = [.. upper];
        free = [.. Enumerable.Range(0, isFree.Count).Where(i => isFree[i])];
        if (free.Length == 0)
            throw new InputException("", "parameters", "all are held; a search needs a free one");
        foreach (int i in free)
        {
            bool leavesRoom = lower[i] <= upper[i]
                && lower[i] < double.PositiveInfinity
                && upper[i] > double.NegativeInfinity;
            if (!leavesRoom)
            {
                throw new InputException(
                    "", "bounds", FormattableString.Invariant(
                        $"of parameter {i} leave nothing between them: {lower[i]} to {upper[i]}"));
            }
        }
    }

    /// <summary>Number of parameters, held ones included.</summary>
    public int Parameters => lower.Length;

    /// <summary>The free parameters, in ascending order.</summary>
    public ReadOnlySpan<int> Free => free;

    /// <summary>A space in which all parameters are free and none is bounded.</summary>
    public static SearchSpace Unbounded(int parameters) => Unbounded([.. Enumerable.Repeat(true, parameters)]);

    /// <summary>A space in which none of the free parameters is bounded.</summary>
    public static SearchSpace Unbounded(IReadOnlyList<bool> isFree)
        => new(
            isFree,
            [.. Enumerable.Repeat(double.NegativeInfinity, isFree.Count)],
            [.. Enumerable.Repeat(double.PositiveInfinity, isFree.Count)]);

    /// <summary>The least value of a parameter, or −∞.</summary>
    public double Lower(int parameter) => lower[parameter];

    /// <summary>The largest value of a parameter, or +∞.</summary>
    public double Upper(int parameter) => upper[parameter];

    /// <summary>Whether a value lies within the bounds of a parameter.</summary>
    public bool Contains(int parameter, double value) => lower[parameter] <= value && value <= upper[parameter];

    /// <summary>A copy of the point a search starts from.</summary>
    /// <exception cref="InputException">It is not in this space.</exception>
    internal double[] Start(ReadOnlySpan<double> start)
    {
        if (start.Length != Parameters)
            throw new InputException("", "start", $"has {start.Length} parameters, not {Parameters}");
        foreach (int i in free)
        {
            if (!double.IsFinite(start[i]) || !Contains(i, start[i]))
            {
                throw new InputException(
                    "", "start", FormattableString.Invariant(
                        $"has {start[i]} as parameter {i}: give a finite number from {lower[i]} to {upper[i]}"));
            }
        }

        return start.ToArray();
    }
}
