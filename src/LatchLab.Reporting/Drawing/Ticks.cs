using System.Globalization;

namespace LatchLab.Reporting.Drawing;

/// <summary>A tick on an axis, with a label if one fits.</summary>
/// <param name="Position">The position, see <see cref="AxisScale"/>.</param>
/// <param name="Label">The number; empty for a minor tick.</param>
internal readonly record struct Tick(double Position, string Label);

/// <summary>
/// Places ticks at round numbers: multiples of 1, 2 or 5 times a power of ten, as dense as their labels allow; on
/// logarithmic axes 1, 2, 5, 10, 20, 50, 100 … or, if these do not fit, powers of ten alone. Numbers from a million on
/// are written as powers of ten; on a logarithmic axis their neighbours are, too.
/// </summary>
internal static class Ticks
{
    private const double DecimalBelow = 1e6;
    private const double MinTickSpacing = 4.0;   // px between ticks
    private const double MinDecadeWidth = 12.0;  // px for nine ticks: with fewer they merge into a bar

    private static readonly double[] Mantissas = [1.0, 2.0, 5.0];

    /// <summary>
    /// The ticks of an axis of <paramref name="length"/> px; <paramref name="measureLabel"/> returns the size of a
    /// label in px, including the gap to the next.
    /// </summary>
    /// <param name="scale">The visible part of the axis.</param>
    /// <param name="values">The only values that occur, which have the ticks; none for round numbers.</param>
    /// <param name="length">The length of the axis.</param>
    /// <param name="measureLabel">Measures a label.</param>
    public static IReadOnlyList<Tick> Create(
        AxisScale scale, IReadOnlyList<double> values, float length, Func<string, float> measureLabel)
        => values.Count > 1 ? CreateAt(values, scale, length, measureLabel)
            : scale.IsLogarithmic ? CreateLogarithmic(scale, length, measureLabel)
            : CreateLinear(scale, length, measureLabel);

    /// <summary>Ticks at given values; every second, third … has a label, as many as fit.</summary>
    private static List<Tick> CreateAt(
        IReadOnlyList<double> values, AxisScale scale, float length, Func<string, float> measureLabel)
    {
        Tick[] all = [.. values.Select(value => new Tick(scale.ToPosition(value), FormatLabel(value)))
            .Where(tick => double.IsFinite(tick.Position))];
        for (int every = 1; ; every++)
        {
            Tick[] labelled = [.. all.Where((_, i) => i % every == 0)];
            if (every >= all.Length || labelled.Zip(labelled.Skip(1)).All(pair =>
                (pair.Second.Position - pair.First.Position) / (scale.High - scale.Low) * length
                    >= 0.5f * (measureLabel(pair.First.Label) + measureLabel(pair.Second.Label))))
                return [.. all.Select((tick, i) => i % every == 0 ? tick : tick with { Label = "" })];
        }
    }

    private static List<Tick> CreateLinear(AxisScale scale, float length, Func<string, float> measureLabel)
    {
        double span = scale.High - scale.Low;
        int smallest = (int)Math.Floor(Math.Log10(span)) - 3;
        List<Tick> ticks = [];
        for (int power = smallest; ; power++)
        {
            foreach (double mantissa in Mantissas)
            {
                double spacing = mantissa * Math.Pow(10.0, power) / span * length;
                if (spacing < 8.0)
                    continue;
                ticks = CreateMultiples(scale, mantissa, power);
                if (ticks.Count <= 2 || ticks.All(tick => measureLabel(tick.Label) <= spacing))
                    return ticks;
            }
        }
    }

    private static List<Tick> CreateMultiples(AxisScale scale, double mantissa, int power)
    {
        // Dividing by a whole power of ten is exact where multiplying by 0.1 is not: 3 × 0.1 is 0.30000000000000004.
        double factor = Math.Pow(10.0, Math.Abs(power));
        double step = power < 0 ? mantissa / factor : mantissa * factor;
        double slack = 1e-9 * (scale.High - scale.Low) / step;
        var ticks = new List<Tick>();
        for (double i = Math.Ceiling((scale.Low / step) - slack); i <= Math.Floor((scale.High / step) + slack); i++)
        {
            // Adding 0 turns the −0 that Math.Ceiling gives for −0.4 into 0.
            double value = (power < 0 ? i * mantissa / factor : i * mantissa * factor) + 0.0;
            ticks.Add(new Tick(value, FormatLabel(value)));
        }

        return ticks;
    }

    private static List<Tick> CreateLogarithmic(AxisScale scale, float length, Func<string, float> measureLabel)
    {
        // If some numbers are written as powers of ten, their neighbours are, too.
        double decimalLimit = Math.Pow(10.0, scale.High) < DecimalBelow ? DecimalBelow : 1e2;
        int first = (int)Math.Floor(scale.Low);
        int last = (int)Math.Ceiling(scale.High);
        var candidates = (from power in Enumerable.Range(first, last - first + 1)
                          from digit in Enumerable.Range(1, 9)
                          let value = digit * Math.Pow(10.0, power)
                          where Math.Log10(value) >= scale.Low - 1e-9 && Math.Log10(value) <= scale.High + 1e-9
                          select (Digit: digit, Power: power, Value: value)).ToList();

        // The choices of labelled ticks, from the densest to the sparsest; the other ticks have no label. All nine
        // digits are a choice only on an axis of less than a decade, where 1, 2 and 5 give fewer than three labels.
        var choices = new List<Func<int, int, bool>>
        {
            (digit, _) => digit is 1 or 2 or 5,
            (digit, _) => digit is 1 or 3,
        };
        if (candidates.Count(candidate => choices[0](candidate.Digit, candidate.Power)) < 3)
            choices.Insert(0, (_, _) => true);
        choices.AddRange(Enumerable.Range(1, Math.Max(1, last - first))
            .Select(every => (Func<int, int, bool>)((digit, power) => digit == 1 && power % every == 0)));

        var chosen = choices.FirstOrDefault(choice => Fits(choice)) ?? choices[^1];
        double decade = length / (scale.High - scale.Low);
        return [.. from candidate in candidates
                   let hasLabel = chosen(candidate.Digit, candidate.Power)
                   where hasLabel || decade >= (candidate.Digit == 1 ? MinTickSpacing : MinDecadeWidth)
                   select new Tick(Math.Log10(candidate.Value),
                       hasLabel ? FormatLabel(candidate.Value, decimalLimit) : "")];

        bool Fits(Func<int, int, bool> choice)
        {
            var marks = candidates.Where(candidate => choice(candidate.Digit, candidate.Power))
                .Select(candidate => candidate.Value).ToList();
            return marks.Zip(marks.Skip(1)).All(pair =>
                Math.Log10(pair.Second / pair.First) / (scale.High - scale.Low) * length
                >= (measureLabel(FormatLabel(pair.First, decimalLimit))
                    + measureLabel(FormatLabel(pair.Second, decimalLimit))) / 2.0);
        }
    }

    private static string FormatLabel(double value, double decimalLimit = DecimalBelow)
    {
        double size = Math.Abs(value);
        string text = size == 0.0 || (size >= 1e-4 && size < decimalLimit)
            ? value.ToString("0.#########", CultureInfo.InvariantCulture)
            : FormatScientific(value);
        return text.Replace('-', '−');
    }

    private static string FormatScientific(double value)
    {
        string[] parts = value.ToString("0.###E+0", CultureInfo.InvariantCulture).Split('E');
        string exponent = string.Concat(parts[1].TrimStart('+').Select(c => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));
        return parts[0] == "1" ? $"10{exponent}" : $"{parts[0]}·10{exponent}";
    }
}
