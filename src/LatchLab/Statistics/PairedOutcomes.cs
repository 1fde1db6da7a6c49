namespace LatchLab.Statistics;

/// <summary>Outcomes of paired trials, each of which the first algorithm wins, loses or ties.</summary>
/// <param name="Wins">0 or more.</param>
/// <param name="Losses">0 or more.</param>
/// <param name="Ties">0 or more.</param>
public readonly record struct PairedOutcomes(int Wins, int Losses, int Ties)
{
    /// <summary>
    /// P(win) − P(loss) with the score interval of Tango (1998): the differences δ that a score test does not reject,
    /// with the probabilities estimated under the hypothesis that their difference is δ. Without wins and losses it is
    /// ±z²/(n + z²), and for n wins it ends at 1. Unknown without pairs.
    /// </summary>
    /// <param name="confidence">At least 0 and below 1; two-sided.</param>
    public Estimate ComputeNetWins(double confidence)
    {
        double wins = Wins, losses = Losses, n = wins + losses + Ties;
        if (n == 0.0)
            return Estimate.Unknown;
        double z = ConfidenceLevel.NormalQuantile(confidence);
        double difference = (wins - losses) / n;
        return new(difference, FindEnd(-1.0), FindEnd(1.0));

        // By bisection between the estimate and ±1, to adjacent numbers; exactly ±1 if that is not rejected.
        double FindEnd(double outside)
        {
            if (!IsRejected(outside))
                return outside;
            double inside = difference, middle;
            while ((middle = 0.5 * (inside + outside)) != inside && middle != outside)
            {
                if (IsRejected(middle))
                    outside = middle;
                else
                    inside = middle;
            }

            return inside;
        }

        bool IsRejected(double delta)
        {
            // The estimate of P(loss) under the hypothesis is the larger root of A·q² + B·q + C.
            double b = (((2.0 * n) - wins + losses) * delta) - wins - losses, c = -losses * delta * (1.0 - delta);
            double loss = (Math.Sqrt(Math.Max(0.0, (b * b) - (8.0 * n * c))) - b) / (4.0 * n);
            double deviation = wins - losses - (n * delta);
            return deviation * deviation > z * z * n * ((2.0 * loss) + (delta * (1.0 - delta)));
        }
    }
}
