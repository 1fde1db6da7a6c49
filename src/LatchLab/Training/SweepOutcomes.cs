namespace LatchLab.Training;

/// <summary>The outcomes of a sweep, ordered by configuration and trial.</summary>
public sealed class SweepOutcomes(Sweep sweep)
{
    private readonly Outcome[] _outcomes = new Outcome[sweep.TrialCount];
    private readonly double[] _parameters = new double[checked(sweep.TrialCount * sweep.StoredParameters)];

    /// <summary>
    /// Pools the outcomes of sweeps with the same configurations and different seeds: the trials of the first sweep,
    /// then those of the second, and so on, for each configuration.
    /// </summary>
    /// <exception cref="ArgumentException">The sweeps do not have the same configurations.</exception>
    public static SweepOutcomes Pool(IReadOnlyList<SweepOutcomes> runs)
    {
        Sweep first = runs[0].Sweep;
        if (runs.Any(run => !run.Sweep.Configurations.SequenceEqual(first.Configurations)
            || run.Sweep.StoredParameters != first.StoredParameters))
            throw new ArgumentException("The sweeps do not have the same configurations.", nameof(runs));
        var pooled = new SweepOutcomes(
            first with { TrialsPerConfiguration = runs.Sum(run => run.Sweep.TrialsPerConfiguration) });
        int index = 0;
        for (int configuration = 0; configuration < first.Configurations.Count; configuration++)
        {
            foreach (SweepOutcomes run in runs)
            {
                for (int trial = 0; trial < run.Sweep.TrialsPerConfiguration; trial++, index++)
                {
                    pooled.SetOutcome(
                        index, run.GetOutcomes(configuration)[trial], run.GetParameters(configuration, trial));
                }
            }
        }

        return pooled;
    }

    /// <summary>The sweep.</summary>
    public Sweep Sweep => sweep;

    /// <summary>The outcomes of a configuration, in trial order.</summary>
    public ReadOnlySpan<Outcome> GetOutcomes(int configuration)
        => _outcomes.AsSpan(configuration * sweep.TrialsPerConfiguration, sweep.TrialsPerConfiguration);

    /// <summary>The number of trials of a configuration that converged.</summary>
    public int CountConverged(int configuration)
    {
        int count = 0;
        foreach (Outcome outcome in GetOutcomes(configuration))
            count += outcome.IsConverged ? 1 : 0;
        return count;
    }

    /// <summary>The stored final parameters of a trial.</summary>
    public ReadOnlySpan<double> GetParameters(int configuration, int trialIndex)
        => _parameters.AsSpan(((configuration * sweep.TrialsPerConfiguration) + trialIndex) * sweep.StoredParameters,
            sweep.StoredParameters);

    /// <summary>Stores the outcome and final parameters of a trial.</summary>
    public void SetOutcome(int index, in Outcome outcome, ReadOnlySpan<double> finalParameters)
    {
        _outcomes[index] = outcome;
        finalParameters[..sweep.StoredParameters].CopyTo(_parameters.AsSpan(index * sweep.StoredParameters));
    }
}
