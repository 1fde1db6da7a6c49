using LatchLab.Foundation;

namespace LatchLab.Training;

/// <summary>
/// Watches trials while they train: it receives a snapshot before the first presentation and after every
/// <paramref name="Interval"/> presentations. It changes no result, and the snapshots of a trial are the same with
/// every lane type, on every number of threads and beside any other trials. Each snapshot presents the training
/// sequences once more, forward and backward.
/// </summary>
/// <param name="Interval">k, the presentations from one snapshot to the next, at least 1.</param>
/// <param name="Receive">
/// Receives the snapshots: those of one trial in their order, those of several trials from several threads. An
/// exception ends the run, which throws it.
/// </param>
public sealed record TrialObserver(int Interval, Action<TrialSnapshot> Receive)
{
    /// <summary>The observed trials of each configuration, by index from 0; null for all.</summary>
    public IReadOnlyCollection<int>? Trials { get; init; }

    /// <summary>The errors of its values.</summary>
    internal IEnumerable<ValidationError> Validate(Sweep sweep)
    {
        if (Interval < 1)
            yield return new(sweep.Name, "observer.interval", $"'{Interval}' is not allowed: give at least 1");
        int[] unknown = [.. (Trials ?? []).Where(trial => trial < 0 || trial >= sweep.TrialsPerConfiguration).Order()];
        if (unknown.Length > 0)
        {
            yield return new(sweep.Name, "observer.trials",
                $"'{string.Join(", ", unknown)}' is not allowed: give numbers from 0 to " +
                    $"{sweep.TrialsPerConfiguration - 1}");
        }
    }

    /// <summary>Whether it observes a trial.</summary>
    internal bool Observes(in PendingTrial trial) => Trials?.Contains(trial.TrialIndex) != false;
}

/// <summary>The state of a trial during training, with the gradient as a sum of terms over time, eq. (4).</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Stage">Index of its training set in a curriculum, from 0.</param>
/// <param name="Values">
/// Presentations so far, and the cost, error and gradient norm of the training set with these parameters. In a pass
/// through fresh sequences they are those of the next pass, with which the network has not been trained.
/// </param>
/// <param name="Parameters">
/// The parameters, in the order of the network. For a search those of its best point, or of the point that learned the
/// training set.
/// </param>
/// <param name="TermNorms">
/// ‖∂C/∂a_τ·∂a_τ/∂W‖ at [τ − 1], the mean over the training sequences. All sequences end at T, the length of the
/// longest of them. Empty where the gradient is not defined: for stochastic units, and if a parameter is not finite.
/// </param>
/// <param name="Temperature">The temperature of simulated annealing; NaN for other learners.</param>
public sealed record TrialSnapshot(
    PendingTrial Trial,
    int Stage,
    DiagnosticSnapshot Values,
    IReadOnlyList<double> Parameters,
    IReadOnlyList<double> TermNorms,
    double Temperature);
