using LatchLab.Foundation;
using LatchLab.Training;

namespace LatchLab.Cli;

/// <summary>A learning curve as lines of text: the error at growing presentations, each with a bar.</summary>
internal static class LearningCurveChart
{
    private const int MaxRows = 12;
    private const int BarWidth = 40; // characters of an error of 1

    /// <summary>Draws the curve; no lines for an empty one.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="isUnicode">Whether the terminal has block characters.</param>
    public static IEnumerable<string> Draw(IReadOnlyList<LearningCurvePoint> curve, bool isUnicode)
    {
        if (curve.Count == 0)
            yield break;
        LearningCurvePoint[] rows = [.. Select(curve)];
        int width = rows.Max(row => NumberFormat.GroupThousands(row.Presentations).Length);
        yield return "Learning curve: mean training error, and how many trials had not ended";
        foreach (LearningCurvePoint row in rows)
        {
            string bar = double.IsNaN(row.Error) ? ""
                : new(isUnicode ? '█' : '#', (int)Math.Round(row.Error * BarWidth));
            string error = double.IsNaN(row.Error) ? "unknown" : FormattableString.Invariant($"{row.Error:0.000}");
            yield return $"  {NumberFormat.GroupThousands(row.Presentations).PadLeft(width)}  {error}  " +
                $"{row.RunningTrials,5}  {bar}".TrimEnd();
        }
    }

    /// <summary>The first point, the last, and between them one for each factor, 2 or a power of it.</summary>
    private static IEnumerable<LearningCurvePoint> Select(IReadOnlyList<LearningCurvePoint> curve)
    {
        double ratio = Math.Max(2.0, Math.Pow(
            (double)Math.Max(1, curve[^1].Presentations) / Math.Max(1, curve[0].Presentations), 1.0 / (MaxRows - 2)));
        double next = 0.0;
        foreach (LearningCurvePoint point in curve.SkipLast(1))
        {
            if (point.Presentations < next)
                continue;
            next = Math.Max(1, point.Presentations) * ratio;
            yield return point;
        }

        yield return curve[^1];
    }
}
