using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// Finds every fixed point of a map of one variable between two numbers, by bracketing. Interval arithmetic proves that
/// an interval contains none, or exactly one, which bisection then locates to adjacent floating-point numbers.
/// </summary>
internal static class FixedPointBracketing
{
    // Not the middle: fixed points are often at 0, and an end at a root has no certain sign.
    private const double SplitRatio = 0.4873;
    private const double MinRelativeWidth = 1e-11;
    // Where rounding hides the map over many powers of ten, narrow intervals would not end: the rest is undecided.
    private const int MaxIntervals = 100_000;
    // Rounding hides M(a) − a if it is below this multiple of its uncertainty.
    private const double RoundingFactor = 16.0;

    /// <summary>The result of the search.</summary>
    /// <param name="Roots">Proved fixed points, ascending.</param>
    /// <param name="Undecided">
    /// Narrow intervals that may contain fixed points, where the graph of M touches the diagonal: ascending.
    /// </param>
    public readonly record struct Result(IReadOnlyList<double> Roots, IReadOnlyList<Interval> Undecided);

    /// <summary>Runs the search.</summary>
    /// <param name="system">A system of dimension 1.</param>
    /// <param name="domain">The interval to search, finite.</param>
    public static Result Find(DynamicalSystem system, Interval domain)
    {
        var roots = new List<double>();
        var undecided = new List<Interval>();

        // Slightly larger, so that a root at an end of the domain is inside.
        double margin = 1e-3 * Math.Max(1.0, domain.Width);
        var whole = new Interval(domain.Lower - margin, domain.Upper + margin);
        var pending = new PriorityQueue<Interval, double>([(whole, -whole.Width)]); // the widest first
        for (int examined = 0; pending.TryDequeue(out Interval interval, out _); examined++)
        {
            if (examined >= MaxIntervals)
            {
                undecided.Add(interval);
                continue;
            }

            if (ExcludesRoot(system, interval, out bool isBelowRounding))
                continue;
            if (IsMonotone(system, interval) && Sign(system, interval.Lower) * Sign(system, interval.Upper) is var signs
                && signs != 0)
            {
                if (signs < 0)
                    roots.Add(Bisect(system, interval));
                continue;
            }

            double splitPoint = interval.Lower + (SplitRatio * interval.Width);
            if (isBelowRounding || interval.Width <= MinRelativeWidth * Math.Max(1.0, interval.Magnitude)
                || splitPoint <= interval.Lower || splitPoint >= interval.Upper)
            {
                undecided.Add(interval);
                continue;
            }

            pending.Enqueue(new(splitPoint, interval.Upper), splitPoint - interval.Upper);
            pending.Enqueue(new(interval.Lower, splitPoint), interval.Lower - splitPoint);
        }

        roots.Sort();
        return new(roots, Merge(undecided));
    }

    /// <summary>Whether M(a) − a has no zero in an interval: by its values, or by the mean value theorem.</summary>
    /// <param name="system">The system.</param>
    /// <param name="interval">The interval.</param>
    /// <param name="isBelowRounding">
    /// Whether M(a) − a is so close to 0 on the whole interval that splitting it gives no more information.
    /// </param>
    private static bool ExcludesRoot(DynamicalSystem system, Interval interval, out bool isBelowRounding)
    {
        double middle = interval.Midpoint;
        Interval atMiddle = Difference(system, middle);
        Interval byValue = Image(system, interval) - interval;
        Interval byMean = atMiddle + (Derivative(system, interval) * (interval - Interval.From(middle)));
        isBelowRounding = byMean.Magnitude <= RoundingFactor * atMiddle.Width;
        return !byValue.Contains(0.0) || !byMean.Contains(0.0);
    }

    private static bool IsMonotone(DynamicalSystem system, Interval interval)
        => !Derivative(system, interval).Contains(0.0);

    /// <summary>The sign of M(a) − a where it is certain, else 0.</summary>
    private static int Sign(DynamicalSystem system, double a)
    {
        Interval difference = Difference(system, a);
        return difference.Lower > 0.0 ? 1 : difference.Upper < 0.0 ? -1 : 0;
    }

    private static double Bisect(DynamicalSystem system, Interval interval)
    {
        if (interval.Contains(0.0) && system.Image([0.0])[0] == 0.0)
            return 0.0; // exactly; bisection would end at a subnormal number
        double low = interval.Lower, high = interval.Upper;
        int atLow = Sign(system, low);
        while (true)
        {
            double middle = low + (0.5 * (high - low));
            if (middle <= low || middle >= high)
                break;
            int sign = Sign(system, middle);
            if (sign == 0)
            {
                // Rounding hides the sign this close to the root: point arithmetic determines the last few ulp.
                double difference = system.Image([middle])[0] - middle;
                sign = Math.Sign(difference);
                if (sign == 0)
                    return middle;
            }

            if (sign == atLow)
                low = middle;
            else
                high = middle;
        }

        double atEnd = Math.Abs(system.Image([low])[0] - low), atOther = Math.Abs(system.Image([high])[0] - high);
        return atEnd <= atOther ? low : high;
    }

    private static List<Interval> Merge(List<Interval> pieces)
    {
        var joined = new List<Interval>();
        foreach (Interval interval in pieces.OrderBy(interval => interval.Lower))
        {
            if (joined.Count > 0 && joined[^1].Upper >= interval.Lower)
                joined[^1] = new(joined[^1].Lower, interval.Upper);
            else
                joined.Add(interval);
        }

        return joined;
    }

    private static Interval Image(DynamicalSystem system, Interval interval)
        => system.Image([interval])[0];

    private static Interval Difference(DynamicalSystem system, double a)
        => Image(system, Interval.From(a)) - Interval.From(a);

    /// <summary>M′(a) − 1 over an interval.</summary>
    private static Interval Derivative(DynamicalSystem system, Interval interval)
        => system.Jacobian([interval])[0] - Interval.From(1.0);
}
