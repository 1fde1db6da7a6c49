using LatchLab.Learning;
using LatchLab.Numerics;

namespace LatchLab.Tests.Learning;

/// <summary>
/// Simulated annealing as nested loops around a cost function, written from its description: every evaluated point in
/// order, and the final state.
/// </summary>
internal sealed class NaiveAnnealing(
    SimulatedAnnealing settings, bool[] isFree, double[] lower, double[] upper, Func<double[], double> cost, uint trial)
{
    private int _drawn;

    public double[] Best { get; private set; } = [];

    public double BestCost { get; private set; } = double.PositiveInfinity;

    public IEnumerable<double[]> Points(double[] start)
    {
        double[] x = start, v = new double[start.Length];
        double f = double.PositiveInfinity, temperature = settings.InitialTemperature;
        int usual = Math.Max(100, 5 * isFree.Count(free => free));
        int adjustments = settings.Adjustments == 0 ? usual : settings.Adjustments;
        Best = start;
        for (int i = 0; i < v.Length; i++)
            v[i] = Capped(settings.InitialStep, i);
        yield return start;
        if (double.IsFinite(cost(start)))
            f = BestCost = cost(start);
        var ends = new List<double>();
        while (!IsStuck(ends))
        {
            if (ends.Count > 0)
            {
                temperature *= settings.Cooling;
                (x, f) = (Best, BestCost);
            }
            for (int m = 0; m < adjustments; m++)
            {
                var accepted = new int[x.Length];
                for (int j = 0; j < settings.Cycles; j++)
                {
                    for (int h = 0; h < x.Length; h++)
                    {
                        if (!isFree[h])
                            continue;
                        double[] candidate = [.. x];
                        candidate[h] = Moved(x[h], v[h], lower[h], upper[h]);
                        var u = new Scalar(1.0 - Draw());
                        yield return candidate;
                        double newCost = cost(candidate);
                        if (!double.IsFinite(newCost) || !(newCost <= f - (temperature * Elementary.Log(u).Value)))
                            continue;
                        (x, f) = (candidate, newCost);
                        accepted[h]++;
                        if (f < BestCost)
                            (Best, BestCost) = (x, f);
                    }
                }

                for (int h = 0; h < x.Length; h++)
                {
                    double r = accepted[h] / (double)settings.Cycles, c = settings.StepFactor;
                    double factor = r > 0.6 ? 1.0 + (c * (r - 0.6) / 0.4) : 1.0;
                    double divisor = r < 0.4 ? 1.0 + (c * (0.4 - r) / 0.4) : 1.0;
                    v[h] = Capped(v[h] * factor / divisor, h);
                }
            }

            ends.Add(f);
        }
    }

    private double Moved(double x, double v, double low, double high)
    {
        double moved = x + (((2.0 * Draw()) - 1.0) * v);
        if (moved >= low && moved <= high)
            return moved;
        (double from, double to) = double.IsInfinity(low) || double.IsInfinity(high)
            ? (Math.Max(low, x - v), Math.Min(high, x + v))
            : (low, high);
        return Math.Min(to, from + (Draw() * (to - from)));
    }

    private double Capped(double v, int h) => Math.Min(v, Math.Min(settings.LargestStep, upper[h] - lower[h]));

    private bool IsStuck(List<double> ends)
        => ends.Count > settings.Stuck.StuckValues
            && ends.TakeLast(settings.Stuck.StuckValues + 1).Append(BestCost).All(
                one => Math.Abs(ends[^1] - one) <= settings.Stuck.StuckTolerance);

    private double Draw()
    {
        RandomNumbers.GenerateUniforms(
            1994, Scalar.FromBits((ulong)(_drawn / 2)), Scalar.FromBits(RandomNumbers.PurposeWord(Purpose.Search, 0)),
            Scalar.FromBits(17UL), Scalar.FromBits(trial), out Scalar first, out Scalar second);
        return _drawn++ % 2 == 0 ? first.Value : second.Value;
    }
}
