using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// Every fixed point of a map of one variable between two numbers, by bracketing: interval arithmetic proves of a piece
/// of the line that it holds none, or exactly one, which bisection then closes in to neighbouring numbers.
/// </summary>
internal static class LineBracketing
{
    // Not in the middle: fixed points like to sit at 0, and an end on a root decides nothing.
    private const double Cut = 0.4873;
    private const double Narrowest = 1e-11;
    private const double Rounding = 16.0; // M(a) − a below so many times its own uncertainty is hidden by rounding

    /// <summary>What the search found.</summary>
    /// <param name="Roots">Proved fixed points, ascending.</param>
    /// <param name="Undecided">
    /// Narrow pieces in which there may be fixed points, where the graph of M touches the diagonal: ascending.
    /// </param>
    public readonly record struct Result(IReadOnlyList<double> Roots, IReadOnlyList<Interval> Undecided);

    /// <summary>Searches.</summary>
    /// <param name="system">A system of dimension 1.</param>
    /// <param name="domain">Where to search, finite.</param>
    public static Result Search(DynamicalSystem system, Interval domain)
    {
        var roots = new List<double>();
        var undecided = new List<Interval>();

        // A little beyond, so that a root at an end of the domain is inside.
        double margin = 1e-3 * Math.Max(1.0, domain.Width);
        var waiting = new Stack<Interval>([new Interval(domain.Lower - margin, domain.Upper + margin)]);
        while (waiting.TryPop(out Interval piece))
        {
            if (HasNone(system, piece, out bool isHidden))
                continue;
            if (IsMonotone(system, piece) && Sign(system, piece.Lower) * Sign(system, piece.Upper) is var signs
                && signs != 0)
            {
                if (signs < 0)
                    roots.Add(Bisect(system, piece));
                continue;
            }

            double cut = piece.Lower + (Cut * piece.Width);
            if (isHidden || piece.Width <= Narrowest * Math.Max(1.0, piece.Magnitude)
                || cut <= piece.Lower || cut >= piece.Upper)
            {
                undecided.Add(piece);
                continue;
            }

            waiting.Push(new(cut, piece.Upper)); // the left part first
            waiting.Push(new(piece.Lower, cut));
        }

        return new(roots, Joined(undecided));
    }

    /// <summary>Whether M(a) − a has no zero in a piece: by its values, or by the mean value theorem.</summary>
    /// <param name="system">The system.</param>
    /// <param name="piece">The piece.</param>
    /// <param name="isHidden">Whether it is so near 0 in all of the piece that to cut it up would tell no more.</param>
    private static bool HasNone(DynamicalSystem system, Interval piece, out bool isHidden)
    {
        double middle = piece.Midpoint;
        Interval atMiddle = Difference(system, middle);
        Interval byValue = Image(system, piece) - piece;
        Interval byMean = atMiddle + (Derivative(system, piece) * (piece - Interval.From(middle)));
        isHidden = byMean.Magnitude <= Rounding * atMiddle.Width;
        return !byValue.Contains(0.0) || !byMean.Contains(0.0);
    }

    private static bool IsMonotone(DynamicalSystem system, Interval piece) => !Derivative(system, piece).Contains(0.0);

    /// <summary>The sign of M(a) − a where it is certain, else 0.</summary>
    private static int Sign(DynamicalSystem system, double a)
    {
        Interval difference = Difference(system, a);
        return difference.Lower > 0.0 ? 1 : difference.Upper < 0.0 ? -1 : 0;
    }

    private static double Bisect(DynamicalSystem system, Interval piece)
    {
        if (piece.Contains(0.0) && system.Image([0.0])[0] == 0.0)
            return 0.0; // exactly, where bisection would end at a number of the smallest size
        double low = piece.Lower, high = piece.Upper;
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

    private static List<Interval> Joined(List<Interval> pieces)
    {
        var joined = new List<Interval>();
        foreach (Interval piece in pieces.OrderBy(piece => piece.Lower))
        {
            if (joined.Count > 0 && joined[^1].Upper >= piece.Lower)
                joined[^1] = new(joined[^1].Lower, piece.Upper);
            else
                joined.Add(piece);
        }

        return joined;
    }

    private static Interval Image(DynamicalSystem system, Interval piece) => BoxImage.Of(system, [piece])[0];

    private static Interval Difference(DynamicalSystem system, double a)
        => Image(system, Interval.From(a)) - Interval.From(a);

    /// <summary>M′(a) − 1 over a piece.</summary>
    private static Interval Derivative(DynamicalSystem system, Interval piece)
        => BoxImage.Derivative(system, [piece])[0] - Interval.From(1.0);
}
