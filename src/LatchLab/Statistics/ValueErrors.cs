namespace LatchLab.Statistics;

/// <summary>
/// The errors of answers that are numbers, in units of the label. The metrics are those of scikit-learn with weights:
/// <c>root_mean_squared_error</c> and <c>mean_absolute_error</c> of all labels together, and <c>r2_score</c> with
/// <c>multioutput="variance_weighted"</c>.
/// </summary>
/// <param name="meanLabels">[label]: the weighted mean of the labels that are answered.</param>
public sealed class ValueErrors(IReadOnlyList<double> meanLabels)
{
    private double _weights, _squares, _magnitudes, _squaredDeviations;

    /// <summary>The root mean square error; NaN without answers.</summary>
    public double RootMeanSquare => Math.Sqrt(_squares / _weights);

    /// <summary>The mean magnitude of an error; NaN without answers.</summary>
    public double MeanAbsolute => _magnitudes / _weights;

    /// <summary>
    /// R² = 1 − Σ(error²)/Σ(deviation of the label from its mean)²: 1 without errors, 0 if the mean of these very
    /// labels is always answered; NaN if they are all equal.
    /// </summary>
    public double Determination => _squaredDeviations > 0.0 ? 1.0 - (_squares / _squaredDeviations) : double.NaN;

    /// <summary>Adds an answer.</summary>
    /// <param name="index">Index of the label.</param>
    /// <param name="label">The label.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="weight">Its weight, above 0.</param>
    public void Add(int index, double label, double answer, double weight)
    {
        double error = answer - label, deviation = label - meanLabels[index];
        _weights += weight;
        _squares += weight * error * error;
        _magnitudes += weight * Math.Abs(error);
        _squaredDeviations += weight * deviation * deviation;
    }
}
