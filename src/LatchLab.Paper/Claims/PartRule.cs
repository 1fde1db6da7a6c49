using LatchLab.Figures;
using LatchLab.Statistics;

namespace LatchLab.Paper.Claims;

/// <summary>The side of a threshold.</summary>
internal enum Side
{
    /// <summary>The quantity is claimed to be above the threshold.</summary>
    Above,

    /// <summary>The quantity is claimed to be below the threshold.</summary>
    Below,
}

/// <summary>How a kind of parts of a claim is tested. All rules are in <see cref="ClaimTable"/>.</summary>
/// <param name="Quantity">The quantity θ of a trial, in words.</param>
/// <param name="Statistic">Its estimate and interval.</param>
/// <param name="Side">The claimed side of the threshold.</param>
/// <param name="Threshold">The threshold δ.</param>
/// <param name="SmallestEffect">
/// The smallest effect of interest: a quantity closer to δ than this is too close to call.
/// </param>
internal sealed record PartRule(
    string Quantity, Statistic Statistic, Side Side, double Threshold, double SmallestEffect)
{
    /// <summary>The result of an interval of this rule.</summary>
    public PartResult Decide(Estimate interval)
        => interval.Lower > Threshold ? Side == Side.Above ? PartResult.Holds : PartResult.Fails
            : interval.Upper < Threshold ? Side == Side.Above ? PartResult.Fails : PartResult.Holds
            : PartResult.Open;

    /// <summary>The rule as text, for example <c>test error (mean, Student) below 0.25</c>.</summary>
    public override string ToString()
        => $"{Quantity} ({Statistic.Name}) {(Side == Side.Above ? "above" : "below")} " +
            $"{Foundation.NumberFormat.Short(Threshold)}";
}

/// <summary>A part of a claim with the values of its trials.</summary>
/// <param name="Label">What distinguishes it from the other parts of the claim.</param>
/// <param name="Rule">How it is tested.</param>
/// <param name="Groups">
/// The values of the trials, in the order of trials: one group, or one per length for a trend. Trials with the same
/// index are the same trial in every part with the same problem, noise and length.
/// </param>
internal sealed record PartSample(string Label, PartRule Rule, IReadOnlyList<double[]> Groups)
{
    /// <summary>What is shown beside it and is not part of the test.</summary>
    public string Remark { get; init; } = "";

    /// <summary>The number of trials.</summary>
    public int Trials => Groups.Sum(group => group.Length);

    /// <summary>The estimate with its interval.</summary>
    public Estimate Estimate(double confidence) => Rule.Statistic.Compute(Groups, confidence);
}
