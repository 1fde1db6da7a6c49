using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// Every fixed point of a map of one variable between two numbers, by bracketing: interval arithmetic proves of a piece
/// of the line that it holds none, or exactly one, which bisection then closes in to neighbouring numbers.
/// </summary>
internal static class FixedPointBracketing
{
    // Not in the middle: fixed points like to sit at 0, and an end on a root decides nothing.
    private const double SplitRatio = 0.4873;
    private const double MinRelativeWidth = 1e-11;
    // M(a) − a below so many times its own uncertainty is hidden by rounding
    private const double RoundingFactor = 16.0;

    /// <summary>What the search found.</summary>
    /// <param name="Roots">Proved fixed points, ascending.</param>
    /// <param name="Undecided">
    /// Narrow pieces in which there may be fixed points, where the graph of M touches the diagonal: ascending.
    /// </param>
    public readonly record struct Result(IReadOnlyList<double> Roots, IReadOnlyList<Interval> Undecided);

    /// <summary>Searches.</summary>
    /// <param name="system">A system of dimension 1.</param>
    /// <param name="domain">Where to search, finite.</param>
    public static Result Find(DynamicalSystem system, Interval domain)
    {
        var roots = new List<double>();
        var undecided = new List<Interval>();

        // A little beyond, so that a root at an end of the domain is inside.
        double margin = 1e-3 * Math.Max(1.0, domain.Width);
        var pending = new Stack<Interval>([new Interval(domain.Lower - margin, domain.Upper + margin)]);
        while (pending.TryPop(out Interval interval))
        {
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

            pending.Push(new(splitPoint, interval.Upper)); // the left part first
            pending.Push(new(interval.Lower, splitPoint));
        }

        return new(roots, Merge(undecided));
    }

    /// <summary>Whether M(a) − a has no zero in a piece: by its values, or by the mean value theorem.</summary>
    /// <param name="system">The system.</param>
    /// <param name="interval">The piece.</param>
    /// <param name="isBelowRounding">Whether it is so near 0 in all of the piece that to cut it up would tell no
    /// more.</param>
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
            return 0.0; // exactly, where bisection would end at a number of the smallest size
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
                // Rounding hides the sign so near the root: plain arithmetic decides the last few ulp.
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
        => BoxEnclosure.Image(system, [interval])[0];

    private static Interval Difference(DynamicalSystem system, double a)
        => Image(system, Interval.From(a)) - Interval.From(a);

    /// <summary>M′(a) − 1 over a piece.</summary>
    private static Interval Derivative(DynamicalSystem system, Interval interval)
        => BoxEnclosure.Jacobian(system, [interval])[0] - Interval.From(1.0);
}
