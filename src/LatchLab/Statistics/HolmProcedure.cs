namespace LatchLab.Statistics;

/// <summary>
/// Several hypotheses tested together (Holm 1979): the probability of rejecting any true hypothesis is at most the
/// level, whatever the dependence of the tests.
/// </summary>
public static class HolmProcedure
{
    /// <summary>Which hypotheses are rejected.</summary>
    /// <param name="pValues">Their p-values, each 0 … 1.</param>
    /// <param name="level">The level, 0 … 1.</param>
    /// <exception cref="ArgumentException">A p-value is outside 0 … 1.</exception>
    public static bool[] Reject(IReadOnlyList<double> pValues, double level)
        => [.. AdjustPValues(pValues).Select(pValue => pValue <= level)];

    /// <summary>The smallest level at which each hypothesis is rejected, at most 1.</summary>
    /// <param name="pValues">Their p-values, each 0 … 1.</param>
    /// <exception cref="ArgumentException">A p-value is outside 0 … 1.</exception>
    public static double[] AdjustPValues(IReadOnlyList<double> pValues)
    {
        if (!pValues.All(pValue => pValue is >= 0.0 and <= 1.0))
            throw new ArgumentException("A p-value is not in 0 … 1.", nameof(pValues));

        var adjusted = new double[pValues.Count];
        double largest = 0.0;
        int remaining = pValues.Count; // hypotheses that the smaller p-values have not rejected
        foreach (int i in Enumerable.Range(0, pValues.Count).OrderBy(i => pValues[i]))
        {
            largest = Math.Max(largest, Math.Min(1.0, remaining * pValues[i]));
            adjusted[i] = largest;
            remaining--;
        }

        return adjusted;
    }
}
