namespace LatchLab.Tasks;

/// <summary>
/// What always giving the same numbers reaches on a dataset with labels that are values: the level of chance of a
/// network. It counts the given test sequences, or all sequences if each trial draws its own.
/// </summary>
internal static class ConstantAnswer
{
    /// <summary>
    /// The mean squared error, in squared units of the label, of always giving the mean label of the sequences that are
    /// not given as test sequences; NaN if steps have labels.
    /// </summary>
    public static double ComputeMeanSquaredError(Dataset dataset)
    {
        if (dataset.HasStepLabels)
            return double.NaN;
        int[] trained = [.. Enumerable.Range(0, dataset.Count).Where(sequence => !dataset.IsTest(sequence))],
            tested = SelectTested(dataset);
        return Enumerable.Range(0, dataset.LabelNames.Count).Average(label =>
        {
            double mean = trained.Average(sequence => dataset.GetLabel(sequence, label));
            return tested.Average(sequence => Math.Pow(dataset.GetLabel(sequence, label) - mean, 2.0));
        });
    }

    /// <summary>
    /// The smallest share of incorrect sequences that constant numbers can have, where a number is correct whose
    /// distance from the label is below a tolerance. Of several labels it is that of the label with the largest, a
    /// lower bound. NaN if steps have labels.
    /// </summary>
    /// <param name="dataset">The sequences.</param>
    /// <param name="tolerance">In units of the label.</param>
    public static double ComputeError(Dataset dataset, double tolerance)
    {
        if (dataset.HasStepLabels)
            return double.NaN;
        int[] tested = SelectTested(dataset);
        return Enumerable.Range(0, dataset.LabelNames.Count).Max(label =>
        {
            double[] labels = [.. tested.Select(sequence => dataset.GetLabel(sequence, label)).Order()];
            int first = 0, most = 0;
            for (int last = 0; last < labels.Length; last++)
            {
                while (first < last && labels[last] - labels[first] >= 2.0 * tolerance)
                    first++;
                most = Math.Max(most, last - first + 1);
            }

            return 1.0 - ((double)most / labels.Length);
        });
    }

    private static int[] SelectTested(Dataset dataset)
        => [.. Enumerable.Range(0, dataset.Count)
            .Where(sequence => dataset.TestCount == 0 || dataset.IsTest(sequence))];
}
