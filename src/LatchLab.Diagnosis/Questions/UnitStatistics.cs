using LatchLab.Dynamics;

namespace LatchLab.Diagnosis.Questions;

/// <summary>How the hidden values of a layer vary over all sequences and steps.</summary>
/// <param name="Layer">The layer, from 0.</param>
/// <param name="Deviations">The standard deviation of each hidden value.</param>
/// <param name="SaturatedShare">The share of hidden values beyond ±<see cref="Saturated"/>.</param>
public sealed record UnitStatistics(int Layer, IReadOnlyList<double> Deviations, double SaturatedShare)
{
    /// <summary>A hidden value beyond ± this counts as saturated.</summary>
    public const double Saturated = 0.99;

    /// <summary>A unit is dead if its standard deviation is below this share of the median; a decision.</summary>
    public const double DeadShare = 1e-3;

    /// <summary>The indices of the units that never vary.</summary>
    public IReadOnlyList<int> Dead
    {
        get
        {
            double[] ordered = [.. Deviations.Order()];
            double limit = DeadShare * ordered[ordered.Length / 2];
            return [.. Deviations.Index().Where(unit => unit.Item == 0.0 || unit.Item < limit)
                .Select(unit => unit.Index)];
        }
    }

    /// <summary>Computes the statistics of every layer.</summary>
    /// <param name="run">The network on the sequences.</param>
    public static IReadOnlyList<UnitStatistics> Compute(NetworkTrajectories run)
        => [.. run.HiddenValues.Select((layer, index) => Compute(run, index, layer.First, layer.Count))];

    private static UnitStatistics Compute(NetworkTrajectories run, int layer, int first, int count)
    {
        double[] sums = new double[count], squares = new double[count], state = new double[run.StateSize];
        long saturated = 0;
        for (int i = 0; i < run.Sequences; i++)
        {
            for (int t = 1; t <= run.Length; t++)
            {
                run.CopyState(i, t, state);
                for (int unit = 0; unit < count; unit++)
                {
                    double value = state[first + unit];
                    sums[unit] += value;
                    squares[unit] += value * value;
                    saturated += Math.Abs(value) > Saturated ? 1 : 0;
                }
            }
        }

        double steps = (double)run.Sequences * run.Length;
        return new(
            layer,
            [.. sums.Zip(squares, (sum, square) => Math.Sqrt(Math.Max(
                0.0, (square / steps) - (sum / steps * sum / steps))))],
            saturated / (steps * count));
    }
}
