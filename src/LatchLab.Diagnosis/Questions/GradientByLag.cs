using LatchLab.Dynamics;
using LatchLab.Numerics;
using LatchLab.Statistics;

namespace LatchLab.Diagnosis.Questions;

/// <summary>
/// How far back training can see: <c>g_k = ‖∂L/∂s_{T−k}‖</c>, the gradient of the loss at the last step with respect to
/// the state k steps earlier (the factor of eq. (4) of the paper that vanishes or explodes).
/// </summary>
/// <param name="Loss">L.</param>
/// <param name="Losses">L of each sequence.</param>
/// <param name="LogNorms">[sequence][k], k = 0 … T: ln g_k; −∞ where it is 0.</param>
public sealed record GradientByLag(
    EndLoss Loss, IReadOnlyList<double> Losses, IReadOnlyList<IReadOnlyList<double>> LogNorms)
{
    /// <summary>The share of Σ g_k that defines <see cref="Horizon"/>.</summary>
    public const double HorizonShare = 0.99;

    /// <summary>The share of g_0 that defines <see cref="LagBelowOnePercent"/>.</summary>
    public const double SmallShare = 0.01;

    private const int LongestTransient = 10;

    /// <summary>[k]: the mean of ln g_k over the sequences.</summary>
    public IReadOnlyList<double> MeanLogNorms { get; } =
        [.. Enumerable.Range(0, LogNorms[0].Count).Select(k => LogNorms.Average(norms => norms[k]))];

    /// <summary>The first lag of the line that is fitted: 10, or a quarter of a short sequence.</summary>
    public int FirstFittedLag => Math.Min(LongestTransient, (LogNorms[0].Count - 1) / 4);

    /// <summary>
    /// The slope of ln g_k over k by least squares, from <see cref="FirstFittedLag"/> on: the mean over sequences, with
    /// Student's interval; unknown if a sequence has fewer than two finite values there.
    /// </summary>
    public Estimate LogChangePerStep => Summarize(
        [.. LogNorms.Select(norms => LeastSquares.ComputeSlope([.. norms.Skip(FirstFittedLag)]))]);

    /// <summary>exp of <see cref="LogChangePerStep"/>: by how much the gradient grows or shrinks a step.</summary>
    public Estimate FactorPerStep => LogChangePerStep is var change
        ? new(Elementary.Exp(change.Value), Elementary.Exp(change.Lower), Elementary.Exp(change.Upper)) : default;

    /// <summary>
    /// The smallest k for which the mean over sequences of Σ_{j ≤ k} g_j / Σ_j g_j is at least
    /// <see cref="HorizonShare"/>.
    /// </summary>
    public int Horizon
    {
        get
        {
            double[][] shares = [.. LogNorms.Select(AccumulateShares)];
            for (int k = 0; k < shares[0].Length; k++)
            {
                if (shares.Average(share => share[k]) >= HorizonShare)
                    return k;
            }

            return shares[0].Length - 1;
        }
    }

    /// <summary>The first k whose mean logarithm is below that of 1 % of g_0; null if there is none.</summary>
    public int? LagBelowOnePercent
    {
        get
        {
            double limit = MeanLogNorms[0] + Elementary.Log(SmallShare);
            for (int k = 0; k < MeanLogNorms.Count; k++)
            {
                if (MeanLogNorms[k] < limit)
                    return k;
            }

            return null;
        }
    }

    /// <summary>The norms of the whole gradient with respect to the states, by sequence: √Σ g_k².</summary>
    public IReadOnlyList<double> TotalNorms
        => [.. LogNorms.Select(norms => Math.Sqrt(norms.Sum(value => Elementary.Exp(2.0 * value))))];

    /// <summary>Computes the norms.</summary>
    /// <param name="run">The network on the sequences.</param>
    /// <param name="targets">[sequence][value]: the targets of the last step; null without targets.</param>
    /// <param name="loss">L.</param>
    public static GradientByLag Compute(NetworkTrajectories run, IReadOnlyList<double[]>? targets, EndLoss loss)
    {
        int n = run.StateSize, length = run.Length;
        double[] outputs = new double[run.Outputs], outputGradients = new double[run.Sequences * run.Outputs],
            vectors = new double[run.Sequences * n], losses = new double[run.Sequences],
            scales = new double[run.Sequences];
        for (int i = 0; i < run.Sequences; i++)
        {
            run.CopyOutputs(i, length, outputs);
            losses[i] = EndLosses.Differentiate(
                loss, outputs, targets is null ? [] : targets[i], outputGradients.AsSpan(i * run.Outputs, run.Outputs));
        }

        run.AddPulledBackOutputs(length, outputGradients, vectors);
        var logNorms = new double[run.Sequences][];
        for (int i = 0; i < run.Sequences; i++)
            logNorms[i] = new double[length + 1];
        for (int k = 0; k <= length; k++)
        {
            if (k > 0)
                run.PullBack(length - k + 1, length - k, vectors);
            for (int i = 0; i < run.Sequences; i++)
                logNorms[i][k] = Normalize(vectors.AsSpan(i * n, n), ref scales[i]);
        }

        return new(loss, losses, logNorms);
    }

    /// <summary>Makes a vector of length 1, so that no product of many steps leaves the range of numbers.</summary>
    private static double Normalize(Span<double> vector, ref double logScale)
    {
        double norm = 0.0;
        foreach (double value in vector)
            norm = Math.FusedMultiplyAdd(value, value, norm);
        norm = Math.Sqrt(norm);
        if (!(norm > 0.0 && double.IsFinite(norm)))
            return logScale = norm == 0.0 ? double.NegativeInfinity : double.NaN;
        foreach (ref double value in vector)
            value /= norm;
        return logScale += Elementary.Log(norm);
    }

    private static double[] AccumulateShares(IReadOnlyList<double> logNorms)
    {
        double largest = logNorms.Max();
        double[] shares = [.. logNorms.Select(value => Elementary.Exp(value - largest))];
        for (int k = 1; k < shares.Length; k++)
            shares[k] += shares[k - 1];
        double total = shares[^1];
        return [.. shares.Select(share => share / total)];
    }

    private static Estimate Summarize(double[] slopes)
    {
        double mean = slopes.Average();
        if (slopes.Length < 2 || !double.IsFinite(mean))
            return new(mean, double.NegativeInfinity, double.PositiveInfinity);
        double variance = slopes.Sum(slope => (slope - mean) * (slope - mean)) / (slopes.Length - 1);
        double half = StudentDistribution.TwoSided95Quantile(slopes.Length - 1) * Math.Sqrt(variance / slopes.Length);
        return new(mean, mean - half, mean + half);
    }
}
