using LatchLab.Numerics;

namespace LatchLab.Tests.Statistics;

/// <summary>A part of a distribution: uniform from <c>Low</c> to <c>High</c>, or one value if they agree.</summary>
internal readonly record struct DistributionPart(double Probability, double Low, double High)
{
    public DistributionPart(double probability, double value)
        : this(probability, value, value)
    {
    }

    private string Range => Low == High ? "" : $" … {Format(High)}";

    public double Mean => Low == High ? Low : 0.5 * (Low + High);

    public override string ToString()
        => FormattableString.Invariant($"{Format(Low)}{Range} ({100.0 * Probability:0.##} %)");

    private static string Format(double value)
        => value == double.PositiveInfinity ? "∞" : FormattableString.Invariant($"{value:0.##}").Replace('-', '−');
}

/// <summary>A mixture of uniform distributions and single values, like the outcomes of trials.</summary>
internal sealed record SimulatedDistribution(params DistributionPart[] Parts)
{
    public double Mean => Parts.Sum(part => part.Probability * part.Mean);

    public override string ToString() => string.Join(", ", Parts);

    public double[] Draw(UniformStream stream, int n)
    {
        var values = new double[n];
        for (int i = 0; i < n; i++)
        {
            double u = stream.Next();
            int k = 0;
            for (; k + 1 < Parts.Length && u >= Parts[k].Probability; k++)
                u -= Parts[k].Probability;
            DistributionPart part = Parts[k];
            values[i] = part.Low == part.High ? part.Low : stream.Next(part.Low, part.High);
        }

        return values;
    }

    /// <summary>P(other &gt; this) − P(other &lt; this) for parts that are disjoint or equal.</summary>
    public double NetConcordance(SimulatedDistribution other)
        => Parts.Sum(a => other.Parts.Sum(b => a.Probability * b.Probability * Math.Sign(b.Mean.CompareTo(a.Mean))));
}
