using LatchLab.Dynamics;
using LatchLab.Networks.Cells;
using LatchLab.Numerics;

namespace LatchLab.Diagnosis.Questions;

/// <summary>How open a gate is over all sequences and steps.</summary>
/// <param name="Layer">The layer, from 0.</param>
/// <param name="Name">The gate, such as <c>forget</c>.</param>
/// <param name="Holds">Whether a value near 1 keeps what a unit holds.</param>
/// <param name="MeansByUnit">The mean of each unit.</param>
/// <param name="ShareBelow">The share of values below <see cref="Closed"/>.</param>
/// <param name="ShareAbove">The share of values above <see cref="Open"/>.</param>
public sealed record GateStatistics(
    int Layer, string Name, bool Holds, IReadOnlyList<double> MeansByUnit, double ShareBelow, double ShareAbove)
{
    /// <summary>A gate below this value counts as closed.</summary>
    public const double Closed = 0.1;

    /// <summary>A gate above this value counts as open.</summary>
    public const double Open = 0.9;

    /// <summary>Bins of equal width from 0 to 1 of <see cref="Histogram"/>.</summary>
    public const int Bins = 20;

    /// <summary>The most steps of <see cref="FirstSequence"/>.</summary>
    public const int MaximumSteps = 200;

    /// <summary>The share of all values in each bin.</summary>
    public required IReadOnlyList<double> Histogram { get; init; }

    /// <summary>[step][unit]: the first steps of the first sequence.</summary>
    public required IReadOnlyList<double[]> FirstSequence { get; init; }

    /// <summary>The mean of all values.</summary>
    public double Mean => MeansByUnit.Average();

    /// <summary>
    /// The half-life of what a unit holds, in steps, if its gate always had its mean value f: −ln 2 / ln f.
    /// </summary>
    public IReadOnlyList<double> HalfLives => [.. MeansByUnit.Select(HalfLifeOf)];

    /// <summary>−ln 2 / ln f; ∞ for f = 1, 0 for f = 0.</summary>
    public static double HalfLifeOf(double value) => -Elementary.Log(2.0) / Elementary.Log(value);

    /// <summary>Computes the statistics of every gate; empty for cells without gates.</summary>
    /// <param name="run">The network on the sequences.</param>
    public static IReadOnlyList<GateStatistics> Compute(NetworkTrajectories run)
    {
        (int Layer, CellGate Gate)[] gates =
            [.. run.Gates.Index().SelectMany(layer => layer.Item.Select(gate => (layer.Index, gate)))];
        if (gates.Length == 0)
            return [];
        double[][] sums = [.. gates.Select(gate => new double[gate.Gate.Count])];
        long[][] bins = [.. gates.Select(_ => new long[Bins])];
        List<double[]>[] first = [.. gates.Select(_ => new List<double[]>())];
        var below = new long[gates.Length];
        var above = new long[gates.Length];
        var tape = new double[run.TapeSize];
        for (int t = 1; t <= run.Length; t++)
        {
            for (int i = 0; i < run.Sequences; i++)
            {
                run.CopyTape(i, t, tape);
                foreach ((int number, (_, CellGate gate)) in gates.Index())
                {
                    ReadOnlySpan<double> values = tape.AsSpan(gate.Tape, gate.Count);
                    Add(values, sums[number], bins[number], ref below[number], ref above[number]);
                    if (i == 0 && t <= MaximumSteps)
                        first[number].Add(values.ToArray());
                }
            }
        }

        double steps = (double)run.Length * run.Sequences;
        return [.. gates.Select((gate, number) => new GateStatistics(
            gate.Layer, gate.Gate.Name, gate.Gate.Holds, [.. sums[number].Select(sum => sum / steps)],
            below[number] / (steps * gate.Gate.Count), above[number] / (steps * gate.Gate.Count))
        {
            Histogram = [.. bins[number].Select(count => count / (steps * gate.Gate.Count))],
            FirstSequence = first[number],
        })];
    }

    private static void Add(
        ReadOnlySpan<double> values, double[] sums, long[] bins, ref long below, ref long above)
    {
        for (int unit = 0; unit < values.Length; unit++)
        {
            sums[unit] += values[unit];
            bins[Math.Min((int)(values[unit] * Bins), Bins - 1)]++;
            below += values[unit] < Closed ? 1 : 0;
            above += values[unit] > Open ? 1 : 0;
        }
    }
}
