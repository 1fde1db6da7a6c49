namespace LatchLab.Training;

/// <summary>
/// The best of the trials that were offered, in any order. Trials with validations are ordered by their validation
/// cost, so that their tests are not selected; others by convergence, then by test error, then by presentations, then
/// by index. An unknown error comes last.
/// </summary>
/// <param name="byTestCost">Whether the test cost replaces the share of incorrect test sequences.</param>
internal sealed class BestTrial<T>(bool byTestCost)
{
    private ((double ValidationCost, int Failures, double Error, int Presentations) Rank, int Trial) _best =
        ((double.PositiveInfinity, int.MaxValue, double.PositiveInfinity, int.MaxValue), int.MaxValue);

    /// <summary>The index of the best trial.</summary>
    public int Trial => _best.Trial;

    /// <summary>What was offered with it.</summary>
    public T? Value { get; private set; }

    /// <summary>Offers a trial.</summary>
    public void Offer(int trial, in Outcome outcome, T value)
    {
        var rank = (
            NaNToInfinity(outcome.ValidationCost), outcome.IsConverged ? 0 : 1,
            NaNToInfinity(byTestCost ? outcome.TestCost : outcome.TestError), outcome.Presentations);
        if ((rank, trial).CompareTo(_best) < 0)
            (_best, Value) = ((rank, trial), value);
    }

    private static double NaNToInfinity(double error) => double.IsNaN(error) ? double.PositiveInfinity : error;
}
