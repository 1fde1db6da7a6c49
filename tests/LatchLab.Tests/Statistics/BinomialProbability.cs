namespace LatchLab.Tests.Statistics;

/// <summary>Probabilities of the binomial distribution, by their definition.</summary>
internal static class BinomialProbability
{
    public static double Of(int k, int n, double p)
    {
        double probability = Math.Pow(p, k) * Math.Pow(1.0 - p, n - k);
        for (int i = 1; i <= k; i++)
            probability *= (double)(n + 1 - i) / i;
        return probability;
    }
}
